#pragma once
#include <auris/backend/cuda/divisor.cuh>
#include <auris/backend/cuda/elementwise.cuh>
#include <auris/backend/cuda/merge.hpp>

namespace auris {

namespace detail::gpu {

struct identity {
  template <class T>
  __device__ T operator()(T x) const {
    return x;
  }
};
struct sum_of_two {
  template <class T>
  __device__ T operator()(T a, T b) const {
    return a + b;
  }
};
struct product_of_two {
  template <class T>
  __device__ T operator()(T a, T b) const {
    return a * b;
  }
};

/// y[r * y_stride + i] = x[r * x_stride + i], Width values a thread and step; all sizes count packs.
template <int Width, class T>
__global__ void copy_rows_kernel(idx packs, divisor count, idx x_stride, idx y_stride, const T* x, T* y) {
  for_packs<1>(packs, [&](idx k, auto) {
    const idx row = k / count, i = k - row * count.value();
    write_pack(y + (row * y_stride + i) * Width, read_pack<Width>(x + (row * x_stride + i) * Width));
  });
}

/// y[k] = f(a[k], b[j]) with the place j of b (items, last) for the place k of a (items, repeat, last); all sizes count packs.
template <int Width, class T, class F>
__global__ void repeated_kernel(idx packs, divisor last, divisor item, T* y, F f, const T* a, const T* b) {
  for_packs<1>(packs, [&](idx k, auto) {
    const auto left = read_pack<Width>(a + k * Width);
    const auto right = read_pack<Width>(b + (k / item * last.value() + k % last) * Width);
    pack<T, Width> v;
    AURIS_UNROLL
    for (int w = 0; w < Width; ++w) v.v[w] = f(left.v[w], right.v[w]);
    write_pack(y + k * Width, v);
  });
}

/// Queues y = f(a, b), with b repeated where it is; y may be a.
template <class T, class Size, class F>
void merge(const char* operation, cuda_stream stream, const Size& s, T* y, const F& f, const T* a,
           const T* b) noexcept {
  const idx count = s.items * s.repeat * s.last;
  if (!s.repeated) return map(operation, stream, count, y, f, a, b);
  if (count <= 0) return;
  constexpr int wide = pack_width<T>;
  const bool packed = s.last % wide == 0 && aligned_for_packs<wide>(y, a, b);
  const idx width = packed ? wide : 1, packs = count / width, last = s.last / width;
  launch({operation, blocks_for(packs, element_threads), element_threads, stream},
         packed ? repeated_kernel<wide, T, F> : repeated_kernel<1, T, F>, packs, divisor(last),
         divisor(s.repeat * last), y, f, a, b);
}

inline constexpr int repeat_columns = 32, most_repeat_steps = 32;  // of a block

/// db[n, i] = sum over r of f(x[n, r, i]...) for x (items, repeat, last): a column of threads shares the terms of one value.
template <class T, class F, class... X>
__global__ void __launch_bounds__(repeat_columns* most_repeat_steps)
    sum_over_repeat_kernel(unsigned tiles, idx repeat, idx last, T* db, F f, const X*... x) {
  AURIS_SHARED(sums, T[most_repeat_steps][repeat_columns]);
  const int column = static_cast<int>(threadIdx.x), step = static_cast<int>(threadIdx.y);
  const int steps = static_cast<int>(blockDim.y);
  const idx n = blockIdx.x / tiles, i = static_cast<idx>(blockIdx.x % tiles) * repeat_columns + column;
  T sum = 0;
  if (i < last)
    for (idx r = step; r < repeat; r += steps) sum += f(x[(n * repeat + r) * last + i]...);
  sums[step][column] = sum;
  __syncthreads();
  if (step != 0 || i >= last) return;
  for (int k = 1; k < steps; ++k) sum += sums[k][column];
  db[n * last + i] = sum;
}

/// Queues the gradient of the operand that may be repeated: db = f(x...), summed over repeat when it is.
template <class T, class Size, class F, class... X>
void merge_gradient(const char* operation, cuda_stream stream, const Size& s, T* db, const F& f,
                    const X*... x) noexcept {
  if (!s.repeated) return map(operation, stream, s.items * s.repeat * s.last, db, f, x...);
  const auto tiles = static_cast<unsigned>((s.last + repeat_columns - 1) / repeat_columns);
  const unsigned steps = s.repeat > 64 ? most_repeat_steps : 8;
  launch({operation, static_cast<unsigned>(s.items) * tiles, dim3(repeat_columns, steps), stream},
         sum_over_repeat_kernel<T, F, X...>, tiles, s.repeat, s.last, db, f, x...);
}

}  // namespace detail::gpu

template <class T>
void kernel<op::copy, cuda, T>::forward(const resources<cuda, T>& r, const op::copy::size& s, const T* x,
                                        T* y) noexcept {
  namespace gpu = detail::gpu;
  if (s.rows <= 0 || s.count <= 0) return;
  if (s.rows == 1 || (s.x_stride == s.count && s.y_stride == s.count))
    return gpu::map("copy", r.queue, s.rows * s.count, y, gpu::identity{}, x);
  constexpr int wide = gpu::pack_width<T>;
  const bool packed =
      s.count % wide == 0 && s.x_stride % wide == 0 && s.y_stride % wide == 0 && gpu::aligned_for_packs<wide>(x, y);
  const idx width = packed ? wide : 1, packs = s.rows * s.count / width;
  gpu::launch({"copy", gpu::blocks_for(packs, gpu::element_threads), gpu::element_threads, r.queue},
              packed ? gpu::copy_rows_kernel<wide, T> : gpu::copy_rows_kernel<1, T>, packs,
              gpu::divisor(s.count / width), s.x_stride / width, s.y_stride / width, x, y);
}

template <class T>
void kernel<op::add, cuda, T>::forward(const R& r, const op::add::size& s, const T* b, T* y) noexcept {
  detail::gpu::merge("add forward", r.queue, s, y, detail::gpu::sum_of_two{}, y, b);
}
template <class T>
void kernel<op::add, cuda, T>::backward(const R& r, const op::add::size& s, const T* dy, T* db) noexcept {
  detail::gpu::merge_gradient("add backward", r.queue, s, db, detail::gpu::identity{}, dy);
}

template <class T>
void kernel<op::multiply, cuda, T>::forward(const R& r, const op::multiply::size& s, const T* a, const T* b,
                                            T* y) noexcept {
  detail::gpu::merge("multiply forward", r.queue, s, y, detail::gpu::product_of_two{}, a, b);
}
template <class T>
void kernel<op::multiply, cuda, T>::backward(const R& r, const op::multiply::size& s, const T* a, const T* b,
                                             const T* dy, T* da, T* db) noexcept {
  if (da) detail::gpu::merge("multiply backward", r.queue, s, da, detail::gpu::product_of_two{}, dy, b);
  if (db) detail::gpu::merge_gradient("multiply backward", r.queue, s, db, detail::gpu::product_of_two{}, dy, a);
}

}  // namespace auris
