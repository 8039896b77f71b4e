#include "soft_label_mtl_modes.hpp"
#include "stretched_calls.hpp"

namespace auris::networks {
std::unique_ptr<network_runner> make_soft_label_mtl_6_stretched(const runner_options& o) {
  using network = stretched<soft_label_mtl_6>;
  return make_runner<network, network, stretched_calls>(o);
}
}  // namespace auris::networks
