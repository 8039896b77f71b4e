#pragma once
#include <auris/backend/cuda/attention_pool.hpp>
#include <auris/backend/cuda/column_sum.cuh>
#include <auris/backend/cuda/product.cuh>
#include <cmath>

namespace auris {

namespace detail::gpu {

inline constexpr int attention_threads = 256, attention_columns = attention_threads / warp_lanes;

template <class T>
__device__ T logistic(T v) {
  return T(1) / (T(1) + std::exp(-v));
}

/// The columns of a block, a warp to each: x [length][columns], u and v [columns][length] in shared memory.
template <class T>
struct attention_block {
  static constexpr int width = 4, groups = attention_columns / width;
  op::attention_pool::size s;
  idx columns;
  T *x, *u, *v;

  __device__ attention_block(const op::attention_pool::size& size, idx all, T* shared)
      : s(size),
        columns(all),
        x(shared),
        u(x + size.length * attention_columns),
        v(u + size.length * attention_columns) {}
  __device__ bool code() const { return s.how == op::attention_pool::form::code; }
  __device__ idx column(int c) const { return static_cast<idx>(blockIdx.x) * attention_columns + c; }
  /// Where a column starts in x, and where its weights stand in a.
  __device__ idx place(idx c) const { return c / s.inner * s.length * s.inner + c % s.inner; }
  __device__ idx map(idx c) const {
    const idx row = c / s.inner, n = row / s.before;
    return ((n * s.inner + c % s.inner) * s.before + row % s.before) * s.length;
  }

  /// x, u and v of all columns; v becomes what softmax is taken of.
  __device__ void compute(const T* from, const op::attention_pool::weights<const T>& w) const {
    const int thread = static_cast<int>(threadIdx.x), c = thread % attention_columns;
    const idx first = column(c) < columns ? place(column(c)) : -1;
    for (idx l = thread / attention_columns; l < s.length; l += attention_threads / attention_columns)
      x[l * attention_columns + c] = first < 0 ? T(0) : from[first + l * s.inner];
    __syncthreads();
    const int group = thread % groups * width;
    for (idx o = thread / groups; o < s.length; o += attention_threads / groups) {
      pack<T, width> value, attention;
      AURIS_UNROLL
      for (int k = 0; k < width; ++k) value.v[k] = w.value_bias[o], attention.v[k] = w.attention_bias[o];
      for (idx l = 0; l < s.length; ++l) {
        const auto four = read_pack<width>(x + l * attention_columns + group);
        const T by_value = w.value[o * s.length + l], by_attention = w.attention[o * s.length + l];
        AURIS_UNROLL
        for (int k = 0; k < width; ++k) {
          value.v[k] += by_value * four.v[k];
          attention.v[k] += by_attention * four.v[k];
        }
      }
      AURIS_UNROLL
      for (int k = 0; k < width; ++k) {
        u[(group + k) * s.length + o] = value.v[k];
        v[(group + k) * s.length + o] = code() ? attention.v[k] : logistic(attention.v[k]);
      }
    }
    __syncthreads();
  }
  /// f(o) for the values of the thread in its warp's column.
  template <class F>
  __device__ void each(const F& f) const {
    for (idx o = threadIdx.x % warp_lanes; o < s.length; o += warp_lanes) f(o);
  }
};

/// The warp's column: its weights and what they average.
template <class T>
struct attention_column {
  const attention_block<T>& block;
  T *u, *v, most, sum = 0, mean = 0;

