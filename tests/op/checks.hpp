// What holds for every kernel, checked on the rows of the table.
#pragma once
#include <auris/backend/reference.hpp>
#include <deque>

#include "op/table.hpp"
#include "support/catch.hpp"

namespace table {

/// What is wrong, one line each; empty where all is well.
using faults = std::string;

/// How often checks are repeated. A program whose kernels take long may ask for less, before the first test.
struct repetitions {
  std::size_t executors = 5;   ///< other than the calling thread, the largest first
  std::size_t gradients = 12;  ///< values of an input that are moved
};
inline repetitions repeated;

/// Against the oracle in double precision, with every optional array null in turn and all of them null: the same values
/// up to a rounding error of (8 + depth) epsilon; inputs and everything around outputs and workspace are untouched, no
/// output is left out, whatever the workspace holds; no failure of a device; the same bits in place, with any executor, and
/// where arrays are aligned to 64 bytes as where they are to a scalar only.
faults faults_of_values(const std::vector<call<double>>& oracle, const std::vector<call<float>>& tested);

/// Gradients against central differences of the forward call.
faults faults_of_gradients(const std::vector<call<double>>& calls);

template <class Row, class Backend>
faults faults_of_values(std::size_t test) {
  const auto t = Row::tests()[test];
  auto tested = Row::template calls<Backend, float>(t);
  for (auto& c : tested) c.memory = memory_of<Backend>();
  return faults_of_values(Row::template calls<reference, double>(t), tested);
}

/// A row that this program checks.
struct checked_row {
  const char* name;
  std::size_t tests;
  faults (*faults_of_values)(std::size_t test);
};
/// All of them, known before the first test runs.
inline std::deque<checked_row>& checked_rows() {
  static std::deque<checked_row> all;
  return all;
}
template <class Row, class Backend>
inline const checked_row& listed = checked_rows().emplace_back(checked_row{Row::name, Row::tests().size(),
                                                                           faults_of_values<Row, Backend>});

template <class Row, class Backend>
void check() {
  const checked_row& row = listed<Row, Backend>;
  for (std::size_t i = 0; i < row.tests; ++i) {
    const auto t = Row::tests()[i];
    INFO(row.name << " of " << Row::describe(t));
    CHECK(row.faults_of_values(i) == "");
    if constexpr (!requires { typename Backend::fallback; })  // who has one leaves double to it
      CHECK(faults_of_gradients(Row::template calls<Backend, double>(t)) == "");
  }
}

}  // namespace table
