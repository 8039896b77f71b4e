// Kernels of libraries beside the reference, for arrays that are aligned.
#pragma once
#include <algorithm>
#include <auris/core/random.hpp>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "cuda/libraries/device_on_host.hpp"
#include "op/checks.hpp"

namespace on_host {
using auris::idx;

/// Checks what a call writes, without the arrays that are `skipped`, against the oracle: on the host libraries sum in
/// double. How many calls the library got.
inline int compare(const table::call<double>& oracle, const table::call<float>& tested,
                   const std::vector<std::string>& skipped) {
  table::arrays<double> given;
  table::arrays<float> given_float;
  std::uint64_t seed = 0;
  for (const table::argument& a : tested.arguments) {
    ++seed;
    if (a.how == table::role::output || std::count(skipped.begin(), skipped.end(), a.name) > 0) continue;
    auto& values = given_float[a.name];
    for (idx i = 0; i < a.count; ++i)
      values.push_back(static_cast<float>(2 * auris::uniform(seed, static_cast<std::uint64_t>(i)) - 1));
    given[a.name].assign(values.begin(), values.end());
  }
  const auto expected = table::run(oracle, given, skipped);
  const int before = now.calls;
  const auto got = table::run(tested, given_float, skipped);
  for (const auto& [name, values] : expected) {
    double largest = 1, worst = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
      largest = std::max(largest, std::abs(values[i]));
      worst = std::max(worst, std::abs(values[i] - static_cast<double>(got.at(name)[i])));
    }
    INFO(tested.name << ", " << name);
    CHECK(worst <= 4 * std::numeric_limits<float>::epsilon() * largest);
  }
  return now.calls - before;
}

/// The table's faults but one: arrays that are not aligned are for our own kernels, so other bits are no fault here.
inline std::string without_other_bits(const std::string& faults) {
  std::string rest, line;
  for (const char c : faults) {
    line += c;
    if (c != '\n') continue;
    if (line.find(": other bits") == std::string::npos) rest += line;
    line.clear();
  }
  return rest;
}

}  // namespace on_host