  __device__ attention_column(const attention_block<T>& b, int c)
      : block(b), u(b.u + c * b.s.length), v(b.v + c * b.s.length), most(-static_cast<T>(INFINITY)) {
    b.each([&](idx o) { most = larger{}(most, v[o]); });
    most = warp_reduce(most, 1, warp_lanes, larger{});
    b.each([&](idx o) {
      const T e = std::exp(v[o] - most);
      sum += e;
      mean += e * value(o);
    });
    sum = warp_reduce(sum, 1, warp_lanes, add{});
    mean = warp_reduce(mean, 1, warp_lanes, add{}) / sum;
  }
  __device__ T value(idx o) const { return block.code() ? logistic(u[o]) : u[o]; }
  __device__ T weight(idx o) const { return std::exp(v[o] - most) / sum; }
};

template <class T>
__global__ void __launch_bounds__(attention_threads)
    attention_forward_kernel(op::attention_pool::size s, idx columns, const T* x,
                             op::attention_pool::weights<const T> w, T* y, T* a) {
  AURIS_DYNAMIC_SHARED(shared, T);
  const attention_block<T> block(s, columns, shared);
  block.compute(x, w);
  const int warp = static_cast<int>(threadIdx.x) / warp_lanes;
  const idx column = block.column(warp);
  if (column >= columns) return;
  const attention_column<T> of(block, warp);
  if (y && threadIdx.x % warp_lanes == 0) y[column] = of.mean;
  if (a) block.each([&](idx o) { a[block.map(column) + o] = of.weight(o); });
}

/// Leaves du, dv and x in rows, (columns, length) each, where du is not null.
template <class T>
__global__ void __launch_bounds__(attention_threads)
    attention_backward_kernel(op::attention_pool::size s, idx columns, const T* x,
                              op::attention_pool::weights<const T> w, const T* dy, const T* da, T* dx, T* du, T* dv,
                              T* rows) {
  AURIS_DYNAMIC_SHARED(shared, T);
  const attention_block<T> block(s, columns, shared);
  block.compute(x, w);
  const int thread = static_cast<int>(threadIdx.x), warp = thread / warp_lanes;
  if (const idx column = block.column(warp); column < columns) {
    const attention_column<T> of(block, warp);
    const T g = dy ? dy[column] : T(0);
    const T* const given = da ? da + block.map(column) : nullptr;
    const auto slope = [&](idx o) { return g * of.value(o) + (given ? given[o] : T(0)); };
    T sum = 0;
    block.each([&](idx o) { sum += of.weight(o) * slope(o); });
    sum = warp_reduce(sum, 1, warp_lanes, add{});
    block.each([&](idx o) {
      const T share = of.weight(o), by_weight = share * (slope(o) - sum), value = of.value(o), gate = of.v[o];
      of.u[o] = block.code() ? g * share * value * (T(1) - value) : g * share;
      of.v[o] = block.code() ? by_weight : by_weight * gate * (T(1) - gate);
      if (!du) return;
      du[column * s.length + o] = of.u[o];
      dv[column * s.length + o] = of.v[o];
      rows[column * s.length + o] = block.x[o * attention_columns + warp];
    });
  }
  if (!dx) return;
  __syncthreads();
  using values = attention_block<T>;
  const int group = thread % values::groups * values::width;
  for (idx l = thread / values::groups; l < s.length; l += attention_threads / values::groups) {
    T sum[values::width] = {};
    for (idx o = 0; o < s.length; ++o) {
      const T by_value = w.value[o * s.length + l], by_attention = w.attention[o * s.length + l];
      AURIS_UNROLL
      for (int k = 0; k < values::width; ++k) {
        const idx at = (group + k) * s.length + o;
        sum[k] += by_value * block.u[at] + by_attention * block.v[at];
      }
    }
    AURIS_UNROLL
    for (int k = 0; k < values::width; ++k)
      if (const idx column = block.column(group + k); column < columns) dx[block.place(column) + l * s.inner] = sum[k];
  }
}

template <class T>
launch_options attention_launch(const char* operation, cuda_stream stream, const op::attention_pool::size& s) {
  const idx blocks = (s.columns() + attention_columns - 1) / attention_columns;
  return {operation, static_cast<unsigned>(blocks), attention_threads, stream,
          sizeof(T) * static_cast<std::size_t>(3 * s.length * attention_columns)};
}

}  // namespace detail::gpu

template <class T>
void kernel<op::attention_pool, cuda, T>::forward(const R& r, const size& s, const T* x, const weights<const T>& w,
                                                  T* y, T* a) noexcept {
  namespace gpu = detail::gpu;
  gpu::launch(gpu::attention_launch<T>("attention_pool forward", r.queue, s), gpu::attention_forward_kernel<T>, s,
              s.columns(), x, w, y, a);
}

template <class T>
void kernel<op::attention_pool, cuda, T>::backward(const R& r, const size& s, const T* x, const weights<const T>& w,
                                                   const T* dy, const T* da, T* dx,
                                                   const weights<T>* gradients) noexcept {
  namespace gpu = detail::gpu;
  constexpr const char* operation = "attention_pool backward";
  const idx columns = s.columns(), length = s.length, all = columns * length;
  T *const du = gradients ? r.workspace : nullptr, *const dv = gradients ? du + all : nullptr;
  T *const rows = gradients ? dv + all : nullptr, *const scratch = gradients ? rows + all : nullptr;
  gpu::launch(gpu::attention_launch<T>(operation, r.queue, s), gpu::attention_backward_kernel<T>, s, columns, x, w, dy,
              da, dx, du, dv, rows);
  if (!gradients) return;
  using across = gpu::matrix_lines<T, false>;
  const auto add = [&](const T* gradient, T* weight, T* bias) {
    gpu::multiply<T>(operation, r.queue, length, length, columns, across{gradient, length}, across{rows, length},
                     gpu::destination<T>::add_to(weight, length), scratch);
    gpu::add_column_sums(operation, r.queue, columns, length, gradient, length, bias, scratch);
  };
  add(du, gradients->value, gradients->value_bias);
  add(dv, gradients->attention, gradients->attention_bias);
}

}  // namespace auris
