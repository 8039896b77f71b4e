// expect: no_output<
// expect: 's', 'c', 'e', 'n', 'e'
// expect: available<
// expect: 's', 'e', 'd'
// expect: the network has no output of this name
#include <auris/nn.hpp>
using namespace auris;
struct network : bind<sequential<heads<output<"sed", linear<4>>, output<"asc", linear<2>>>>, dims(dyn, 64)> {};
struct detector : only<network, "scene"> {};
