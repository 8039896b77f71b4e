// Figures as JSON.
#pragma once
#include <page/number.hpp>
#include <string>

#include "scoring.hpp"

namespace weak_labels {

using page::json_number;
/// Members of an object.
inline std::string json_figures(const scores& s) {
  return "\"micro_precision\":" + json_number(s.micro_precision) +
         ",\"macro_precision\":" + json_number(s.macro_precision) + ",\"roc_auc\":" + json_number(s.roc_auc);
}

}  // namespace weak_labels
