#pragma once
#include <auris/backend/cuda/divisor.cuh>
#include <auris/backend/cuda/elementwise.cuh>
#include <auris/backend/cuda/pool.hpp>
#include <cmath>

namespace auris {

namespace detail::gpu {

/// The windows along one axis.
struct pool_axis {
  idx extent, outputs, padding;
  int kernel;
  divisor stride;

  explicit pool_axis(const op::pool::axis& a) noexcept
      : extent(a.extent),
        outputs(a.outputs()),
        padding(a.padding),
        kernel(static_cast<int>(a.kernel)),
        stride(a.stride) {}

  /// Where a window starts; below 0 in the padding.
  __device__ idx start(idx window) const { return window * stride.value() - padding; }
  __device__ bool inside(idx place) const { return place >= 0 && place < extent; }
  /// The windows that reach a place: [first, end).
  __device__ idx first_window(idx place) const {
    const idx missed = place + padding - kernel;  // where a window starts that ends just before
    return missed < 0 ? 0 : missed / stride + 1;
  }
  __device__ idx end_window(idx place) const {
    const idx end = (place + padding) / stride + 1;
    return end < outputs ? end : outputs;
  }
  /// Stretches of one stride each, from the start of the first window on, that hold all places.
  idx cells() const noexcept { return (extent + padding + stride.value() - 1) / stride.value(); }
};

/// The windows of a pooling over packs of channels.
struct pool_windows {
  pool_axis time, mel;
  idx channels;  ///< packs

  /// Where a pack of x stands.
  __device__ idx input(idx item, idx t, idx f, idx c) const {
    return ((item * time.extent + t) * mel.extent + f) * channels + c;
  }
  __device__ idx output(idx item, idx t, idx f, idx c) const {
    return ((item * time.outputs + t) * mel.outputs + f) * channels + c;
  }
  /// visit(position in the window, pack of x) for what the window (t, f) has of x, in order.
  template <class Visit>
  __device__ void visit(idx item, idx t, idx f, idx c, const Visit& visit) const {
    const idx first_time = time.start(t), first_mel = mel.start(f);
    for (int i = 0; i < time.kernel; ++i) {
      if (!time.inside(first_time + i)) continue;
      for (int j = 0; j < mel.kernel; ++j)
        if (mel.inside(first_mel + j)) visit(i * mel.kernel + j, input(item, first_time + i, first_mel + j, c));
    }
  }
};

/// An array (items, times, mels, packs of channels) whose elements are shared out to threads.
struct pool_places {
  idx count;
  divisor times, mels, channels;

  pool_places(idx items, idx time, idx mel, idx packs) noexcept
      : count(items * time * mel * packs), times(time), mels(mel), channels(packs) {}

