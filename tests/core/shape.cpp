#include <auris/core/shape.hpp>
#include <auris/core/view.hpp>

#include "support/catch.hpp"

using namespace auris;

TEST_CASE("shape: a value with axes counted from both ends") {
  constexpr shape s = dims(dyn, 64, 1);
  STATIC_REQUIRE(s[0] == dyn);
  STATIC_REQUIRE(s[-2] == 64);
  STATIC_REQUIRE(s.with(0, 5).size() == 5 * 64);
  STATIC_REQUIRE(s.without(-1) == dims(dyn, 64));
  STATIC_REQUIRE(s.without(0) == dims(64, 1));
  STATIC_REQUIRE_FALSE(s.known());
  STATIC_REQUIRE(s.with(0, 0).known());
  STATIC_REQUIRE(nothing.size() == 0);
  STATIC_REQUIRE(dims().size() == 1);
  STATIC_REQUIRE(dims(2, 3, 4).count(1, 3) == 12);
}

TEST_CASE("view: batch outermost") {
  float values[2 * 3] = {1, 2, 3, 4, 5, 6};
  const view<float> x{values, 2, dims(3)};
  const view<const float> read = x;
  CHECK(read.size() == 6);
  CHECK(read.item(1).p[0] == 4);
  CHECK(read.item(1).n == 1);
}
