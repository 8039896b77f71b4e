#include <auris/metric/event_roll.hpp>

#include "support/catch.hpp"

namespace event_roll_test {

using namespace auris;

static const std::vector<std::string> classes{"A", "B"};
using cells = std::vector<unsigned char>;

TEST_CASE("event roll: an event fills every segment that it touches") {
  const std::vector<event> events{{0.5, 2, "A"}, {1.99, 2.01, "B"}};
  const event_roll roll = event_roll::create(events, classes, 1.0).value();
  CHECK(roll.rows == 3);
  CHECK(roll.active == cells{1, 0, 1, 1, 0, 1});
  CHECK(roll(2, 1));
  CHECK_FALSE(roll(2, 0));
}

TEST_CASE("event roll: resolution") {
  const std::vector<event> events{{0.25, 0.5, "A"}};
  CHECK(event_roll::create(events, classes, 0.25).value().active == cells{0, 0, 1, 0});
}

TEST_CASE("event roll: an event without length fills a row only inside of a segment") {
  CHECK(event_roll::create(std::vector<event>{{1, 1, "A"}}, classes, 1.0).value().active == cells{0, 0});
  CHECK(event_roll::create(std::vector<event>{{1.5, 1.5, "A"}}, classes, 1.0).value().active == cells{0, 0, 1, 0});
}

TEST_CASE("event roll: padded or cut to a number of rows") {
  const std::vector<event> events{{1, 3, "B"}, {7, 9, "A"}};
  CHECK(event_roll::create(events, classes, 1.0, 2).value().active == cells{0, 0, 0, 1});
  CHECK(event_roll::create(events, classes, 1.0, 10).value().active.size() == 20);
  CHECK(event_roll::create(events, classes, 1.0, 0).value().active.empty());
  CHECK(event_roll::create({}, classes, 1.0).value().rows == 0);
  CHECK(event_roll::create({}, {}, 1.0, 3).value().rows == 3);
}

TEST_CASE("event roll: what cannot be one is an error") {
  const std::vector<event> events{{0, 1, "A"}};
  for (double resolution : {0.0, -1.0, 1 / 0.0, 0 / 0.0}) CHECK_FALSE(event_roll::create(events, classes, resolution));
  CHECK_FALSE(event_roll::create(events, classes, 1.0, -1));
  CHECK_FALSE(event_roll::create(std::vector<event>{{0, 1, "C"}}, classes, 1.0));
  CHECK_FALSE(event_roll::create(std::vector<event>{{0, 1e300, "A"}}, classes, 1e-300));
  CHECK_THROWS_WITH(event_roll::create(std::vector<event>{{0, 1e10, "A"}}, classes, 1.0).value(),
                    "event roll too long: 1e+10 s in segments of 1 s: expected at most 134217728 segments, got 1e+10");
}

}  // namespace event_roll_test
