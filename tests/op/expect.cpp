#include "op/expect.hpp"

#include <algorithm>
#include <auris/core/random.hpp>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "support/catch.hpp"

#if !defined(AURIS_GOLDEN)
#define AURIS_GOLDEN "tests/golden"
#endif

namespace table {

void check_close(const floats& got, const std::vector<double>& expected, double tolerance) {
  REQUIRE(got.size() == expected.size());
  for (std::size_t i = 0; i < got.size(); ++i) {
    INFO("element " << i);
    CHECK(std::abs(static_cast<double>(got[i]) - expected[i]) <= tolerance * std::max(1.0, std::abs(expected[i])));
  }
}

floats golden_input(std::uint64_t seed, idx count, double scale) {
  floats x;
  for (idx i = 0; i < count; ++i)
    x.push_back(static_cast<float>((2 * auris::uniform(seed, static_cast<std::uint64_t>(i)) - 1) * scale));
  return x;
}

void check_golden(const char* file, const std::string& record, const floats& got) {
  INFO(file << ", " << record);
  std::ifstream in(std::string(AURIS_GOLDEN "/") + file);
  REQUIRE(in.good());
  const nlohmann::json expected = nlohmann::json::parse(in)["outputs"][record];
  std::size_t count = 1;
  for (const auto& extent : expected.at("shape")) count *= extent.get<std::size_t>();
  REQUIRE(got.size() == count);
  const auto first = expected.at("values").get<std::vector<double>>();
  check_close({got.begin(), got.begin() + static_cast<std::ptrdiff_t>(first.size())}, first, 1e-5);
  double sum = 0, magnitude = 0;
  for (const float v : got) {
    sum += static_cast<double>(v);
    magnitude += std::abs(static_cast<double>(v));
  }
  const double tolerance = 1e-5 * std::max(1.0, expected.at("abs_sum").get<double>());
  CHECK(std::abs(sum - expected.at("sum").get<double>()) <= tolerance);
  CHECK(std::abs(magnitude - expected.at("abs_sum").get<double>()) <= tolerance);
}

floats permuted(const floats& x, std::array<idx, 4> sizes, std::array<int, 4> order) {
  const std::array<idx, 4> stride{sizes[1] * sizes[2] * sizes[3], sizes[2] * sizes[3], sizes[3], 1};
  const auto size = [&](std::size_t i) { return sizes[static_cast<std::size_t>(order[i])]; };
  const auto by = [&](std::size_t i) { return stride[static_cast<std::size_t>(order[i])]; };
  floats y;
  for (idx a = 0; a < size(0); ++a)
    for (idx b = 0; b < size(1); ++b)
      for (idx c = 0; c < size(2); ++c)
        for (idx d = 0; d < size(3); ++d)
          y.push_back(x.at(static_cast<std::size_t>(a * by(0) + b * by(1) + c * by(2) + d * by(3))));
  return y;
}
floats channels_last(const floats& x, idx items, idx channels, idx time, idx mel) {
  return permuted(x, {items, channels, time, mel}, {0, 2, 3, 1});
}
floats channels_first(const floats& x, idx items, idx time, idx mel, idx channels) {
  return permuted(x, {items, time, mel, channels}, {0, 3, 1, 2});
}

}  // namespace table
