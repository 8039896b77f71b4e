// The tables of Deshmukh, Raj and Singh 2020: means over four folds.
#pragma once
#include "scoring.hpp"

namespace weak_labels {

inline constexpr double published_snrs[] = {20, 10, 0};  // dB

struct published_row {
  const char* name;     ///< in the paper
  const char* network;  ///< here
  double alpha;
  scores at[3];  ///< by SNR
};

inline constexpr published_row published_networks[] = {
    // The AUC at 10 dB repeats the macro-P: as printed.
    {"GAP", "weak_gap", 0, {{.5067, .6127, .9338}, {.4291, .5390, .5390}, {.3295, .4093, .8694}}},
    {"GMP", "weak_gmp", 0, {{.5390, .5186, .8497}, {.5263, .5023, .8422}, {.4640, .4441, .8189}}},
    {"GWRP", "weak_gwrp", 0, {{.7018, .7522, .9362}, {.6538, .7129, .9265}, {.5285, .6084, .8985}}},
    {"Atrous AP", "weak_atrous", 0, {{.7391, .7586, .9279}, {.6740, .7404, .9211}, {.5714, .6341, .9014}}},
    {"2APAE", "2apae", 0.001, {{.7829, .7645, .9390}, {.7603, .7486, .9343}, {.6986, .6892, .9177}}}};
inline constexpr published_row published_alphas[] = {
    {"alpha 0", "2apae", 0, {{.7772, .7648, .9389}, {.7430, .7383, .9299}, {.6937, .6807, .9144}}},
    {"alpha 0.001", "2apae", 0.001, {{.7829, .7645, .9390}, {.7603, .7486, .9343}, {.6986, .6892, .9177}}},
    {"alpha 0.01", "2apae", 0.01, {{.7637, .7464, .9333}, {.7428, .7278, .9277}, {.6792, .6689, .9114}}}};

}  // namespace weak_labels
