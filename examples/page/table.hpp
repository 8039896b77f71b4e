// Tables of a page.
#pragma once
#include <string>
#include <vector>

namespace page {

struct table {
  struct column {
    std::string title;
    bool numbers = true;  ///< aligned at the right; text stands at the left
  };
  std::vector<column> columns;
  std::vector<std::vector<std::string>> rows;
  std::string caption = {};
};

std::string to_html(const table&);

/// How often each class (a row) was taken for each class (a column), row by row; shaded by the share of the row.
struct confusion {
  std::vector<std::string> names;
  std::vector<long long> counts;  ///< names * names
  std::string caption = {};

  void add(std::size_t truth, std::size_t answer) { ++counts[truth * names.size() + answer]; }
};

std::string to_html(const confusion&);

}  // namespace page
