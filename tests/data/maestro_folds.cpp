#include <algorithm>
#include <auris/data/label_catalogue.hpp>
#include <auris/data/maestro_folds.hpp>
#include <map>

#include "support/catch.hpp"

using namespace auris;

TEST_CASE("maestro folds: sizes, and every fold parts the same 49 files") {
  const idx sizes[5][3] = {{26, 12, 11}, {27, 12, 10}, {27, 12, 10}, {27, 12, 10}, {28, 13, 8}};
  std::map<std::string, int> tested;
  std::vector<std::string> first;
  for (idx k = 1; k <= 5; ++k) {
    const file_split fold = maestro_fold(k).value();
    CHECK(static_cast<idx>(fold.train.size()) == sizes[k - 1][0]);
    CHECK(static_cast<idx>(fold.validation.size()) == sizes[k - 1][1]);
    CHECK(static_cast<idx>(fold.test.size()) == sizes[k - 1][2]);
    std::vector<std::string> all = fold.train;
    all.insert(all.end(), fold.validation.begin(), fold.validation.end());
    all.insert(all.end(), fold.test.begin(), fold.test.end());
    std::ranges::sort(all);
    CHECK(std::ranges::adjacent_find(all) == all.end());
    if (k == 1) first = all;
    CHECK(all == first);
    for (const std::string& name : fold.test) ++tested[name];
  }
  CHECK(tested.size() == 49);  // each file is tested once
  CHECK(std::ranges::all_of(tested, [](const auto& t) { return t.second == 1; }));
}

TEST_CASE("maestro folds: files per scene, names spelled out") {
  const label_catalogue labels = maestro_catalogue();
  std::vector<int> files(5);
  for (idx k = 1; k <= 5; ++k)
    for (const std::string& name : maestro_fold(k).value().test) {
      REQUIRE(labels.scene_of(name) != dyn);
      ++files[static_cast<std::size_t>(labels.scene_of(name))];
    }
  CHECK(files == std::vector<int>{10, 10, 9, 9, 11});
  CHECK(maestro_fold(1).value().test.front() == "cafe_restaurant_04");
  CHECK(maestro_fold(5).value().test.back() == "residential_area_01");
  CHECK(maestro_fold(2).value().validation.back() == "residential_area_03");
  CHECK_FALSE(maestro_fold(0));
  CHECK_FALSE(maestro_fold(6));
}
