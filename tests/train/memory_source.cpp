#include <auris/train/memory_source.hpp>

#include "support/catch.hpp"

using namespace auris;

namespace {
// Three items of two frames with two features; one term with three classes. Item i holds numbers from 10 i on.
memory_source<float, 1> three_items() {
  memory_source<float, 1> s{.items = 3, .shape_of_item = dims(2, 2)};
  for (int i = 0; i < 3; ++i)
    for (int k = 0; k < 4; ++k) s.inputs.push_back(static_cast<float>(10 * i + k));
  for (int i = 0; i < 3; ++i)
    for (int k = 0; k < 6; ++k) s.terms[0].values.push_back(static_cast<float>(10 * i + k));
  return s;
}
struct memory {
  std::vector<float> x = std::vector<float>(8, -1), values = std::vector<float>(12, -1),
                     mask = std::vector<float>(4, 1), class_mask = std::vector<float>(6, 1);
  batch<float, 1> of(idx items) {
    return {{x.data(), items, dims(2, 2)}, {{{values.data(), mask.data(), class_mask.data(), 2, 3}}}};
  }
};
}  // namespace

TEST_CASE("memory_source: is a data source") {
  STATIC_REQUIRE(data_source<memory_source<float, 2>, float, 2>);
  STATIC_REQUIRE_FALSE(data_source<memory_source<float, 2>, float, 1>);
}

TEST_CASE("memory_source: copies the items with the given indices, in their order") {
  const auto s = three_items();
  memory m;
  const idx two_and_one[] = {2, 1};
  s.fill(two_and_one, m.of(2)).value();
  CHECK(m.x == std::vector<float>{20, 21, 22, 23, 10, 11, 12, 13});
  CHECK(m.values == std::vector<float>{20, 21, 22, 23, 24, 25, 10, 11, 12, 13, 14, 15});
  CHECK(m.mask == std::vector<float>(4, 1));  // no mask: as it was
  CHECK(m.class_mask == std::vector<float>(6, 1));
}

TEST_CASE("memory_source: masks are copied, absent values are zeros") {
  auto s = three_items();
  s.terms[0].values.clear();
  s.terms[0].mask = {0, 1, 1, 0, 0.5f, 1};
  s.terms[0].class_mask = {1, 0, 1, 1, 1, 1, 0, 0, 0.5f};
  memory m;
  const idx two_and_zero[] = {2, 0};
  s.fill(two_and_zero, m.of(2)).value();
  CHECK(m.values == std::vector<float>(12, 0));
  CHECK(m.mask == std::vector<float>{0.5f, 1, 0, 1});
  CHECK(m.class_mask == std::vector<float>{0, 0, 0.5f, 1, 0, 1});
}

TEST_CASE("memory_source: arrays of the wrong size and indices out of range are errors") {
  memory m;
  const idx first[] = {0}, third[] = {3}, below[] = {-1};
  auto s = three_items();
  CHECK(s.fill(first, m.of(1)));
  CHECK_FALSE(s.fill(third, m.of(1)));
  CHECK_FALSE(s.fill(below, m.of(1)));
  s.inputs.pop_back();
  CHECK_FALSE(s.fill(first, m.of(1)));
  s = three_items();
  s.terms[0].values.push_back(0);
  CHECK_FALSE(s.fill(first, m.of(1)));
  s = three_items();
  s.terms[0].mask = {1, 1};
  const auto why = s.fill(first, m.of(1));
  REQUIRE_FALSE(why);
  CHECK(std::string(why.error().text().c_str()) ==
        "wrong size of an array: memory_source, mask of a term: expected 3 x 2 numbers, got 2");
  s = three_items();
  s.terms[0].class_mask = {1, 1, 1};
  const auto classes = s.fill(first, m.of(1));
  REQUIRE_FALSE(classes);
  CHECK(std::string(classes.error().text().c_str()) ==
        "wrong size of an array: memory_source, class mask of a term: expected 3 x 3 numbers, got 3");
}
