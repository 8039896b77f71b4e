// The log that a training writes (`fit_options::log`, and those of other loops with a line of names), as curves.
#pragma once
#include <auris/core/result.hpp>
#include <filesystem>
#include <string>
#include <vector>

#include "line_chart.hpp"

namespace page {

struct training_log {
  std::vector<std::string> names;
  std::vector<std::vector<double>> columns;  ///< numbers of each name, a line of the file after the other

  const std::vector<double>* find(const std::string& name) const;
};

/// Comma-separated text with a line of names. A field that is no finite number ("nan", or nothing) is a gap in the curve.
///
/// Errors  a file that cannot be read or has no column `epoch`; a line with more or fewer fields than names.
auris::result<training_log> read_training_log(const std::filesystem::path&);

/// Some columns over the epochs. Names without a column are left out.
line_chart curves_of(const training_log&, const std::string& title, const std::string& y_name,
                     const std::vector<std::string>& names);

/// Training and validation losses: of all, and, where there are several terms, one chart of these.
std::vector<line_chart> loss_curves(const training_log&, const std::string& title);

}  // namespace page
