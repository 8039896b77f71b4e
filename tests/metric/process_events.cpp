#include <auris/metric/process_events.hpp>

#include "support/catch.hpp"

namespace process_events_test {

using namespace auris;

using events = std::vector<event>;

static events processed(const events& x, double min_length, double min_gap) {
  return process_events(x, {.min_length = min_length, .min_gap = min_gap}).value();
}
static const double off = std::numeric_limits<double>::quiet_NaN();

TEST_CASE("process events: short ones go before gaps are closed") {
  const events x{{0, 1, "A"}, {1.25, 1.5, "A"}, {1.75, 3, "A"}};
  CHECK(processed(x, 0.5, 0.25) == events{{0, 1, "A"}, {1.75, 3, "A"}});
  CHECK(processed(processed(x, off, 0.25), 0.5, off) == events{{0, 3, "A"}});
}

TEST_CASE("process events: limits are inclusive") {
  CHECK(processed({{0, 0.5, "A"}}, 0.5, off) == events{{0, 0.5, "A"}});
  CHECK(processed({{0, 0.5, "A"}}, 0.75, off).empty());
  CHECK(processed({{0, 1, "A"}, {1.5, 2, "A"}}, off, 0.5) == events{{0, 2, "A"}});
  CHECK(processed({{0, 1, "A"}, {1.5, 2, "A"}}, off, 0.25).size() == 2);
}

TEST_CASE("process events: classes do not meet, the result is in order of onset") {
  const events x{{2, 3, "A"}, {0.5, 1, "B"}, {1, 2, "A"}, {3, 4, "B"}};
  CHECK(processed(x, off, 0) == events{{0.5, 1, "B"}, {1, 3, "A"}, {3, 4, "B"}});
}

TEST_CASE("process events: the offset becomes that of the next one, even if it ends earlier") {
  CHECK(processed({{0, 5, "A"}, {1, 2, "A"}}, off, 0) == events{{0, 2, "A"}});
}

TEST_CASE("process events: switched off, nothing changes") {
  const events x{{0, 0, "A"}, {0, 1, "A"}, {1, 2, "A"}};
  CHECK(processed(x, off, off) == x);
  CHECK(processed({}, 1, 1).empty());
}

TEST_CASE("process events: bad limits and events are errors") {
  CHECK_FALSE(process_events({}, {.min_length = -1}));
  CHECK_FALSE(process_events({}, {.min_gap = std::numeric_limits<double>::infinity()}));
  CHECK_FALSE(process_events(events{{2, 1, "A"}}, {}));
  CHECK_FALSE(process_events(events{{off, 1, "A"}}, {}));
}

}  // namespace process_events_test
