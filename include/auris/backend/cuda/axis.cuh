#pragma once
#include <auris/backend/cuda/columns.cuh>

namespace auris::detail::gpu {

/// An array (outer, length, inner): lines along its middle axis, one for each of (outer, inner).
struct axis_size {
  idx outer, length, inner;
};

// How the threads of a block share lines: along_rows where a line's values are neighbours, along_columns where
// neighbours belong to different lines. A thread has a part of `lines` lines. Both offer
//
//   each(f, x...)      f(k, l, x...) for all of the thread's values: number k of its lines, place l on the line
//   write(y, f, x...)  y = f(k, l, x...)
//   reduce(v, op)      v[k] becomes op of what all threads have for line k
//   has(k), line(k)    whether the thread's line k exists, and its number in (outer, inner)
//   give(y, v)         y[line(k)] = v[k], from one of the threads that have the line
//
// Packed: four values are read and written at once; the order of reductions does not depend on it.

/// Lanes threads to a line, each with four neighbouring values at a time.
template <int Lanes, bool Packed>
class along_rows {
 public:
  static constexpr int lines = 1, threads = column_blocks::threads, width = 4;
  static dim3 block(const axis_size&) { return {Lanes, threads / Lanes}; }
  static idx blocks(const axis_size& s) { return (s.outer + threads / Lanes - 1) / (threads / Lanes); }

  __device__ explicit along_rows(const axis_size& s)
      : line_(static_cast<idx>(blockIdx.x) * blockDim.y + threadIdx.y),
        first_(line_ * s.length),
        length_(line_ < s.outer ? s.length : 0) {}
  __device__ bool has(int) const { return length_ > 0; }
  __device__ idx line(int) const { return line_; }

  template <class F, class... X>
  __device__ void each(const F& f, const X*... x) const {
    for (idx l = threadIdx.x * width; l < length_; l += Lanes * width)
      [&](const auto&... four) {
        AURIS_UNROLL
        for (int k = 0; k < width; ++k)
          if (Packed || l + k < length_) f(0, l + k, four.v[k]...);
      }(read(x + first_ + l, l)...);
  }
  template <class T, class F, class... X>
  __device__ void write(T* y, const F& f, const X*... x) const {
    for (idx l = threadIdx.x * width; l < length_; l += Lanes * width)
      [&](const auto&... four) {
        pack<T, width> r;
        AURIS_UNROLL
        for (int k = 0; k < width; ++k)
          if (Packed || l + k < length_) {
            r.v[k] = f(0, l + k, four.v[k]...);
            if (!Packed) y[first_ + l + k] = r.v[k];
          }
        if (Packed) *reinterpret_cast<pack<T, width>*>(y + first_ + l) = r;
      }(read(x + first_ + l, l)...);
  }
  template <class V, class Op>
  __device__ void reduce(V (&v)[1], const Op& op) const {
    if constexpr (Lanes > warp_lanes)
      v[0] = block_reduce<threads>(v[0], op);
    else
      v[0] = warp_reduce(v[0], 1, Lanes, op);
  }
  template <class T>
  __device__ void give(T* y, const T (&v)[1]) const {
    if (threadIdx.x == 0 && has(0)) y[line_] = v[0];
  }

 private:
  template <class T>
  __device__ pack<T, width> read(const T* p, idx l) const {
    if constexpr (Packed) {
      return *reinterpret_cast<const pack<T, width>*>(p);
    } else {
      pack<T, width> r{};
      AURIS_UNROLL
      for (int k = 0; k < width; ++k)
        if (l + k < length_) r.v[k] = p[k];
      return r;
    }
  }
  idx line_, first_, length_;
};

/// Four lines to a thread, each shared by all threads of a block that stand below each other.
template <bool Packed>
class along_columns {
 public:
  static constexpr int threads = column_blocks::threads, lines = four_columns<Packed>::width;
  static int lanes(const axis_size& s) {
    constexpr int enough = 8, most = 32;  // values of a line for a thread; threads for a line
    int steps = 1, n = 1;
    while (steps < most && steps * enough < s.length) steps *= 2;
    while (n < threads / steps && n * lines < s.outer * s.inner) n *= 2;
    return n;
  }
  static dim3 block(const axis_size& s) {
    const int n = lanes(s);
    return {static_cast<unsigned>(n), static_cast<unsigned>(threads / n)};
  }
  static idx blocks(const axis_size& s) {
    const idx together = lanes(s) * lines;
    return (s.outer * s.inner + together - 1) / together;
  }

