#pragma once
#include <auris/core/config.hpp>
#include <auris/core/shape.hpp>
#include <cstdint>

namespace auris {

/// The splitmix64 finaliser: a bijection of 64-bit numbers that looks random.
AURIS_HD constexpr std::uint64_t mix(std::uint64_t z) {
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

/// Element i of the uniform sequence of a seed, in [0, 1) with 24 bits: what the golden files are made with.
///
///     static_assert(uniform(0, 1) == 0.4315279722213745);
constexpr double uniform(std::uint64_t seed, std::uint64_t i) {
  return static_cast<double>(mix(seed + (i + 1) * 0x9E3779B97F4A7C15u) >> 40) * 0x1p-24;
}

/// Random numbers as a function of (seed, step, stream, element): no order and no threads, so that a mask or a shuffle
/// does not depend on who draws it, when, or on how a batch is split.
///
///     constexpr random_key key{.seed = 7, .step = 3};
///     static_assert(key.uniform(5) >= 0 && key.uniform(5) < 1 && key.uniform(5) != key.uniform(6));
struct random_key {
  std::uint64_t seed = 0;    ///< of the experiment
  std::uint64_t step = 0;    ///< of the optimiser, or any other running number
  std::uint64_t stream = 0;  ///< of the layer or purpose
  idx first_item = 0;        ///< where this part of the batch starts in the whole batch

  AURIS_HD constexpr std::uint64_t bits(std::uint64_t element) const { return bits_behind(start(), element); }
  /// In two steps, for who draws many: bits(element) = bits_behind(start(), element).
  AURIS_HD constexpr std::uint64_t start() const { return start_behind(of_step(), stream); }
  /// start in two steps as well, for who gets seed and step from elsewhere.
  AURIS_HD constexpr std::uint64_t of_step() const { return mix(mix(seed + golden) ^ (step + golden)); }
  AURIS_HD static constexpr std::uint64_t start_behind(std::uint64_t of_step, std::uint64_t stream) {
    return mix(of_step ^ (stream + golden));
  }
  AURIS_HD static constexpr std::uint64_t bits_behind(std::uint64_t start, std::uint64_t element) {
    return mix(start + (element + 1) * golden);
  }
  /// In [0, 1) with 53 bits.
  AURIS_HD constexpr double uniform(std::uint64_t element) const {
    return static_cast<double>(bits(element) >> 11) * 0x1p-53;
  }
  /// In [0, n), n > 0.
  AURIS_HD constexpr idx below(std::uint64_t element, idx n) const {
    return static_cast<idx>(bits(element) % static_cast<std::uint64_t>(n));
  }

 private:
  static constexpr std::uint64_t golden = 0x9E3779B97F4A7C15u;
};

/// The same numbers one after the other, for code that draws an unknown count of them (generators, shuffles, initialisers).
class random_sequence {
 public:
  constexpr explicit random_sequence(random_key key) : key_(key) {}
  constexpr explicit random_sequence(std::uint64_t seed, std::uint64_t stream = 0) : key_{seed, 0, stream, 0} {}
  constexpr double uniform() { return key_.uniform(next_++); }
  constexpr double uniform(double low, double high) { return low + (high - low) * uniform(); }
  constexpr idx below(idx n) { return key_.below(next_++, n); }

 private:
  random_key key_;
  std::uint64_t next_ = 0;
};

/// Puts [first, first + n) into random order (Fisher and Yates).
template <class T>
constexpr void shuffle(T* first, idx n, random_sequence& random) {
  for (idx i = n - 1; i > 0; --i) {
    const idx j = random.below(i + 1);
    T t = static_cast<T&&>(first[i]);
    first[i] = static_cast<T&&>(first[j]);
    first[j] = static_cast<T&&>(t);
  }
}

}  // namespace auris
