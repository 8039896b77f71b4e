// Windows of long clips: what each frame gets, and what is refused.
#include <auris/backend/cpu.hpp>
#include <auris/nn.hpp>
#include <vector>

#include "support/catch.hpp"

using namespace auris;

namespace {
// Windows of 4 frames of one value: their mean, and twice each value.
struct means : bind<sequential<tap<output<"frames", linear<1>>>, heads<output<"mean", global_average>>>, dims(4, 1)> {};
struct any_length : bind<global_average, dims(dyn, 1)> {};

std::vector<float> values(const result<view<const float>>& v) { return {v.value().p, v.value().p + v.value().size()}; }
weights<means> doubled() {
  weights<means> w(1);
  w.params()[0] = 2, w.params()[1] = 0;
  return w;
}
const float clip[] = {4, 8, 0, 4, 8, 8, 0};
}  // namespace

TEST_CASE("sliding_window: the mean of all windows that a frame lies in", "[sliding_window]") {
  const weights<means> w = doubled();
  // Windows start at 0, 2 and, to end with the clip, 3: means 4, 5, 5.
  sliding_window<means, "mean", cpu> run(w, {.batch = 2});
  const auto y = run({clip, 1, dims(7, 1)});
  CHECK(y.value().s == dims(7, 1));
  CHECK(values(y) == std::vector<float>{4, 4, 4.5f, 14 / 3.0f, 5, 5, 5});
  sliding_window<means, "frames", cpu> frames(w, {.hop = 1, .batch = 1});
  CHECK(values(frames({clip, 1, dims(7, 1)})) == std::vector<float>{8, 16, 0, 8, 16, 16, 0});
}

TEST_CASE("sliding_window: a clip of a window is the network's; shorter ones are filled up with zeros",
          "[sliding_window]") {
  const weights<means> w = doubled();
  sliding_window<means, "mean", cpu> run(w);
  CHECK(values(run({clip, 1, dims(4, 1)})) == std::vector<float>(4, 4.0f));
  CHECK(values(run({clip, 1, dims(1, 1)})) == std::vector<float>(1, 1.0f));
  const weights<any_length> none;
  sliding_window<any_length, "main", cpu> any(none, {.window = 2, .hop = 2});
  CHECK(values(any({clip, 1, dims(4, 1)})) == std::vector<float>{6, 6, 2, 2});
}

TEST_CASE("sliding_window: what does not fit is refused", "[sliding_window]") {
  const weights<means> w = doubled();
  sliding_window<means, "mean", cpu> run(w);
  CHECK_FALSE(run({clip, 1, dims(0, 1)}));
  CHECK_FALSE(run({clip, 2, dims(3, 1)}));
  CHECK_FALSE(run({nullptr, 1, dims(4, 1)}));
  CHECK_FALSE(run({clip, 1, dims(3, 2)}));
  CHECK_FALSE(run({clip, 1, dims(7)}));
  CHECK_FALSE(sliding_window<means, "mean", cpu>(w, {.hop = 5})({clip, 1, dims(7, 1)}));
  CHECK_FALSE(sliding_window<means, "mean", cpu>(w, {.window = 3})({clip, 1, dims(7, 1)}));
  CHECK_FALSE(sliding_window<means, "mean", cpu>(w, {.batch = 0})({clip, 1, dims(7, 1)}));
  const weights<any_length> none;
  CHECK_FALSE(sliding_window<any_length, "main", cpu>(none)({clip, 1, dims(7, 1)}));  // no window given
}
