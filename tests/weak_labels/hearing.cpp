#include <weak_labels/hearing.hpp>

#include "support/catch.hpp"

using namespace auris;
using namespace weak_labels;

namespace {

const std::vector<std::string> classes{"bark", "bell"};

named_tensor output(const char* name, std::vector<idx> shape, const std::vector<float>& values) {
  return tensor_of<float>(name, std::move(shape), values);
}
/// Six frames of three classes, the last of which the model has no name for.
std::vector<named_tensor> of_2apae(float bark, float bell) {
  return {output("y_pred", {3}, {bark, bell, 0.9f}),
          output("mel_x", {3, 6}, {.9f, .8f, .7f, .6f, .5f, .4f, 0, 0, .2f, .2f, .2f, 1, 1, 1, 1, 1, 1, 1}),
          output("time_attw", {3, 6}, {.4f, .4f, .2f, 0, 0, 0, 0, 0, .1f, .2f, .4f, .1f, 1, 1, 1, 1, 1, 1})};
}
const hearing_options quick{.smooth = 0, .salt = 0};

}  // namespace

TEST_CASE("listen: frames of 2APAE count as much as it attends to them") {
  const hearing h = listen(of_2apae(0.6f, 0.3f), classes, 0.5, quick).value();
  CHECK(h.clip == std::vector<float>{0.6f, 0.3f});
  REQUIRE((h.frames.frames == 6 && h.frames.width == 2));
  const std::vector<float> bark{.9f, .8f, .35f, 0, 0, 0}, bell{0, 0, .05f, .1f, .2f, .25f};
  for (idx t = 0; t < 6; ++t) {
    CHECK(h.frames.row(t)[0] == Approx(bark[static_cast<std::size_t>(t)]));
    CHECK(h.frames.row(t)[1] == Approx(bell[static_cast<std::size_t>(t)]));
  }
  CHECK(h.events == std::vector<event>{{0, 1.5, "bark"}, {1.5, 3, "bell"}});
}

TEST_CASE("listen: classes without a score of the clip have no events, short ones are dropped") {
  CHECK(listen(of_2apae(0.6f, 0.1f), classes, 0.5, quick).value().events == std::vector<event>{{0, 1.5, "bark"}});
  CHECK(listen(of_2apae(0.6f, 0.3f), classes, 0.5, {.salt = 1.5}).value().events.empty());
}

TEST_CASE("listen: maps of probabilities are averaged over mel") {
  const std::vector<named_tensor> outputs{output("y_pred", {2}, {0.5f, 0.5f}),
                                          output("segmentation", {2, 2, 2}, {.2f, .4f, 0, 0, 0, 0, 1, .5f})};
  const hearing h = listen(outputs, classes, 1, quick).value();
  CHECK(h.frames.values == std::vector<float>{.3f, 0, 0, .75f});
  CHECK(h.events == std::vector<event>{{0, 1, "bark"}, {1, 2, "bell"}});
}

TEST_CASE("listen: the atrous network's score is spread as its attention is") {
  const std::vector<named_tensor> outputs{output("attention", {2, 2, 2}, {.2f, .6f, .1f, .1f, 0, 0, 0, 0}),
                                          output("y_pred", {2}, {0.4f, 0.5f})};
  const hearing h = listen(outputs, classes, 1, quick).value();
  CHECK(h.frames.row(0)[0] == Approx(0.4f));
  CHECK(h.frames.row(1)[0] == Approx(0.1f));
  CHECK((h.frames.row(0)[1] == 0 && h.frames.row(1)[1] == 0));  // no attention at all
}

TEST_CASE("listen: outputs of another network or another size are errors") {
  auto outputs = of_2apae(0.6f, 0.3f);
  CHECK_FALSE(listen(std::span(outputs).first(1), classes, 0.5));
  CHECK_FALSE(listen(std::span(outputs).subspan(1), classes, 0.5));
  CHECK_FALSE(listen(outputs, std::vector<std::string>{"a", "b", "c", "d"}, 0.5));
  CHECK_FALSE(listen(outputs, classes, 0));
  CHECK_FALSE(listen({}, classes, 0.5));
  outputs[1] = output("mel_x", {3, 2}, {0, 0, 0, 0, 0, 0});
  CHECK_FALSE(listen(outputs, classes, 0.5));
  outputs[1] = output("mel_x", {3, 6}, std::vector<float>(18, std::numeric_limits<float>::quiet_NaN()));
  CHECK_FALSE(listen(outputs, classes, 0.5));
}
