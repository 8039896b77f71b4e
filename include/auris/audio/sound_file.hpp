// The only header that needs libsndfile.
#pragma once
#include <sndfile.h>
#include <auris/audio/recording.hpp>
#include <auris/audio/resample.hpp>
#include <auris/io/file.hpp>

#include <cstdint>
#include <memory>
#include <string>

namespace auris {

/// What an integer sample of b bits is divided by.
enum class integer_scale {
  power_of_two,  ///< 2^(b-1): 32768 for 16 bits, as librosa, torchaudio and soundfile do
  maestro        ///< 2^(b-1) + 1: 32769 for 16 bits, as the DCASE 2023 task 4B baseline does
};

struct sound_file_options {
  integer_scale scale = integer_scale::power_of_two;
  int rate = 0;                ///< samples per second wanted; 0: those of the file
  idx longest = idx(1) << 30;  ///< samples per channel; more is an error (a guard against hostile files)
};

namespace detail {

struct close_sound_file {
  void operator()(SNDFILE* f) const noexcept { sf_close(f); }
};
/// Whether a container says itself that it is longer than the file: libsndfile takes a cut one for a shorter one.
/// Looks at RIFF (the data chunk's length) and at Ogg (whole pages up to one that ends the stream).
inline bool cut_off(const std::filesystem::path& path) {
  const file_handle file(std::fopen(path.c_str(), "rb"));
  std::error_code problem;
  const auto size = static_cast<std::uint64_t>(std::filesystem::file_size(path, problem));
  if (!file || problem) return true;
  unsigned char b[27 + 255];
  const auto read = [&](std::uint64_t at, std::size_t count) {
    return at <= size && std::fseek(file.get(), static_cast<long>(at), SEEK_SET) == 0 &&
           std::fread(b, 1, count, file.get()) == count;
  };
  const auto is = [&](const char* name) { return std::memcmp(b, name, 4) == 0; };
  if (!read(0, 12)) return false;  // too short to be any of these
  if (is("RIFF") && std::memcmp(b + 8, "WAVE", 4) == 0) {
    for (std::uint64_t at = 12; read(at, 8);) {
      const std::uint64_t length =
          std::uint64_t(b[4]) | std::uint64_t(b[5]) << 8 | std::uint64_t(b[6]) << 16 | std::uint64_t(b[7]) << 24;
      constexpr std::uint64_t unknown = 0xFFFFFFFF;  // what programs write that stream into a pipe
      if (is("data")) return length != unknown && length > size - at - 8;
      at += 8 + length + length % 2;
    }
    return true;
  }
  if (is("OggS")) {
    bool ended = false;
    for (std::uint64_t at = 0; at < size;) {
      if (!read(at, 27) || !is("OggS")) return !ended;  // what follows the end of the stream is not ours
      ended = (b[5] & 4) != 0;
      const std::size_t segments = b[26];
      if (!read(at + 27, segments)) return true;
      std::uint64_t length = 27 + segments;
      for (std::size_t i = 0; i < segments; ++i) length += b[i];
      if (length > size - at) return true;
      at += length;
    }
    return !ended;
  }
  return false;
}

/// Bits of the integers that a file holds; 0: it holds none.
inline int integer_bits(int format) {
  switch (format & SF_FORMAT_SUBMASK) {
    case SF_FORMAT_PCM_S8:
    case SF_FORMAT_PCM_U8:
      return 8;
    case SF_FORMAT_PCM_16:
      return 16;
    case SF_FORMAT_PCM_24:
      return 24;
    case SF_FORMAT_PCM_32:
      return 32;
    default:
      return 0;
  }
}

inline bool readable_container(int format) {
  switch (format & SF_FORMAT_TYPEMASK) {
    case SF_FORMAT_WAV:
    case SF_FORMAT_WAVEX:
    case SF_FORMAT_RF64:
    case SF_FORMAT_FLAC:
    case SF_FORMAT_OGG:
    case 0x230000:  // SF_FORMAT_MPEG, which headers before version 1.1 do not name
      return true;
    default:
      return false;
  }
}

/// All channels, or (`one`) their mean.
inline result<std::vector<auris::recording>> read_channels(const std::filesystem::path& path,
                                                           const sound_file_options& options, bool one) {
  std::error_code problem;
  if (!std::filesystem::is_regular_file(path, problem)) return error{"no such file", path.c_str()};
  if (std::filesystem::file_size(path, problem) == 0) return error{"the sound file is empty", path.c_str()};
  const error cut{"the sound file is cut off or damaged", path.c_str()};
  if (detail::cut_off(path)) return cut;
  constexpr const char* formats = "wav, flac, ogg or mp3";
  SF_INFO info{};
  const std::unique_ptr<SNDFILE, detail::close_sound_file> file(sf_open(path.c_str(), SFM_READ, &info));
  if (!file) return error{"cannot read the sound file", path.c_str(), formats, sf_strerror(nullptr)};
  if (!detail::readable_container(info.format)) return error{"not a sound file of a known kind", path.c_str(), formats};
  if (info.channels < 1 || info.samplerate < 1)
    return error{"bad header", path.c_str(), "at least one channel and 1 Hz",
                 message::of(info.channels, " channels, ", info.samplerate, " Hz")};

  const int bits = options.scale == integer_scale::maestro ? detail::integer_bits(info.format) : 0;
  const double half = bits ? std::ldexp(1.0, bits - 1) : 0, scale = bits ? half / (half + 1) : 1;
  const error too_long{"too many samples", path.c_str(), message::of("at most ", options.longest)};
  std::vector<auris::recording> out(static_cast<std::size_t>(one ? 1 : info.channels),
                                    auris::recording{{}, info.samplerate});
  constexpr sf_count_t block = 1 << 14;
  std::vector<float> frames(static_cast<std::size_t>(block * info.channels));
  for (;;) {
    const sf_count_t got = sf_readf_float(file.get(), frames.data(), block);
    if (got <= 0) break;
    if (static_cast<idx>(out[0].samples.size()) + got > options.longest) return too_long;
    const auto width = static_cast<std::size_t>(info.channels), together = one ? width : 1;
    for (std::size_t i = 0; i < static_cast<std::size_t>(got) * width; i += together) {
      double sum = 0;
      for (std::size_t c = 0; c < together; ++c) sum += static_cast<double>(frames[i + c]);
      auris::recording& to = out[one ? 0 : i % width];
      const float sample = static_cast<float>(sum / static_cast<double>(together) * scale);
      if (!std::isfinite(sample)) return error{"non-finite sample", message::of(path, ", sample ", to.samples.size())};
      to.samples.push_back(sample);
    }
  }
  if (sf_error(file.get()) != SF_ERR_NO_ERROR) return cut;
  if (out[0].samples.empty()) return error{"the sound file has no samples", path.c_str()};
  if (info.frames != SF_COUNT_MAX && static_cast<sf_count_t>(out[0].samples.size()) < info.frames) return cut;

  if (options.rate != 0 && options.rate != info.samplerate) {
    auto r = resampler::create(info.samplerate, options.rate);
    if (!r) return error{r.error().what, path.c_str(), r.error().expected, r.error().got};
    if (r->length(static_cast<idx>(out[0].samples.size())) > options.longest) return too_long;
    for (auris::recording& channel : out) {
      auto resampled = r->run(channel.samples);
      if (!resampled) return resampled.error();
      channel = {std::move(*resampled), options.rate};
    }
  }
  return out;
}

}  // namespace detail

/// Reads a sound file as one channel: the mean of its channels, in the file's rate or resampled.
///
/// Formats  wav (integers of 8 to 32 bits, float, double), flac, ogg, and mp3 where libsndfile is 1.1 or later; any
///          rate, any number of channels. Integers are divided by 2^(bits-1), or as `options.scale` says.
/// Memory   the samples, once more while they are resampled; read in blocks, so that a header's claims cost nothing.
/// Errors   no regular file; not a sound file of these formats; the file is cut off or damaged; no sample; a sample
///          that is not finite; more than `options.longest` samples; a rate that `resample` refuses.
///
///     const result<recording> r = read_sound_file("clips/street.flac", {.rate = 32000});
inline result<recording> read_sound_file(const std::filesystem::path& path, sound_file_options options = {}) {
  auto one = detail::read_channels(path, options, true);
  if (!one) return one.error();
  return std::move(one->front());
}

/// The same with its channels apart.
///
/// Errors   as `read_sound_file`.
///
///     const result<std::vector<recording>> four = read_sound_channels("mic_dev/fold1_room1_mix001_ov1.wav");
inline result<std::vector<recording>> read_sound_channels(const std::filesystem::path& path,
                                                          sound_file_options options = {}) {
  return detail::read_channels(path, options, false);
}

/// Writes a wav file of 16-bit integers: round(32768 x), limited to [-32768, 32767]. Reading one channel gives x back,
/// exactly where x is a multiple of 2^-15 below 1. Written beside and renamed; missing folders are made.
///
/// Shape   the samples of all channels in turn: left, right, left, right of two.
/// Errors  no sample, a sample that is not finite, a rate below 1 Hz, channels that are not 1 to 256 or do not divide the
///         number of samples, more than a wav file holds (2^31 - 64 samples); the file cannot be written.
///
///     const std::vector<float> click{0, 0.5f, 0};
///     write_sound_file("out/click.wav", click, 44100).value();
inline result<void> write_sound_file(const std::filesystem::path& path, std::span<const float> x, int rate,
                                     int channels = 1) {
  constexpr std::size_t most = (std::size_t(1) << 31) - 64;
  if (x.empty()) return error{"no samples to write", path.c_str()};
  if (x.size() > most)
    return error{"too many samples for a wav file", path.c_str(), message::of("at most ", most), message::of(x.size())};
  if (rate < 1) return error{"bad sampling rate", path.c_str(), "at least 1 Hz", message::of(rate)};
  if (channels < 1 || channels > 256 || x.size() % static_cast<std::size_t>(channels) != 0)
    return error{"bad number of channels", path.c_str(), "1 to 256, each with as many samples",
                 message::of(channels, ", of ", x.size(), " samples together")};
  std::string content;
  content.reserve(44 + 2 * x.size());
  const auto number = [&](std::uint32_t v, int bytes) {
    for (int i = 0; i < bytes; ++i) content += static_cast<char>(v >> 8 * i & 0xFF);
  };
  const auto data = static_cast<std::uint32_t>(2 * x.size()), hz = static_cast<std::uint32_t>(rate),
             count = static_cast<std::uint32_t>(channels);
  content += "RIFF";
  number(36 + data, 4);
  content += "WAVEfmt ";
  number(16, 4), number(1, 2), number(count, 2), number(hz, 4), number(2 * count * hz, 4), number(2 * count, 2),
      number(16, 2);
  content += "data";
  number(data, 4);
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (!std::isfinite(x[i])) return error{"non-finite sample", message::of(path, ", sample ", i)};
    const float wide = std::nearbyint(x[i] * 32768.0f);
    number(static_cast<std::uint32_t>(static_cast<std::int32_t>(wide < -32768  ? -32768
                                                                : wide > 32767 ? 32767
                                                                               : wide)),
           2);
  }
  return write_file(path, content);
}

}  // namespace auris
