#pragma once
#include <auris/backend/cuda/attention.hpp>
#include <auris/backend/cuda/warp.cuh>
#include <cmath>
#include <limits>

namespace auris {

namespace detail::gpu {

/// Queries of a warp and of a block; keys that it takes at a time, one to a lane.
inline constexpr int queries_of_warp = 4, warps_of_queries = 8, queries_of_block = queries_of_warp * warps_of_queries;
inline constexpr int keys_at_once = warp_lanes;

template <class T>
inline constexpr T lowest_score = std::numeric_limits<T>::lowest();

/// What a block keeps in shared memory: q and y of its queries, (queries, width), each row used by one warp; k and v of some
/// keys; the weights of these, (queries, keys).
template <class T>
struct shared_attention {
  T *q, *y, *k, *v, *weights;

  /// From a key to the next one: odd, so that lanes which read a key each meet in no bank.
  static AURIS_HD idx key_stride(idx width) { return width | 1; }
  static AURIS_HD idx count(idx width) {
    return 2 * queries_of_block * width + keys_at_once * (key_stride(width) + width) + queries_of_block * keys_at_once;
  }
  __device__ shared_attention(T* shared, idx width)
      : q(shared),
        y(q + queries_of_block * width),
        k(y + queries_of_block * width),
        v(k + keys_at_once * key_stride(width)),
        weights(v + keys_at_once * width) {}
};

/// One block for each item, head and queries_of_block tokens.
template <class T>
__global__ void __launch_bounds__(warps_of_queries* warp_lanes)
    attend_kernel(op::attention::size s, T scale, const T* x, const T* mask, T* y) {
  AURIS_DYNAMIC_SHARED(shared, T);
  const shared_attention<T> own(shared, s.width);
  const int lane = static_cast<int>(threadIdx.x) % warp_lanes, warp = static_cast<int>(threadIdx.x) / warp_lanes;
  const idx groups = (s.tokens + queries_of_block - 1) / queries_of_block, block = static_cast<idx>(blockIdx.x);
  const idx n = block / groups / s.heads, h = block / groups % s.heads;
  const idx features = s.heads * s.width, token = 3 * features;
  const idx first = block % groups * queries_of_block + warp * queries_of_warp;
  const T *const q = x + n * s.tokens * token + h * s.width, *const k = q + features, *const v = k + features;
  T *const own_q = own.q + warp * queries_of_warp * s.width, *const own_y = own.y + warp * queries_of_warp * s.width;
  T* const weights = own.weights + warp * queries_of_warp * keys_at_once;
  const auto counts = [&](idx j) { return j < s.tokens && (!mask || mask[n * s.tokens + j] != T(0)); };

  T most[queries_of_warp], sum[queries_of_warp] = {};
  for (int r = 0; r < queries_of_warp; ++r) {
    most[r] = lowest_score<T>;
    for (idx c = lane; c < s.width; c += warp_lanes) {
      own_q[r * s.width + c] = first + r < s.tokens ? scale * q[(first + r) * token + c] : T(0);
      own_y[r * s.width + c] = 0;
    }
  }
  const idx stride = shared_attention<T>::key_stride(s.width);
  for (idx from = 0; from < s.tokens; from += keys_at_once) {
    __syncthreads();  // the keys before may still be read
    for (int j = warp; j < keys_at_once; j += warps_of_queries) {
      const bool read = counts(from + j);
      for (idx c = lane; c < s.width; c += warp_lanes) {
        own.k[j * stride + c] = read ? k[(from + j) * token + c] : T(0);
        own.v[j * s.width + c] = read ? v[(from + j) * token + c] : T(0);
      }
    }
    __syncthreads();

    T score[queries_of_warp] = {}, factor[queries_of_warp];
    for (idx c = 0; c < s.width; ++c) {
      const T of_key = own.k[lane * stride + c];
      AURIS_UNROLL
      for (int r = 0; r < queries_of_warp; ++r) score[r] += own_q[r * s.width + c] * of_key;
    }
    const bool read = counts(from + lane);
    AURIS_UNROLL
    for (int r = 0; r < queries_of_warp; ++r) {
      const T peak = larger{}(most[r], warp_reduce(read ? score[r] : lowest_score<T>, 1, warp_lanes, larger{}));
      const T weight = read ? std::exp(score[r] - peak) : T(0);
      factor[r] = std::exp(most[r] - peak);
      most[r] = peak;
      sum[r] = sum[r] * factor[r] + warp_reduce(weight, 1, warp_lanes, add{});
      weights[r * keys_at_once + lane] = weight;
    }
    __syncwarp();
    for (idx c = lane; c < s.width; c += warp_lanes) {
      T total[queries_of_warp];
      AURIS_UNROLL
      for (int r = 0; r < queries_of_warp; ++r) total[r] = own_y[r * s.width + c] * factor[r];
      for (int j = 0; j < keys_at_once; ++j) {
        const T value = own.v[j * s.width + c];
        AURIS_UNROLL
        for (int r = 0; r < queries_of_warp; ++r) total[r] += weights[r * keys_at_once + j] * value;
      }
      AURIS_UNROLL
      for (int r = 0; r < queries_of_warp; ++r) own_y[r * s.width + c] = total[r];
    }
  }
  for (int r = 0; r < queries_of_warp && first + r < s.tokens; ++r)
    for (idx c = lane; c < s.width; c += warp_lanes)
      y[((n * s.tokens + first + r) * s.heads + h) * s.width + c] =
          sum[r] == T(0) ? T(0) : own_y[r * s.width + c] / sum[r];
}

}  // namespace detail::gpu

template <class T>
void kernel<op::attention, cuda, T>::forward(const R& r, const op::attention::size& s, const T* x, const T* mask,
                                             T* y) noexcept {
  namespace gpu = detail::gpu;
  const idx blocks = s.items * s.heads * ((s.tokens + gpu::queries_of_block - 1) / gpu::queries_of_block);
  gpu::launch({"attention", static_cast<unsigned>(blocks), gpu::warps_of_queries * gpu::warp_lanes, r.queue,
               sizeof(T) * static_cast<std::size_t>(gpu::shared_attention<T>::count(s.width))},
              gpu::attend_kernel<T>, s, static_cast<T>(s.scale_of_scores()), x, mask, y);
}

}  // namespace auris
