#include <auris/backend/cuda.cuh>
#include <auris/core/random.hpp>
#include <vector>

#include "op/table/optimiser.hpp"
#include "support/catch.hpp"

namespace block_sums_test {

using namespace auris;
using detail::gpu::block_sums;

TEST_CASE("block_sums: blocks cover all values, none is empty, one block can add their sums") {
  for (const idx least : {32, 1024})
    for (const idx count : {1, 31, 32, 33, 1024, 1025, 32'768, 32'769, 1'048'576, 1'048'577, 2'000'000'000}) {
      const block_sums cut{count, least};
      CHECK(cut.each() % least == 0);
      CHECK(cut.blocks() <= 1024);
      CHECK(cut.blocks() * cut.each() >= count);
      CHECK((cut.blocks() - 1) * cut.each() < count);
    }
  CHECK(block_sums{0}.blocks() == 0);
  CHECK(block_sums{1024}.workspace<float>() == 0);
}

TEST_CASE("squared_norm: of more values than its blocks read at once, aligned and not") {
  constexpr std::size_t count = 1'100'000;
  table::order_threads_as(calling_thread);
  std::vector<float> x(count + 1), workspace(2200), value(2);
  double sum = 0;
  for (std::size_t i = 0; i < count; ++i) {
    x[i] = static_cast<float>(2 * uniform(1, i) - 1);
    sum += static_cast<double>(x[i]) * static_cast<double>(x[i]);
  }
  const op::squared_norm::size s{count};
  REQUIRE(forward_workspace<op::squared_norm, cuda, float>(s, 1) <= 2200);
  kernel<op::squared_norm, cuda, float>::forward({nullptr, workspace.data()}, s, x.data(), &value[0]);
  std::copy_backward(x.begin(), x.end() - 1, x.end());
  kernel<op::squared_norm, cuda, float>::forward({nullptr, workspace.data() + 1}, s, x.data() + 1, &value[1]);
  CHECK(value[0] == Approx(sum));
  CHECK(value[1] == value[0]);
}

}  // namespace block_sums_test
