#include "soft_label_mtl.hpp"

#include "network_runner_of.hpp"
#include "registry.hpp"
#include "soft_label_mtl_modes.hpp"

namespace auris::networks {
std::unique_ptr<network_runner> make_soft_label_mtl_4(const runner_options& o) {
  if (o.time == time_mode::held) return make_soft_label_mtl_4_held(o);
  if (o.time == time_mode::stretched) return make_soft_label_mtl_4_stretched(o);
  return make_runner<soft_label_mtl_4>(o);
}
}  // namespace auris::networks
