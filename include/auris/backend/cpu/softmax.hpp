#pragma once
#include <auris/backend/cpu/line.hpp>
#include <auris/op/softmax.hpp>

namespace auris {

namespace detail {
/// Scratch of softmax and its kin: sixteen columns of (outer, length, inner) for each worker, their gradients too.
template <class Operation>
struct column_softmax {
  using size = typename Operation::size;
  static constexpr idx block(const size& s) { return s.length * line; }
  static constexpr idx forward_workspace(const size& s, int workers) { return workers * block(s); }
  static constexpr idx backward_workspace(const size& s, int workers) { return 2 * workers * block(s); }
};
}  // namespace detail

template <>
struct kernel<op::softmax, cpu, float> : private detail::column_softmax<op::softmax> {
  using R = resources<cpu, float>;
  using column_softmax::backward_workspace;
  using column_softmax::forward_workspace;

  static void forward(const R& r, const op::softmax::size& s, const float* x, float* y) noexcept;
  static void backward(const R& r, const op::softmax::size& s, const float* y, const float* dy, float* dx) noexcept;
};

template <>
struct kernel<op::log_softmax, cpu, float> : private detail::column_softmax<op::log_softmax> {
  using R = resources<cpu, float>;
  using column_softmax::backward_workspace;
  using column_softmax::forward_workspace;

  static void forward(const R& r, const op::log_softmax::size& s, const float* x, float* y) noexcept;
  static void backward(const R& r, const op::log_softmax::size& s, const float* y, const float* dy, float* dx) noexcept;
};

}  // namespace auris
