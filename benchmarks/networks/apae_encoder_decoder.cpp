#include "apae_encoder_decoder.hpp"

#include <networks/network_runner_of.hpp>

#include "benchmark_registry.hpp"

namespace auris::networks {
std::unique_ptr<network_runner> make_apae_encoder_decoder(const runner_options& o) {
  return make_runner<apae_encoder_decoder>(o);
}
}  // namespace auris::networks
