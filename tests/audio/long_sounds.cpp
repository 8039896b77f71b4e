// Long sounds are read where they stand, but for their ends.
#include <auris/audio/front_end_stream.hpp>
#include <auris/backend/cpu.hpp>
#include <limits>

#include "audio/signals.hpp"
#include "support/catch.hpp"

using namespace auris;

namespace {

constexpr idx many = 300'000;
static_assert(many > detail::front_end_piece::few);

/// The sound with its padding, made here.
std::vector<float> padded(const std::vector<float>& x, idx pad, padding_kind kind) {
  const idx count = static_cast<idx>(x.size());
  std::vector<float> all(static_cast<std::size_t>(count + 2 * pad));
  for (idx n = -pad; n < count + pad; ++n) {
    const idx mirrored = n < 0 ? -n : n >= count ? 2 * (count - 1) - n : n;
    if (n == mirrored || kind == padding_kind::reflect)
      all[static_cast<std::size_t>(n + pad)] = x[static_cast<std::size_t>(mirrored)];
  }
  return all;
}

front_end_options options(idx fft, idx hop, padding_kind padding) {
  return {.rate = 8000, .fft = fft, .hop = hop, .padding = padding, .bands = 8, .highest = 4000};
}

}  // namespace

TEST_CASE("front-end: a long sound has the frames of one that is padded already") {
  const auto x = noise(many, 1);
  for (padding_kind padding : {padding_kind::zero, padding_kind::reflect})
    for (auto [fft, hop] :
         {std::pair{64, 300}, {63, 50}, {1000, 441}, {1024, 7000}, {200'000, 90'000}, {500'000, 70'000}}) {
      INFO("fft " << fft << ", hop " << hop);
      const auto f = front_end<cpu>::create(options(fft, hop, padding)).value();
      const auto bare = front_end<cpu>::create(options(fft, hop, padding_kind::none)).value();
      CHECK(f.run(x).value().values == bare.run(padded(x, fft / 2, padding)).value().values);
    }
}

TEST_CASE("front-end: a long sound with pre-emphasis, a batch of them and a stream have the same bits") {
  const auto x = noise(many, 2);
  for (double pre_emphasis : {0.0, 0.97})
    for (padding_kind padding : {padding_kind::none, padding_kind::zero, padding_kind::reflect}) {
      auto o = options(512, 160, padding);
      o.pre_emphasis = pre_emphasis;
      const auto f = front_end<cpu>::create(o).value();
      const auto whole = f.run(x).value();

      front_end_stream<cpu> stream(f);
      std::vector<float> values;
      for (std::size_t at = 0; at < x.size(); at += 60'000) {
        const auto part = stream.push(std::span(x).subspan(at, 60'000)).value();
        values.insert(values.end(), part.values.begin(), part.values.end());
      }
      const auto rest = stream.finish().value();
      values.insert(values.end(), rest.values.begin(), rest.values.end());
      CHECK(values == whole.values);

      front_end<cpu>::scratch memory;
      auto two = x;
      two.insert(two.end(), x.begin(), x.end());
      const auto y = f.queue({two.data(), 2, dims(many)}, memory).value();
      for (idx i = 0; i < 2; ++i)
        CHECK(std::equal(whole.values.begin(), whole.values.end(), y.p + i * whole.frames * whole.bands));
    }
}

TEST_CASE("front-end: a long sound's first bad sample is found, also where no frame is") {
  const auto f = front_end<cpu>::create(options(64, 100, padding_kind::none)).value();
  for (std::size_t bad : {0u, 70u, 150'000u, 299'999u}) {
    auto x = noise(many, 3);
    x[bad] = std::numeric_limits<float>::infinity();
    x.back() = std::numeric_limits<float>::quiet_NaN();
    CHECK(f.run(x).error().text() == message::of("non-finite sample: front-end, sample ", bad));
  }
}
