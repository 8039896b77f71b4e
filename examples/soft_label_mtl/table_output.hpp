// A table of results for people and for programs.
#pragma once
#include <string>
#include <vector>

#include "table_rows.hpp"

namespace soft_label {

/// What a row came to.
struct row_result {
  table_row row;
  std::vector<four_figures> by_seed;  ///< each over all folds
  std::vector<four_figures> by_fold;  ///< each fold on its own, of all seeds, seed by seed
};

/// Mean and deviation (of the population) of some figures.
struct spread {
  four_figures mean{}, deviation{};
};
spread spread_of(const std::vector<four_figures>&);

/// What the whole table was made with, for its head.
struct table_head {
  std::string banner;      ///< of a reduced run; else empty
  std::string conditions;  ///< data, folds, seeds, epochs
  bool sweep = false;
};

std::string to_text(const table_head&, const std::vector<row_result>&);
std::string to_csv(const std::vector<row_result>&);
std::string to_json(const table_head&, const std::vector<row_result>&);
std::string to_html(const table_head&, const std::vector<row_result>&);

}  // namespace soft_label
