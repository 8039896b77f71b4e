// Figures of one evaluation, as a table for people or as one JSON object.
#pragma once
#include <string>
#include <utility>
#include <vector>

namespace evaluate {

/// Names and values; NaN: undefined.
using figures = std::vector<std::pair<const char*, double>>;

struct report {
  figures micro, macro;  ///< empty: this metric has none
  std::vector<std::pair<std::string, figures>> classes;
  figures overall;  ///< figures that are neither: psds, lwlrap
  double reading_milliseconds = 0, milliseconds = 0;
};

std::string to_json(const report&);
std::string to_table(const report&);

}  // namespace evaluate
