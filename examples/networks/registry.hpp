// The networks by name, for every program.
#pragma once
#include <span>
#include <string_view>

#include "network_runner.hpp"

namespace auris::networks {

std::unique_ptr<network_runner> make_crnn_4b(const runner_options&);
std::unique_ptr<network_runner> make_soft_label_mtl_3(const runner_options&);
std::unique_ptr<network_runner> make_soft_label_mtl_4(const runner_options&);
std::unique_ptr<network_runner> make_soft_label_mtl_5(const runner_options&);
std::unique_ptr<network_runner> make_soft_label_mtl_6(const runner_options&);
std::unique_ptr<network_runner> make_soft_label_mtl_4_small(const runner_options&);
std::unique_ptr<network_runner> make_cnn10(const runner_options&);
std::unique_ptr<network_runner> make_cnn14(const runner_options&);
std::unique_ptr<network_runner> make_dcasenet_v1(const runner_options&);
std::unique_ptr<network_runner> make_dcasenet_v2(const runner_options&);
std::unique_ptr<network_runner> make_dcasenet_v3(const runner_options&);
std::unique_ptr<network_runner> make_apae(const runner_options&);  ///< option attention: code (default) or paper
std::unique_ptr<network_runner> make_weak_gmp(const runner_options&);
std::unique_ptr<network_runner> make_weak_gap(const runner_options&);
std::unique_ptr<network_runner> make_weak_gwrp(const runner_options&);
std::unique_ptr<network_runner> make_weak_atrous(const runner_options&);

struct registered_network {
  const char* name;
  shape usual_input;  ///< of one item: what it is timed with
  std::unique_ptr<network_runner> (*make)(const runner_options&);
  idx shortest = 0;                 ///< frames that it needs
  const char* front_end = nullptr;  ///< the preset that makes its input of sound
};

inline constexpr registered_network registry[] = {
    {"crnn_4b", dims(200, 64), make_crnn_4b},
    {"soft_label_mtl_3", dims(200, 64), make_soft_label_mtl_3},
    {"soft_label_mtl_4", dims(200, 64), make_soft_label_mtl_4},
    {"soft_label_mtl_5", dims(200, 64), make_soft_label_mtl_5},
    {"soft_label_mtl_6", dims(200, 64), make_soft_label_mtl_6},
    {"soft_label_mtl_4_small", dims(200, 64), make_soft_label_mtl_4_small},
    {"cnn10", dims(1001, 64), make_cnn10, 16, "panns_log_mel"},
    {"cnn14", dims(1001, 64), make_cnn14, 32, "panns_log_mel"},
    {"dcasenet_v1", dims(251, 128), make_dcasenet_v1, 40},
    {"dcasenet_v2", dims(251, 128), make_dcasenet_v2, 40},
    {"dcasenet_v3", dims(251, 128), make_dcasenet_v3, 40},
    {"2apae", dims(311, 64), make_apae, 311},
    {"weak_gmp", dims(311, 64), make_weak_gmp, 1},
    {"weak_gap", dims(311, 64), make_weak_gap, 1},
    {"weak_gwrp", dims(311, 64), make_weak_gwrp, 1},
    {"weak_atrous", dims(311, 64), make_weak_atrous, 1},
};

/// What it is timed with in a time mode: 40 s on a grid of 10 ms where embeddings are stretched.
constexpr shape timed_input(const registered_network& n, time_mode m) {
  return m == time_mode::stretched ? n.usual_input.with(0, 4001) : n.usual_input;
}

/// The network of a name; null: there is none. Programs may have a longer list.
constexpr const registered_network* find_network(std::string_view name,
                                                 std::span<const registered_network> list = registry) {
  for (const registered_network& n : list)
    if (name == n.name) return &n;
  return nullptr;
}

/// "crnn_4b, soft_label_mtl_3, ..."
inline std::string network_names(std::span<const registered_network> list = registry) {
  std::string names;
  for (const registered_network& n : list) names += std::string(names.empty() ? "" : ", ") + n.name;
  return names;
}

}  // namespace auris::networks
