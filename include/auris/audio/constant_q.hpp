#pragma once
#include <auris/audio/window.hpp>
#include <auris/core/result.hpp>
#include <auris/core/shape.hpp>
#include <cmath>
#include <numbers>
#include <vector>

namespace auris {

struct constant_q_options {
  int rate;        ///< samples per second
  idx bands;       ///< how many
  idx per_octave;  ///< bands from a frequency to its double
  double lowest;   ///< Hz: the centre of the first band

  /// Hz: the centre of a band, lowest 2^(band / per_octave).
  double centre(idx band) const {
    return lowest * std::exp2(static_cast<double>(band) / static_cast<double>(per_octave));
  }
  /// Centre over width, the same for all bands: (r + 1) / (r - 1) with r = 2^(2 / per_octave).
  double q() const {
    const double r = std::exp2(2 / static_cast<double>(per_octave));
    return (r + 1) / (r - 1);
  }
  /// Samples of a band, not rounded.
  double length(idx band) const { return q() * rate / centre(band); }
};

/// The weights of a constant-Q transform, for frames of `length` samples whose middle is sample length / 2: the tables of
/// `op::constant_q`.
struct constant_q_bank {
  idx length = 0;
  std::vector<idx> first;     ///< (bands): the sample of a band's first weight
  std::vector<idx> offset;    ///< (bands + 1): where in each half of `weight` a band starts
  std::vector<float> weight;  ///< (2, offset[bands]): real parts, then imaginary parts

  idx bands() const { return static_cast<idx>(first.size()); }
  idx weights() const { return offset.back(); }
};

/// The direct constant-Q transform: band b has the centre f_b, the length N_b = Q rate / f_b and, for the
/// samples m = floor(-N_b / 2) .. floor(N_b / 2) - 1 from the middle of the frame, the weights
///
///     sqrt(N_b) w[m] exp(-2 pi j f_b m / rate) / sum w,      w a periodic Hann window over all m
///
/// so that |sum| is what librosa's `cqt(..., scale=True, norm=1)` approximates.
///
/// Errors  rate, bands or per_octave below 1; not 0 < lowest; the last centre above rate / 2; a first band of more than
///         2^20 samples.
/// Source  Brown 1991; https://librosa.org/doc/latest/generated/librosa.cqt.html
///
///     const constant_q_bank k = make_constant_q({.rate = 44100, .bands = 64, .per_octave = 8, .lowest = 50}).value();
///     std::printf("frames of %td samples, %td in the last band\n", k.length, k.offset[64] - k.offset[63]);   // 10206, 43
inline result<constant_q_bank> make_constant_q(const constant_q_options& o) {
  constexpr idx most_bands = 4096, longest = idx(1) << 20;
  if (o.rate < 1 || o.bands < 1 || o.bands > most_bands || o.per_octave < 1 || o.per_octave > most_bands)
    return error{"bad constant-Q transform",
                 {},
                 message::of("a rate, and bands and bands per octave of 1 to ", most_bands),
                 message::of(o.rate, ", ", o.bands, " and ", o.per_octave)};
  if (!(o.lowest > 0 && o.centre(o.bands - 1) <= o.rate / 2.0))
    return error{"bad constant-Q transform",
                 {},
                 message::of("bands above 0 and up to ", o.rate / 2.0, " Hz"),
                 message::of(o.lowest, " to ", o.centre(o.bands - 1), " Hz")};
  if (!(o.length(0) <= static_cast<double>(longest)))
    return error{"the first band of the constant-Q transform is too long",
                 {},
                 message::of("at most ", longest, " samples"),
                 message::of(o.length(0))};
  constant_q_bank k;
  k.length = 2 * static_cast<idx>(std::ceil(o.length(0) / 2));
  k.offset.push_back(0);
  std::vector<float> imaginary;
  for (idx b = 0; b < o.bands; ++b) {
    const double length = o.length(b), turn = -2 * std::numbers::pi * o.centre(b) / o.rate;
    const idx before = static_cast<idx>(std::ceil(length / 2)), points = before + static_cast<idx>(length / 2);
    const std::vector<double> w = window(window_kind::hann, window_symmetry::periodic, points);
    double sum = 0;
    for (const double v : w) sum += v;
    for (idx i = 0; i < points; ++i) {
      const double height = std::sqrt(length) * w[static_cast<std::size_t>(i)] / sum;
      const double angle = turn * static_cast<double>(i - before);
      k.weight.push_back(static_cast<float>(height * std::cos(angle)));
      imaginary.push_back(static_cast<float>(height * std::sin(angle)));
    }
    k.first.push_back(k.length / 2 - before);
    k.offset.push_back(static_cast<idx>(k.weight.size()));
  }
  k.weight.insert(k.weight.end(), imaginary.begin(), imaginary.end());
  return k;
}

}  // namespace auris
