#include "dcasenet_v3_convolutions.hpp"

#include <networks/network_runner_of.hpp>

#include "benchmark_registry.hpp"

namespace auris::networks {
std::unique_ptr<network_runner> make_dcasenet_v3_convolutions(const runner_options& o) {
  return make_runner<dcasenet_v3_convolutions>(o);
}
}  // namespace auris::networks
