// Networks whose golden files name their sizes and forms: the registered ones in full, and small ones that only the files have.
#pragma once
#include <nlohmann/json.hpp>

#include "networks/registry.hpp"

namespace golden {
using auris::networks::network_runner;
using auris::networks::runner_options;
using make_function = std::unique_ptr<network_runner> (*)(const runner_options&);

std::unique_ptr<network_runner> make_apae_small(const runner_options&);
std::unique_ptr<network_runner> make_apae_small_paper(const runner_options&);
std::unique_ptr<network_runner> make_apae_small_no_final_pool(const runner_options&);
std::unique_ptr<network_runner> make_weak_gmp_small(const runner_options&);
std::unique_ptr<network_runner> make_weak_gap_small(const runner_options&);
std::unique_ptr<network_runner> make_weak_gwrp_small(const runner_options&);
std::unique_ptr<network_runner> make_weak_atrous_small(const runner_options&);

inline std::unique_ptr<network_runner> make_apae_with_paper_attention(const runner_options& o) {
  runner_options paper = o;
  paper.options["attention"] = "paper";
  return auris::networks::make_apae(paper);
}

/// The network of a name that has what a file's `options` say; null: there is none.
inline make_function find_sized(const std::string& network, const nlohmann::json& options) {
  using nlohmann::json;
  const auto apae = [](int classes, int frames, int mels, const char* attention, bool pool) {
    return json{{"classes", classes},
                {"frames", frames},
                {"mels", mels},
                {"attention", attention},
                {"decoder_final_pool", pool}};
  };
  const auto weak = [&](int classes, int mels) {  // for any number of frames
    return json{{"classes", classes}, {"frames", options.value("frames", 0)}, {"mels", mels}};
  };
  const struct {
    const char* network;
    json options;
    make_function make;
  } all[] = {
      {"2apae", apae(41, 311, 64, "code", true), auris::networks::make_apae},
      {"2apae", apae(41, 311, 64, "paper", true), make_apae_with_paper_attention},
      {"2apae", apae(5, 16, 8, "code", true), make_apae_small},
      {"2apae", apae(5, 16, 8, "paper", true), make_apae_small_paper},
      {"2apae", apae(5, 16, 8, "code", false), make_apae_small_no_final_pool},
      {"weak_gmp", weak(41, 64), auris::networks::make_weak_gmp},
      {"weak_gap", weak(41, 64), auris::networks::make_weak_gap},
      {"weak_gwrp", weak(41, 64), auris::networks::make_weak_gwrp},
      {"weak_atrous", weak(41, 64), auris::networks::make_weak_atrous},
      {"weak_gmp", weak(5, 8), make_weak_gmp_small},
      {"weak_gap", weak(5, 8), make_weak_gap_small},
      {"weak_gwrp", weak(5, 8), make_weak_gwrp_small},
      {"weak_atrous", weak(5, 8), make_weak_atrous_small},
  };
  for (const auto& n : all)
    if (n.network == network && n.options == options) return n.make;
  return nullptr;
}

}  // namespace golden
