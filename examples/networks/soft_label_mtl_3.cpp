#include "soft_label_mtl.hpp"

#include "network_runner_of.hpp"
#include "registry.hpp"

namespace auris::networks {
std::unique_ptr<network_runner> make_soft_label_mtl_3(const runner_options& o) {
  return make_runner<soft_label_mtl_3>(o);
}
}  // namespace auris::networks
