#include <auris/metric/event.hpp>
#include <limits>

#include "support/catch.hpp"

using namespace auris;

TEST_CASE("event: ordered by onset, offset, label") {
  CHECK(event{0, 1, "dog"} < event{0.5, 0.6, "cat"});
  CHECK(event{0, 1, "dog"} < event{0, 2, "cat"});
  CHECK(event{0, 1, "cat"} < event{0, 1, "dog"});
  CHECK(event{0, 1, "cat"} == event{0, 1, "cat"});
}

TEST_CASE("event: of one class, and where a class stands") {
  const std::vector<event> all{{0, 1, "dog"}, {0.5, 2, "cat"}, {3, 4, "dog"}};
  CHECK(events_of(all, "dog") == std::vector<event>{{0, 1, "dog"}, {3, 4, "dog"}});
  CHECK(events_of(all, "cow").empty());
  const std::vector<std::string> classes{"dog", "cat"};
  CHECK(class_index(classes, "cat") == 1);
  CHECK(class_index(classes, "cow") == -1);
  CHECK(class_index({}, "cow") == -1);
}

TEST_CASE("event: what is no event is named") {
  const double nan = std::numeric_limits<double>::quiet_NaN(), infinity = std::numeric_limits<double>::infinity();
  const std::vector<std::string> classes{"dog", "cat"};
  CHECK(check_events(std::vector<event>{{1, 1, "dog"}}, classes, "reference"));
  for (const event& bad :
       {event{2, 1, "dog"}, event{-1, 1, "dog"}, event{nan, 1, "dog"}, event{0, nan, "dog"}, event{0, infinity, "dog"}})
    CHECK_FALSE(check_events(std::vector<event>{{0, 1, "dog"}, bad}, classes, "reference"));
  CHECK_THROWS_WITH(check_events(std::vector<event>{{0, 1, "dog"}, {2, 1, "cat"}}, "estimated").value(),
                    "bad event: estimated event 1 (cat): expected 0 <= onset <= offset, both finite, got 2 to 1");
  CHECK_THROWS_WITH(check_events(std::vector<event>{{0, 1, "cow"}}, classes, "reference").value(),
                    "unknown class: reference event 0: expected one of 2 classes, got 'cow'");
  CHECK_THROWS_WITH(check_classes(std::vector<std::string>{"dog", "cat", "dog"}).value(),
                    "class named twice: list of classes: expected distinct names, got 'dog'");
}
