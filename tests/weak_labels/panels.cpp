#include <weak_labels/panels.hpp>

#include "support/catch.hpp"

using namespace auris;
using namespace weak_labels;

TEST_CASE("explained_clip: the outputs of the classes that have names, the highest score first") {
  const clip_batch clip{1, 2, 2, 2, {1, 2, 3, 4}, {0, 0}};
  const model_description d{.network = "2apae", .classes = {"bark", "bell"}, .hop = 0.5};
  const auto output = [](const char* name, std::vector<idx> shape, idx count, float first) {
    std::vector<float> values;
    for (idx i = 0; i < count; ++i) values.push_back(first + static_cast<float>(i));
    return tensor_of<float>(name, std::move(shape), std::span<const float>(values));
  };
  std::vector<named_tensor> outputs{output("y_pred", {3}, 3, 0.25f), output("x_rec", {2, 2}, 4, 5),
                                    output("mel_attw", {3, 2, 2}, 12, 10), output("mel_x", {3, 2}, 6, 20),
                                    output("time_attw", {3, 2}, 6, 30)};
  const explained_clip c = explained_clip::of(clip, outputs, d).value();
  CHECK((c.frames == 2 && c.bands == 2 && c.hop == 0.5));
  CHECK(c.input == std::vector<float>{1, 2, 3, 4});
  CHECK(c.reconstruction == std::vector<float>{5, 6, 7, 8});
  CHECK(c.scores == std::vector<float>{0.25f, 1.25f});
  CHECK(c.by_score == std::vector<std::size_t>{1, 0});
  CHECK(c.mel_attention.size() == 8);
  CHECK(c.mel_weight(1, 0, 1) == 15);
  CHECK((c.time_weight(1, 1) == 33 && c.heard_in_frame(1, 1) == 23));
  CHECK(c.heard_in_frames == std::vector<float>{20, 21, 22, 23});
  outputs.erase(outputs.begin() + 2);
  CHECK_FALSE(explained_clip::of(clip, outputs, d));
}
