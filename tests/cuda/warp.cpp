// Shuffles and votes of a warp, with masks of some lanes and widths of segments.
#include <bit>
#include <cmath>

#include "cuda/support.hpp"

namespace warp_test {

using namespace cuda_test;

namespace {
/// What CUDA's documentation says that lane gets.
int source(char kind, int lane, int by, int width) {
  const int first = lane / width * width, end = first + width;
  switch (kind) {
    case 'i':
      return first + by % width;
    case 'u':
      return lane - by < first ? lane : lane - by;
    case 'd':
      return lane + by >= end ? lane : lane + by;
    default:
      return (lane ^ by) >= end ? lane : lane ^ by;
  }
}
template <char Kind, class T>
__global__ void shuffle(unsigned mask, int by, int width, T* x) {
  const unsigned lane = threadIdx.x % 32;
  if ((mask >> lane & 1) == 0) return;
  T& mine = x[threadIdx.x];
  if constexpr (Kind == 'i') mine = __shfl_sync(mask, mine, by, width);
  if constexpr (Kind == 'u') mine = __shfl_up_sync(mask, mine, static_cast<unsigned>(by), width);
  if constexpr (Kind == 'd') mine = __shfl_down_sync(mask, mine, static_cast<unsigned>(by), width);
  if constexpr (Kind == 'x') mine = __shfl_xor_sync(mask, mine, by, width);
}
/// Three warps, the last of 6 lanes.
template <char Kind, class T>
void check_shuffle(unsigned mask) {
  constexpr int threads = 70;
  for (const int width : {1, 2, 8, 32})
    for (const int by : {0, 1, 3, 8, 31}) {
      T x[threads];
      for (int t = 0; t < threads; ++t) x[t] = static_cast<T>(t + 100);
      CHECK(launched({"shuffle", 1, threads, nullptr}, shuffle<Kind, T>, mask, by, width, x) == "");
      for (int t = 0; t < threads; ++t) {
        if ((mask >> (t % 32) & 1) == 0) continue;
        const int from = source(Kind, t % 32, by, width), thread = t / 32 * 32 + from;
        if (thread < threads && (mask >> from & 1) != 0)
          CHECK(x[t] == static_cast<T>(thread + 100));
        else if constexpr (std::is_floating_point_v<T>)
          CHECK(std::isnan(x[t]));  // undefined by CUDA
        else
          CHECK(x[t] == static_cast<T>(-1));
      }
    }
}

template <int = 0>
__global__ void votes(unsigned mask, unsigned yes, unsigned* ballot, int* any, int* all) {
  const unsigned t = threadIdx.x;
  if ((mask >> t & 1) == 0) return;
  const int vote = yes >> t & 1;
  ballot[t] = __ballot_sync(mask, vote);
  any[t] = __any_sync(mask, vote);
  all[t] = __all_sync(mask, vote);
}

/// Two halves of a warp, each with loops and barriers of its own.
template <int = 0>
__global__ void halves(float* sum) {
  AURIS_SHARED(part, float[32]);
  const unsigned t = threadIdx.x;
  const bool low = t < 16;
  const unsigned mask = low ? 0xffffu : 0xffff0000u;
  part[t] = static_cast<float>(t);
  for (int round = 0; round < (low ? 2 : 5); ++round) {
    __syncwarp(mask);
    const float next = part[low ? (t + 1) % 16 : 16 + (t + 1) % 16];
    __syncwarp(mask);
    part[t] += next;
  }
  float v = part[t];
  for (int by = 8; by > 0; by /= 2) v += __shfl_xor_sync(mask, v, by);
  sum[t] = v;
}

template <int Mode>
__global__ void wrong() {
  const unsigned t = threadIdx.x;
  if (Mode == 0) __syncwarp(t == 5 ? 0xffffu : ~0u);       // masks differ
  if (Mode == 1) __syncwarp(0xfffffff7u);                  // lane 3 is not in its own mask
  if (Mode == 2) __shfl_sync(~0u, 1, 0, t == 0 ? 12 : 8);  // no power of two
  if (Mode == 3) {
    if (t % 2 == 0)
      __syncwarp();
    else
      __shfl_sync(~0u, 1, 0);
  }
}
template <int Mode>
std::string found() {
  return launched({"wrong", 1, 32, nullptr}, wrong<Mode>);
}
}  // namespace

TEST_CASE("Shuffles give what CUDA gives, for lanes of any mask and segments of any width", "[warp]") {
  in_all_orders([] {
    for (const unsigned mask : {~0u, 0x0000ffffu, 0xaaaaaaaau, 0x0ff00ff1u}) {
      check_shuffle<'i', float>(mask);
      check_shuffle<'u', float>(mask);
      check_shuffle<'d', float>(mask);
      check_shuffle<'x', float>(mask);
      check_shuffle<'i', double>(mask);
      check_shuffle<'x', long long>(mask);
      check_shuffle<'d', int>(mask);
    }
  });
}

TEST_CASE("Votes count the lanes of the mask alone", "[warp]") {
  in_all_orders([] {
    for (const unsigned mask : {~0u, 0x00ff00ffu, 1u << 9})
      for (const unsigned yes : {0u, ~0u, 0x0f0f0f0fu, mask}) {
        unsigned ballot[32];
        int any[32], all[32];
        CHECK(launched({"votes", 1, 32, nullptr}, votes<>, mask, yes, ballot, any, all) == "");
        for (unsigned t = 0; t < 32; ++t) {
          if ((mask >> t & 1) == 0) continue;
          CHECK(ballot[t] == (mask & yes));
          CHECK(any[t] == ((mask & yes) != 0));
          CHECK(all[t] == ((mask & yes) == mask));
        }
      }
  });
}

TEST_CASE("Parts of a warp go their own ways", "[warp]") {
  in_all_orders([] {
    float sum[32];
    CHECK(launched({"halves", 1, 32, nullptr}, halves<>, sum) == "");
    for (int t = 0; t < 32; ++t)
      CHECK(sum[t] == (t < 16 ? 4 * (15 * 16 / 2) : 32 * (16 * 16 + 15 * 16 / 2)));  // a round doubles the sum
  });
}

TEST_CASE("Lanes that disagree are found", "[warp]") {
  in_all_orders([] {
    CHECK(contains(found<0>(), "lanes of a warp disagree"));
    CHECK(contains(found<1>(), "lacks the calling lane [block 0,0,0 thread 3,0,0]"));
    CHECK(contains(found<2>(), "the width 12 of a shuffle"));
    CHECK(contains(found<3>(), "lanes of a warp disagree"));
  });
}

}  // namespace warp_test
