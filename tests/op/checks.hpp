// What holds for every kernel, checked on the rows of the table.
#pragma once
#include <auris/backend/reference.hpp>

#include "op/table.hpp"
#include "support/catch.hpp"

namespace table {

/// What is wrong, one line each; empty where all is well.
using faults = std::string;

/// Against the oracle in double precision, with every optional array null in turn and all of them null: the same values
/// up to a rounding error of (8 + depth) epsilon; inputs and everything around outputs and workspace are untouched, no
/// output is left out, whatever the workspace holds; the same bits in place and with any executor.
faults faults_of_values(const std::vector<call<double>>& oracle, const std::vector<call<float>>& tested);

/// Gradients against central differences of the forward call.
faults faults_of_gradients(const std::vector<call<double>>& calls);

template <class Row, class Backend>
void check() {
  for (const auto& t : Row::tests()) {
    INFO(Row::name << " of " << Row::describe(t));
    CHECK(faults_of_values(Row::template calls<reference, double>(t), Row::template calls<Backend, float>(t)) == "");
    CHECK(faults_of_gradients(Row::template calls<Backend, double>(t)) == "");
  }
}

}  // namespace table
