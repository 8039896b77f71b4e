#pragma once
#include <cmath>

namespace auris {

/// Curves from frequency to pitch along which a filter bank spaces its bands.
enum class mel_scale {
  slaney,  ///< 3 f / 200 below 1000 Hz, then 15 + 27 ln(f / 1000) / ln 6.4: librosa's
  htk,     ///< 2595 log10(1 + f / 700): torchaudio's; Kaldi's up to rounding
  linear   ///< the frequency itself
};

/// Frequency in Hz to mel.
///
///     const double low = hertz_to_mel(50, mel_scale::slaney);                       // 0.75
inline double hertz_to_mel(double hertz, mel_scale scale) {
  switch (scale) {
    case mel_scale::slaney:
      return hertz < 1000 ? 3 * hertz / 200 : 15 + 27 * std::log(hertz / 1000) / std::log(6.4);
    case mel_scale::htk:
      return 2595 * std::log10(1 + hertz / 700);
    default:
      return hertz;
  }
}

/// Mel to frequency in Hz: the inverse of `hertz_to_mel`.
///
///     const double low = mel_to_hertz(0.75, mel_scale::slaney);                     // 50
inline double mel_to_hertz(double mel, mel_scale scale) {
  switch (scale) {
    case mel_scale::slaney:
      return mel < 15 ? 200 * mel / 3 : 1000 * std::exp((mel - 15) * std::log(6.4) / 27);
    case mel_scale::htk:
      return 700 * (std::pow(10, mel / 2595) - 1);
    default:
      return mel;
  }
}

}  // namespace auris
