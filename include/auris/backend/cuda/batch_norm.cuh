#pragma once
#include <auris/backend/cuda/batch_norm.hpp>
#include <auris/backend/cuda/column_map.cuh>
#include <auris/backend/cuda/column_moments.cuh>
#include <auris/backend/cuda/column_sum.cuh>
#include <cmath>

namespace auris {

namespace detail::gpu {

template <class T>
struct scale_and_shift {
  const T *scale, *shift;
  struct coefficients {
    T scale, shift;
  };
  __device__ coefficients of(idx c) const { return {scale[c], shift[c]}; }
  __device__ T value(const coefficients& of, const several<T, 1>& x) const { return x.v[0] * of.scale + of.shift; }
};

/// Keeps mean and variance of a batch's channel, and moves the running ones.
template <class T>
struct batch_statistics {
  T *mean, *variance, *running_mean, *running_variance;
  T count, unbiased_count, momentum;
  __device__ void operator()(idx c, T found, T spread) const {
    mean[c] = found;
    variance[c] = spread / count;
    if (running_mean) running_mean[c] += momentum * (found - running_mean[c]);
    if (running_variance) running_variance[c] += momentum * (spread / unbiased_count - running_variance[c]);
  }
};

/// y = (x - mean) * factor + bias, of one channel.
template <class T>
struct standardisation {
  T mean, factor, bias;
  __device__ T of(T x) const { return (x - mean) * factor + bias; }
};

template <class T>
struct normalisation {
  const T *mean, *variance, *weight, *bias;
  T* saved_mean;
  T* saved_scale;
  T epsilon;
  using coefficients = standardisation<T>;
  __device__ coefficients of(idx c) const {
    const T scale = T(1) / std::sqrt(variance[c] + epsilon);
    if (blockIdx.y == 0 && threadIdx.y == 0) {
      if (saved_mean) saved_mean[c] = mean[c];
      if (saved_scale) saved_scale[c] = scale;
    }
    return {mean[c], scale * weight[c], bias[c]};
  }
  __device__ T value(const coefficients& of, const several<T, 1>& x) const { return of.of(x.v[0]); }
};

/// The same from what was saved.
template <class T>
struct saved_normalisation {
  const T *mean, *scale, *weight, *bias;
  using coefficients = standardisation<T>;
  __device__ coefficients of(idx c) const { return {mean[c], scale[c] * weight[c], bias[c]}; }
  __device__ T value(const coefficients& of, const several<T, 1>& x) const { return of.of(x.v[0]); }
};

/// Over dy and x: sum dy, and sum dy * (x - mean).
template <class T>
struct normalisation_sums {
  static constexpr int sums = 2;
  const T* mean;
  using coefficients = T;
  __device__ T of(idx c) const { return mean[c]; }
  __device__ several<T, 2> value(idx, T of, const several<T, 2>& at) const {
    return {{at.v[0], at.v[0] * (at.v[1] - of)}};
  }
};
template <class T>
struct normalisation_gradients {
  const T* scale;
  T *dweight, *dbias;
  T *mean_gradient, *slope;  ///< of the statistics, over one value
  T count;
  __device__ void operator()(idx c, const several<T, 2>& sum) const {
    const T along = sum.v[1] * scale[c];
    if (dweight) dweight[c] += along;
    if (dbias) dbias[c] += sum.v[0];
    mean_gradient[c] = sum.v[0] / count;
    slope[c] = along * scale[c] / count;
  }
};

/// dx from dy and x.
template <class T>
struct through_statistics {
  const T *mean, *scale, *weight, *mean_gradient, *slope;
  struct coefficients {
    T mean, factor, mean_gradient, slope;
  };
  __device__ coefficients of(idx c) const { return {mean[c], weight[c] * scale[c], mean_gradient[c], slope[c]}; }
  __device__ T value(const coefficients& of, const several<T, 2>& at) const {
    return (at.v[0] - of.mean_gradient - (at.v[1] - of.mean) * of.slope) * of.factor;
  }
};
/// dx from dy, with statistics that do not depend on x.
template <class T>
struct through_constants {
  const T *scale, *weight;
  using coefficients = T;
  __device__ T of(idx c) const { return weight[c] * scale[c]; }
  __device__ T value(T of, const several<T, 1>& dy) const { return dy.v[0] * of; }
};

}  // namespace detail::gpu

template <class T>
void kernel<op::scale_shift, cuda, T>::forward(const resources<cuda, T>& r, const op::scale_shift::size& s, const T* x,
                                               const T* scale, const T* shift, T* y) noexcept {
  namespace gpu = detail::gpu;
  gpu::map_columns("scale_shift forward", r.queue, gpu::column_layout::channels(s.outer, s.channels, s.inner),
                   gpu::scale_and_shift<T>{scale, shift}, gpu::several<const T*, 1>{{x}}, y);
}

template <class T>
void kernel<op::batch_norm, cuda, T>::train(const R& r, const op::batch_norm::size& s, const T* x, const T* weight,
                                            const T* bias, T* running_mean, T* running_variance, T* saved_mean,
                                            T* saved_scale, T* y) noexcept {
  namespace gpu = detail::gpu;
  const gpu::column_layout m = gpu::column_layout::channels(s.outer, s.channels, s.inner);
  if (m.rows == 0) return;
  T *const mean = r.workspace, *const variance = mean + s.channels;
  const T count = static_cast<T>(m.rows), unbiased_count = m.rows > 1 ? count - 1 : count;
  gpu::find_column_moments("batch_norm train", r.queue, m, x,
                           gpu::batch_statistics<T>{mean, variance, running_mean, running_variance, count,
                                                    unbiased_count, static_cast<T>(s.momentum)},
                           variance + s.channels);
  forward(r, s, x, weight, bias, mean, variance, saved_mean, saved_scale, y);
}

template <class T>
void kernel<op::batch_norm, cuda, T>::forward(const R& r, const op::batch_norm::size& s, const T* x, const T* weight,
                                              const T* bias, const T* running_mean, const T* running_variance,
                                              T* saved_mean, T* saved_scale, T* y) noexcept {
  namespace gpu = detail::gpu;
  gpu::map_columns("batch_norm forward", r.queue, gpu::column_layout::channels(s.outer, s.channels, s.inner),
                   gpu::normalisation<T>{running_mean, running_variance, weight, bias, saved_mean, saved_scale,
                                         static_cast<T>(s.epsilon)},
                   gpu::several<const T*, 1>{{x}}, y);
}

template <class T>
void kernel<op::batch_norm, cuda, T>::again(const R& r, const op::batch_norm::size& s, const T* x, const T* weight,
                                            const T* bias, const T* saved_mean, const T* saved_scale, T* y) noexcept {
  namespace gpu = detail::gpu;
  gpu::map_columns("batch_norm again", r.queue, gpu::column_layout::channels(s.outer, s.channels, s.inner),
                   gpu::saved_normalisation<T>{saved_mean, saved_scale, weight, bias}, gpu::several<const T*, 1>{{x}},
                   y);
}

template <class T>
void kernel<op::batch_norm, cuda, T>::backward(const R& r, const op::batch_norm::size& s, bool constant, const T* x,
                                               const T* weight, const T* saved_mean, const T* saved_scale, const T* dy,
                                               T* dx, T* dweight, T* dbias) noexcept {
  namespace gpu = detail::gpu;
  const char* const operation = "batch_norm backward";
  const gpu::column_layout m = gpu::column_layout::channels(s.outer, s.channels, s.inner);
  if (m.rows == 0) return;
  T *const mean_gradient = r.workspace, *const slope = mean_gradient + s.channels;
  const gpu::several<const T*, 2> dy_and_x{{dy, x}};
  const bool statistics = dx && !constant;
  if (statistics || dweight || dbias)
    gpu::sum_columns(
        operation, r.queue, m, gpu::normalisation_sums<T>{saved_mean},
        gpu::normalisation_gradients<T>{saved_scale, dweight, dbias, mean_gradient, slope, static_cast<T>(m.rows)},
        dy_and_x, slope + s.channels);
  if (statistics)
    gpu::map_columns(operation, r.queue, m,
                     gpu::through_statistics<T>{saved_mean, saved_scale, weight, mean_gradient, slope}, dy_and_x, dx);
  else if (dx)
    gpu::map_columns(operation, r.queue, m, gpu::through_constants<T>{saved_scale, weight},
                     gpu::several<const T*, 1>{{dy}}, dx);
}

}  // namespace auris
