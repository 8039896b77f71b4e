#pragma once
#include <auris/backend/cuda/compat.cuh>

namespace auris::detail::gpu {

/// Width values that are read and written at once.
template <class T, int Width>
struct alignas(sizeof(T) * Width) pack {
  T v[Width];
};
template <class T>
inline constexpr int pack_width = 16 / static_cast<int>(sizeof(T));

template <int Width, class T>
__device__ pack<T, Width> read_pack(const T* p) {
  return *reinterpret_cast<const pack<T, Width>*>(p);
}
template <int Width, class T>
__device__ void write_pack(T* p, const pack<T, Width>& v) {
  *reinterpret_cast<pack<T, Width>*>(p) = v;
}

template <int Width, class T, class... P>
bool aligned_for_packs(const T* p, const P*... rest) {
  if (reinterpret_cast<std::size_t>(p) % (sizeof(T) * Width) != 0) return false;
  if constexpr (sizeof...(rest) == 0)
    return true;
  else
    return aligned_for_packs<Width>(rest...);
}

inline constexpr int element_threads = 256;

/// work(i, n) for the n values from i on, until the threads of the grid have done [0, count): n is a
/// std::integral_constant, Width, or 1 behind the last whole pack.
template <int Width, class Work>
__device__ void for_packs(idx count, const Work& work) {
  const idx step = static_cast<idx>(gridDim.x) * blockDim.x * Width;
  for (idx i = (static_cast<idx>(blockIdx.x) * blockDim.x + threadIdx.x) * Width; i < count; i += step) {
    if (i + Width <= count)
      work(i, std::integral_constant<int, Width>{});
    else
      for (idx k = i; k < count; ++k) work(k, std::integral_constant<int, 1>{});
  }
}

/// y[i] = f(x[i]...).
template <int Width, class T, class F, class... X>
__global__ void map_kernel(idx count, T* y, F f, const X*... x) {
  for_packs<Width>(count, [&](idx i, auto n) {
    constexpr int width = decltype(n)::value;
    [&](const auto&... packs) {
      pack<T, width> r;
      AURIS_UNROLL
      for (int k = 0; k < width; ++k) r.v[k] = f(packs.v[k]...);
      write_pack(y + i, r);
    }(read_pack<width>(x + i)...);
  });
}

/// Blocks for `count` pieces of work, `threads` to a block: enough to fill any device; threads take further pieces in turn.
inline unsigned blocks_for(idx count, int threads) {
  constexpr idx most = 8192;
  const idx blocks = (count + threads - 1) / threads;
  return static_cast<unsigned>(blocks < most ? blocks : most);
}

/// Queues a kernel that walks over `count` values with `for_packs`: `wide` where all arrays may be read in packs, else
/// `narrow`, whose width is 1.
template <class T, class... P, class... A>
void launch_packs(const char* operation, cuda_stream stream, idx count, bool aligned, void (*wide)(P...),
                  void (*narrow)(P...), const A&... a) noexcept {
  if (count <= 0) return;
  constexpr idx width = pack_width<T>;
  launch(
      {operation, blocks_for(aligned ? (count + width - 1) / width : count, element_threads), element_threads, stream},
      aligned ? wide : narrow, a...);
}

/// Queues y[i] = f(x[i]...) for i in [0, count); y may be one of x. f is a function object of the device.
template <class T, class F, class... X>
void map(const char* operation, cuda_stream stream, idx count, T* y, const F& f, const X*... x) noexcept {
  constexpr int wide = pack_width<T>;
  launch_packs<T>(operation, stream, count, aligned_for_packs<wide>(y, x...), map_kernel<wide, T, F, X...>,
                  map_kernel<1, T, F, X...>, count, y, f, x...);
}

}  // namespace auris::detail::gpu
