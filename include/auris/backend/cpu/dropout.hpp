#pragma once
#include <auris/backend/cpu/array.hpp>
#include <auris/op/dropout.hpp>

namespace auris {

template <class T>
struct kernel<op::dropout, cpu, T> {
  [[gnu::noinline]] static void forward(const resources<cpu, T>& r, const op::dropout::size& s, const random_key& key,
                                        const T* x, T* y) noexcept {
    const T scale = static_cast<T>(1 / (1 - s.probability));
    const idx first = key.first_item * s.count;
    detail::for_elements(*r.queue, s.items * s.count, [&](idx begin, idx end) {
      for (idx i = begin; i < end; ++i)
        y[i] = key.uniform(static_cast<std::uint64_t>(first + i)) < s.probability ? T(0) : x[i] * scale;
    });
  }
};

}  // namespace auris
