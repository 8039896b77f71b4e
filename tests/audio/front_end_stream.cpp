#include <auris/audio/front_end_stream.hpp>
#include <auris/audio/presets.hpp>
#include <auris/backend/cpu.hpp>
#include <auris/backend/reference.hpp>
#include <limits>

#include "audio/executors.hpp"
#include "audio/signals.hpp"
#include "support/catch.hpp"

namespace front_end_stream_test {

using namespace auris;

namespace {

std::vector<float> streamed(front_end_stream<cpu>& stream, std::span<const float> x, std::size_t chunk) {
  std::vector<float> all;
  const auto take = [&](const features& f) { all.insert(all.end(), f.values.begin(), f.values.end()); };
  for (std::size_t at = 0; at < x.size(); at += chunk)
    take(stream.push(x.subspan(at, std::min(chunk, x.size() - at))).value());
  take(stream.finish().value());
  return all;
}

constexpr front_end_options small{.rate = 8000, .fft = 64, .hop = 16, .bands = 8, .highest = 4000};

}  // namespace

TEST_CASE("front-end stream: any chunks give the bits of the whole sound") {
  const auto x = noise(700, 1);
  for (idx fft : {64, 63})
    for (idx hop : {1, 16, 50, 64, 90, 300})
      for (padding_kind padding : {padding_kind::none, padding_kind::zero, padding_kind::reflect})
        for (double pre_emphasis : {0.0, 0.97}) {
          front_end_options o = small;
          o.fft = fft, o.hop = hop, o.padding = padding, o.pre_emphasis = pre_emphasis;
          const auto f = front_end<cpu>::create(o).value();
          front_end_stream<cpu> stream(f);
          for (std::size_t samples : {700u, 699u, 330u, 129u, 66u, 65u}) {
            const std::span<const float> part(x.data(), samples);
            const auto whole = f.run(part).value().values;
            for (std::size_t chunk :
                 {std::size_t(1), std::size_t(7), static_cast<std::size_t>(hop), std::size_t(1000)}) {
              INFO("fft " << fft << ", hop " << hop << ", samples " << samples << ", chunk " << chunk);
              CHECK(streamed(stream, part, chunk) == whole);
            }
          }
        }
}

TEST_CASE("front-end stream: the presets, chunk by chunk") {
  for (const named_preset& p : presets) {
    INFO(p.name);
    const auto f = front_end<cpu>::create(p.options).value();
    const auto x = golden_signal(p.options.rate, 1);
    front_end_stream<cpu> stream(f);
    for (std::size_t chunk : {std::size_t(441), static_cast<std::size_t>(p.options.hop), std::size_t(100'000)})
      CHECK(streamed(stream, x, chunk) == f.run(x).value().values);
  }
}

TEST_CASE("front-end stream: a frame comes with the sample that completes it") {
  front_end_stream<cpu> zero(front_end<cpu>::create(small).value());
  CHECK(zero.push(std::vector<float>(31)).value().frames == 0);
  CHECK(zero.push(std::vector<float>(1)).value().frames == 1);  // 32 zeros and 32 samples
  CHECK(zero.push(std::vector<float>(15)).value().frames == 0);
  CHECK(zero.push(std::vector<float>(1)).value().frames == 1);
  CHECK(zero.push(std::vector<float>(32)).value().frames == 2);
  CHECK(zero.finish().value().frames == 2);  // 1 + 80/16 in all

  front_end_options o = small;
  o.padding = padding_kind::reflect;
  front_end_stream<cpu> reflected(front_end<cpu>::create(o).value());
  CHECK(reflected.push(std::vector<float>(32)).value().frames == 0);
  CHECK(reflected.push(std::vector<float>(1)).value().frames == 1);
}

TEST_CASE("front-end stream: nothing, silence and one frame") {
  front_end_stream<cpu> stream(front_end<cpu>::create(small).value());
  CHECK(stream.finish().error().what == "the sound is too short");
  CHECK(stream.push({}).value().frames == 0);
  CHECK_FALSE(stream.finish());
  CHECK(stream.push(std::vector<float>(1)).value().frames == 0);
  const auto one = stream.finish().value();
  CHECK(one.frames == 1);
  CHECK(one.bands == 8);
  for (float v : one.values) CHECK(v == Approx(-100));

  front_end_options o = small;
  o.padding = padding_kind::reflect;
  front_end_stream<cpu> reflected(front_end<cpu>::create(o).value());
  CHECK(reflected.push(std::vector<float>(32)).value().frames == 0);
  CHECK_FALSE(reflected.finish());
  CHECK(reflected.push(std::vector<float>(33)).value().frames == 1);
  CHECK(reflected.finish().value().frames == 2);
}

TEST_CASE("front-end stream: a bad chunk is refused, and the stream goes on") {
  const auto f = front_end<cpu>::create(small).value();
  const auto x = noise(300, 2);
  front_end_stream<cpu> stream(f);
  std::vector<float> got = stream.push(std::span(x).first(100)).value().values;
  const float bad[] = {0, std::numeric_limits<float>::quiet_NaN()};
  CHECK(stream.push(bad).error().text() == message("non-finite sample: front-end stream, sample 101"));
  for (const features& more : {stream.push(std::span(x).subspan(100)).value(), stream.finish().value()})
    got.insert(got.end(), more.values.begin(), more.values.end());
  CHECK(got == f.run(x).value().values);
}

TEST_CASE("front-end stream: reset forgets the sound so far; the executor does not matter") {
  const auto f = front_end<cpu>::create(small).value();
  const auto x = noise(300, 3);
  backwards others;
  front_end_stream<cpu> stream(f, &others);
  CHECK(stream.push(std::vector<float>(123, 1.0f)).value().frames > 0);
  stream.reset();
  CHECK(streamed(stream, x, 50) == f.run(x).value().values);
}

}  // namespace front_end_stream_test
