#pragma once
#include <auris/core/executor.hpp>
#include <auris/op/spec_augment.hpp>

namespace auris {

template <class T>
struct kernel<op::spec_augment, reference, T> {
  static void forward(const resources<reference, T>& r, const op::spec_augment::size& s, const random_key& key,
                      const T* x, T* y) noexcept {
    const idx row = s.mel * s.channels, all = s.time * row;
    const std::uint64_t start = key.start();
    if (all == 0) return;
    for_ranges(*r.queue, s.items, 1, [&](idx n, idx, int) {
      T* item = y + n * all;
      if (x != y)
        for (idx k = 0; k < all; ++k) item[k] = x[n * all + k];
      const auto zero = [](T* from, idx count) {
        for (idx k = 0; k < count; ++k) from[k] = T(0);
      };
      auto element = static_cast<std::uint64_t>(2 * (key.first_item + n) * (s.in_time.count + s.in_mel.count));
      for (idx j = 0; j < s.in_time.count; ++j, element += 2) {
        const auto stripe = op::spec_augment::stripe_of(start, element, s.time, s.in_time.widest);
        zero(item + stripe.first * row, stripe.width * row);
      }
      for (idx j = 0; j < s.in_mel.count; ++j, element += 2) {
        const auto stripe = op::spec_augment::stripe_of(start, element, s.mel, s.in_mel.widest);
        for (idx t = 0; t < s.time; ++t) zero(item + t * row + stripe.first * s.channels, stripe.width * s.channels);
      }
    });
  }
};

}  // namespace auris
