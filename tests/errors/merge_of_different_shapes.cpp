// expect: cannot_merge<
// expect: concat<2>
// expect: position<1
// expect: parallel branches yield shapes that do not fit
#include <auris/nn.hpp>
using namespace auris;
using halved = sequential<conv2d<4>, avg_pool<1, 2>>;
struct network : bind<sequential<relu, parallel<concat<2>, conv2d<4>, halved>>, dims(dyn, 64, 1)> {};
