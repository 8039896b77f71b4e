#pragma once
#include <auris/backend/cuda/block_sums.cuh>
#include <auris/backend/cuda/elementwise.cuh>
#include <auris/backend/cuda/optimiser.hpp>
#include <cmath>

namespace auris {

namespace detail::gpu {

template <class T>
__device__ void adam_step(const adam_constants<T>& c, T g, T& m, T& v, T& w) {
  w *= c.kept;
  g += c.decay * w;
  m = c.beta1 * m + c.rest1 * g;
  v = c.beta2 * v + c.rest2 * g * g;
  w -= c.rate * (m / c.correction1) / (std::sqrt(v / c.correction2) + c.epsilon);
}

template <int Width, class T>
__global__ void adam_kernel(idx count, adam_constants<T> given, const adam_constants<T>* __restrict__ in_memory,
                            const T* __restrict__ g, T* __restrict__ m, T* __restrict__ v, T* __restrict__ w) {
  const adam_constants<T> c = in_memory ? *in_memory : given;
  for_packs<Width>(count, [&](idx i, auto n) {
    constexpr int width = decltype(n)::value;
    const auto gradient = read_pack<width>(g + i);
    auto mean = read_pack<width>(m + i), square = read_pack<width>(v + i), weight = read_pack<width>(w + i);
    AURIS_UNROLL
    for (int k = 0; k < width; ++k) adam_step(c, gradient.v[k], mean.v[k], square.v[k], weight.v[k]);
    write_pack(m + i, mean);
    write_pack(v + i, square);
    write_pack(w + i, weight);
  });
}

/// Without momentum m is never touched; the first step writes it only.
template <int Width, class T>
__global__ void sgd_kernel(idx count, sgd_constants<T> given, const sgd_constants<T>* __restrict__ in_memory,
                           const T* __restrict__ g, T* __restrict__ m, T* __restrict__ w) {
  const sgd_constants<T> c = in_memory ? *in_memory : given;
  for_packs<Width>(count, [&](idx i, auto n) {
    constexpr int width = decltype(n)::value;
    auto direction = read_pack<width>(g + i), weight = read_pack<width>(w + i);
    AURIS_UNROLL
    for (int k = 0; k < width; ++k) direction.v[k] += c.decay * weight.v[k];
    if (c.momentum != T(0)) {
      pack<T, width> mean = direction;
      if (!c.first) mean = read_pack<width>(m + i);
      AURIS_UNROLL
      for (int k = 0; k < width; ++k) {
        if (!c.first) mean.v[k] = c.momentum * mean.v[k] + direction.v[k];
        direction.v[k] = c.nesterov ? direction.v[k] + c.momentum * mean.v[k] : mean.v[k];
      }
      write_pack(m + i, mean);
    }
    AURIS_UNROLL
    for (int k = 0; k < width; ++k) weight.v[k] -= c.rate * direction.v[k];
    write_pack(w + i, weight);
  });
}

/// Each thread sums the same values whether they are read in packs or one by one.
template <bool Packed, class T>
__global__ void __launch_bounds__(block_sums::threads)
    squared_norm_kernel(idx count, idx each, const T* x, sum_destination<T> to) {
  constexpr int width = pack_width<T>;
  const idx begin = blockIdx.x * each, end = count - begin < each ? count : begin + each;
  double sum = 0;
  for (idx i = begin + threadIdx.x * width; i < end; i += block_sums::threads * width) {
    pack<T, width> v{};
    if (Packed && i + width <= end)
      v = read_pack<width>(x + i);
    else {
      AURIS_UNROLL
      for (int k = 0; k < width; ++k)
        if (i + k < end) v.v[k] = x[i + k];
    }
    AURIS_UNROLL
    for (int k = 0; k < width; ++k) sum += static_cast<double>(v.v[k]) * static_cast<double>(v.v[k]);
  }
  to.put(sum);
}

template <int Width, class T>
__global__ void clip_kernel(idx count, T largest, const T* __restrict__ squares, T* __restrict__ x) {
  const T factor = largest / (std::sqrt(squares[0]) + T(1e-6));
  if (!(factor < T(1))) return;
  for_packs<Width>(count, [&](idx i, auto n) {
    constexpr int width = decltype(n)::value;
    auto v = read_pack<width>(x + i);
    AURIS_UNROLL
    for (int k = 0; k < width; ++k) v.v[k] *= factor;
    write_pack(x + i, v);
  });
}

}  // namespace detail::gpu

template <class T>
detail::adam_constants<T> kernel<op::adam, cuda, T>::constants_of(const op::adam::size& s) noexcept {
  const double step = static_cast<double>(s.step);
  return {.rate = static_cast<T>(s.rate),
          .beta1 = static_cast<T>(s.beta1),
          .rest1 = static_cast<T>(1 - s.beta1),
          .beta2 = static_cast<T>(s.beta2),
          .rest2 = static_cast<T>(1 - s.beta2),
          .correction1 = static_cast<T>(1 - std::pow(s.beta1, step)),
          .correction2 = static_cast<T>(1 - std::pow(s.beta2, step)),
          .epsilon = static_cast<T>(s.epsilon),
          .kept = s.decoupled ? static_cast<T>(1 - s.rate * s.weight_decay) : T(1),
          .decay = s.decoupled ? T(0) : static_cast<T>(s.weight_decay)};
}
template <class T>
void kernel<op::adam, cuda, T>::step(const resources<cuda, T>& r, const op::adam::size& s, const T* g, T* m, T* v, T* w,
                                     const constants* in_memory) noexcept {
  namespace gpu = detail::gpu;
  constexpr int wide = gpu::pack_width<T>;
  gpu::launch_packs<T>("adam", r.queue, s.count, gpu::aligned_for_packs<wide>(g, m, v, w), gpu::adam_kernel<wide, T>,
                       gpu::adam_kernel<1, T>, s.count, constants_of(s), in_memory, g, m, v, w);
}

template <class T>
detail::sgd_constants<T> kernel<op::sgd, cuda, T>::constants_of(const op::sgd::size& s) noexcept {
  return {.rate = static_cast<T>(s.rate),
          .momentum = static_cast<T>(s.momentum),
          .decay = static_cast<T>(s.weight_decay),
          .first = s.step == 1,
          .nesterov = s.nesterov};
}
template <class T>
void kernel<op::sgd, cuda, T>::step(const resources<cuda, T>& r, const op::sgd::size& s, const T* g, T* m, T* w,
                                    const constants* in_memory) noexcept {
  namespace gpu = detail::gpu;
  constexpr int wide = gpu::pack_width<T>;
  gpu::launch_packs<T>("sgd", r.queue, s.count, gpu::aligned_for_packs<wide>(g, m, w), gpu::sgd_kernel<wide, T>,
                       gpu::sgd_kernel<1, T>, s.count, constants_of(s), in_memory, g, m, w);
}

template <class T>
void kernel<op::squared_norm, cuda, T>::forward(const resources<cuda, T>& r, const op::squared_norm::size& s,
                                                const T* x, T* value) noexcept {
  namespace gpu = detail::gpu;
  const gpu::block_sums cut{s.count};
  const gpu::sum_destination<T> to(cut, gpu::doubles_in(r.workspace), value, 1);
  const bool packed = gpu::aligned_for_packs<gpu::pack_width<T>>(x);
  gpu::launch({"squared_norm", static_cast<unsigned>(cut.blocks()), gpu::block_sums::threads, r.queue},
              packed ? gpu::squared_norm_kernel<true, T> : gpu::squared_norm_kernel<false, T>, s.count, cut.each(), x,
              to);
  gpu::add_parts("squared_norm", r.queue, cut, to);
}

template <class T>
void kernel<op::clip, cuda, T>::forward(const resources<cuda, T>& r, const op::clip::size& s, const T* squares,
                                        T* x) noexcept {
  namespace gpu = detail::gpu;
  constexpr int wide = gpu::pack_width<T>;
  gpu::launch_packs<T>("clip", r.queue, s.count, gpu::aligned_for_packs<wide>(x), gpu::clip_kernel<wide, T>,
                       gpu::clip_kernel<1, T>, s.count, static_cast<T>(s.largest), squares, x);
}

}  // namespace auris
