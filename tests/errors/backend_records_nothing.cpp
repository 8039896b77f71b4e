// expect: deleted
// expect: auris::reference
// expect: return run.record(1, dims(5, 2))
#include <auris/backend/reference.hpp>
#include <auris/nn.hpp>
using namespace auris;

struct network : bind<linear<3>, dims(dyn, 2)> {};
result<void> f(session<network, reference>& run) { return run.record(1, dims(5, 2)); }
