#pragma once
#include <auris/core/non_finite.hpp>
#include <span>

namespace auris::detail {

/// Looks for samples that are no finite numbers just before they are used, while they are near.
class finite_check {
 public:
  finite_check() = default;  ///< looks at nothing
  explicit finite_check(std::span<const float> samples) : samples_(samples) {}

  /// Looks at the samples before `end`, too: are all finite?
  bool up_to(idx end) {
    const auto stop = static_cast<std::size_t>(end);
    if (bad_ < 0 && seen_ < stop && stop <= samples_.size()) {
      if (const idx i = non_finite(samples_.data() + seen_, end - static_cast<idx>(seen_)); i >= 0)
        bad_ = static_cast<idx>(seen_) + i;
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