  __device__ explicit along_columns(const axis_size& s)
      : mine_(s.outer * s.inner,
              [&](idx line) {
                const idx outer = line / s.inner;
                return outer * s.length * s.inner + line - outer * s.inner;
              }),
        length_(s.length),
        inner_(s.inner) {}
  __device__ bool has(int k) const { return mine_.has(k); }
  __device__ idx line(int k) const { return mine_.column(k); }

  template <class F, class... X>
  __device__ void each(const F& f, const X*... x) const {
    for (idx l = threadIdx.y; l < length_; l += blockDim.y)
      [&](const auto&... four) {
        AURIS_UNROLL
        for (int k = 0; k < lines; ++k) f(k, l, four.v[k]...);
      }(mine_.read(x + l * inner_)...);
  }
  template <class T, class F, class... X>
  __device__ void write(T* y, const F& f, const X*... x) const {
    for (idx l = threadIdx.y; l < length_; l += blockDim.y)
      [&](const auto&... four) {
        pack<T, lines> r;
        AURIS_UNROLL
        for (int k = 0; k < lines; ++k) r.v[k] = f(k, l, four.v[k]...);
        mine_.write(y + l * inner_, r);
      }(mine_.read(x + l * inner_)...);
  }
  template <class V, class Op>
  __device__ void reduce(V (&v)[lines], const Op& op) const {
    mine_.reduce(v, op);
  }
  template <class T>
  __device__ void give(T* y, const T (&v)[lines]) const {
    if (threadIdx.y != 0) return;
    AURIS_UNROLL
    for (int k = 0; k < lines; ++k)
      if (has(k)) y[line(k)] = v[k];
  }

 private:
  four_columns<Packed> mine_;
  idx length_, inner_;
};

template <class Threads, class Task, class T, class... X>
__global__ void axis_kernel(axis_size s, Task task, T* __restrict__ y, const X*... x) {
  task(Threads(s), y, x...);
}

template <class Threads, class Task, class T, class... X>
void launch_lines(const char* operation, cuda_stream stream, const axis_size& s, const Task& task, T* y,
                  const X*... x) noexcept {
  launch({operation, dim3(static_cast<unsigned>(Threads::blocks(s))), Threads::block(s), stream},
         axis_kernel<Threads, Task, T, X...>, s, task, y, x...);
}

/// Queues task(threads, y, x...) along the rows of (rows, length) arrays, with the threads that suit the length; y is
/// not among x.
template <class Task, class T, class... X>
void launch_along_rows(const char* operation, cuda_stream stream, idx rows, idx length, const Task& task, T* y,
                       const X*... x) noexcept {
  const auto run = [&](auto packed) {
    constexpr bool p = decltype(packed)::value;
    constexpr idx few = 32, many = 1024;
    const axis_size s{rows, length, 1};
    if (length <= few)
      launch_lines<along_rows<8, p>>(operation, stream, s, task, y, x...);
    else if (length <= many)
      launch_lines<along_rows<warp_lanes, p>>(operation, stream, s, task, y, x...);
    else
      launch_lines<along_rows<column_blocks::threads, p>>(operation, stream, s, task, y, x...);
  };
  if (length % 4 == 0 && aligned_for_packs<4>(y, x...))
    run(std::true_type{});
  else
    run(std::false_type{});
}

/// Alike along the lines of (outer, length, inner) arrays.
template <class Task, class T, class... X>
void launch_along_axis(const char* operation, cuda_stream stream, const axis_size& s, const Task& task, T* y,
                       const X*... x) noexcept {
  if (s.inner == 1)
    launch_along_rows(operation, stream, s.outer, s.length, task, y, x...);
  else if (s.inner % 4 == 0 && aligned_for_packs<4>(y, x...))
    launch_lines<along_columns<true>>(operation, stream, s, task, y, x...);
  else
    launch_lines<along_columns<false>>(operation, stream, s, task, y, x...);
}

}  // namespace auris::detail::gpu
