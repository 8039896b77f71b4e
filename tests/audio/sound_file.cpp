#include <auris/audio/sound_file.hpp>
#include <cmath>
#include <limits>

#include "support/catch.hpp"

using namespace auris;

namespace {

/// A fresh folder that goes when the test ends.
struct folder {
  std::filesystem::path path =
      std::filesystem::temp_directory_path() / ("auris_sound_file_" + std::to_string(::getpid()));
  folder() { std::filesystem::create_directories(path); }
  ~folder() { std::filesystem::remove_all(path); }
  std::filesystem::path operator/(const char* name) const { return path / name; }
};

/// A file of any kind that libsndfile writes; `samples` are interleaved.
void encode(const std::filesystem::path& path, int format, int channels, int rate, const std::vector<float>& samples) {
  SF_INFO info{};
  info.format = format, info.channels = channels, info.samplerate = rate;
  SNDFILE* file = sf_open(path.c_str(), SFM_WRITE, &info);
  REQUIRE(file);
  const auto frames = static_cast<sf_count_t>(samples.size()) / channels;
  CHECK(sf_writef_float(file, samples.data(), frames) == frames);
  sf_close(file);
}

std::vector<float> tone(std::size_t samples, int rate) {
  std::vector<float> x(samples);
  for (std::size_t i = 0; i < samples; ++i)
    x[i] = 0.5f * std::sin(6.2831853f * 440 * static_cast<float>(i) / static_cast<float>(rate));
  return x;
}

std::string little(std::uint32_t v) {
  return {static_cast<char>(v), static_cast<char>(v >> 8), static_cast<char>(v >> 16), static_cast<char>(v >> 24)};
}

/// The bytes of a mono wav file of 16-bit integers at 8000 Hz whose data chunk claims `length` bytes.
std::string wav(std::uint32_t length, const std::string& data) {
  return "RIFF" + little(36 + length) + "WAVEfmt " + little(16) + std::string("\1\0\1\0", 4) + little(8000) +
         little(16000) + std::string("\2\0\20\0", 4) + "data" + little(length) + data;
}

std::string what(const result<recording>& r) { return r ? "" : r.error().what.c_str(); }

const std::string cut = "the sound file is cut off or damaged";

}  // namespace

TEST_CASE("sound file: what is written is read back") {
  const folder f;
  const std::vector<float> x{0, 0.5f, -1, 0.25f, 0x1p-15f, 2, -2};
  write_sound_file(f / "new/x.wav", x, 44100).value();
  const auto r = read_sound_file(f / "new/x.wav").value();
  CHECK(r.rate == 44100);
  CHECK(r.samples == std::vector<float>{0, 0.5f, -1, 0.25f, 0x1p-15f, 32767.0f / 32768, -1});
}

