// expect: duplicate_output<
// expect: 's', 'e', 'd'
// expect: two outputs of the network share a name
#include <auris/nn.hpp>
using namespace auris;
struct network : bind<sequential<heads<output<"sed", linear<4>>, output<"sed", linear<2>>>>, dims(dyn, 64)> {};
