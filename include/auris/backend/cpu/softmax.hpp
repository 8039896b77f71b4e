#pragma once
#include <auris/backend/cpu/blocks.hpp>
#include <auris/backend/cpu/loops.hpp>
#include <auris/op/softmax.hpp>

namespace auris {
namespace detail {

/// Softmax and its kin, sixteen columns of (outer, length, inner) at a time: side by side in lines, each is a lane's work.
template <class Operation>
struct column_softmax {
  using R = resources<cpu, float>;
  using size = typename Operation::size;

  static constexpr idx forward_workspace(const size& s, int workers) { return workers * block(s); }
  static constexpr idx backward_workspace(const size& s, int workers) { return 2 * workers * block(s); }

  static void run(const R& r, const size& s, const loop<idx, float*>& columns, const float* x, float* y) noexcept {
    for_columns(*r.queue, s, [&](const idx* at, idx used, int worker) {
      float* const own = r.workspace + worker * block(s);
      gather(s, at, x, own);
      columns(s.length, own);
      scatter(s, at, used, own, y);
    });
  }
  static void run(const R& r, const size& s, const loop<idx, const float*, float*>& columns, const float* y,
                  const float* dy, float* dx) noexcept {
    for_columns(*r.queue, s, [&](const idx* at, idx used, int worker) {
      float *const own = r.workspace + 2 * worker * block(s), *const gradients = own + block(s);
      gather(s, at, y, own);
      gather(s, at, dy, gradients);
      columns(s.length, own, gradients);
      scatter(s, at, used, gradients, dx);
    });
  }

 private:
  static constexpr idx block(const size& s) { return s.length * line; }

  /// work(where the columns start, how many they are, worker); what is not a column repeats the first.
  template <class Work>
  static void for_columns(executor& e, const size& s, const Work& work) noexcept {
    const idx columns = s.outer * s.inner, lines = (columns + line - 1) / line;
    for_ranges(e, lines, row_grain(block(s)), [&](idx begin, idx end, int worker) {
      for (idx v = begin; v < end; ++v) {
        const idx first = v * line, used = columns - first < line ? columns - first : line;
        idx at[line];
        for (idx q = 0; q < line; ++q) {
          const idx column = first + (q < used ? q : 0);
          at[q] = column / s.inner * s.length * s.inner + column % s.inner;
        }
        work(at, used, worker);
      }
    });
  }
  [[gnu::noinline]] static void gather(const size& s, const idx* at, const float* x, float* to) noexcept {
    for (idx k = 0; k < s.length; ++k)
      for (idx q = 0; q < line; ++q) to[k * line + q] = x[at[q] + k * s.inner];
  }
  [[gnu::noinline]] static void scatter(const size& s, const idx* at, idx used, const float* from, float* y) noexcept {
    for (idx k = 0; k < s.length; ++k)
      for (idx q = 0; q < used; ++q) y[at[q] + k * s.inner] = from[k * line + q];
  }
};

}  // namespace detail

template <>
struct kernel<op::softmax, cpu, float> : private detail::column_softmax<op::softmax> {
  using column_softmax::backward_workspace;
  using column_softmax::forward_workspace;

  static void forward(const R& r, const op::softmax::size& s, const float* x, float* y) noexcept;
  static void backward(const R& r, const op::softmax::size& s, const float* y, const float* dy, float* dx) noexcept;
};

template <>
struct kernel<op::log_softmax, cpu, float> : private detail::column_softmax<op::log_softmax> {
  using column_softmax::backward_workspace;
  using column_softmax::forward_workspace;

  static void forward(const R& r, const op::log_softmax::size& s, const float* x, float* y) noexcept;
  static void backward(const R& r, const op::log_softmax::size& s, const float* y, const float* dy, float* dx) noexcept;
};

}  // namespace auris
