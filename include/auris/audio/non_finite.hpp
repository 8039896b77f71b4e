#pragma once
#include <auris/core/shape.hpp>
#include <cmath>
#include <cstdint>
#include <span>

namespace auris::detail {

/// The index of the first sample that is no finite number, or -1.
inline idx non_finite(std::span<const float> x) {
  using words [[gnu::vector_size(16)]] = std::uint32_t;  // compilers find no vectors in this loop by themselves
  constexpr std::size_t at_once = 64;
  std::size_t i = 0;
  for (; i + at_once <= x.size(); i += at_once) {
    words any{};
    for (std::size_t k = 0; k < at_once; k += 4) {
      words w;
      __builtin_memcpy(&w, x.data() + i + k, sizeof w);
      any |= (w & 0x7f800000u) + 0x00800000u;  // the topmost bit where the exponent is the largest
    }
    if ((any[0] | any[1] | any[2] | any[3]) >> 31) break;
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
