#include <algorithm>
#include <auris/data/mixture_list.hpp>
#include <limits>
#include <numeric>

#include "support/catch.hpp"

using namespace auris;

TEST_CASE("numpy_shuffle: the order of numpy's legacy generator") {
  std::vector<idx> order(10);
  std::iota(order.begin(), order.end(), idx{0});
  numpy_shuffle random(1234);
  random(std::span(order));
  CHECK(order == std::vector<idx>{7, 2, 9, 1, 0, 8, 4, 5, 6, 3});

  // RandomState(42), 0 to 4969: the first 994 are the test part of a published split.
  std::vector<idx> recordings(4970);
  std::iota(recordings.begin(), recordings.end(), idx{0});
  numpy_shuffle other(42);
  other(std::span(recordings));
  std::sort(recordings.begin(), recordings.begin() + 994);
  CHECK(std::vector<idx>(recordings.begin(), recordings.begin() + 6) == std::vector<idx>{8, 12, 17, 19, 23, 26});
  CHECK(std::accumulate(recordings.begin(), recordings.begin() + 994, idx{0}) == 2'423'130);

  std::vector<idx> none, one{5};
  random(std::span(none));
  random(std::span(one));
  CHECK(one == std::vector<idx>{5});
}

TEST_CASE("shuffled_folds: the n-th of the shuffled indexes gets fold n mod folds") {
  // shuffled: 7 2 9 1 0 8 4 5 6 3
  CHECK(shuffled_folds(10, 4).value() == std::vector<idx>{0, 3, 1, 1, 2, 3, 0, 0, 1, 2});
  CHECK(shuffled_folds(0, 4).value().empty());
  CHECK_FALSE(shuffled_folds(10, 0));
  CHECK_FALSE(shuffled_folds(-1, 4));
}

TEST_CASE("list_mixtures: recordings stay in their folds, scenes go round, the last order is repeated") {
  const std::vector<idx> fold_of{0, 1, 0, 1, 0, -1, 1, 0};
  const mixture_list_options o{.folds = 2, .clips = 5};
  const auto list = list_mixtures(fold_of, 4, o).value();
  REQUIRE(list.size() == 10);
  for (std::size_t g = 0; g < list.size(); ++g) {
    CHECK(list[g].fold == static_cast<idx>(g / 5));
    CHECK(list[g].scene == list[g % 4].scene);
    REQUIRE(list[g].events.size() == 3);
    for (std::size_t e = 0; e < 3; ++e) {
      CHECK(fold_of[static_cast<std::size_t>(list[g].events[e].recording)] == list[g].fold);
      CHECK(list[g].events[e].onset == 0.5 + 2.5 * static_cast<double>(e));
    }
  }
  // The same by hand, from the stream of shuffles.
  numpy_shuffle random(1234);
  std::vector<idx> scenes{0, 1, 2, 3}, first{0, 2, 4, 7}, second{1, 3, 6};
  random(std::span(scenes));
  for (int k = 0; k < 15 / 4 + 1; ++k) random(std::span(first));
  for (int k = 0; k < 15 / 3 + 1; ++k) random(std::span(second));
  for (std::size_t i = 0; i < 15; ++i) {
    CHECK(list[i / 3].events[i % 3].recording == first[i % 4]);
    CHECK(list[5 + i / 3].events[i % 3].recording == second[i % 3]);
  }
  CHECK(list[1].scene == scenes[1]);
  CHECK(list == list_mixtures(fold_of, 4, o).value());
  CHECK(list != list_mixtures(fold_of, 4, {.folds = 2, .clips = 5, .seed = 2}).value());
}

TEST_CASE("list_mixtures: what cannot be listed is an error") {
  const std::vector<idx> fold_of{0, 1};
  CHECK(list_mixtures(fold_of, 1, {.folds = 3}).error().text() ==
        "no recording: list_mixtures, fold 3: expected 1 or more, got 0");
  CHECK_FALSE(list_mixtures({}, 1));
  CHECK_FALSE(list_mixtures(fold_of, 0, {.folds = 2}));
  CHECK_FALSE(list_mixtures(fold_of, 1, {.folds = 0}));
  CHECK_FALSE(list_mixtures(fold_of, 1, {.folds = 2, .clips = 0}));
  CHECK_FALSE(list_mixtures(fold_of, 1, {.folds = 2, .events = 0}));
  CHECK_FALSE(list_mixtures(fold_of, 1, {.folds = 2, .clips = std::numeric_limits<idx>::max()}));
  CHECK_FALSE(list_mixtures(fold_of, 1, {.folds = 2, .distance = std::numeric_limits<double>::quiet_NaN()}));
}
