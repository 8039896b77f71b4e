#include <auris/data/sequences.hpp>

#include "support/catch.hpp"

using namespace auris;

namespace {
// Feature (t, b) is 100 t + b + base; label class 0 is 1 in every frame whose number is a multiple of 3.
labelled_clip clip(idx frames, float base, idx scene, idx environment) {
  labelled_clip c{{frames, 2}, {frames, 3}, scene, environment};
  for (idx t = 0; t < frames; ++t) {
    c.features.row(t)[0] = base + static_cast<float>(100 * t);
    c.features.row(t)[1] = base + static_cast<float>(100 * t + 1);
    if (t % 3 == 0) c.labels.row(t)[0] = 1;
  }
  return c;
}
}  // namespace

TEST_CASE("cut_sequences: clips are joined, a sequence may straddle two, the tail is dropped") {
  const std::vector<labelled_clip> clips{clip(5, 0, 3, 0), clip(6, 0.5f, 1, 1)};
  const sequence_set set = cut_sequences(clips, 4).value();
  REQUIRE((set.count == 2 && set.frames == 4 && set.bands == 2 && set.classes == 3));
  CHECK(set.features == std::vector<float>{0, 1, 100, 101, 200, 201, 300, 301,  //
                                           400, 401, 0.5f, 1.5f, 100.5f, 101.5f, 200.5f, 201.5f});
  CHECK(set.scene == std::vector<int>{3, 3, 3, 3, 3, 1, 1, 1});
  CHECK(set.environment == std::vector<int>{0, 0, 0, 0, 0, 1, 1, 1});
  CHECK(set.active == std::vector<float>{1, 0, 0, 1, 0, 1, 0, 0});
  CHECK(set.labels.size() == 2 * 4 * 3);
  CHECK(set.labels_of(1)[3] == 1);
  CHECK(set.features_of(1)[2] == 0.5f);
  CHECK(set.scene_of(1)[0] == 3);
  CHECK(set.environment_of(1)[1] == 1);
  CHECK(set.active_of(1).size() == 4);
}

TEST_CASE("cut_sequences: a whole number of sequences loses nothing, too few frames give none") {
  const std::vector<labelled_clip> clips{clip(4, 0, 0, 0), clip(4, 0, 1, 0)};
  CHECK(cut_sequences(clips, 4).value().count == 2);
  CHECK(cut_sequences(clips, 8).value().count == 1);
  const sequence_set none = cut_sequences(clips, 9).value();
  CHECK((none.count == 0 && none.features.empty() && none.scene.empty()));
  CHECK(cut_sequences(clips, 1).value().count == 8);
}

TEST_CASE("cut_sequences: clips of no frame are passed over, one frame is a clip") {
  const std::vector<labelled_clip> clips{clip(0, 0, 0, 0), clip(1, 7, 2, 1), clip(0, 0, 0, 0)};
  const sequence_set set = cut_sequences(clips, 1).value();
  CHECK(set.features == std::vector<float>{7, 8});
  CHECK(set.scene == std::vector<int>{2});
}

TEST_CASE("cut_sequences: features on a finer grid than the labels") {
  std::vector<labelled_clip> clips{clip(0, 0, 0, 0), clip(6, 0, 3, 0), clip(4, 0.5f, 1, 1)};
  for (labelled_clip& c : clips) c.labels = frame_matrix(c.features.frames / 2, 3);
  clips[1].labels.row(2)[1] = 0.25f;
  const sequence_set set = cut_sequences(clips, 2).value();  // 5 frames of labels, of 2 rows of features each
  REQUIRE((set.count == 2 && set.frames == 2 && set.features_per_frame == 2));
  CHECK(set.features.size() == 2 * 2 * 2 * 2);
  CHECK(set.features_of(1)[0] == 400);
  CHECK(set.features_of(1)[4] == 0.5f);
  CHECK(set.labels_of(1)[1] == 0.25f);
  CHECK(set.scene == std::vector<int>{3, 3, 3, 1});
  CHECK(whole_clip(clips[1]).value().frames == 3);
  clips[2].labels = frame_matrix(4, 3);
  CHECK_FALSE(cut_sequences(clips, 2));
}

TEST_CASE("cut_sequences: refuses clips that do not fit together") {
  std::vector<labelled_clip> clips{clip(4, 0, 0, 0), clip(4, 0, 0, 0)};
  CHECK_FALSE(cut_sequences(clips, 0));
  CHECK_FALSE(cut_sequences({}, 4));
  clips[1].labels = frame_matrix(3, 3);
  CHECK_FALSE(cut_sequences(clips, 4));
  clips[1] = {{4, 5}, {4, 3}};
  CHECK_FALSE(cut_sequences(clips, 4));
  clips[1] = {{4, 2}, {4, 4}};
  CHECK_FALSE(cut_sequences(clips, 4));
}

TEST_CASE("whole_clip: one sequence of all frames") {
  const sequence_set set = whole_clip(clip(7, 0, 4, 1)).value();
  CHECK((set.count == 1 && set.frames == 7 && set.features.size() == 14 && set.labels.size() == 21));
  CHECK(set.environment == std::vector<int>(7, 1));
  CHECK_FALSE(whole_clip(clip(0, 0, 0, 0)));
}
