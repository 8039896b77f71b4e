// Figures as JSON.
#pragma once
#include <cmath>
#include <cstdio>
#include <string>

#include "scoring.hpp"

namespace weak_labels {

/// null where a figure is undefined.
inline std::string json_number(double v) {
  char digits[32] = "null";
  if (std::isfinite(v)) std::snprintf(digits, sizeof digits, "%.6f", v);
  return digits;
}
/// Members of an object.
inline std::string json_figures(const scores& s) {
  return "\"micro_precision\":" + json_number(s.micro_precision) +
         ",\"macro_precision\":" + json_number(s.macro_precision) + ",\"roc_auc\":" + json_number(s.roc_auc);
}

}  // namespace weak_labels