TEST_CASE("sound file: integers are divided by a power of two, or by one more") {
  const folder f;
  encode(f / "x16.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, 1, 8000, {0.5f});
  encode(f / "x24.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_24, 1, 8000, {0.5f});
  encode(f / "x.flac", SF_FORMAT_FLAC | SF_FORMAT_PCM_16, 1, 8000, {0.5f});
  encode(f / "real.wav", SF_FORMAT_WAV | SF_FORMAT_FLOAT, 1, 8000, {0.5f});
  const auto first = [&](const char* name, integer_scale scale) {
    return read_sound_file(f / name, {.scale = scale}).value().samples.at(0);
  };
  const float half16 = std::nearbyint(0.5f * 32767), half24 = std::nearbyint(0.5f * 8388607);
  CHECK(first("x16.wav", integer_scale::power_of_two) == half16 / 32768);
  CHECK(first("x16.wav", integer_scale::maestro) == half16 / 32769);
  CHECK(first("x24.wav", integer_scale::power_of_two) == half24 / 8388608);
  CHECK(first("x24.wav", integer_scale::maestro) == half24 / 8388609);
  CHECK(first("x.flac", integer_scale::maestro) == half16 / 32769);
  CHECK(first("real.wav", integer_scale::maestro) == 0.5f);
}

TEST_CASE("sound file: channels are averaged") {
  const folder f;
  encode(f / "x.wav", SF_FORMAT_WAV | SF_FORMAT_FLOAT, 2, 8000, {1, 0, 0.5f, -0.5f, 0.25f, 0.75f});
  CHECK(read_sound_file(f / "x.wav").value().samples == std::vector<float>{0.5f, 0, 0.5f});
}

TEST_CASE("sound file: channels apart, resampled each by itself") {
  const folder f;
  const std::vector<float> x{0, 0.5f, 0.25f, -0.5f, 0.5f, 0};
  write_sound_file(f / "two.wav", x, 8000, 2).value();
  const auto two = read_sound_channels(f / "two.wav").value();
  REQUIRE(two.size() == 2);
  CHECK((two[0].samples == std::vector<float>{0, 0.25f, 0.5f} && two[0].rate == 8000));
  CHECK(two[1].samples == std::vector<float>{0.5f, -0.5f, 0});
  const auto twice = read_sound_channels(f / "two.wav", {.rate = 16000}).value();
  CHECK((twice[1].samples.size() == 6 && twice[1].rate == 16000));
  CHECK_FALSE(read_sound_channels(f / "three.wav"));
}

TEST_CASE("sound file: two channels are written in turn") {
  const folder f;
  write_sound_file(f / "x.wav", std::vector<float>{1, 0, 0.5f, -0.5f, 0.25f, 0.75f}, 8000, 2).value();
  SF_INFO info{};
  SNDFILE* file = sf_open((f / "x.wav").c_str(), SFM_READ, &info);
  REQUIRE(file);
  CHECK((info.channels == 2 && info.frames == 3 && info.samplerate == 8000));
  std::vector<float> x(6);
  CHECK(sf_readf_float(file, x.data(), 3) == 3);
  sf_close(file);
  CHECK(x == std::vector<float>{32767.0f / 32768, 0, 0.5f, -0.5f, 0.25f, 0.75f});
  CHECK_FALSE(write_sound_file(f / "x.wav", std::vector<float>{1, 0, 1}, 8000, 2));
  CHECK_FALSE(write_sound_file(f / "x.wav", std::vector<float>{1, 0, 1}, 8000, 0));
}

TEST_CASE("sound file: wav, flac, ogg and mp3") {
  const folder f;
  const auto x = tone(22050, 22050);
  for (const auto& [name, format] :
       std::vector<std::pair<const char*, int>>{{"x.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16},
                                                {"extensible.wav", SF_FORMAT_WAVEX | SF_FORMAT_PCM_24},
                                                {"x.flac", SF_FORMAT_FLAC | SF_FORMAT_PCM_24},
                                                {"x.ogg", SF_FORMAT_OGG | SF_FORMAT_VORBIS},
                                                {"x.mp3", 0x230000 | 0x0082}}) {  // MPEG, layer 3
    INFO(name);
    encode(f / name, format, 1, 22050, x);
    const auto r = read_sound_file(f / name).value();
    CHECK(r.rate == 22050);
    REQUIRE(r.samples.size() >= x.size());
    double distance = 0;
    for (std::size_t i = 2000; i < 20000; ++i)
      distance = std::max(distance, std::abs(double(r.samples[i]) - double(x[i])));
    CHECK(distance < 0.05);
  }
}

TEST_CASE("sound file: resampled while reading") {
  const folder f;
  const auto x = tone(4410, 44100);
  write_sound_file(f / "x.wav", x, 44100).value();
  const auto r = read_sound_file(f / "x.wav", {.rate = 16000}).value();
  CHECK(r.rate == 16000);
  CHECK(r.samples == resample(read_sound_file(f / "x.wav").value().samples, 44100, 16000).value());
  CHECK(what(read_sound_file(f / "x.wav", {.rate = -5})) == "bad sampling rate");
}

TEST_CASE("sound file: what is no sound file is an error") {
  const folder f;
  CHECK(what(read_sound_file(f / "missing.wav")) == "no such file");
  CHECK(what(read_sound_file(f.path)) == "no such file");
  write_file(f / "empty.wav", "").value();
  CHECK(what(read_sound_file(f / "empty.wav")) == "the sound file is empty");
  write_file(f / "text.wav", "time,label\n0,dog\n").value();
  CHECK(what(read_sound_file(f / "text.wav")) == "cannot read the sound file");
  write_file(f / "raw.vox", "12345678").value();  // libsndfile believes this name
  CHECK_FALSE(read_sound_file(f / "raw.vox"));
  encode(f / "x.au", SF_FORMAT_AU | SF_FORMAT_PCM_16, 1, 8000, {0.5f});
  CHECK(what(read_sound_file(f / "x.au")) == "not a sound file of a known kind");
}

TEST_CASE("sound file: cut files are errors, not shorter recordings") {
  const folder f;
  const auto x = tone(20000, 22050);
  for (const auto& [name, format] :
       std::vector<std::pair<const char*, int>>{{"x.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16},
                                                {"x.flac", SF_FORMAT_FLAC | SF_FORMAT_PCM_16},
                                                {"x.ogg", SF_FORMAT_OGG | SF_FORMAT_VORBIS},
                                                {"x.mp3", 0x230000 | 0x0082}}) {
    encode(f / name, format, 1, 22050, x);
    const std::string whole = read_file(f / name).value();
    for (std::size_t parts : {1u, 3u, 5u, 7u, 8u, 9u}) {
      INFO(name << " " << parts << "/10 of " << whole.size());
      write_file(f / "part", whole.substr(0, whole.size() * parts / 10)).value();
      CHECK_FALSE(read_sound_file(f / "part"));
    }
    write_file(f / "whole", whole).value();
    CHECK(read_sound_file(f / "whole"));
  }
  write_file(f / "header.wav", wav(4, "abcd").substr(0, 30)).value();
  CHECK_FALSE(read_sound_file(f / "header.wav"));
}

TEST_CASE("sound file: a header's claims are not believed") {
  const folder f;
  write_file(f / "x.wav", wav(4, "abcd")).value();
  CHECK(read_sound_file(f / "x.wav").value().samples.size() == 2);
  write_file(f / "x.wav", wav(0xFFFFFF00, "abcd")).value();
  CHECK(what(read_sound_file(f / "x.wav")) == cut);
  write_file(f / "x.wav", wav(0xFFFFFFFF, "abcd")).value();  // written into a pipe: the end of the file is the end
  CHECK(read_sound_file(f / "x.wav").value().samples.size() == 2);
  write_file(f / "x.wav", wav(0, "")).value();
  CHECK(what(read_sound_file(f / "x.wav")) == "the sound file has no samples");
  std::string no_channels = wav(4, "abcd");
  no_channels[22] = 0;
  write_file(f / "x.wav", no_channels).value();
  CHECK_FALSE(read_sound_file(f / "x.wav"));
}

TEST_CASE("sound file: any broken byte gives a recording or an error, never a crash") {
  const folder f;
  const auto x = tone(300, 8000);
  for (const auto& [name, format] : std::vector<std::pair<const char*, int>>{
           {"x.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16}, {"x.flac", SF_FORMAT_FLAC | SF_FORMAT_PCM_16}}) {
    encode(f / name, format, 1, 8000, x);
    const std::string whole = read_file(f / name).value();
    for (std::size_t i = 0; i < std::min<std::size_t>(whole.size(), 120); ++i) {
      std::string broken = whole;
      broken[i] = static_cast<char>(broken[i] ^ 0xFF);
      write_file(f / "broken", broken).value();
      const auto r = read_sound_file(f / "broken", {.longest = 100'000});
      if (r) CHECK(r->samples.size() <= 100'000);
    }
  }
}

TEST_CASE("sound file: samples must be finite, and not too many") {
  const folder f;
  const float nan = std::numeric_limits<float>::quiet_NaN(), infinite = std::numeric_limits<float>::infinity();
  for (float bad : {nan, infinite, -infinite}) {
    encode(f / "x.wav", SF_FORMAT_WAV | SF_FORMAT_FLOAT, 1, 8000, {0, 0, bad, 0});
    CHECK(what(read_sound_file(f / "x.wav")) == "non-finite sample");
    CHECK_FALSE(write_sound_file(f / "y.wav", std::vector<float>{0, bad}, 8000));
  }
  CHECK_FALSE(std::filesystem::exists(f / "y.wav"));
  write_sound_file(f / "x.wav", std::vector<float>(100), 8000).value();
  CHECK(read_sound_file(f / "x.wav", {.longest = 100}));
  CHECK(what(read_sound_file(f / "x.wav", {.longest = 99})) == "too many samples");
  CHECK(what(read_sound_file(f / "x.wav", {.rate = 16000, .longest = 199})) == "too many samples");
}

TEST_CASE("sound file: nothing is written without samples or rate") {
  const folder f;
  CHECK_FALSE(write_sound_file(f / "x.wav", {}, 8000));
  CHECK_FALSE(write_sound_file(f / "x.wav", std::vector<float>{0}, 0));
  CHECK_FALSE(std::filesystem::exists(f / "x.wav"));
}