  /// visit(item, time, mel, channel) for those of this thread.
  template <class Visit>
  __device__ void visit(const Visit& visit) const {
    for_packs<1>(count, [&](idx k, auto) {
      const idx row = k / channels, line = row / mels, item = line / times;
      visit(item, line - item * times.value(), row - line * mels.value(), k - row * channels.value());
    });
  }
};

template <class T>
struct pool_largest {
  __device__ static T start() { return -static_cast<T>(INFINITY); }
  __device__ T join(T most, T v) const { return v > most || v != v ? v : most; }
  __device__ T finish(T most) const { return most; }
};
template <class T>
struct pool_mean {
  T share;
  __device__ static T start() { return T(0); }
  __device__ T join(T sum, T v) const { return sum + v; }
  __device__ T finish(T sum) const { return sum * share; }
};

template <int Width, class T, class Pool>
__global__ void pool_kernel(pool_places outputs, pool_windows windows, Pool pool, const T* __restrict__ x,
                            T* __restrict__ y) {
  outputs.visit([&](idx item, idx t, idx f, idx c) {
    pack<T, Width> v;
    AURIS_UNROLL
    for (int k = 0; k < Width; ++k) v.v[k] = Pool::start();
    windows.visit(item, t, f, c, [&](int, idx from) {
      const auto value = read_pack<Width>(x + from * Width);
      AURIS_UNROLL
      for (int k = 0; k < Width; ++k) v.v[k] = pool.join(v.v[k], value.v[k]);
    });
    AURIS_UNROLL
    for (int k = 0; k < Width; ++k) v.v[k] = pool.finish(v.v[k]);
    write_pack(y + windows.output(item, t, f, c) * Width, v);
  });
}

/// The position in a window of its largest value, for each channel of a pack; -1 in an empty window.
template <int Width, class T>
__device__ pack<int, Width> largest_position(const pool_windows& windows, const T* x, idx item, idx t, idx f, idx c) {
  pack<int, Width> best;
  pack<T, Width> most{};
  AURIS_UNROLL
  for (int k = 0; k < Width; ++k) best.v[k] = -1;
  windows.visit(item, t, f, c, [&](int position, idx from) {
    const auto value = read_pack<Width>(x + from * Width);
    AURIS_UNROLL
    for (int k = 0; k < Width; ++k) {
      const T v = value.v[k], m = most.v[k];
      if (best.v[k] >= 0 && !(v > m) && !(v != v && m == m)) continue;
      best.v[k] = position;
      most.v[k] = v;
    }
  });
  return best;
}

/// Backward where windows lie apart: a thread has a window and what is between it and the next ones, one stride each way.
template <int Width, class T>
__global__ void max_pool_cells_kernel(pool_places cells, pool_windows windows, const T* __restrict__ x,
                                      const T* __restrict__ dy, T* __restrict__ dx) {
  const pool_axis &time = windows.time, &mel = windows.mel;
  cells.visit([&](idx item, idx t, idx f, idx c) {
    pack<int, Width> best{};
    pack<T, Width> slope{};
    if (t < time.outputs && f < mel.outputs) {
      best = largest_position<Width>(windows, x, item, t, f, c);
      slope = read_pack<Width>(dy + windows.output(item, t, f, c) * Width);
    }
    for (int i = 0; i < time.stride.value(); ++i) {
      if (!time.inside(time.start(t) + i)) continue;
      for (int j = 0; j < mel.stride.value(); ++j) {
        if (!mel.inside(mel.start(f) + j)) continue;
        const int position = i < time.kernel && j < mel.kernel ? i * mel.kernel + j : -2;
        pack<T, Width> v;
        AURIS_UNROLL
        for (int k = 0; k < Width; ++k) v.v[k] = position == best.v[k] ? slope.v[k] : T(0);
        write_pack(dx + windows.input(item, time.start(t) + i, mel.start(f) + j, c) * Width, v);
      }
    }
  });
}

template <int Width, class T>
__global__ void largest_positions_kernel(pool_places outputs, pool_windows windows, const T* __restrict__ x,
                                         int* __restrict__ position) {
  outputs.visit([&](idx item, idx t, idx f, idx c) {
    write_pack(position + windows.output(item, t, f, c) * Width, largest_position<Width>(windows, x, item, t, f, c));
  });
}

/// dx = share times the sum of dy of all windows that reach a place, or, where `largest` is given, of those in which it is
/// the largest.
template <int Width, class T>
__global__ void pool_gather_kernel(pool_places inputs, pool_windows windows, T share, const int* __restrict__ largest,
                                   const T* __restrict__ dy, T* __restrict__ dx) {
  const pool_axis &time = windows.time, &mel = windows.mel;
  inputs.visit([&](idx item, idx a, idx b, idx c) {
    pack<T, Width> sum{};
    const idx first = mel.first_window(b), end_time = time.end_window(a), end = mel.end_window(b);
    for (idx t = time.first_window(a); t < end_time; ++t)
      for (idx f = first; f < end; ++f) {
        const idx from = windows.output(item, t, f, c) * Width;
        const int position = static_cast<int>((a - time.start(t)) * mel.kernel + b - mel.start(f));
        const auto slope = read_pack<Width>(dy + from);
        pack<int, Width> best;
        if (largest) best = read_pack<Width>(largest + from);
        AURIS_UNROLL
        for (int k = 0; k < Width; ++k)
          if (!largest || best.v[k] == position) sum.v[k] += slope.v[k];
      }
    AURIS_UNROLL
    for (int k = 0; k < Width; ++k) sum.v[k] *= share;
    write_pack(dx + windows.input(item, a, b, c) * Width, sum);
  });
}

/// Launches of the kernels above, in packs of channels where all arrays allow it.
template <class T>
class pool_launcher {
 public:
  template <class... P>
  pool_launcher(const char* operation, cuda_stream stream, const op::pool::size& s, const P*... arrays) noexcept
      : operation_(operation),
        stream_(stream),
        size_(s),
        packed_(s.channels % wide == 0 && aligned_for_packs<wide>(arrays...)),
        channels_(packed_ ? s.channels / wide : s.channels),
        windows_{pool_axis(s.time), pool_axis(s.mel), channels_} {}

