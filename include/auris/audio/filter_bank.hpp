#pragma once
#include <auris/audio/mel.hpp>
#include <auris/core/result.hpp>
#include <auris/core/shape.hpp>
#include <vector>

namespace auris {

/// Where the triangles of a filter bank are straight.
enum class band_axis {
  hertz,  ///< over the frequency: librosa, torchaudio
  mel     ///< over the mel scale: Kaldi
};

struct filter_bank_options {
  int rate;                ///< samples per second
  idx fft;                 ///< length of the transform
  idx bands;               ///< how many triangles
  double lowest, highest;  ///< Hz: where the first triangle starts and the last one ends
  mel_scale scale = mel_scale::slaney;
  bool area_normalised = false;  ///< band b times 2 / (its width in Hz): "slaney" normalisation
  band_axis axis = band_axis::hertz;
};

/// Triangles over the bins of a spectrum, each with its non-zero weights only: the tables of `op::filter_bank`.
struct filter_bank {
  std::vector<idx> first;     ///< (bands): the bin of a band's first weight
  std::vector<idx> offset;    ///< (bands + 1): where in `weight` a band starts
  std::vector<float> weight;  ///< those of all bands

  idx bands() const { return static_cast<idx>(first.size()); }
};

/// The triangles whose edges p_0 .. p_(bands + 1) are equally spaced in mel between two frequencies. Bin k of frequency
/// f = k rate / fft has in band b the weight
///
///     max(0, min((f - p_b) / (p_(b+1) - p_b), (p_(b+2) - f) / (p_(b+2) - p_(b+1))))
///
/// or the same with f and p in mel where `axis` says so. A band narrower than a bin may have no weight at all: then it
/// is always zero.
///
/// Errors  rate, fft or bands below 1; not 0 <= lowest < highest <= rate / 2.
///
///     const filter_bank mels = make_filter_bank({.rate = 32000, .fft = 1024, .bands = 64, .lowest = 50,
///                                                .highest = 14000, .area_normalised = true}).value();
inline result<filter_bank> make_filter_bank(const filter_bank_options& o) {
  if (o.rate < 1 || o.fft < 1 || o.bands < 1)
    return error{
        "bad filter bank", {}, "rate, fft and bands of at least 1", message::of(o.rate, ", ", o.fft, " and ", o.bands)};
  if (!(0 <= o.lowest && o.lowest < o.highest && o.highest <= o.rate / 2.0))
    return error{"bad filter bank",
                 {},
                 message::of("0 <= lowest < highest <= ", o.rate / 2.0, " Hz"),
                 message::of(o.lowest, " to ", o.highest, " Hz")};
  const auto position = [&](double hertz) { return o.axis == band_axis::mel ? hertz_to_mel(hertz, o.scale) : hertz; };
  const double low = hertz_to_mel(o.lowest, o.scale), high = hertz_to_mel(o.highest, o.scale);
  const auto edge_mel = [&](idx i) {
    return low + (high - low) * static_cast<double>(i) / static_cast<double>(o.bands + 1);
  };
  const auto edge_hertz = [&](idx i) { return mel_to_hertz(edge_mel(i), o.scale); };
  const auto edge = [&](idx i) { return o.axis == band_axis::mel ? edge_mel(i) : edge_hertz(i); };
  const double step = static_cast<double>(o.rate) / static_cast<double>(o.fft);

  filter_bank bank;
  bank.offset.push_back(0);
  for (idx b = 0; b < o.bands; ++b) {
    const double left = edge(b), centre = edge(b + 1), right = edge(b + 2);
    const double height = o.area_normalised ? 2 / (edge_hertz(b + 2) - edge_hertz(b)) : 1;
    idx k = static_cast<idx>(edge_hertz(b) / step);  // the last bin not above the left edge
    bank.first.push_back(k);
    for (; k <= o.fft / 2; ++k) {
      const double f = position(static_cast<double>(k) * step);
      if (f >= right) break;
      const double up = (f - left) / (centre - left), down = (right - f) / (right - centre);
      const double weight = height * (up < down ? up : down);
      const bool empty = bank.offset.back() == static_cast<idx>(bank.weight.size());
      if (weight > 0)
        bank.weight.push_back(static_cast<float>(weight));
      else if (empty)
        bank.first.back() = k + 1;
    }
    if (bank.offset.back() == static_cast<idx>(bank.weight.size())) bank.first.back() = 0;
    bank.offset.push_back(static_cast<idx>(bank.weight.size()));
  }
  return bank;
}

}  // namespace auris
