#include <auris/audio/window.hpp>

#include "support/catch.hpp"

using namespace auris;

TEST_CASE("window: worked values") {
  const auto close = [](const std::vector<double>& w, const std::vector<double>& expected) {
    REQUIRE(w.size() == expected.size());
    for (std::size_t i = 0; i < w.size(); ++i) CHECK(w[i] == Approx(expected[i]).margin(1e-12));
  };
  close(window(window_kind::hann, window_symmetry::periodic, 4), {0, 0.5, 1, 0.5});
  close(window(window_kind::hann, window_symmetry::symmetric, 5), {0, 0.5, 1, 0.5, 0});
  close(window(window_kind::hamming, window_symmetry::periodic, 4), {0.08, 0.54, 1, 0.54});
  close(window(window_kind::hamming, window_symmetry::symmetric, 3), {0.08, 1, 0.08});
}

TEST_CASE("window: the shortest ones") {
  CHECK(window(window_kind::hann, window_symmetry::symmetric, 1) == std::vector<double>{1});
  CHECK(window(window_kind::hann, window_symmetry::periodic, 1)[0] == Approx(0).margin(1e-12));
  CHECK(window(window_kind::hann, window_symmetry::periodic, 0).empty());
  CHECK(window(window_kind::hann, window_symmetry::periodic, -3).empty());
}

TEST_CASE("window: a short one stands in the middle of the transform") {
  CHECK(centred_window({1, 2}, 5) == std::vector<double>{0, 1, 2, 0, 0});
  const auto w = centred_window(std::vector<double>(800, 1), 1024);
  CHECK(w[111] == 0);
  CHECK(w[112] == 1);
  CHECK(w[911] == 1);
  CHECK(w[912] == 0);
}
