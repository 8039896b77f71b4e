// expect: rejects<
// expect: conv2d<2
// expect: position<1, 0
// expect: got<
// expect: expects<
// expect: a layer does not accept the shape that reaches it
#include <auris/nn.hpp>
using namespace auris;
struct network : bind<sequential<linear<4>, heads<output<"sed", conv2d<2>>>>, dims(dyn, 64)> {};
