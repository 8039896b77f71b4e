#include <auris/data/background.hpp>
#include <auris/data/timbre.hpp>
#include <set>

#include "support/catch.hpp"

using namespace auris;

namespace {
// Energy of a sound in 12 bands half an octave apart from 100 Hz on, and of 4 stretches of time: normalised.
std::vector<double> fingerprint(const std::vector<float>& y, int rate) {
  std::vector<double> parts;
  const double all = detail::energy(y);
  for (int b = 0; b < 12; ++b) {
    detail::band_pass band(100 * std::pow(2, b * 0.5), 3, rate);
    double sum = 0;
    for (float v : y) {
      const double z = static_cast<double>(band(v));
      sum += z * z;
    }
    parts.push_back(std::sqrt(sum / all));
  }
  const std::size_t stretch = y.size() / 4;
  for (std::size_t t = 0; t < 4; ++t)
    parts.push_back(std::sqrt(detail::energy(std::span<const float>(y).subspan(t * stretch, stretch)) / all));
  return parts;
}
idx nearest(const std::vector<double>& print, const std::vector<std::vector<double>>& prints) {
  idx best = dyn;
  double least = 1e300;
  for (std::size_t p = 0; p < prints.size(); ++p) {
    double sum = 0;
    for (std::size_t i = 0; i < print.size(); ++i) sum += std::pow(print[i] - prints[p][i], 2);
    if (sum < least) least = sum, best = static_cast<idx>(p);
  }
  return best;
}
}  // namespace

TEST_CASE("class_timbre: no two of 200 classes share kind, pitch and speed; those of one kind lie apart in pitch") {
  std::set<std::tuple<int, double, double>> seen;
  for (idx c = 0; c < 200; ++c) {
    const timbre t = class_timbre(c);
    CHECK((t.pitch >= 0 && t.pitch < 1));
    seen.insert({static_cast<int>(t.kind), t.pitch, t.speed});
    for (idx other = c % 8; other < c && c < 32; other += 8) {
      const double apart = std::abs(class_timbre(other).pitch - t.pitch);
      CHECK(std::min(apart, 1 - apart) >= 0.2499);
    }
  }
  CHECK(seen.size() == 200);
}

TEST_CASE("render_event: sounds of one class are alike, sounds of two classes differ") {
  constexpr int rate = 16000;
  std::vector<std::vector<double>> prints;
  for (idx c = 0; c < 17; ++c) prints.push_back(fingerprint(render_event(class_timbre(c), 2 * rate, rate, 1), rate));
  for (idx c = 0; c < 17; ++c)
    CHECK(nearest(fingerprint(render_event(class_timbre(c), 2 * rate, rate, 99), rate), prints) == c);
}

TEST_CASE("render_event: finite and never silent at any rate and length, the same for a seed") {
  for (int rate : {8000, 44100, 192'000})
    for (idx c = 0; c < 24; ++c)
      for (idx samples : {idx(64), idx(rate / 2)}) {
        const auto y = render_event(class_timbre(c), samples, rate, 5);
        INFO("class " << c << " rate " << rate << " samples " << samples);
        REQUIRE(static_cast<idx>(y.size()) == samples);
        const double power = detail::energy(y);
        CHECK((power > 0 && power < 100.0 * static_cast<double>(samples)));
      }
  CHECK(render_event(class_timbre(1), 500, 8000, 5) == render_event(class_timbre(1), 500, 8000, 5));
  CHECK(render_event(class_timbre(1), 500, 8000, 5) != render_event(class_timbre(1), 500, 8000, 6));
  CHECK(render_event(class_timbre(1), 0, 8000, 5).empty());
  CHECK(render_event(class_timbre(1), 1, 8000, 5).size() == 1);
}

TEST_CASE("render_background: scenes differ in colour") {
  constexpr int rate = 16000;
  const auto colour = [](idx scene, std::uint64_t seed) {
    return fingerprint(render_background(scene_background(scene), 2 * rate, rate, seed), rate);
  };
  std::vector<std::vector<double>> colours;
  for (idx s = 0; s < 5; ++s) colours.push_back(colour(s, 1));
  for (idx s = 0; s < 5; ++s) CHECK(nearest(colour(s, 77), colours) == s);
  CHECK(render_background(scene_background(2), 100, rate, 1) == render_background(scene_background(2), 100, rate, 1));
  CHECK(render_background(scene_background(2), 100, rate, 1) != render_background(scene_background(2), 100, rate, 2));
  CHECK(render_background(scene_background(0), 0, rate, 1).empty());
}

TEST_CASE("signal generators: the sine of the table, the peak of a band-pass, the mean of noise") {
  for (std::uint32_t i = 0; i < 1000; ++i) {
    const std::uint32_t phase = i * 4'294'967u;
    CHECK(static_cast<double>(detail::sine(phase)) ==
          Approx(std::sin(2 * std::numbers::pi * phase * 0x1p-32)).margin(5e-7));
  }
  detail::band_pass band(1000, 5, 16000);
  const std::uint32_t step = detail::phase_step(1000, 16000);
  float peak = 0;
  for (std::uint32_t i = 0; i < 16000; ++i) {
    const float y = band(detail::sine(i * step));
    if (i > 8000) peak = std::max(peak, y);
  }
  CHECK(peak == Approx(1).epsilon(1e-3));
  detail::white_noise noise(3);
  double sum = 0, square = 0;
  for (int i = 0; i < 100'000; ++i) {
    const double v = static_cast<double>(noise());
    sum += v, square += v * v;
  }
  CHECK(sum / 1e5 == Approx(0).margin(0.01));
  CHECK(square / 1e5 == Approx(1.0 / 3).epsilon(0.01));
  CHECK(detail::spread(3, 2) == 0.75);
  CHECK(detail::spread(5, 3) == Approx(2.0 / 3 + 1.0 / 9));
}
