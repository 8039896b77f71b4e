// What the paper's tables list, and the weights of tasks that a sweep tries.
#pragma once
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "commands.hpp"

namespace soft_label {

/// ER_m, F1_m, F1_M and F1_MO; F1 in percent.
using four_figures = std::array<double, 4>;

struct table_row {
  int table = 0;       ///< of the paper; 0: of none
  std::string system;  ///< as the paper calls it
  std::string network, front_end;
  task_weights weights;  ///< of a network with tasks
  sed_loss loss = sed_loss::mse;
  auris::reduction reduction = auris::reduction::mean;
  std::optional<four_figures> paper = {};
};

/// Tables 3 to 5, the baseline first. In time mode C there is log-mel alone, each depth and loss once, and no figure of the
/// paper where the paper has other features.
std::vector<table_row> rows_of_tables(auris::networks::time_mode, auris::reduction of_weighted_loss);

/// Four blocks on MFCC with the weighted soft label loss: alpha from 0.7 to 0.95, the rest for scene, environment, or both
/// (two thirds and one, as the paper's 0.10 and 0.05).
std::vector<table_row> rows_of_sweep(auris::networks::time_mode, auris::reduction of_weighted_loss);

/// Table 6: the best submissions of DCASE 2023 task 4B as the paper lists them.
struct submission {
  const char* name;
  four_figures figures;
};
inline constexpr submission submissions[] = {
    {"Xu-SJTU-3", {0.246, 86.13, 57.91, 69.85}},       {"Bai-JLESS-4", {0.360, 78.63, 42.45, 56.16}},
    {"Liu-SRCN-2", {0.430, 72.90, 28.80, 49.70}},      {"the paper's own", {0.406, 76.61, 39.87, 49.30}},
    {"Nhan-VNUHCMUS-1", {0.450, 72.43, 37.32, 46.71}}, {"Min-KAIST-1", {0.445, 72.78, 36.12, 45.81}},
    {"Cai-NCUT-1", {0.439, 74.84, 39.57, 43.50}},      {"baseline", {0.487, 70.34, 35.83, 42.8}}};

}  // namespace soft_label
