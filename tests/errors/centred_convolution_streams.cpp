// expect: cannot_stream<
// expect: conv2d<4
// expect: a layer needs frames to come, so it cannot stream
#include <auris/backend/reference.hpp>
#include <auris/nn.hpp>
using namespace auris;
struct network : bind<conv2d<4>, dims(dyn, 64, 1)> {};
struct live : stream<network, reference> {};
