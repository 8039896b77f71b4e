// Shared memory: its contents at the start, its limits and, under the address sanitizer, its bounds.
#include <cmath>

#include "cuda/support.hpp"

using namespace cuda_test;

namespace {
template <int = 0>
__global__ void read_at_start(double* of_static, float* of_dynamic) {
  AURIS_SHARED(fixed, double[3][2]);
  AURIS_DYNAMIC_SHARED(dynamic, float);
  if (threadIdx.x > 0) return;
  of_static[blockIdx.x] = fixed[2][1];
  of_dynamic[blockIdx.x] = dynamic[6];
  fixed[2][1] = dynamic[6] = 1;
}

struct counts {
  unsigned v[2];
};
/// How often each value below `bins` stands in x.
template <int = 0>
__global__ void histogram(const unsigned* x, unsigned count, unsigned* bin, unsigned bins) {
  AURIS_SHARED(total, counts);
  AURIS_DYNAMIC_SHARED(mine, unsigned);
  for (unsigned i = threadIdx.x; i < bins; i += blockDim.x) mine[i] = 0;
  if (threadIdx.x < 2) total.v[threadIdx.x] = 0;
  __syncthreads();
  for (unsigned i = blockIdx.x * blockDim.x + threadIdx.x; i < count; i += gridDim.x * blockDim.x) {
    atomicAdd(&mine[x[i]], 1u);
    atomicAdd(&total.v[0], 1u);
    atomicMax(&total.v[1], x[i] + 1);
  }
  __syncthreads();
  for (unsigned i = threadIdx.x; i < bins; i += blockDim.x) atomicAdd(&bin[i], mine[i]);
  if (threadIdx.x != 0) return;
  atomicAdd(&bin[bins], total.v[0]);
  atomicMax(&bin[bins + 1], total.v[1]);
}

template <std::size_t Bytes>
__global__ void large(char* last) {
  AURIS_SHARED(all, char[Bytes]);
  all[Bytes - 1] = 5;
  last[0] = all[Bytes - 1];
}
template <std::size_t Bytes>
std::string of_large(std::size_t dynamic) {
  char last = 0;
  const std::string found = launched({"large", 1, 1, nullptr, dynamic}, large<Bytes>, &last);
  CHECK(last == (found.empty() ? 5 : 0));
  return found;
}

template <int = 0>
__global__ void write_at(int of_static, int of_dynamic) {
  AURIS_SHARED(fixed, float[5]);
  AURIS_DYNAMIC_SHARED(dynamic, float);
  fixed[of_static] = 0;
  dynamic[of_dynamic] = 0;
}
}  // namespace

TEST_CASE("Shared memory is NaN at the start of each block", "[shared_memory]") {
  in_all_orders([] {
    double of_static[9] = {};
    float of_dynamic[9] = {};
    CHECK(launched({"read_at_start", 9, 40, nullptr, 7 * sizeof(float)}, read_at_start<>, of_static, of_dynamic) == "");
    for (int b = 0; b < 9; ++b) {
      CHECK(std::isnan(of_static[b]));
      CHECK(std::isnan(of_dynamic[b]));
    }
  });
}

TEST_CASE("Static and dynamic shared memory together, with atomics", "[shared_memory]") {
  std::vector<unsigned> x, right(19);
  for (unsigned i = 0; i < 3000; ++i) x.push_back(i * i % 17);
  for (const unsigned v : x) ++right[v];
  right[17] = 3000, right[18] = 17;
  in_all_orders([&] {
    std::vector<unsigned> bin(19);
    CHECK(launched({"histogram", 7, 96, nullptr, 17 * sizeof(unsigned)}, histogram<>, x.data(), 3000u, bin.data(),
                   17u) == "");
    CHECK(bin == right);
  });
}

TEST_CASE("More shared memory than a block gets is a failure", "[shared_memory]") {
  CHECK(of_large<48 * 1024>(0) == "");
  CHECK(contains(of_large<48 * 1024 + 1>(0), "49153 bytes of shared memory, 0 of them dynamic"));
  CHECK(contains(of_large<8 * 1024>(41 * 1024), "the block gets 49152"));  // no more was asked for
  CHECK(of_large<8 * 1024>(200 * 1024) == "");
  CHECK(contains(of_large<40 * 1024>(200 * 1024), "shared_memory.cpp:"));
}

TEST_CASE("The address sanitizer finds what is outside of shared memory", "[shared_memory]") {
  if (!cuda_executor::asan::on) return;
  const auto status = [](int of_static, int of_dynamic) {
    return status_of(start_child([&] {
      const std::string found =
          launched({"write_at", 1, 1, nullptr, 3 * sizeof(float)}, write_at<>, of_static, of_dynamic);
      return found.empty() ? 0 : 2;
    }));
  };
  CHECK(status(4, 2) == 0);
  for (const auto& [of_static, of_dynamic] : {std::pair(5, 2), {-1, 2}, {4, 3}, {4, -1}})
    CHECK(status(of_static, of_dynamic) == 1);
}
