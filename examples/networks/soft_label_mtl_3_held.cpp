#include "network_runner_of.hpp"
#include "soft_label_mtl.hpp"
#include "soft_label_mtl_modes.hpp"

namespace auris::networks {
std::unique_ptr<network_runner> make_soft_label_mtl_3_held(const runner_options& o) {
  return make_runner<held<soft_label_mtl_3>>(o);
}
}  // namespace auris::networks