  template <class Pool>
  void forward(const Pool& pool, const T* x, T* y) const noexcept {
    over(outputs(), packed_ ? pool_kernel<wide, T, Pool> : pool_kernel<1, T, Pool>, pool, x, y);
  }
  void max_backward_apart(const T* x, const T* dy, T* dx) const noexcept {
    over({size_.items, windows_.time.cells(), windows_.mel.cells()},
         packed_ ? max_pool_cells_kernel<wide, T> : max_pool_cells_kernel<1, T>, x, dy, dx);
  }
  void find_largest(const T* x, int* position) const noexcept {
    over(outputs(), packed_ ? largest_positions_kernel<wide, T> : largest_positions_kernel<1, T>, x, position);
  }
  void gather(T share, const int* largest, const T* dy, T* dx) const noexcept {
    over({size_.items, size_.time.extent, size_.mel.extent},
         packed_ ? pool_gather_kernel<wide, T> : pool_gather_kernel<1, T>, share, largest, dy, dx);
  }

 private:
  static constexpr int wide = pack_width<T>;
  struct image {
    idx items, times, mels;
  };
  image outputs() const noexcept { return {size_.items, windows_.time.outputs, windows_.mel.outputs}; }

  template <class... P, class... A>
  void over(const image& i, void (*kernel)(pool_places, pool_windows, P...), const A&... a) const noexcept {
    if (i.items <= 0 || i.times <= 0 || i.mels <= 0 || channels_ <= 0) return;
    const pool_places places(i.items, i.times, i.mels, channels_);
    launch({operation_, blocks_for(places.count, element_threads), element_threads, stream_}, kernel, places, windows_,
           a...);
  }

  const char* operation_;
  cuda_stream stream_;
  op::pool::size size_;
  bool packed_;
  idx channels_;
  pool_windows windows_;
};

}  // namespace detail::gpu

template <class T>
void kernel<op::max_pool, cuda, T>::forward(const R& r, const op::max_pool::size& s, const T* x, T* y) noexcept {
  const detail::gpu::pool_launcher<T> run("max_pool forward", r.queue, s, x, y);
  run.forward(detail::gpu::pool_largest<T>{}, x, y);
}
template <class T>
void kernel<op::max_pool, cuda, T>::backward(const R& r, const op::max_pool::size& s, const T* x, const T* dy,
                                             T* dx) noexcept {
  const char* const operation = "max_pool backward";
  if (!overlap(s)) return detail::gpu::pool_launcher<T>(operation, r.queue, s, x, dy, dx).max_backward_apart(x, dy, dx);
  const detail::gpu::pool_launcher<T> run(operation, r.queue, s, x, dy, dx, r.workspace);
  int* const largest = reinterpret_cast<int*>(r.workspace);
  run.find_largest(x, largest);
  run.gather(T(1), largest, dy, dx);
}

template <class T>
void kernel<op::avg_pool, cuda, T>::forward(const R& r, const op::avg_pool::size& s, const T* x, T* y) noexcept {
  const detail::gpu::pool_launcher<T> run("avg_pool forward", r.queue, s, x, y);
  run.forward(detail::gpu::pool_mean<T>{T(1) / static_cast<T>(s.time.kernel * s.mel.kernel)}, x, y);
}
template <class T>
void kernel<op::avg_pool, cuda, T>::backward(const R& r, const op::avg_pool::size& s, const T* dy, T* dx) noexcept {
  const detail::gpu::pool_launcher<T> run("avg_pool backward", r.queue, s, dy, dx);
  run.gather(T(1) / static_cast<T>(s.time.kernel * s.mel.kernel), nullptr, dy, dx);
}

}  // namespace auris
