#include "network_runner_of.hpp"
#include "registry.hpp"
#include "weak_baselines.hpp"

namespace auris::networks {
std::unique_ptr<network_runner> make_weak_gap(const runner_options& o) {
  return make_runner<weak_gap, only<weak_gap, "y_pred">>(o);
}
}  // namespace auris::networks
