// Grids, blocks and threads; launches that no device takes.
#include <algorithm>
#include <set>

#include "cuda/support.hpp"

namespace launch_test {

using namespace cuda_test;

namespace {
struct numbers {
  int offset, factor;
};

/// Every thread writes which one it is, and the how-manieth to come.
template <int = 0>
__global__ void who(numbers n, unsigned* came, int* number, unsigned* turn) {
  const unsigned thread = threadIdx.x + blockDim.x * (threadIdx.y + blockDim.y * threadIdx.z);
  const unsigned block = blockIdx.x + gridDim.x * (blockIdx.y + gridDim.y * blockIdx.z);
  const unsigned i = block * blockDim.x * blockDim.y * blockDim.z + thread;
  number[i] += n.offset + n.factor * static_cast<int>(i);
  turn[i] = atomicAdd(came, 1u);
}
std::vector<unsigned> turns(dim3 grid, dim3 block) {
  const std::size_t count = std::size_t{grid.x} * grid.y * grid.z * block.x * block.y * block.z;
  unsigned came = 0;
  std::vector<int> number(count);
  std::vector<unsigned> turn(count);
  CHECK(launched({"who", grid, block, nullptr}, who<>, numbers{7, 2}, &came, number.data(), turn.data()) == "");
  CHECK(came == count);
  for (std::size_t i = 0; i < count; ++i) CHECK(number[i] == 7 + 2 * static_cast<int>(i));
  return turn;
}

template <int = 0>
__global__ void nothing(int* p) {
  if (p) *p = 1;
}
std::string refused(dim3 grid, dim3 block, std::size_t shared = 0) {
  int touched = 0;
  gpu::launch({"nothing", grid, block, nullptr, shared}, nothing<>, &touched);
  CHECK(touched == 0);
  return failure();
}
}  // namespace

TEST_CASE("Every thread of every block runs once, in the order that is set", "[launch]") {
  in_all_orders([] {
    for (const dim3 block : {dim3(1), dim3(33), dim3(1024), dim3(8, 4, 3)})
      for (const dim3 grid : {dim3(1), dim3(7), dim3(3, 2, 5)}) {
        auto turn = turns(grid, block);
        if (settings.order == order::forward) CHECK(std::is_sorted(turn.begin(), turn.end()));
        if (settings.order == order::reverse) CHECK(std::is_sorted(turn.rbegin(), turn.rend()));
        std::sort(turn.begin(), turn.end());
        CHECK(std::adjacent_find(turn.begin(), turn.end()) == turn.end());
      }
  });
}

TEST_CASE("A seed gives an order", "[launch]") {
  const restored_settings restored;
  settings.order = order::random;
  std::set<std::vector<unsigned>> orders;
  for (settings.seed = 1; settings.seed <= 5; ++settings.seed) {
    orders.insert(turns(9, 70));
    orders.insert(turns(9, 70));
  }
  CHECK(orders.size() == 5);
}

TEST_CASE("An empty grid does nothing", "[launch]") {
  for (const dim3 grid : {dim3(0), dim3(3, 0), dim3(3, 2, 0)}) CHECK(refused(grid, 32) == "");
}

TEST_CASE("Launches that no device takes are failures", "[launch]") {
  for (const dim3 block : {dim3(0), dim3(1025), dim3(32, 33), dim3(1, 1, 65)})
    CHECK(contains(refused(1, block), "nothing: got a block has 1 to 1024 threads"));
  for (const dim3 grid : {dim3(1, 65536), dim3(1, 1, 65536), dim3(0x80000000u)})
    CHECK(contains(refused(grid, 32), "more blocks than a grid can have"));
  CHECK(contains(refused(1, 32, 227 * 1024 + 1), "more dynamic shared memory than a block can have"));
}

TEST_CASE("The device keeps the first failure until it is asked", "[launch]") {
  gpu::launch({"first", 1, 0, nullptr}, nothing<>, nullptr);
  CHECK(contains(launched({"second", 1, 2000, nullptr}, nothing<>, nullptr), "first: "));
  CHECK(failure() == "");
}

}  // namespace launch_test
