#pragma once
#include <auris/backend/cuda/int_divisor.cuh>
#include <auris/backend/cuda/product.cuh>
#include <auris/backend/cuda/winograd.hpp>

namespace auris::detail::gpu {

// The transforms of one axis; those of both axes apply them to all lines along the one and then along the other.
template <class T>
__device__ void winograd_weights(const T* g, int apart, T* u, int u_apart) {
  const T a = g[0], b = g[apart], c = g[2 * apart], outer = a + c;
  u[0] = a;
  u[u_apart] = (outer + b) * T(0.5);
  u[2 * u_apart] = (outer - b) * T(0.5);
  u[3 * u_apart] = c;
}
template <class T>
__device__ void winograd_inputs(T& a, T& b, T& c, T& d) {
  const T second = b + c;
  a = a - c;
  d = b - d;
  c = c - b;
  b = second;
}
template <class T>
__device__ void winograd_outputs(T a, T b, T c, T d, T& first, T& second) {
  first = a + b + c;
  second = b - c - d;
}

/// u (16, inner, columns) of the weights (3, 3, ...) of which (k, j) lies at k * down + j * across; `turned` takes the taps from
/// the last to the first.
template <class T, class Stored>
__global__ void winograd_weights_kernel(int inner, int columns, const Stored* weight, idx tap, idx down, idx across,
                                        bool turned, T* u) {
  const int j = static_cast<int>(blockIdx.x * blockDim.x + threadIdx.x);
  const int k = static_cast<int>(blockIdx.y * blockDim.y + threadIdx.y);
  if (j >= columns || k >= inner) return;
  T g[9], half[12], both[16];
  AURIS_UNROLL
  for (int i = 0; i < 9; ++i) g[i] = static_cast<T>(weight[(turned ? 8 - i : i) * tap + k * down + j * across]);
  AURIS_UNROLL
  for (int i = 0; i < 3; ++i) winograd_weights(g + i, 3, half + i, 3);
  AURIS_UNROLL
  for (int i = 0; i < 4; ++i) winograd_weights(half + 3 * i, 1, both + 4 * i, 1);
  const idx part = static_cast<idx>(inner) * columns;
  AURIS_UNROLL
  for (int i = 0; i < 16; ++i) u[i * part + static_cast<idx>(k) * columns + j] = both[i];
}

/// Tiles of 2 x 2 outputs over both axes of all items.
struct winograd_tiles {
  struct axis {
    int_divisor tiles;
    int places, extent, before, window;
  };
  axis time, mel;

  static winograd_tiles of(const winograd_size& s) { return {of(s.time), of(s.mel)}; }
  struct place {
    int item, time, mel;  ///< of the first output
  };
  __device__ place at(int tile) const {
    const int line = tile / mel.tiles, item = line / time.tiles;
    return {item, (line - item * time.tiles.value()) * 2, (tile - line * mel.tiles.value()) * 2};
  }

