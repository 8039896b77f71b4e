#include "wav.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace page {

namespace {
std::string little_endian(std::uint32_t v, int bytes) {
  std::string s;
  for (int i = 0; i < bytes; ++i) s += static_cast<char>(v >> 8 * i & 0xFF);
  return s;
}
}  // namespace

std::string encode_wav(const auris::recording& r) {
  const auto length = static_cast<std::uint32_t>(2 * r.samples.size()), rate = static_cast<std::uint32_t>(r.rate);
  std::string s = "RIFF" + little_endian(36 + length, 4) + "WAVEfmt " + little_endian(16, 4) + little_endian(1, 2) +
                  little_endian(1, 2) + little_endian(rate, 4) + little_endian(2 * rate, 4) + little_endian(2, 2) +
                  little_endian(16, 2) + "data" + little_endian(length, 4);
  s.reserve(s.size() + length);
  for (const float sample : r.samples) {
    const float v = std::isfinite(sample) ? std::clamp(sample * 32768.0f, -32768.0f, 32767.0f) : 0.0f;
    s += little_endian(static_cast<std::uint32_t>(std::lrint(v)), 2);
  }
  return s;
}

}  // namespace page
