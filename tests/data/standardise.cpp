#include <auris/core/random.hpp>
#include <auris/data/standardise.hpp>
#include <limits>

#include "support/catch.hpp"

using namespace auris;

namespace {
frame_matrix column(std::vector<float> values) {
  frame_matrix m(static_cast<idx>(values.size()), 1);
  m.values = std::move(values);
  return m;
}
}  // namespace

TEST_CASE("standardisation: mean and population deviation over all recordings") {
  standardisation_fit fit;
  fit.add(column({1, 2})).value();
  fit.add(column({})).value();
  fit.add(column({6})).value();
  const standardisation s = fit.get().value();
  CHECK(s.mean[0] == Approx(3).epsilon(1e-15));
  CHECK(s.deviation[0] == Approx(std::sqrt(14.0 / 3)).epsilon(1e-15));  // (4 + 1 + 9) / 3
}

TEST_CASE("standardisation: recording by recording equals all at once, far from zero too") {
  frame_matrix all(900, 2), part(300, 2);
  for (std::size_t i = 0; i < all.values.size(); ++i)
    all.values[i] = static_cast<float>(1000 * (i % 2)) + static_cast<float>(uniform(5, i));
  standardisation_fit once, parts;
  once.add(all).value();
  for (std::size_t p = 0; p < 3; ++p) {
    part.values.assign(all.values.begin() + static_cast<std::ptrdiff_t>(600 * p),
                       all.values.begin() + static_cast<std::ptrdiff_t>(600 * (p + 1)));
    parts.add(part).value();
  }
  const standardisation a = once.get().value(), b = parts.get().value();
  for (std::size_t i = 0; i < 2; ++i) {
    CHECK(a.mean[i] == Approx(b.mean[i]).epsilon(1e-13));
    CHECK(a.deviation[i] == Approx(b.deviation[i]).epsilon(1e-10));
    CHECK(a.deviation[i] == Approx(std::sqrt(1 / 12.0)).epsilon(0.05));
  }
  b.apply(all).value();
  standardisation_fit again;
  again.add(all).value();
  CHECK(again.get().value().mean[1] == Approx(0).margin(1e-4));
  CHECK(again.get().value().deviation[1] == Approx(1).epsilon(1e-4));
}

TEST_CASE("standardisation: a band that never changes is divided by 1") {
  standardisation_fit fit;
  for (int i = 0; i < 3; ++i) fit.add(column(std::vector<float>(static_cast<std::size_t>(7 * i + 1), -99.9f))).value();
  const standardisation s = fit.get().value();
  CHECK(s.deviation[0] == 1);
  frame_matrix m = column({-99.9f, -98.9f});
  s.apply(m).value();
  CHECK(m.values[0] == 0);
  CHECK(m.values[1] == Approx(1).epsilon(1e-5));
}

TEST_CASE("standardisation: refuses what it cannot use, and stays as it was") {
  standardisation_fit fit;
  CHECK_FALSE(fit.get());
  CHECK_FALSE(fit.add(frame_matrix(3, 0)));
  fit.add(column({1, 3})).value();
  CHECK_FALSE(fit.add(column({1, std::numeric_limits<float>::quiet_NaN()})));
  CHECK_FALSE(fit.add(column({std::numeric_limits<float>::infinity()})));
  CHECK_FALSE(fit.add(frame_matrix(3, 2)));
  CHECK(fit.get().value().mean == std::vector<double>{2});
  CHECK(fit.get().value().deviation == std::vector<double>{1});

  std::vector<float> x{1, 2, 3};
  CHECK_FALSE((standardisation{{0, 0}, {1, 1}}.apply(x)));
  CHECK_FALSE((standardisation{{0}, {0}}.apply(x)));
  CHECK_FALSE((standardisation{{}, {}}.apply(x)));
  CHECK_FALSE((standardisation{{0, 1}, {1}}.apply(x)));
  CHECK(x == std::vector<float>{1, 2, 3});
  frame_matrix m(2, 3);
  CHECK_FALSE((standardisation{{0, 0}, {1, 1}}.apply(m)));
}

TEST_CASE("standardise_clip: each band by itself, a band that never changes to zeros") {
  std::vector<float> x{1, 5, 3, 5, 8, 5};
  standardise_clip(x, 2).value();
  const double deviation = std::sqrt((9.0 + 1 + 16) / 2);
  const double expected[] = {-3 / deviation, 0, -1 / deviation, 0, 4 / deviation, 0};
  for (std::size_t i = 0; i < x.size(); ++i) CHECK(x[i] == Approx(expected[i]).margin(1e-7));
  std::vector<float> nearly{1, 1.00001f};
  standardise_clip(nearly, 1).value();
  CHECK(nearly[1] == Approx(0.005).epsilon(0.01));  // divided by 0.001
}

TEST_CASE("standardise_clip: one frame, no frame, and what does not fit") {
  std::vector<float> one{3, 4}, none, odd{1, 2, 3};
  CHECK(standardise_clip(one, 2));
  CHECK(one == std::vector<float>{0, 0});
  CHECK(standardise_clip(none, 2));
  CHECK_FALSE(standardise_clip(odd, 2));
  CHECK_FALSE(standardise_clip(odd, 0));
  CHECK_FALSE(standardise_clip(odd, 3, 0));
  CHECK(odd == std::vector<float>{1, 2, 3});
}
