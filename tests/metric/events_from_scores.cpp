#include <auris/metric/events_from_scores.hpp>

#include "support/catch.hpp"

namespace events_from_scores_test {

using namespace auris;

using events = std::vector<event>;
using floats = std::vector<float>;
static const std::vector<std::string> one{"A"}, two{"A", "B"};

TEST_CASE("events from scores: runs above the threshold, in order of onset") {
  const floats x{.9f, .1f, .8f, .7f, .2f, .6f, .7f, .5f};  // 4 frames
  CHECK(events_from_scores(x, 4, two, {.hop = 0.5}).value() == events{{0, 1, "A"}, {0.5, 1.5, "B"}, {1.5, 2, "A"}});
}

TEST_CASE("events from scores: > or >=, one threshold or one per class") {
  const floats x{.5f, .5f};
  CHECK(events_from_scores(x, 1, two, {.hop = 1}).value().empty());
  CHECK(events_from_scores(x, 1, two, {.inclusive = true, .hop = 1}).value().size() == 2);
  CHECK(events_from_scores(x, 1, two, {.threshold = {0.6f, 0.4f}, .hop = 1}).value() == events{{0, 1, "B"}});
}

TEST_CASE("events from scores: median filter with either border") {
  const floats x{.9f, 0, .9f, .9f, 0, .9f};
  CHECK(events_from_scores(x, 6, one, {.median = 3, .hop = 1}).value() == events{{1, 5, "A"}});
  const event_options reflect{.median = 3, .median_border = border::reflect, .hop = 1};
  CHECK(events_from_scores(x, 6, one, reflect).value() == events{{0, 6, "A"}});
}

TEST_CASE("events from scores: none beyond the end of the file") {
  const floats x{0, 1, 1, 0, 1};
  CHECK(events_from_scores(x, 5, one, {.hop = 1, .duration = 2.5}).value() == events{{1, 2.5, "A"}});
  CHECK(events_from_scores(x, 5, one, {.hop = 1, .duration = 4}).value() == events{{1, 3, "A"}});
  CHECK(events_from_scores(x, 5, one, {.hop = 1, .duration = 0}).value().empty());
  CHECK_FALSE(events_from_scores(x, 5, one, {.duration = -1}));
  CHECK_FALSE(events_from_scores(x, 5, one, {.duration = std::numeric_limits<double>::quiet_NaN()}));
}

TEST_CASE("events from scores: short events go, gaps are closed") {
  const floats x{1, 0, 1, 1, 0, 1, 1};
  const event_options options{.process = {.min_length = 2, .min_gap = 1}, .hop = 1};
  CHECK(events_from_scores(x, 7, one, options).value() == events{{2, 7, "A"}});
}

TEST_CASE("events from scores: double threshold per class") {
  const floats x{.15f, 0, .3f, 0, .15f, .3f, 0, .15f};
  const double_threshold_options options{.smooth = 0, .salt = 0};
  CHECK(events_from_scores(x, 4, two, options, 0.5).value() == events{{0, 1.5, "A"}, {1, 2, "B"}});
}

TEST_CASE("events from scores: nothing, no classes, one frame") {
  CHECK(events_from_scores({}, 0, two).value().empty());
  CHECK(events_from_scores({}, 0, {}).value().empty());
  CHECK(events_from_scores({}, 9, {}, double_threshold_options{}, 0.1).value().empty());
  CHECK(events_from_scores(floats{1}, 1, one, {.hop = 0.02}).value() == events{{0, 0.02, "A"}});
}

TEST_CASE("events from scores: what does not fit is an error") {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  CHECK_THROWS_WITH(events_from_scores(floats{.1f, .2f, .3f, nan}, 2, two).value(),
                    "bad score: frame 1, B: expected a finite number, got nan");
  const floats x{1, 0};
  CHECK_FALSE(events_from_scores(x, 2, two));
  CHECK_FALSE(events_from_scores(x, -1, two));
  CHECK_FALSE(events_from_scores(x, 1, {}));
  CHECK_FALSE(events_from_scores(x, 1, std::vector<std::string>{"A", "A"}));
  CHECK_FALSE(events_from_scores(x, 1, two, {.threshold = {}}));
  CHECK_FALSE(events_from_scores(x, 1, two, {.threshold = {1, 2, 3}}));
  CHECK_FALSE(events_from_scores(x, 1, two, {.threshold = {nan}}));
  CHECK_FALSE(events_from_scores(x, 1, two, {.median = 2}));
  CHECK_FALSE(events_from_scores(x, 1, two, {.process = {.min_gap = -1}}));
  CHECK_FALSE(events_from_scores(x, 1, two, {.hop = 0}));
  CHECK_FALSE(events_from_scores(x, 1, two, double_threshold_options{}, -1));
}

}  // namespace events_from_scores_test
