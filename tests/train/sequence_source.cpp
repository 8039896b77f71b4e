#include <auris/train/sequence_source.hpp>

#include "support/catch.hpp"

namespace sequence_source_test {

using namespace auris;

namespace {
// Two sequences of two frames, one band, two classes.
sequence_set two_sequences() {
  sequence_set s;
  s.count = 2, s.frames = 2, s.bands = 1, s.classes = 2;
  s.features = {1, 2, 3, 4};
  s.labels = {0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f, 0, 0};
  s.scene = {2, 2, 0, 1};
  s.environment = {1, 1, 0, 0};
  s.active = {1, 1, 1, 0};
  return s;
}
using source = sequence_source<sequence_target::labels, sequence_target::scene, sequence_target::environment>;

struct memory {
  std::vector<float> x = std::vector<float>(4, -1), labels = std::vector<float>(8, -1),
                     scene = std::vector<float>(12, -1), environment = std::vector<float>(8, -1),
                     ones = std::vector<float>(4, 1), scene_mask = ones, environment_mask = ones,
                     class_mask = std::vector<float>(6, 1);
  batch<float, 3> of(idx items) {
    return {{x.data(), items, dims(2, 1)},
            {{{labels.data(), ones.data(), class_mask.data(), 2, 2},
              {scene.data(), scene_mask.data(), class_mask.data(), 2, 3},
              {environment.data(), environment_mask.data(), class_mask.data(), 2, 2}}}};
  }
};
}  // namespace

TEST_CASE("sequence_source: labels, and one-hot scenes and environments of active frames") {
  STATIC_REQUIRE(data_source<source, float, 3>);
  const sequence_set set = two_sequences();
  const source s(set);
  CHECK(s.count() == 2);
  CHECK(s.item() == dims(2, 1));
  memory m;
  const idx backwards[] = {1, 0};
  s.fill(backwards, m.of(2)).value();
  CHECK(m.x == std::vector<float>{3, 4, 1, 2});
  CHECK(m.labels == std::vector<float>{0.5f, 0.6f, 0, 0, 0.1f, 0.2f, 0.3f, 0.4f});
  CHECK(m.ones == std::vector<float>(4, 1));
  CHECK(m.class_mask == std::vector<float>(6, 1));
  CHECK(m.scene == std::vector<float>{1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1});
  CHECK(m.scene_mask == std::vector<float>{1, 0, 1, 1});
  CHECK(m.environment == std::vector<float>{1, 0, 1, 0, 0, 1, 0, 1});
  CHECK(m.environment_mask == std::vector<float>{1, 0, 1, 1});
}

TEST_CASE("sequence_source: what does not fit is an error") {
  const idx first[] = {0}, none[] = {2};
  const auto filled = [&](const sequence_set& set, std::span<const idx> indices, idx rows = 2, idx classes = 2) {
    memory m;
    auto b = m.of(1);
    b.targets[0].rows = rows;
    b.targets[0].classes = classes;
    return bool(source(set).fill(indices, b));
  };
  CHECK(filled(two_sequences(), first));
  CHECK_FALSE(filled(two_sequences(), none));
  CHECK_FALSE(filled(two_sequences(), first, 3));     // the network has another frame rate
  CHECK_FALSE(filled(two_sequences(), first, 2, 3));  // or other classes
  sequence_set set = two_sequences();
  set.scene[1] = 3;
  CHECK_FALSE(filled(set, first));
  set.scene[1] = -1;
  CHECK_FALSE(filled(set, first));
  set = two_sequences(), set.features.pop_back();
  CHECK_FALSE(filled(set, first));
  set = two_sequences(), set.labels.pop_back();
  CHECK_FALSE(filled(set, first));
  set = two_sequences(), set.active.clear();
  CHECK_FALSE(filled(set, first));
}

}  // namespace sequence_source_test
