// The examples' networks, and those that only benchmarks have: parts of published networks, and weights stored as bf16, compiled
// where benchmarks are.
#pragma once
#include <algorithm>
#include <array>
#include <networks/registry.hpp>

namespace auris::networks {

std::unique_ptr<network_runner> make_apae_encoder_decoder(const runner_options&);
std::unique_ptr<network_runner> make_cnn14_bf16(const runner_options&);
std::unique_ptr<network_runner> make_dcasenet_v3_convolutions(const runner_options&);
std::unique_ptr<network_runner> make_soft_label_mtl_4_bf16(const runner_options&);

inline constexpr registered_network benchmark_networks[] = {
    {"apae_encoder_decoder", dims(311, 64), make_apae_encoder_decoder},
    {"cnn14_bf16", dims(1001, 64), make_cnn14_bf16},
    {"dcasenet_v3_convolutions", dims(251, 128), make_dcasenet_v3_convolutions},
    {"soft_label_mtl_4_bf16", dims(200, 64), make_soft_label_mtl_4_bf16},
};

inline constexpr auto benchmark_registry = [] {
  std::array<registered_network, std::size(registry) + std::size(benchmark_networks)> all{};
  std::ranges::copy(benchmark_networks, std::ranges::copy(registry, all.begin()).out);
  return all;
}();

}  // namespace auris::networks
