#pragma once
#include <auris/core/random.hpp>
#include <cstddef>
#include <cstring>
#include <type_traits>

namespace auris {

/// A number of 128 bits for a row of values, to find what was made of the same ones: the same values in the same pieces give
/// the same number, others another one. Not a secret: who wants to can find two rows with one number.
///
///     content_hash h;
///     h.add(44100), h.add(0.5);
///     const std::string name = h.text().digits;                        // 32 hexadecimal digits
class content_hash {
 public:
  /// The bytes of a piece, and how many they are.
  void add(const void* bytes, std::size_t count) noexcept {
    const auto* p = static_cast<const unsigned char*>(bytes);
    word(count);
    for (; count >= sizeof(std::uint64_t); p += sizeof(std::uint64_t), count -= sizeof(std::uint64_t)) {
      std::uint64_t w;
      std::memcpy(&w, p, sizeof w);
      word(w);
    }
    if (count > 0) {
      std::uint64_t w = 0;
      std::memcpy(&w, p, count);
      word(w);
    }
  }
  /// A number; of reals every bit counts.
  template <class T>
  requires(std::is_arithmetic_v<T> || std::is_enum_v<T>) void add(T value) noexcept { add(&value, sizeof value); }

  struct hexadecimal {
    char digits[33];
  };
  hexadecimal text() const noexcept {
    hexadecimal t{};
    for (int i = 0; i < 32; ++i) {
      const std::uint64_t half = i < 16 ? first_ : second_;
      t.digits[i] = "0123456789abcdef"[half >> (60 - 4 * (i % 16)) & 15];
    }
    return t;
  }

 private:
  void word(std::uint64_t w) noexcept {
    first_ = mix(first_ ^ w) + 0x9E3779B97F4A7C15u;
    second_ = mix(second_ + w) ^ 0xD1B54A32D192ED03u;
  }
  std::uint64_t first_ = 0x243F6A8885A308D3u, second_ = 0x13198A2E03707344u;
};

}  // namespace auris
