#include <auris/data/mix_over_scene.hpp>
#include <limits>

#include "support/catch.hpp"

using namespace auris;

namespace {
double level(std::span<const float> x) { return std::sqrt(auris::detail::energy(x) / static_cast<double>(x.size())); }
const std::vector<float> street(1000, 0.25f);
}  // namespace

TEST_CASE("mix_over_scene: levels, places and the common scale") {
  const std::vector<float> bell(200, 0.1f), knock(50, -3.0f);
  const std::vector<placed_recording> sounds{{bell, 0.5}, {knock, 1.5}};
  for (const double snr : {0.0, 10.0, 20.0}) {
    const auto mix =
        mix_over_scene(street, sounds, {.rate = 100, .seconds = 3, .longest_event = 1, .snr = snr}).value();
    REQUIRE((mix.events.size() == 300 && mix.scene.size() == 300));
    CHECK(mix.offsets == std::vector<double>{1.5, 2});  // cut off after a second; all of it
    for (std::size_t i = 0; i < 300; ++i) {
      INFO(i);
      CHECK(mix.events[i] == Approx(i < 50 || i >= 200 ? 0 : i < 150 ? 1 : -1));
      CHECK(mix.scene[i] == Approx(std::pow(10, -snr / 20)));
    }
  }
}

TEST_CASE("mix_over_scene: levels are those of whole recordings, of which the beginning is used") {
  std::vector<float> fading(400);
  for (std::size_t i = 0; i < 400; ++i) fading[i] = i < 100 ? 0.8f : 0.1f;
  const std::vector<placed_recording> sounds{{fading, 0}};
  const auto mix = mix_over_scene(street, sounds, {.rate = 100, .seconds = 2, .longest_event = 1, .snr = 10}).value();
  CHECK(static_cast<double>(mix.events[0] / mix.scene[0]) ==
        Approx(std::sqrt(10.0) * 0.8 / level(fading)).epsilon(1e-5));
  CHECK(mix.events[99] == mix.events[0]);
  CHECK(mix.events[100] == 0);
}

TEST_CASE("mix_over_scene: short and silent scenes, clips without events, both channels in turn") {
  const std::vector<float> short_scene{1, -1, 0.5f}, silence(100), bell(10, 0.1f);
  const auto mix = mix_over_scene(short_scene, {}, {.rate = 10, .seconds = 1}).value();
  CHECK(mix.scene == std::vector<float>{1, -1, 0.5f, 1, -1, 0.5f, 1, -1, 0.5f, 1});
  CHECK((mix.offsets.empty() && mix.events == std::vector<float>(10)));
  const std::vector<placed_recording> sounds{{bell, 0}};
  const auto quiet = mix_over_scene(silence, sounds, {.rate = 10, .seconds = 1}).value();
  CHECK((quiet.scene == std::vector<float>(10) && quiet.events == std::vector<float>(10, 1)));
  CHECK(quiet.interleaved()[0] == 1);
  CHECK(quiet.interleaved()[1] == 0);
  CHECK(quiet.interleaved().size() == 20);
  CHECK(mix_over_scene(silence, {}, {.rate = 10, .seconds = 1}).value().scene == std::vector<float>(10));
}

TEST_CASE("mix_over_scene: what cannot be mixed is an error") {
  const std::vector<float> bell(10, 0.1f), silence(10), broken(10, std::numeric_limits<float>::quiet_NaN());
  const auto mixes = [](std::span<const float> sound, double onset, const scene_mix_options& o = {.rate = 10}) {
    const std::vector<placed_recording> sounds{{sound, onset}};
    return static_cast<bool>(mix_over_scene(street, sounds, o));
  };
  CHECK(mixes(bell, 9));
  CHECK_FALSE(mixes(bell, 9.5));
  CHECK_FALSE(mixes(bell, -1));
  CHECK_FALSE(mixes(bell, std::numeric_limits<double>::quiet_NaN()));
  CHECK_FALSE(mixes(bell, 1e300));
  CHECK_FALSE(mixes(silence, 0));
  CHECK_FALSE(mixes(broken, 0));
  CHECK_FALSE(mixes({}, 0));
  CHECK_FALSE(mixes(bell, 0, {.rate = 0}));
  CHECK_FALSE(mixes(bell, 0, {.rate = 10, .seconds = 0}));
  CHECK_FALSE(mixes(bell, 0, {.rate = 10, .seconds = 1e12}));
  CHECK_FALSE(mixes(bell, 0, {.rate = 10, .longest_event = 0}));
  CHECK_FALSE(mixes(bell, 0, {.rate = 10, .snr = std::numeric_limits<double>::infinity()}));
  CHECK_FALSE(mix_over_scene({}, {}));
  CHECK_FALSE(mix_over_scene(broken, {}));
}

TEST_CASE("mix_over_scene: a recording may have a length of its own") {
  const std::vector<float> bell(200, 0.1f);
  const std::vector<placed_recording> sounds{{bell, 0, 0.5}, {bell, 1.5}};
  const auto mix = mix_over_scene(street, sounds, {.rate = 100, .seconds = 3, .longest_event = 1}).value();
  CHECK(mix.offsets == std::vector<double>{0.5, 2.5});
  CHECK((mix.events[49] == 1 && mix.events[50] == 0 && mix.events[249] == 1 && mix.events[250] == 0));
  for (const double length : {0.0, -1.0, std::numeric_limits<double>::quiet_NaN()}) {
    const std::vector<placed_recording> bad{{bell, 0, length}};
    CHECK_FALSE(mix_over_scene(street, bad, {.rate = 100, .seconds = 3}));
  }
}
