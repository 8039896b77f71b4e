// Missing order is found: in some order of threads by what comes out, by the thread sanitizer in any.
#include <cstdlib>

#include "cuda/support.hpp"

namespace races_test {

using namespace cuda_test;

namespace {
using floats = std::vector<float>;

/// Parts of x, each in reverse, one after another through the same shared memory.
template <int = 0>
__global__ void reverse_in_block(int parts, const float* x, float* y) {
  AURIS_SHARED(part, float[64]);
  const unsigned t = threadIdx.x;
  for (int p = 0; p < parts; ++p) {
    part[t] = x[p * 64 + static_cast<int>(t)];
    __syncthreads();
    y[p * 64 + static_cast<int>(t)] = part[63 - t];
    __syncthreads();
  }
}
template <int = 0>
__global__ void reverse_in_warp(int parts, const float* x, float* y) {
  AURIS_SHARED(part, float[32]);
  const unsigned t = threadIdx.x;
  for (int p = 0; p < parts; ++p) {
    part[t] = x[p * 32 + static_cast<int>(t)];
    __syncwarp();
    y[p * 32 + static_cast<int>(t)] = part[31 - t];
    __syncwarp();
  }
}
/// y[i] = the sum of all x.
template <int = 0>
__global__ void sum_in_block(const float* x, float* y) {
  AURIS_SHARED(of_warp, float[4]);
  AURIS_SHARED(of_all, float);
  const unsigned t = threadIdx.x;
  float sum = x[t];
  for (int by = 16; by > 0; by /= 2) sum += __shfl_xor_sync(~0u, sum, by);
  if (t % 32 == 0) of_warp[t / 32] = sum;
  __syncthreads();
  if (t == 0) of_all = of_warp[0] + of_warp[1] + of_warp[2] + of_warp[3];
  __syncthreads();
  y[t] = of_all;
}
/// y = x, one place further each round.
template <int = 0>
__global__ void rotate_in_grid(unsigned rounds, unsigned* counter, float* x, float* y) {
  const unsigned count = gridDim.x * blockDim.x, i = blockIdx.x * blockDim.x + threadIdx.x;
  for (unsigned round = 1; round <= rounds; ++round) {
    const float next = x[(i + 1) % count];
    gpu::grid_barrier(counter, 2 * round - 1, gridDim.x);
    x[i] = next;
    gpu::grid_barrier(counter, 2 * round, gridDim.x);
  }
  y[i] = x[i];
}
/// A barrier that nothing needs.
template <int = 0>
__global__ void copy_slowly(const float* x, float* y) {
  y[threadIdx.x] = x[threadIdx.x];
  __syncthreads();
}

floats of_reverse_in_block() {
  floats x = counted(192), y(192);
  gpu::launch({"reverse_in_block", 1, 64, nullptr}, reverse_in_block<>, 3, x.data(), y.data());
  return y;
}
floats of_reverse_in_warp() {
  floats x = counted(96), y(96);
  gpu::launch({"reverse_in_warp", 1, 32, nullptr}, reverse_in_warp<>, 3, x.data(), y.data());
  return y;
}
floats of_sum_in_block() {
  floats x = counted(128), y(128);
  gpu::launch({"sum_in_block", 1, 128, nullptr}, sum_in_block<>, x.data(), y.data());
  return y;
}
floats of_rotate_in_grid() {
  floats x = counted(120), y(120);
  unsigned counter = 0;
  gpu::launch_together({"rotate_in_grid", 3, 40, nullptr}, rotate_in_grid<>, 2u, &counter, x.data(), y.data());
  return y;
}
floats of_copy_slowly() {
  floats x = counted(40), y(40);
  gpu::launch({"copy_slowly", 1, 40, nullptr}, copy_slowly<>, x.data(), y.data());
  return y;
}

/// Adds 1 to *sum for each block: *sum is complete where the last block has come.
template <int = 0>
__global__ void count_blocks(bool atomically, bool fenced, unsigned* came, float* part, float* sum) {
  if (threadIdx.x > 0) return;
  if (atomically) {
    part[blockIdx.x] = 1;
    if (fenced) __threadfence();
    if (atomicAdd(came, 1u) + 1 < gridDim.x) return;
    if (fenced) __threadfence();
    for (unsigned b = 0; b < gridDim.x; ++b) *sum += part[b];
  } else
    *sum += 1;
}
template <bool Atomically, bool Fenced>
floats of_count_blocks() {
  unsigned came = 0;
  floats part(9), sum(1);
  gpu::launch({"count_blocks", 9, 32, nullptr}, count_blocks<>, Atomically, Fenced, &came, part.data(), sum.data());
  return sum;
}

struct work {
  const char* name;
  floats (*run)();
};
const work in_order[] = {{"reverse_in_block", of_reverse_in_block},
                         {"reverse_in_warp", of_reverse_in_warp},
                         {"sum_in_block", of_sum_in_block},
                         {"rotate_in_grid", of_rotate_in_grid},
                         {"copy_slowly", of_copy_slowly}};
const work counting = {"count_blocks", of_count_blocks<true, true>};
const work counting_unfenced = {"count_blocks, not fenced", of_count_blocks<true, false>};
const work counting_at_once = {"count_blocks, not atomic", of_count_blocks<false, false>};

/// How this program ends that does one work alone, forward, without a barrier ("" for none).
int status_of_program(const work& w, const std::string& left_out) {
  return status_of(start_child([&] {
    setenv("AURIS_CUDA_LEAVE_OUT", left_out.c_str(), 1);
    return execl("/proc/self/exe", "unit_cuda", "One work alone", "-c", w.name, nullptr);
  }));
}

/// Whether something shows that is wrong: in other results in some order of threads, or to the thread sanitizer.
bool shows(const work& w, const floats& right, const std::string& left_out = "") {
  constexpr int reported = 66;
  if (cuda_executor::tsan::on) return status_of_program(w, left_out) == reported;
  const restored_settings restored;
  settings.left_out = cuda_executor::site(left_out);
  bool differs = false;
  in_all_orders([&] { differs = w.run() != right || differs; });
  CHECK(failure() == "");
  return differs;
}
}  // namespace

TEST_CASE("One work alone", "[.]") {
  std::vector<work> all(std::begin(in_order), std::end(in_order));
  all.insert(all.end(), {counting, counting_unfenced, counting_at_once});
  for (const work& w : all) {
    DYNAMIC_SECTION(w.name) { w.run(); }
  }
}

TEST_CASE("Every barrier that is left out shows where it is needed, and only there", "[races]") {
  for (const work& w : in_order) {
    INFO(w.name);
    const restored_settings restored;
    cuda_executor::barrier_log seen;
    settings.seen = &seen;
    const floats right = w.run();
    settings.seen = nullptr;
    const bool needed = w.run != of_copy_slowly;
    CHECK(!shows(w, right));
    CHECK(seen.lines().size() == (needed ? 2 : 1));
    for (const std::string& barrier : seen.lines()) {
      INFO(barrier);
      CHECK(shows(w, right, barrier) == needed);
    }
  }
}

TEST_CASE("A barrier is left out by the environment", "[races]") {
  const auto here = cuda_executor::location::current();
  const std::string line = "races.cpp:" + std::to_string(here.line());
  setenv("AURIS_CUDA_LEAVE_OUT", line.c_str(), 1);
  const auto chosen = cuda_executor::choices_of_environment().left_out;
  unsetenv("AURIS_CUDA_LEAVE_OUT");
  CHECK(chosen.is(here));
  CHECK(!chosen.is(cuda_executor::location::current()));
  CHECK(!cuda_executor::choices_of_environment().left_out.is(here));
}

TEST_CASE("Blocks without order are found by the thread sanitizer", "[races]") {
  CHECK(!shows(counting, {9}));
  if (!cuda_executor::tsan::on) return;
  CHECK(shows(counting_unfenced, {9}));
  CHECK(shows(counting_at_once, {9}));
}

}  // namespace races_test
