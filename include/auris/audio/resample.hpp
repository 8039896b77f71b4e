#pragma once
#include <auris/core/result.hpp>
#include <auris/core/shape.hpp>
#include <cmath>
#include <numbers>
#include <numeric>
#include <span>
#include <vector>

namespace auris {

/// Changes the sampling rate by band-limited interpolation: a sinc of 6 zero crossings under a squared cosine, cut off
/// at 0.99 of the lower Nyquist frequency. With g = gcd(from, to), o = from/g, q = to/g and base = 0.99 min(o, q),
///
///     y[m q + j] = sum_i h_j[i] x[m o + i]        j = 0..q-1, zeros outside x
///     h_j[i] = cos^2(pi t/12) sinc(t) base/o      t = (i/o - j/q) base, zero from |t| = 6 on
///
/// The table of the q filters is made once. Only the taps inside of |t| < 6 are kept, so that any pair of rates needs
/// at most about 12 max(from, to) taps.
///
/// Shape      N samples -> ceil(N to/from) samples.
/// Memory     the table; a padded copy of the input while running.
/// Streaming  whole clips only.
/// Errors     a rate outside of 1 to 1 000 000 Hz; a result of more than 2^31 samples.
/// Source     torchaudio's `functional.resample` with its defaults (`sinc_interp_hann`).
///
///     const resampler down = resampler::create(44100, 16000).value();
///     std::vector<float> second(44100);
///     const std::vector<float> y = down.run(second).value();           // 16000 samples
class resampler {
 public:
  static result<resampler> create(int from, int to) {
    constexpr int highest = 1'000'000;
    for (int rate : {from, to})
      if (rate < 1 || rate > highest)
        return error{"bad sampling rate", "resample", message::of("1 to ", highest, " Hz"), message::of(rate, " Hz")};
    return resampler(from, to);
  }

  /// Samples that come out of `samples`.
  idx length(idx samples) const { return (samples * to_ + from_ - 1) / from_; }

  result<std::vector<float>> run(std::span<const float> x) const {
    const idx samples = static_cast<idx>(x.size());
    constexpr idx most = idx(1) << 31;
    if (samples > most || length(samples) > most)
      return error{"too many samples", "resample", message::of("at most ", most), message::of(samples)};
    if (from_ == to_) return std::vector<float>(x.begin(), x.end());
    std::vector<float> y(static_cast<std::size_t>(length(samples)));
    const idx hops = (length(samples) + to_ - 1) / to_;
    const idx before = -first_[0];
    const idx padded = (hops > 0 ? (hops - 1) * from_ : 0) + first_.back() + taps_ + before;
    std::vector<float> source(static_cast<std::size_t>(padded < samples + before ? samples + before : padded));
    for (idx i = 0; i < samples; ++i) source[static_cast<std::size_t>(before + i)] = x[static_cast<std::size_t>(i)];
    for (idx k = 0; k < length(samples); ++k) {
      const idx hop = k / to_, phase = k % to_;
      y[static_cast<std::size_t>(k)] =
          dot(source.data() + before + hop * from_ + first_[static_cast<std::size_t>(phase)],
              table_.data() + phase * taps_);
    }
    return y;
  }

 private:
  resampler(int from, int to) {
    const int g = std::gcd(from, to);
    from_ = from / g, to_ = to / g;
    const double o = static_cast<double>(from_), q = static_cast<double>(to_), base = 0.99 * (o < q ? o : q);
    taps_ = (static_cast<idx>(12 * o / base) + 2 + lanes - 1) / lanes * lanes;
    first_.resize(static_cast<std::size_t>(to_));
    table_.resize(static_cast<std::size_t>(to_ * taps_));
    for (idx j = 0; j < to_; ++j) {
      const double centre = static_cast<double>(j) / q;
      const idx first = static_cast<idx>(std::floor(o * centre - 6 * o / base));
      first_[static_cast<std::size_t>(j)] = first;
      for (idx i = 0; i < taps_; ++i) {
        const double t = (static_cast<double>(first + i) / o - centre) * base;
        if (!(std::abs(t) < 6)) continue;
        const double angle = std::numbers::pi * t, window = std::cos(angle / 12);
        const double sinc = angle == 0 ? 1 : std::sin(angle) / angle;
        table_[static_cast<std::size_t>(j * taps_ + i)] = static_cast<float>(window * window * sinc * base / o);
      }
    }
  }

  float dot(const float* x, const float* h) const {
    float sums[lanes] = {};
    for (idx i = 0; i < taps_; i += lanes)
      for (idx l = 0; l < lanes; ++l) sums[l] += x[i + l] * h[i + l];
    for (idx half = lanes / 2; half > 0; half /= 2)
      for (idx l = 0; l < half; ++l) sums[l] += sums[l + half];
    return sums[0];
  }

  static constexpr idx lanes = 8;
  idx from_, to_, taps_;
  std::vector<idx> first_;    // per filter: its first tap, relative to the hop
  std::vector<float> table_;  // (filter, tap)
};

/// One clip from one sampling rate to another: see `resampler`, which keeps its table for many clips.
///
///     const std::vector<float> y = resample(std::vector<float>(44100), 44100, 32000).value();     // 32000 samples
inline result<std::vector<float>> resample(std::span<const float> x, int from, int to) {
  auto r = resampler::create(from, to);
  if (!r) return r.error();
  return r->run(x);
}

}  // namespace auris
