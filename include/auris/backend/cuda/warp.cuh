#pragma once
#include <auris/backend/cuda/compat.cuh>

namespace auris::detail::gpu {

inline constexpr int warp_lanes = 32;

struct add {
  template <class V>
  __device__ V operator()(const V& a, const V& b) const {
    return a + b;
  }
};
struct larger {
  template <class V>
  __device__ V operator()(const V& a, const V& b) const {
    return a < b ? b : a;
  }
};

/// Count values that are reduced together.
template <class T, int Count>
struct several {
  T v[Count];
  friend __device__ several operator+(const several& a, const several& b) {
    several r;
    for (int i = 0; i < Count; ++i) r.v[i] = a.v[i] + b.v[i];
    return r;
  }
};

/// The value of the lane whose number differs in the bit `lanes`. All lanes of the warp take part.
template <class T>
requires std::is_arithmetic_v<T> __device__ T from_lane_across(T v, int lanes) {
  return __shfl_xor_sync(0xffffffffu, v, lanes);
}
template <class T, int Count>
__device__ several<T, Count> from_lane_across(several<T, Count> s, int lanes) {
  AURIS_UNROLL
  for (int i = 0; i < Count; ++i) s.v[i] = from_lane_across(s.v[i], lanes);
  return s;
}

/// op of the values of all lanes whose numbers differ in the bits from `first` on below `end` only, both powers of two;
/// each of these lanes gets the same bits. op is commutative. All lanes of the warp take part.
template <class V, class Op>
__device__ V warp_reduce(V v, int first, int end, const Op& op) {
  for (int lanes = first; lanes < end; lanes *= 2) v = op(v, from_lane_across(v, lanes));
  return v;
}

/// op of the values of all threads of a block of `Threads`, the same bits in each; in a fixed order.
template <int Threads, class V, class Op>
__device__ V block_reduce(V v, const Op& op) {
  constexpr int warps = Threads / warp_lanes;
  AURIS_SHARED(part, V[warps]);
  const int thread = static_cast<int>(threadIdx.y * blockDim.x + threadIdx.x);
  v = warp_reduce(v, 1, warp_lanes, op);
  __syncthreads();  // the call before may still read
  if (thread % warp_lanes == 0) part[thread / warp_lanes] = v;
  __syncthreads();
  v = part[0];
  for (int w = 1; w < warps; ++w) v = op(v, part[w]);
  return v;
}

}  // namespace auris::detail::gpu