 private:
  static axis of(const winograd_size::axis& a) {
    return {int_divisor(a.tiles()), static_cast<int>(a.places), static_cast<int>(a.extent), static_cast<int>(a.before),
            static_cast<int>(a.window)};
  }
};

inline constexpr int winograd_threads = 128;

/// v (tiles, 16, channels) of `count` tiles of x from `first` on; Width channels a thread.
template <int Width, class T>
__global__ void __launch_bounds__(winograd_threads)
    winograd_inputs_kernel(winograd_tiles tiles, int_divisor steps, int first, int count, const T* x, T* v) {
  using values = pack<T, Width>;
  const int i = static_cast<int>(blockIdx.x * blockDim.x + threadIdx.x), tile = i / steps;
  if (tile >= count) return;
  const int channels = steps.value() * Width, channel = (i - tile * steps.value()) * Width;
  const winograd_tiles::place p = tiles.at(first + tile);
  values d[4][4];
  AURIS_UNROLL
  for (int a = 0; a < 4; ++a) {
    const int time = p.time + a - tiles.time.before;
    AURIS_UNROLL
    for (int b = 0; b < 4; ++b) {
      const int mel = p.mel + b - tiles.mel.before;
      const bool inside = time >= 0 && time < tiles.time.extent && mel >= 0 && mel < tiles.mel.extent;
      const idx line = static_cast<idx>(p.item) * tiles.time.extent + time;
      d[a][b] = inside ? *reinterpret_cast<const values*>(x + (line * tiles.mel.extent + mel) * channels + channel)
                       : values{};
    }
  }
  AURIS_UNROLL
  for (int w = 0; w < Width; ++w) {
    AURIS_UNROLL
    for (int b = 0; b < 4; ++b) winograd_inputs(d[0][b].v[w], d[1][b].v[w], d[2][b].v[w], d[3][b].v[w]);
    AURIS_UNROLL
    for (int a = 0; a < 4; ++a) winograd_inputs(d[a][0].v[w], d[a][1].v[w], d[a][2].v[w], d[a][3].v[w]);
  }
  T* const to = v + static_cast<idx>(tile) * winograd_size::products * channels + channel;
  AURIS_UNROLL
  for (int z = 0; z < 16; ++z) *reinterpret_cast<values*>(to + z * channels) = d[z / 4][z % 4];
}

/// y of m (16, count, channels), the products for the tiles from `first` on.
template <int Width, class T>
__global__ void __launch_bounds__(winograd_threads)
    winograd_outputs_kernel(winograd_tiles tiles, int_divisor steps, int first, int count, const T* m,
                            destination<T> to) {
  using values = pack<T, Width>;
  const int i = static_cast<int>(blockIdx.x * blockDim.x + threadIdx.x), tile = i / steps;
  if (tile >= count) return;
  const int channels = steps.value() * Width, channel = (i - tile * steps.value()) * Width;
  const winograd_tiles::place p = tiles.at(first + tile);
  values half[2][4], y[2][2];
  AURIS_UNROLL
  for (int b = 0; b < 4; ++b) {
    values column[4];
    AURIS_UNROLL
    for (int a = 0; a < 4; ++a)
      column[a] =
          *reinterpret_cast<const values*>(m + (static_cast<idx>(4 * a + b) * count + tile) * channels + channel);
    AURIS_UNROLL
    for (int w = 0; w < Width; ++w)
      winograd_outputs(column[0].v[w], column[1].v[w], column[2].v[w], column[3].v[w], half[0][b].v[w],
                       half[1][b].v[w]);
  }
  AURIS_UNROLL
  for (int a = 0; a < 2; ++a) {
    AURIS_UNROLL
    for (int w = 0; w < Width; ++w)
      winograd_outputs(half[a][0].v[w], half[a][1].v[w], half[a][2].v[w], half[a][3].v[w], y[a][0].v[w], y[a][1].v[w]);
    AURIS_UNROLL
    for (int b = 0; b < 2; ++b) y[a][b] = to.finished(0, channel, channels, y[a][b]);
  }
  const int window_time = tiles.time.window, window_mel = tiles.mel.window;
  AURIS_UNROLL
  for (int a = 0; a < 2; ++a)
    if (window_mel == 2) y[a][0] = to.joined(y[a][0], y[a][1]);
  AURIS_UNROLL
  for (int b = 0; b < 2; ++b)
    if (window_time == 2) y[0][b] = to.joined(y[0][b], y[1][b]);
  const int times = tiles.time.places / window_time, mels = tiles.mel.places / window_mel;
  AURIS_UNROLL
  for (int a = 0; a < 2; ++a) {
    AURIS_UNROLL
    for (int b = 0; b < 2; ++b) {
      const int time = p.time / window_time + a, mel = p.mel / window_mel + b;
      const bool whole = a * window_time < 2 && b * window_mel < 2 && time < times && mel < mels;
      if (whole) to.write((p.item * times + time) * mels + mel, channel, channels, to.pooled(y[a][b]));
    }
  }
}

/// How `winograd` finds the weights (3, 3, in, out) of an operation.
struct winograd_weight_order {
  idx down, across;  ///< from channel to channel of the input, and of the output
  bool turned;       ///< taps from the last to the first

  static winograd_weight_order forward(const op::conv2d::size& s) { return {s.out, 1, false}; }
  static winograd_weight_order backward(const op::conv2d::size& s) { return {1, s.out, true}; }
};

/// Queues the convolution `s` of x into `to`, with `s.workspace()` scalars of scratch.
template <class T, class Stored>
void winograd(const char* operation, cuda_stream stream, const winograd_size& s, const T* x, const Stored* weight,
              const winograd_weight_order& order, destination<T> to, T* workspace) noexcept {
  T* const u = workspace;
  T* const v = u + s.weights();
  T* const m = v + s.inputs();
  const auto blocks = [](idx count, int each) { return static_cast<unsigned>((count + each - 1) / each); };
  // Neighbouring threads write neighbours; eight steps the other way find what they read in the same sectors.
  constexpr int weights_across = 32, weights_down = 8;
  launch(
      {operation, {blocks(s.out, weights_across), blocks(s.in, weights_down)}, {weights_across, weights_down}, stream},
      winograd_weights_kernel<T, Stored>, static_cast<int>(s.in), static_cast<int>(s.out), weight, s.in * s.out,
      order.down, order.across, order.turned, u);

  constexpr int wide = pack_width<T>;
  const winograd_tiles tiles = winograd_tiles::of(s);
  const idx in_16 = winograd_size::products * s.in;
  const bool packed_inputs = aligned_for_packs<wide>(x, v) && s.in % wide == 0;
  const bool packed_outputs = aligned_for_packs<wide>(m) && s.out % wide == 0;
  to.look_for_packs();
  for (idx first = 0; first < s.tiles(); first += s.tiles_at_once()) {
    const idx left = s.tiles() - first, count = left < s.tiles_at_once() ? left : s.tiles_at_once();
    const auto transform = [&](idx steps, auto kernel, const auto& from, const auto& into) {
      launch({operation, blocks(count * steps, winograd_threads), winograd_threads, stream}, kernel, tiles,
             int_divisor(steps), static_cast<int>(first), static_cast<int>(count), from, into);
    };
    if (packed_inputs)
      transform(s.in / wide, winograd_inputs_kernel<wide, T>, x, v);
    else
      transform(s.in, winograd_inputs_kernel<1, T>, x, v);
    multiply_splits<T>(operation, stream, product_plan::parts<T>(count, s.out, s.in, winograd_size::products), count,
                       s.out, in_16, matrix_lines<T, true>{v, in_16}, matrix_lines<T, false>{u, s.out}, {m, s.out},
                       count * s.out);
    if (packed_outputs)
      transform(s.out / wide, winograd_outputs_kernel<wide, T>, m, to);
    else
      transform(s.out, winograd_outputs_kernel<1, T>, m, to);
  }
}

}  // namespace auris::detail::gpu
