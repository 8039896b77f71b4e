#pragma once
#include <auris/core/kernel.hpp>
#include <auris/core/random.hpp>

namespace auris::op {

/// Dropout: each value is zeroed with a probability, the others grow by 1 / (1 - probability).
///
///     forward    y[n, i] = key.uniform((first_item + n) * count + i) < probability ? 0 : x[n, i] / (1 - probability)
///
/// x, y (items, count); y may be x. Backward is the same map applied to dy: nothing is kept in between. probability in [0, 1).
/// A backend that names a key of its own (`random_of`), which is made of a random_key, has it in the place of random_key.
///
///     template <class T> struct kernel<op::dropout, Backend, T> {
///       static void forward(const resources<Backend, T>&, const op::dropout::size&, const random_key& key, const T* x,
///                           T* y) noexcept;
///     };
struct dropout {
  struct size {
    idx items, count;
    double probability;
  };
};

}  // namespace auris::op
