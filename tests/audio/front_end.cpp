#include <auris/audio/front_end.hpp>
#include <auris/audio/presets.hpp>
#include <auris/backend/cpu.hpp>
#include <auris/backend/reference.hpp>
#include <limits>

#include "audio/executors.hpp"
#include "audio/signals.hpp"
#include "support/allocations.hpp"
#include "support/catch.hpp"

namespace front_end_test {

using namespace auris;

namespace {

result<features> run(const front_end_options& o, const std::vector<float>& x) {
  return front_end<cpu>::create(o).value().run(x);
}

constexpr front_end_options small{.rate = 8000, .fft = 64, .hop = 16, .bands = 8, .highest = 4000};

}  // namespace

TEST_CASE("front-end: fewer coefficients are the first ones") {
  front_end_options o = small;
  o.coefficients = 8;
  const auto all = run(o, noise(100, 1)).value();
  o.coefficients = 3;
  const auto some = run(o, noise(100, 1)).value();
  REQUIRE(some.bands == 3);
  for (idx t = 0; t < all.frames; ++t) CHECK(std::equal(some.frame(t), some.frame(t) + 3, all.frame(t)));
}

TEST_CASE("front-end: frames of a number of samples") {
  const auto frames = [](const front_end_options& o, idx samples) {
    return front_end<cpu>::create(o).value().frames(samples);
  };
  CHECK(frames(preset::maestro_mel, 300 * 44100) == 1501);
  CHECK(frames(preset::maestro_mel, 40 * 44100) == 201);
  CHECK(frames(preset::maestro_mel, 8819) == 1);
  CHECK(frames(preset::maestro_mel, 8820) == 2);
  CHECK(frames(preset::maestro_mel, 0) == 0);
  CHECK(frames(preset::panns_log_mel, 320000) == 1001);
  CHECK(frames(preset::panns_log_mel, 512) == 0);  // reflection needs 513
  CHECK(frames(preset::panns_log_mel, 513) == 2);
  front_end_options kong{.rate = 32000, .fft = 2048, .hop = 1024, .padding = padding_kind::none};
  CHECK(frames(kong, 320000) == 311);
  CHECK(frames(kong, 2047) == 0);
  CHECK(frames(kong, 2048) == 1);
  front_end_options passt = preset::panns_log_mel;
  passt.pre_emphasis = 0.97;
  CHECK(frames(passt, 320000) == 1000);  // one sample is dropped
}

TEST_CASE("front-end: silence is the floor") {
  const auto f = run(preset::panns_log_mel, std::vector<float>(32000)).value();
  CHECK(f.frames == 101);
  for (float v : f.values) REQUIRE(v == Approx(-100));
  for (float v : run(preset::maestro_mel, std::vector<float>(44100)).value().values) REQUIRE(v == 0);
  for (float v : run(preset::dcasenet_log_mel, std::vector<float>(24000)).value().values)
    REQUIRE(v == Approx(std::log(1e-7)));
}

TEST_CASE("front-end: too short a sound is an error, one frame is enough") {
  CHECK(run(preset::maestro_mel, {}).error().text() ==
        "the sound is too short: front-end: expected at least 1 samples, got 0");
  CHECK(run(preset::maestro_mel, {0.5f}).value().frames == 1);
  CHECK_FALSE(run(preset::panns_log_mel, std::vector<float>(512, 0.1f)));
  CHECK(run(preset::panns_log_mel, std::vector<float>(513, 0.1f)).value().frames == 2);
  front_end_options o = small;
  o.padding = padding_kind::none;
  CHECK_FALSE(run(o, std::vector<float>(63)));
  CHECK(run(o, std::vector<float>(64)).value().frames == 1);
  CHECK(run(o, std::vector<float>(79)).value().frames == 1);
  CHECK(run(o, std::vector<float>(80)).value().frames == 2);
  o.pre_emphasis = 0.97;
  CHECK_FALSE(run(o, std::vector<float>(64)));
  CHECK(run(o, std::vector<float>(65)).value().frames == 1);
}

TEST_CASE("front-end: samples that are not finite, and features that overflow, are errors") {
  std::vector<float> x(1000, 0.5f);
  for (float bad : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
    x[700] = bad;
    CHECK(run(small, x).error().text() == message("non-finite sample: front-end, sample 700"));
  }
  x[700] = 1e30f;
  CHECK(run(small, x).error().what == "the features overflow");
}

TEST_CASE("front-end: odd transforms and hops longer than the transform") {
  front_end_options o = small;
  for (idx fft : {63, 45})
    for (idx hop : {1, 7, 45, 63, 200})
      for (padding_kind padding : {padding_kind::none, padding_kind::zero, padding_kind::reflect}) {
        o.fft = fft, o.hop = hop, o.padding = padding;
        const idx p = padding == padding_kind::none ? 0 : fft / 2;
        CHECK(run(o, noise(500, 3)).value().frames == 1 + (500 + 2 * p - fft) / hop);
      }
}

TEST_CASE("front-end: the cpu agrees with the reference") {
  for (idx fft : {64, 63, 100}) {
    front_end_options o = small;
    o.fft = fft;
    const auto x = noise(3000, 4);
    const auto a = front_end<reference>::create(o).value().run(x).value(), b = run(o, x).value();
    REQUIRE(a.values.size() == b.values.size());
    for (std::size_t i = 0; i < a.values.size(); ++i) CHECK(b.values[i] == Approx(a.values[i]).margin(1e-3));
  }
}

TEST_CASE("front-end: the executor does not matter") {
  backwards others;
  for (const front_end_options& o : {small, preset::panns_log_mel}) {
    const auto f = front_end<cpu>::create(o).value();
    const auto x = noise(200 * 320, 5);
    CHECK(f.run(x, &others).value().values == f.run(x).value().values);
  }
}

TEST_CASE("front-end: queue gives the bits of run, for each sound of a batch") {
  for (const padding_kind padding : {padding_kind::none, padding_kind::zero, padding_kind::reflect})
    for (const double pre_emphasis : {0.0, 0.97})
      for (const idx coefficients : {0, 5}) {
        front_end_options o = small;
        o.padding = padding, o.pre_emphasis = pre_emphasis, o.coefficients = coefficients;
        const auto f = front_end<cpu>::create(o).value();
        front_end<cpu>::scratch memory;
        for (const idx count : {300, 20000, 65}) {  // 20000: more frames than spectra are kept
          const auto x = noise(static_cast<std::size_t>(3 * count), 6);
          const auto y = f.queue({x.data(), 3, dims(count)}, memory).value();
          REQUIRE(y.n == 3);
          REQUIRE(y.s == dims(f.frames(count), f.bands()));
          for (idx i = 0; i < 3; ++i) {
            const auto one = f.run({x.data() + i * count, static_cast<std::size_t>(count)}).value().values;
            CHECK(std::equal(one.begin(), one.end(), y.item(i).p));
          }
        }
      }
}

TEST_CASE("front-end: queue refuses what does not fit, and looks at no sample") {
  const auto f = front_end<cpu>::create(small).value();
  front_end<cpu>::scratch memory;
  auto x = noise(200, 7);
  CHECK(f.queue({x.data(), 1, dims(100, 2)}, memory).error().text() ==
        "wrong shape of the samples: front-end: expected (samples), got (100, 2)");
  CHECK(f.queue({x.data(), -1, dims(100)}, memory).error().what == "wrong number of sounds");
  CHECK(f.queue({x.data(), 2, dims(0)}, memory).error().what == "the sound is too short");
  CHECK(f.queue({nullptr, 2, dims(100)}, memory).error().what == "null pointer");
  CHECK(f.queue({x.data(), idx(1) << 62, dims(100)}, memory).error().what == "too many features");
  CHECK(f.queue({x.data(), 1, dims(idx(1) << 62)}, memory).error().what == "too many features");
  CHECK(f.queue({nullptr, 0, dims(100)}, memory).value().size() == 0);
  x[0] = std::numeric_limits<float>::quiet_NaN();
  const auto y = f.queue({x.data(), 2, dims(100)}, memory).value();
  CHECK(std::isnan(y.p[0]));
  CHECK(std::isfinite(y.item(1).p[0]));
}

TEST_CASE("front-end: queue allocates nothing once it has what it needs") {
  if (!testing::counts_allocations()) return;
  const auto f = front_end<cpu>::create(small).value();
  front_end<cpu>::scratch memory;
  const auto x = noise(600, 8);
  CHECK(f.queue({x.data(), 2, dims(300)}, memory));
  const long before = testing::allocation_count();
  const bool fine = f.queue({x.data(), 2, dims(300)}, memory) && f.queue({x.data(), 1, dims(200)}, memory);
  CHECK(testing::allocation_count() == before);
  CHECK(fine);
}

TEST_CASE("front-end: bad options are errors") {
  const auto refused = [](auto change) {
    front_end_options o = small;
    change(o);
    return !front_end<cpu>::create(o);
  };
  CHECK_FALSE(refused([](auto&) {}));
  CHECK(refused([](auto& o) { o.rate = 0; }));
  CHECK(refused([](auto& o) { o.pre_emphasis = std::nan(""); }));
  CHECK(refused([](auto& o) { o.fft = 1; }));
  CHECK(refused([](auto& o) { o.fft = idx(1) << 40; }));
  CHECK(refused([](auto& o) { o.window_length = 65; }));
  CHECK(refused([](auto& o) { o.window_length = -1; }));
  CHECK(refused([](auto& o) { o.hop = 0; }));
  CHECK(refused([](auto& o) { o.bands = 0; }));
  CHECK(refused([](auto& o) { o.coefficients = 9; }));
  CHECK(refused([](auto& o) { o.highest = 4001; }));
  CHECK(refused([](auto& o) { o.lowest = std::nan(""); }));
  CHECK(refused([](auto& o) { o.logarithm = compression::decibel(0); }));
  CHECK(refused([](auto& o) { o.logarithm = compression::natural(-1); }));
  front_end_options o = small;
  o.hop = 0;
  CHECK(front_end<cpu>::create(o).error().text() == "bad front-end option: hop: expected 1 to 1048576, got 0");
}

}  // namespace front_end_test
