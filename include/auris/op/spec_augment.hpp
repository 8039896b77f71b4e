#pragma once
#include <auris/core/kernel.hpp>
#include <auris/core/random.hpp>

namespace auris::op {

/// Stripes of time and of mel are set to zero, other ones for each item.
///
///     forward    y[n, t, m, c] = 0 where t lies in a stripe of time of item n, or m in one of mel, else x[n, t, m, c]
///
/// Stripe j of an item (those of time first) starts at key.below(e + 1, extent - width) of an axis of `extent`, width =
/// key.below(e, min(widest, extent)), with e = 2 ((first_item + n) (in_time.count + in_mel.count) + j): narrower than `widest`
/// and than the axis. An axis without values has no stripes.
///
/// x, y (items, time, mel, channels); y may be x; widest > 0. Backward is the same map applied to dy: nothing is kept in
/// between. A backend that names a key of its own (`random_of`), which is made of a random_key, has it in the place of
/// random_key.
///
///     template <class T> struct kernel<op::spec_augment, Backend, T> {
///       static void forward(const resources<Backend, T>&, const op::spec_augment::size&, const random_key& key,
///                           const T* x, T* y) noexcept;
///     };
struct spec_augment {
  struct stripes {
    idx count, widest;
  };
  struct size {
    idx items, time, mel, channels;
    stripes in_time, in_mel;
  };
  struct stripe {
    idx first, width;
    AURIS_HD constexpr bool holds(idx place) const { return place >= first && place < first + width; }
  };
  /// The stripe whose numbers are those behind `start` (`random_key::start`) at `element` and the next.
  AURIS_HD static constexpr stripe stripe_of(std::uint64_t start, std::uint64_t element, idx extent, idx widest) {
    const auto below = [&](std::uint64_t e, idx n) {
      return static_cast<idx>(random_key::bits_behind(start, e) % static_cast<std::uint64_t>(n));
    };
    const idx width = below(element, widest < extent ? widest : extent);
    return {below(element + 1, extent - width), width};
  }
};

}  // namespace auris::op
