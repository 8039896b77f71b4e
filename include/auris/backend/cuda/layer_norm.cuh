#pragma once
#include <auris/backend/cuda/axis.cuh>
#include <auris/backend/cuda/column_sum.cuh>
#include <auris/backend/cuda/layer_norm.hpp>
#include <cmath>

namespace auris {

namespace detail::gpu {

/// Mean and 1 / deviation of the row of a thread.
template <class T>
struct row_statistics {
  T mean, scale;

  template <class Threads>
  __device__ row_statistics(const Threads& threads, const T* x, T length, T epsilon) {
    T sum[1] = {}, spread[1] = {};
    threads.each([&](int, idx, T v) { sum[0] += v; }, x);
    threads.reduce(sum, add{});
    mean = sum[0] / length;
    threads.each([&](int, idx, T v) { spread[0] += (v - mean) * (v - mean); }, x);
    threads.reduce(spread, add{});
    scale = T(1) / std::sqrt(spread[0] / length + epsilon);
  }
};

template <class T>
struct layer_norm_forward {
  const T *weight, *bias;
  T length, epsilon;
  template <class Threads>
  __device__ void operator()(const Threads& threads, T* y, const T* x) const {
    const row_statistics<T> row(threads, x, length, epsilon);
    threads.write(
        y,
        [&](int, idx i, T v) {
          const T normalised = (v - row.mean) * row.scale;
          return normalised * (weight ? weight[i] : T(1)) + (bias ? bias[i] : T(0));
        },
        x);
  }
};

/// Keeps the statistics of the rows; writes dx, unless it is null.
template <class T>
struct layer_norm_backward {
  const T* weight;
  T *mean, *scale;
  T length, epsilon;
  template <class Threads>
  __device__ void operator()(const Threads& threads, T* dx, const T* x, const T* dy) const {
    const row_statistics<T> row(threads, x, length, epsilon);
    threads.give(mean, {row.mean});
    threads.give(scale, {row.scale});
    if (!dx) return;
    const auto weighted = [&](idx i, T gradient) { return weight ? gradient * weight[i] : gradient; };
    several<T, 2> sum[1] = {};
    threads.each(
        [&](int, idx i, T v, T gradient) {
          const T g = weighted(i, gradient);
          sum[0] = sum[0] + several<T, 2>{{g, g * (v - row.mean) * row.scale}};
        },
        x, dy);
    threads.reduce(sum, add{});
    const T mean_gradient = sum[0].v[0] / length, slope = sum[0].v[1] / length;
    threads.write(
        dx,
        [&](int, idx i, T v, T gradient) {
          return row.scale * (weighted(i, gradient) - mean_gradient - (v - row.mean) * row.scale * slope);
        },
        x, dy);
  }
};
/// Over dy and x: sum dy * (x - mean) * scale, with mean and scale of the row, and sum dy.
template <class T>
struct layer_norm_sums {
  static constexpr int sums = 2;
  const T *mean, *scale;
  struct coefficients {};
  __device__ coefficients of(idx) const { return {}; }
  __device__ several<T, 2> value(idx row, coefficients, const several<T, 2>& at) const {
    return {{at.v[0] * (at.v[1] - mean[row]) * scale[row], at.v[0]}};
  }
};
template <class T>
struct layer_norm_gradients {
  T *dweight, *dbias;
  __device__ void operator()(idx i, const several<T, 2>& sum) const {
    if (dweight) dweight[i] += sum.v[0];
    if (dbias) dbias[i] += sum.v[1];
  }
};

template <class T>
struct l2_normalize_forward {
  T epsilon;
  template <class Threads>
  __device__ void operator()(const Threads& threads, T* y, const T* x) const {
    T square[1] = {};
    threads.each([&](int, idx, T v) { square[0] += v * v; }, x);
    threads.reduce(square, add{});
    const T norm = std::sqrt(square[0]), divisor = norm < epsilon ? epsilon : norm;
    threads.write(
        y, [&](int, idx, T v) { return v / divisor; }, x);
  }
};
template <class T>
struct l2_normalize_backward {
  T epsilon;
  template <class Threads>
  __device__ void operator()(const Threads& threads, T* dx, const T* x, const T* dy) const {
    several<T, 2> sum[1] = {};
    threads.each([&](int, idx, T v, T gradient) { sum[0] = sum[0] + several<T, 2>{{v * v, v * gradient}}; }, x, dy);
    threads.reduce(sum, add{});
    const T norm = std::sqrt(sum[0].v[0]);
    const bool constant = norm < epsilon;
    const T divisor = constant ? epsilon : norm, product = constant ? T(0) : sum[0].v[1] / divisor;
    threads.write(
        dx, [&](int, idx, T v, T gradient) { return (gradient - product * (v / divisor)) / divisor; }, x, dy);
  }
};

}  // namespace detail::gpu

template <class T>
void kernel<op::layer_norm, cuda, T>::forward(const R& r, const op::layer_norm::size& s, const T* x, const T* weight,
                                              const T* bias, T* y) noexcept {
  detail::gpu::launch_along_rows(
      "layer_norm forward", r.queue, s.rows, s.length,
      detail::gpu::layer_norm_forward<T>{weight, bias, static_cast<T>(s.length), static_cast<T>(s.epsilon)}, y, x);
}

template <class T>
void kernel<op::layer_norm, cuda, T>::backward(const R& r, const op::layer_norm::size& s, const T* x, const T* weight,
                                               const T* dy, T* dx, T* dweight, T* dbias) noexcept {
  namespace gpu = detail::gpu;
  const char* const operation = "layer_norm backward";
  T *const mean = r.workspace, *const scale = mean + s.rows;
  gpu::launch_along_rows(
      operation, r.queue, s.rows, s.length,
      gpu::layer_norm_backward<T>{weight, mean, scale, static_cast<T>(s.length), static_cast<T>(s.epsilon)}, dx, x, dy);
  if (dweight || dbias)
    gpu::sum_columns(operation, r.queue, gpu::column_layout{s.rows, s.length, 1, s.length},
                     gpu::layer_norm_sums<T>{mean, scale}, gpu::layer_norm_gradients<T>{dweight, dbias},
                     gpu::several<const T*, 2>{{dy, x}}, scale + s.rows);
}

template <class T>
void kernel<op::l2_normalize, cuda, T>::forward(const R& r, const op::l2_normalize::size& s, const T* x,
                                                T* y) noexcept {
  detail::gpu::launch_along_rows("l2_normalize forward", r.queue, s.rows, s.length,
                                 detail::gpu::l2_normalize_forward<T>{static_cast<T>(s.epsilon)}, y, x);
}
template <class T>
void kernel<op::l2_normalize, cuda, T>::backward(const R& r, const op::l2_normalize::size& s, const T* x, const T* dy,
                                                 T* dx) noexcept {
  detail::gpu::launch_along_rows("l2_normalize backward", r.queue, s.rows, s.length,
                                 detail::gpu::l2_normalize_backward<T>{static_cast<T>(s.epsilon)}, dx, x, dy);
}

}  // namespace auris
