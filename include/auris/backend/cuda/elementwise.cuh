#pragma once
#include <auris/backend/cuda/compat.hpp>

namespace auris::detail::gpu {

/// Width values that are read and written at once.
template <class T, int Width>
struct alignas(sizeof(T) * Width) pack {
  T v[Width];
};
template <class T>
inline constexpr int pack_width = 16 / static_cast<int>(sizeof(T));

template <int Width, class T, class... P>
bool aligned_for_packs(const T* p, const P*... rest) {
  if (reinterpret_cast<std::size_t>(p) % (sizeof(T) * Width) != 0) return false;
  if constexpr (sizeof...(rest) == 0)
    return true;
  else
    return aligned_for_packs<Width>(rest...);
}

inline constexpr int element_threads = 256;

/// y[i] = f(x[i]...), Width values a thread and step.
template <int Width, class T, class F, class... X>
__global__ void map_kernel(idx count, T* y, F f, const X*... x) {
  const idx step = static_cast<idx>(gridDim.x) * blockDim.x * Width;
  for (idx i = (static_cast<idx>(blockIdx.x) * blockDim.x + threadIdx.x) * Width; i < count; i += step) {
    if (i + Width <= count) {
      const auto read = [i](const auto* p) {
        using value = std::remove_cvref_t<decltype(*p)>;
        return *reinterpret_cast<const pack<value, Width>*>(p + i);
      };
      [&](const auto&... packs) {
        pack<T, Width> r;
        AURIS_UNROLL
        for (int k = 0; k < Width; ++k) r.v[k] = f(packs.v[k]...);
        *reinterpret_cast<pack<T, Width>*>(y + i) = r;
      }(read(x)...);
    } else
      for (idx k = i; k < count; ++k) y[k] = f(x[k]...);
  }
}

/// Blocks for `count` pieces of work, `threads` to a block: enough to fill any device; threads take further pieces in turn.
inline unsigned blocks_for(idx count, int threads) {
  constexpr idx most = 8192;
  const idx blocks = (count + threads - 1) / threads;
  return static_cast<unsigned>(blocks < most ? blocks : most);
}

/// Queues y[i] = f(x[i]...) for i in [0, count); y may be one of x. f is a function object of the device.
template <class T, class F, class... X>
void map(const char* operation, cuda_stream stream, idx count, T* y, const F& f, const X*... x) noexcept {
  constexpr int wide = pack_width<T>;
  if (count <= 0) return;
  if (aligned_for_packs<wide>(y, x...))
    launch({operation, blocks_for((count + wide - 1) / wide, element_threads), element_threads, stream},
           map_kernel<wide, T, F, X...>, count, y, f, x...);
  else
    launch({operation, blocks_for(count, element_threads), element_threads, stream}, map_kernel<1, T, F, X...>, count, y,
           f, x...);
}

}  // namespace auris::detail::gpu
