#pragma once
#include <auris/audio/filter_bank.hpp>
#include <auris/audio/window.hpp>
#include <auris/op/logarithm.hpp>
#include <cmath>

namespace auris {

/// What stands before the first and behind the last sample.
enum class padding_kind {
  none,    ///< nothing: frames start at 0, hop, ... as long as they fit
  zero,    ///< floor(fft / 2) zeros on both sides: frame t is centred at sample t hop
  reflect  ///< the same, mirrored without repeating the edge: x[-k] = x[k], x[N - 1 + k] = x[N - 1 - k]
};

/// What makes bands of the samples of a frame.
enum class transform_kind {
  fourier,    ///< a windowed Fourier transform, and a filter bank over its spectrum
  constant_q  ///< bands with windows of their own (`make_constant_q`)
};

enum class spectrum_kind { magnitude, power };

/// What is done to a band's value v: nothing, or scale ln(max(v, floor) + offset); what is not above the floor becomes `low`.
struct compression {
  double scale = 0;  ///< 0: none
  double floor = 0, offset = 0, low = floor;

  static constexpr compression none() { return {}; }
  /// 10 log10 max(v, floor)
  static constexpr compression decibel(double floor = 1e-10) { return {op::logarithm::decibel, floor}; }
  /// 20 log10 max(v, floor)
  static constexpr compression amplitude_decibel(double floor = 1e-5) { return {2 * op::logarithm::decibel, floor}; }
  /// ln(max(v, floor) + offset)
  static constexpr compression natural(double offset, double floor = 0) { return {1, floor, offset}; }
  /// ln v, of zeros ln `zero`; other small values stay as they are
  static constexpr compression natural_of_nonzero(double zero) { return {1, 0, 0, zero}; }
};

/// A front-end in full: sound of `rate`, frame by frame, through pre-emphasis, window, spectrum and filter bank, or
/// constant-Q transform, logarithm and cosine transform. A value that a named preset does not state is the one written here.
///
///     const front_end_options small{.rate = 16000, .fft = 512, .hop = 160, .bands = 40, .highest = 8000};
struct front_end_options {
  int rate = 44100;         ///< samples per second of the sound that it is given
  double pre_emphasis = 0;  ///< y[n] = x[n + 1] - pre_emphasis x[n], one sample shorter; 0: off
  transform_kind transform = transform_kind::fourier;
  idx fft = 2048;         ///< length of the transform; a frame of constant-Q bands is as long as the first of them
  idx window_length = 0;  ///< 0: that of the transform; a shorter window stands in its middle
  window_kind window = window_kind::hann;
  window_symmetry symmetry = window_symmetry::periodic;
  bool unit_energy = false;  ///< the window divided by the root of the sum of its squares
  idx hop = 512;             ///< samples from frame to frame
  padding_kind padding = padding_kind::zero;
  spectrum_kind spectrum = spectrum_kind::power;
  idx bands = 64;
  idx per_octave = 12;  ///< of constant-Q bands
  double lowest = 0,
         highest = 14000;  ///< Hz: where the filter bank starts and ends; the centre of the first constant-Q band
  mel_scale scale = mel_scale::slaney;
  bool area_normalised = true;
  band_axis axis = band_axis::hertz;
  compression logarithm = compression::decibel();
  idx coefficients = 0;  ///< of the cosine transform of the bands; 0: the bands themselves

  /// Of the features.
  constexpr idx columns() const { return coefficients ? coefficients : bands; }

  /// Success, or what is wrong.
  result<void> check() const {
    const auto bad = [](const char* name, message expected, message got) {
      return error{"bad front-end option", name, std::move(expected), std::move(got)};
    };
    constexpr int highest_rate = 1'000'000;
    constexpr idx longest = idx(1) << 20, most_bands = 4096;
    if (rate < 1 || rate > highest_rate) return bad("rate", message::of("1 to ", highest_rate), message::of(rate));
    if (!(std::abs(pre_emphasis) <= 1)) return bad("pre_emphasis", "-1 to 1", message::of(pre_emphasis));
    if (fft < 2 || fft > longest) return bad("fft", message::of("2 to ", longest), message::of(fft));
    if (window_length < 0 || window_length > fft)
      return bad("window_length", message::of("0 to ", fft), message::of(window_length));
    if (hop < 1 || hop > longest) return bad("hop", message::of("1 to ", longest), message::of(hop));
    if (bands < 1 || bands > most_bands) return bad("bands", message::of("1 to ", most_bands), message::of(bands));
    if (coefficients < 0 || coefficients > bands)
      return bad("coefficients", message::of("0 to ", bands), message::of(coefficients));
    const compression& c = logarithm;
    if (!(std::isfinite(c.scale) && c.floor >= 0 && c.floor < 1e30 && c.offset >= 0 && c.offset < 1e30 &&
          c.low >= c.floor && c.low < 1e30))
      return bad("logarithm", "finite numbers that are not negative, and none that is below the floor",
                 message::of(c.scale, ", ", c.floor, ", ", c.offset, ", ", c.low));
    // the smallest normal float: below it, silence would become minus infinity
    if (c.scale != 0 && c.low + c.offset < 1.2e-38)
      return bad("logarithm", "a floor or an offset above zero", message::of(c.low, ", ", c.offset));
    return {};
  }
};

}  // namespace auris
