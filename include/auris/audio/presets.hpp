#pragma once
#include <auris/audio/front_end_options.hpp>
#include <string>
#include <string_view>

namespace auris {

/// Front-ends of published systems.
namespace preset {

/// Mel-band magnitudes without a logarithm, 5 frames a second: the features of the DCASE 2023 task 4B baseline
/// (librosa's defaults from 0.9 on; with `padding = padding_kind::reflect` those before).
inline constexpr front_end_options maestro_mel{.rate = 44100,
                                               .fft = 17640,
                                               .hop = 8820,
                                               .padding = padding_kind::zero,
                                               .spectrum = spectrum_kind::magnitude,
                                               .bands = 64,
                                               .lowest = 50,
                                               .highest = 14000,
                                               .logarithm = compression::none()};

/// Log-mel on the frames of `maestro_mel`: power, 10 log10 max(., 1e-10). The default of the soft-label systems
/// (Khandelwal & Das 2023).
inline constexpr front_end_options maestro_log_mel{.rate = 44100,
                                                   .fft = 17640,
                                                   .hop = 8820,
                                                   .padding = padding_kind::zero,
                                                   .spectrum = spectrum_kind::power,
                                                   .bands = 64,
                                                   .lowest = 50,
                                                   .highest = 14000,
                                                   .logarithm = compression::decibel(1e-10)};

/// Cepstra of `maestro_log_mel`, all 64 coefficients of its orthonormal cosine transform. What a paper does not say is
/// chosen so that all front-ends of the soft-label systems have the same frames and 64 columns.
inline constexpr front_end_options maestro_mfcc = [] {
  front_end_options o = maestro_log_mel;
  o.coefficients = 64;
  return o;
}();

/// Its first 40.
inline constexpr front_end_options maestro_mfcc_40 = [] {
  front_end_options o = maestro_mfcc;
  o.coefficients = 40;
  return o;
}();

/// All 64, of triangles that are equally wide in Hz, with a peak of 1.
inline constexpr front_end_options maestro_lfcc = [] {
  front_end_options o = maestro_mfcc;
  o.scale = mel_scale::linear;
  o.area_normalised = false;
  return o;
}();

/// Constant-Q magnitudes on the frames of `maestro_mel`: 8 bands an octave from 50 to 11738 Hz, 20 log10 max(., 1e-5).
inline constexpr front_end_options maestro_cqt{.rate = 44100,
                                               .transform = transform_kind::constant_q,
                                               .hop = 8820,
                                               .padding = padding_kind::zero,
                                               .spectrum = spectrum_kind::magnitude,
                                               .bands = 64,
                                               .per_octave = 8,
                                               .lowest = 50,
                                               .logarithm = compression::amplitude_decibel(1e-5)};

/// The log-mel spectrogram of PANNs (Kong et al. 2020), 100 frames a second.
inline constexpr front_end_options panns_log_mel{.rate = 32000,
                                                 .fft = 1024,
                                                 .hop = 320,
                                                 .padding = padding_kind::reflect,
                                                 .spectrum = spectrum_kind::power,
                                                 .bands = 64,
                                                 .lowest = 50,
                                                 .highest = 14000,
                                                 .logarithm = compression::decibel(1e-10)};

/// Log-mel of DcaseNet (Jung et al. 2021), 50 frames a second: pre-emphasis, 40 ms frames, HTK mels without normalisation, natural
/// logarithm, of zeros that of 1e-7. Networks read it standardised clip by clip: `standardise_clip`.
inline constexpr front_end_options dcasenet_log_mel{.rate = 24000,
                                                    .pre_emphasis = 0.97,
                                                    .fft = 2048,
                                                    .window_length = 960,
                                                    .window = window_kind::hamming,
                                                    .hop = 480,
                                                    .padding = padding_kind::reflect,
                                                    .bands = 128,
                                                    .lowest = 0,
                                                    .highest = 12000,
                                                    .scale = mel_scale::htk,
                                                    .area_normalised = false,
                                                    .logarithm = compression::natural_of_nonzero(1e-7)};

/// Log-mel of the networks for weak labels (Kong et al. 2019, Deshmukh et al. 2020): 311 frames of 10 s. Magnitudes of a spectrogram
/// scaled to density, which divides the window by its norm; a symmetric window, no padding, natural logarithm of mel + 1e-8.
inline constexpr front_end_options kong_log_mel{.rate = 32000,
                                                .fft = 2048,
                                                .window = window_kind::hamming,
                                                .symmetry = window_symmetry::symmetric,
                                                .unit_energy = true,
                                                .hop = 1024,
                                                .padding = padding_kind::none,
                                                .spectrum = spectrum_kind::magnitude,
                                                .bands = 64,
                                                .lowest = 50,
                                                .highest = 16000,
                                                .logarithm = compression::natural(1e-8)};

}  // namespace preset

struct named_preset {
  const char* name;
  front_end_options options;
};

/// All presets by name.
inline constexpr named_preset presets[] = {
    {"maestro_mel", preset::maestro_mel},     {"maestro_log_mel", preset::maestro_log_mel},
    {"maestro_mfcc", preset::maestro_mfcc},   {"maestro_mfcc_40", preset::maestro_mfcc_40},
    {"maestro_lfcc", preset::maestro_lfcc},   {"maestro_cqt", preset::maestro_cqt},
    {"panns_log_mel", preset::panns_log_mel}, {"dcasenet_log_mel", preset::dcasenet_log_mel},
    {"kong_log_mel", preset::kong_log_mel}};

/// The preset of a name; the error lists all names.
///
///     front_end_options old = find_preset("maestro_mel").value();
///     old.padding = padding_kind::reflect;
inline result<front_end_options> find_preset(std::string_view name) {
  message names;
  for (const named_preset& p : presets) {
    if (name == p.name) return p.options;
    names = message::of(names, names.empty() ? "" : ", ", p.name);
  }
  return error{"no such front-end", {}, names, message::of("'", std::string(name.substr(0, 60)), "'")};
}

}  // namespace auris
