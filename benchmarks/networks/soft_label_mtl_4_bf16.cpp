#include <networks/soft_label_mtl.hpp>

#include "benchmark_registry.hpp"
#include "stored_as_bf16.hpp"

namespace auris::networks {
std::unique_ptr<network_runner> make_soft_label_mtl_4_bf16(const runner_options& o) {
  return make_bf16_runner<soft_label_mtl_4>(o);
}
}  // namespace auris::networks
