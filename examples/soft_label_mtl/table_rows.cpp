#include "table_rows.hpp"

#include <algorithm>
#include <cstdio>

using namespace auris;
using auris::networks::time_mode;

namespace soft_label {

namespace {

const char* const log_mel = "maestro_log_mel";
const char* const mfcc = "maestro_mfcc";

// On the grid of 10 ms there is one front-end: rows that differ in nothing else fall together.
std::vector<table_row> for_mode(std::vector<table_row> rows, time_mode time) {
  if (time != time_mode::stretched) return rows;
  std::vector<table_row> kept;
  for (table_row& r : rows) {
    if (r.network != "crnn_4b") {
      if (r.front_end != log_mel) r.paper.reset();
      r.front_end = "panns_log_mel";
    }
    const bool known = std::any_of(kept.begin(), kept.end(), [&](const table_row& k) {
      return k.network == r.network && k.loss == r.loss && k.weights == r.weights;
    });
    if (!known) kept.push_back(std::move(r));
  }
  return kept;
}

}  // namespace

std::vector<table_row> rows_of_tables(time_mode time, reduction weighted) {
  constexpr task_weights sed{1, 0, 0};
  std::vector<table_row> rows{{3, "Baseline", "crnn_4b", log_mel, sed, sed_loss::mse, reduction::mean,
                               four_figures{0.487, 70.34, 35.83, 42.8}}};
  const auto panns = [&](int blocks, const char* front_end, four_figures paper) {
    rows.push_back({3, "PANNs", "soft_label_mtl_" + std::to_string(blocks), front_end, sed, sed_loss::mse,
                    reduction::mean, paper});
  };
  panns(6, log_mel, {0.442, 72.64, 36.97, 45.4});
  panns(6, "maestro_cqt", {0.493, 67.53, 31.84, 42.0});
  panns(6, "maestro_lfcc", {0.447, 71.5, 31.75, 46.0});
  panns(6, mfcc, {0.415, 74.18, 34.33, 46.5});
  panns(5, mfcc, {0.410, 75.1, 37.21, 48.0});
  panns(4, mfcc, {0.408, 76.74, 39.42, 48.2});
  panns(3, mfcc, {0.470, 73.5, 39.35, 46.2});
  const auto weighted_loss = [&](int table, const char* system, task_weights w, four_figures paper) {
    rows.push_back({table, system, "soft_label_mtl_4", mfcc, w, sed_loss::wsl, weighted, paper});
  };
  weighted_loss(4, "PANNs + WSL", sed, {0.416, 75.61, 38.60, 48.9});
  weighted_loss(5, "SED+ASC", {0.85, 0.15, 0}, {0.416, 76.33, 39.65, 49.2});
  weighted_loss(5, "SED+AEC", {0.85, 0, 0.15}, {0.412, 76.29, 40.85, 49.0});
  weighted_loss(5, "SED+ASC+AEC", {0.85, 0.10, 0.05}, {0.406, 76.61, 39.87, 49.3});
  return for_mode(std::move(rows), time);
}

std::vector<table_row> rows_of_sweep(time_mode time, reduction weighted) {
  std::vector<table_row> rows;
  const std::vector<table_row> paper = rows_of_tables(time_mode::whole, weighted);
  // In hundredths, so that sums and comparisons are exact.
  for (const int alpha : {95, 85, 80, 70}) {
    const int rest = 100 - alpha;
    for (const int scene : {rest, 0, 2 * rest / 3}) {
      const task_weights w{alpha / 100.0, scene / 100.0, (rest - scene) / 100.0};
      char name[64];
      std::snprintf(name, sizeof name, "%.2f SED + %.2f ASC + %.2f AEC", w.sed, w.asc, w.aec);
      table_row row{0, name, "soft_label_mtl_4", mfcc, w, sed_loss::wsl, weighted, {}};
      for (const table_row& p : paper)
        if (p.loss == sed_loss::wsl && p.weights == w) row.table = p.table, row.paper = p.paper;
      rows.push_back(std::move(row));
    }
  }
  return for_mode(std::move(rows), time);
}

}  // namespace soft_label
