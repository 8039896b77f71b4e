#pragma once
#include <auris/backend/cuda/merge.cuh>
#include <auris/backend/cuda/warp.cuh>
#include <auris/backend/cuda/weighted_rank.hpp>
#include <cmath>
#include <cstdint>

namespace auris {

namespace detail::gpu {

inline constexpr int rank_threads = 256, rank_bits = 4, rank_digits = 1 << rank_bits;

/// Falls where values grow; NaN has the smallest, both zeros the same.
template <class T>
__device__ auto rank_key(T v) {
  using word = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;
  constexpr word sign = word(1) << (8 * sizeof(T) - 1);
  if (v != v) return word(0);
  v += T(0);
  word b;
  memcpy(&b, &v, sizeof b);
  return static_cast<word>(b & sign ? b : ~(b | sign));
}

/// Sorts a column of values with their places, (2, length) from `from`, to the one of both arrays that is returned. A thread
/// counts and moves neighbouring values, so that equal ones keep their order.
template <class T>
__device__ const T* sort_column(idx length, T* from, T* to) {
  AURIS_SHARED(count, int[rank_digits * rank_threads]);
  AURIS_SHARED(sums, int[rank_threads]);
  const int thread = static_cast<int>(threadIdx.x);
  const idx each = (length + rank_threads - 1) / rank_threads, begin = thread * each;
  const idx end = begin + each < length ? begin + each : length;
  for (int shift = 0; shift < 8 * static_cast<int>(sizeof(T)); shift += rank_bits) {
    __syncthreads();
    const auto own_count = [&](idx l) -> int& {
      return count[static_cast<int>(rank_key(from[l]) >> shift & (rank_digits - 1)) * rank_threads + thread];
    };
    for (int d = 0; d < rank_digits; ++d) count[d * rank_threads + thread] = 0;
    for (idx l = begin; l < end; ++l) ++own_count(l);
    __syncthreads();
    int sum = 0;
    for (int k = 0; k < rank_digits; ++k) sum += count[thread * rank_digits + k];
    sums[thread] = sum;
    __syncthreads();
    int before = 0;
    for (int t = 0; t < thread; ++t) before += sums[t];
    for (int k = 0; k < rank_digits; ++k) {
      const int own = count[thread * rank_digits + k];
      count[thread * rank_digits + k] = before;
      before += own;
    }
    __syncthreads();
    for (idx l = begin; l < end; ++l) {
      const int place = own_count(l)++;
      to[place] = from[l];
      to[length + place] = from[length + l];
    }
    T* const sorted = to;
    to = from;
    from = sorted;
  }
  __syncthreads();
  return from;
}

/// The columns blockIdx.x, blockIdx.x + gridDim.x ...; `all` is the sum of the powers of the ratio.
template <class T>
__global__ void __launch_bounds__(rank_threads)
    weighted_rank_kernel(op::weighted_rank::size s, double all, const T* x, T* y, T* share, T* workspace) {
  T* const own = workspace + static_cast<idx>(blockIdx.x) * 4 * s.length;
  for (idx column = blockIdx.x; column < s.outer * s.inner; column += gridDim.x) {
    const idx first = column / s.inner * s.length * s.inner + column % s.inner;
    for (idx l = threadIdx.x; l < s.length; l += rank_threads) {
      own[l] = x[first + l * s.inner];
      own[s.length + l] = static_cast<T>(l);
    }
    const T* const sorted = sort_column(s.length, own, own + 2 * s.length);
    T sum = 0;
    for (idx j = threadIdx.x; j < s.length; j += rank_threads) {
      const T part = static_cast<T>(std::pow(s.ratio, static_cast<double>(j)) / all);
      sum += part * sorted[j];
      if (share) share[first + static_cast<idx>(sorted[s.length + j]) * s.inner] = part;
    }
    sum = block_reduce<rank_threads>(sum, add{});
    if (y && threadIdx.x == 0) y[column] = sum;
  }
}

}  // namespace detail::gpu

template <class T>
void kernel<op::weighted_rank, cuda, T>::forward(const R& r, const op::weighted_rank::size& s, const T* x, T* y,
                                                 T* share) noexcept {
  const double count = static_cast<double>(s.length);
  const double all = s.ratio == 1 ? count : (1 - std::pow(s.ratio, count)) / (1 - s.ratio);
  detail::gpu::launch({"weighted_rank forward", static_cast<unsigned>(blocks(s)), detail::gpu::rank_threads, r.queue},
                      detail::gpu::weighted_rank_kernel<T>, s, all, x, y, share, r.workspace);
}

template <class T>
void kernel<op::weighted_rank, cuda, T>::backward(const R& r, const op::weighted_rank::size& s, const T* share,
                                                  const T* dy, T* dx) noexcept {
  kernel<op::multiply, cuda, T>::forward(r, {s.outer, s.length, s.inner, true}, share, dy, dx);
}

}  // namespace auris
