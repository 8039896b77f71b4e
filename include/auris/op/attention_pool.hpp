#pragma once
#include <auris/core/kernel.hpp>

namespace auris::op {

/// Attention pooling of an axis, with two linear maps along it: a step of two-step attention.
///
/// x (items, before, length, inner), length > 0; for each (item, before, inner)
///
///     u[o] = value_bias[o] + sum_l value[o, l] x[l]           v[o] = attention_bias[o] + sum_l attention[o, l] x[l]
///     code     a = softmax(v)              y = sum_o a[o] sigmoid(u[o])
///     paper    a = softmax(sigmoid(v))     y = sum_o a[o] u[o]
///
/// y (items, before, inner); a (items, inner, before, length): a map for each of `inner`, classes say. Neither u nor v is
/// written, nor is a where it is null; y may be null, too. value and attention (length, length), rows o, and their biases
/// (length): `weights`. backward computes u and v again from x; dy and da may be null, `gradients` is null or what to add to.
///
///     template <class T> struct kernel<op::attention_pool, Backend, T> {
///       using R = resources<Backend, T>;
///       static void forward(const R&, const op::attention_pool::size&, const T* x,
///                           const op::attention_pool::weights<const T>& w, T* y, T* a) noexcept;
///       static void backward(const R&, const op::attention_pool::size&, const T* x,
///                            const op::attention_pool::weights<const T>& w, const T* dy, const T* da, T* dx,
///                            const op::attention_pool::weights<T>* gradients) noexcept;
///     };
struct attention_pool {
  enum class form { code, paper };
  struct size {
    idx items, before, length, inner;
    form how = form::code;
    constexpr idx columns() const { return items * before * inner; }
    constexpr idx multiply_adds() const { return 2 * columns() * length * length; }
  };
  template <class T>
  struct weights {
    T *value, *value_bias, *attention, *attention_bias;
  };
};

}  // namespace auris::op
