#include <soft_label_mtl/windows.hpp>

#include "support/catch.hpp"

using namespace auris;
using soft_label::prediction;

namespace {

// Frame t of 2 rows of features has the values 10 t and 10 t + 1.
frame_matrix features_of(idx frames) {
  frame_matrix m(2 * frames, 1);
  for (idx t = 0; t < frames; ++t)
    m.row(2 * t)[0] = static_cast<float>(10 * t), m.row(2 * t + 1)[0] = m.row(2 * t)[0] + 1;
  return m;
}
// A network that answers the first feature of each frame, by windows of four.
struct echo {
  idx calls = 0;
  float last = 0;
  result<prediction> operator()(const frame_matrix& x) {
    CHECK(x.frames == 8);
    ++calls, last = x.row(7)[0];
    prediction p{frame_matrix(4, 1), {}, frame_matrix(4, 2)};
    for (idx t = 0; t < 4; ++t) p.sed.row(t)[0] = x.row(2 * t)[0], p.aec.row(t)[1] = x.row(2 * t + 1)[0];
    return p;
  }
};

}  // namespace

TEST_CASE("windows: a clip of any length has the answers of its frames, the last window ends with it") {
  for (const idx frames : {4, 5, 7, 8, 11}) {
    INFO(frames);
    echo network;
    const prediction p = soft_label::predict_by_windows(features_of(frames), 4, 2, std::ref(network)).value();
    REQUIRE((p.sed.frames == frames && p.aec.frames == frames && p.asc.width == 0));
    bool right = true;
    for (idx t = 0; t < frames; ++t)
      right =
          right && p.sed.row(t)[0] == static_cast<float>(10 * t) && p.aec.row(t)[1] == static_cast<float>(10 * t + 1);
    CHECK(right);
    CHECK(network.calls == (frames + 3) / 4);
    CHECK(network.last == static_cast<float>(10 * (frames - 1) + 1));
  }
}

TEST_CASE("windows: a clip that is shorter than one is continued by its last frame") {
  echo network;
  const prediction p = soft_label::predict_by_windows(features_of(1), 4, 2, std::ref(network)).value();
  CHECK((p.sed.frames == 1 && p.sed.values == std::vector<float>{0}));
  CHECK(network.last == 1);
}

TEST_CASE("windows: half a frame of features, and a network that fails, are errors") {
  echo network;
  CHECK_FALSE(soft_label::predict_by_windows(frame_matrix(9, 1), 4, 2, std::ref(network)));
  CHECK(network.calls == 0);
  const auto fails = [](const frame_matrix&) -> result<prediction> { return error{"no"}; };
  CHECK_FALSE(soft_label::predict_by_windows(features_of(5), 4, 2, fails));
}
