#include <auris/core/random.hpp>
#include <auris/metric/median_filter.hpp>
#include <limits>

#include "support/catch.hpp"

namespace median_filter_test {

using namespace auris;

using floats = std::vector<float>;

static floats filtered(const floats& x, idx length, border outside) {
  return median_filter(x, static_cast<idx>(x.size()), 1, length, outside).value();
}

TEST_CASE("median filter: scipy's two borders") {
  CHECK(filtered({1, 5, 2, 8, 3}, 3, border::zeros) == floats{1, 2, 5, 3, 3});
  CHECK(filtered({1, 5, 2, 8, 3}, 3, border::reflect) == floats{1, 2, 5, 3, 3});
  CHECK(filtered({5, 1, 1}, 3, border::zeros) == floats{1, 1, 1});
  CHECK(filtered({5, 1, 1}, 3, border::reflect) == floats{5, 1, 1});
}

TEST_CASE("median filter: longer than the signal") {
  CHECK(filtered({3}, 1, border::zeros) == floats{3});
  CHECK(filtered({3}, 5, border::zeros) == floats{0});
  CHECK(filtered({3}, 5, border::reflect) == floats{3});
  CHECK(filtered({1, 2}, 7, border::reflect) == floats{2, 1});  // windows 2 2 1 1 2 2 1 and 2 1 1 2 2 1 1
  CHECK(filtered({3, 1, 2, 5}, 13, border::reflect) == floats{2, 3, 3, 2});
  CHECK(filtered({}, 3, border::zeros).empty());
}

TEST_CASE("median filter: each class by itself") {
  const floats x{5, 1, 1, 5, 1, 2};  // classes 5 1 1 and 1 5 2
  CHECK(median_filter(x, 3, 2, 3, border::reflect).value() == floats{5, 1, 1, 2, 1, 2});
  CHECK(median_filter({}, 0, 3, 3, border::zeros).value().empty());
  CHECK(median_filter({}, 4, 0, 3, border::zeros).value().empty());
}

TEST_CASE("median filter: equals sorting every window") {
  random_sequence random(3);
  floats x(60);
  for (float& v : x) v = static_cast<float>(random.below(20)) / 20;
  for (idx length : {1, 3, 7, 19, 59}) {
    const floats y = filtered(x, length, border::zeros);
    for (idx t = 0; t < 60; ++t) {
      floats window;
      for (idx k = t - length / 2; k <= t + length / 2; ++k)
        window.push_back(k < 0 || k >= 60 ? 0 : x[static_cast<std::size_t>(k)]);
      std::sort(window.begin(), window.end());
      CHECK(y[static_cast<std::size_t>(t)] == window[static_cast<std::size_t>(length / 2)]);
    }
  }
}

TEST_CASE("median filter: bad lengths, shapes and scores are errors") {
  const floats x{1, 2, 3};
  for (idx length : {-1, 0, 2, 4, 1 << 20}) CHECK_FALSE(median_filter(x, 3, 1, length, border::zeros));
  CHECK_FALSE(median_filter(x, 2, 2, 3, border::zeros));
  CHECK_FALSE(median_filter(x, -3, -1, 3, border::zeros));
  CHECK_FALSE(median_filter(x, 3, 0, 3, border::zeros));
  CHECK_FALSE(median_filter(floats{1, std::numeric_limits<float>::quiet_NaN()}, 2, 1, 3, border::zeros));
}

}  // namespace median_filter_test
