#include "dcasenet.hpp"

#include "network_runner_of.hpp"
#include "registry.hpp"

namespace auris::networks {
std::unique_ptr<network_runner> make_dcasenet_v1(const runner_options& o) { return make_runner<dcasenet_v1>(o); }
}  // namespace auris::networks
