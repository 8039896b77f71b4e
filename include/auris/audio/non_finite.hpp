#pragma once
#include <auris/core/shape.hpp>
#include <bit>
#include <cmath>
#include <cstdint>
#include <span>

namespace auris::detail {

/// The index of the first sample that is no finite number, or -1.
inline idx non_finite(std::span<const float> x) {
  constexpr std::size_t block = 64;
  std::size_t i = 0;
  for (; i + block <= x.size(); i += block) {  // bits that are set in any of them, so that compilers find vectors
    std::uint32_t any = 0;
    for (std::size_t k = 0; k < block; ++k) any |= (std::bit_cast<std::uint32_t>(x[i + k]) & 0x7f800000u) + 0x00800000u;
    if (any >> 31) break;
  }
  for (; i < x.size(); ++i)
    if (!std::isfinite(x[i])) return static_cast<idx>(i);
  return -1;
}

/// Looks for samples that are no finite numbers just before they are used, while they are near.
class finite_check {
 public:
  finite_check() = default;  ///< looks at nothing
  explicit finite_check(std::span<const float> samples) : samples_(samples) {}

  /// Looks at the samples before `end`, too: are all finite?
  bool up_to(idx end) {
    const auto stop = static_cast<std::size_t>(end);
    if (bad_ < 0 && seen_ < stop && stop <= samples_.size()) {
      if (const idx i = non_finite(samples_.subspan(seen_, stop - seen_)); i >= 0) bad_ = static_cast<idx>(seen_) + i;
      seen_ = stop;
    }
    return bad_ < 0;
  }
  bool all() { return up_to(static_cast<idx>(samples_.size())); }
  idx first_bad() const { return bad_; }

 private:
  std::span<const float> samples_;
  std::size_t seen_ = 0;
  idx bad_ = -1;
};

}  // namespace auris::detail
