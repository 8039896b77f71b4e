#include <networks/panns.hpp>

#include "benchmark_registry.hpp"
#include "stored_as_bf16.hpp"

namespace auris::networks {
std::unique_ptr<network_runner> make_cnn14_bf16(const runner_options& o) {
  return make_bf16_runner<cnn14, only<cnn14, "clipwise_output">>(o);
}
}  // namespace auris::networks
