// expect: no_output<
// expect: 's', 'c', 'e', 'n', 'e'
// expect: the network has no output of this name
#include <auris/backend/reference.hpp>
#include <auris/loss.hpp>
#include <auris/nn.hpp>
using namespace auris;
struct network : bind<sequential<heads<output<"sed", linear<4>>>>, dims(dyn, 64)> {};
using objective = weighted_sum<term<"scene", mean_squared_error, 0.5>>;
objective::checked<network> fits;
