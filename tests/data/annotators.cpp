#include <auris/data/annotators.hpp>

#include "support/catch.hpp"

using namespace auris;

TEST_CASE("chance_to_hear: grows with coverage and SNR") {
  CHECK(chance_to_hear({0, 20}) == 0);
  CHECK(chance_to_hear({1, -2}) == 0.5);
  CHECK(chance_to_hear({0.2, 100}) == Approx(0.5));
  CHECK(chance_to_hear({1, 10}) == Approx(1 / (1 + std::exp(-6.0))));
  CHECK(chance_to_hear({1, -100}) < 1e-12);
}

TEST_CASE("annotate: sure of what is loud, graded in between, never quite sure of absence") {
  std::vector<std::vector<audible>> heard(3, std::vector<audible>(400));
  for (audible& a : heard[0]) a = {1, 100};
  for (audible& a : heard[1]) a = {1, -2};
  const auto labels = annotate(heard, {7, 2, 5}, 10, {.seed = 3});
  REQUIRE(labels.size() == 1200);
  double half = 0, doubt = 0;
  for (std::size_t s = 0; s < 400; ++s) {
    CHECK(labels[s] == soft_label{static_cast<double>(s), static_cast<double>(s + 1), 7, 1});
    CHECK((labels[400 + s].class_index == 2 && labels[400 + s].value >= 0.01 && labels[400 + s].value <= 1));
    CHECK((labels[800 + s].class_index == 5 && labels[800 + s].value >= 0.01 && labels[800 + s].value <= 0.2));
    half += labels[400 + s].value / 400, doubt += labels[800 + s].value / 400;
  }
  CHECK(half == Approx(0.5).margin(0.03));
  CHECK(doubt == Approx(0.105).margin(0.01));
  CHECK(annotate(heard, {7, 2, 5}, 10, {.seed = 3}) == labels);
  CHECK(annotate(heard, {7, 2, 5}, 10, {.seed = 4}) != labels);
  CHECK(annotate({}, {}, 10, {}).empty());
}
