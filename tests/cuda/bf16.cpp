#include <auris/backend/cuda.cuh>
#include <auris/backend/cuda/choice.hpp>
#include <auris/nn.hpp>
#include <type_traits>

#include "cuda/support.hpp"
#include "op/checks.hpp"
#include "op/table/bf16.hpp"

namespace bf16_test {

using namespace auris;
using halved = cuda_backend<storage::bf16>;

TEMPLATE_LIST_TEST_CASE("kernels read weights of bf16", "[bf16]", table::bf16_rows) {
  const auto sizes = TestType::tests();
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    INFO(TestType::name << " of " << TestType::describe(sizes[i]));
    CHECK(table::faults_of_values<TestType, halved>(i) == "");
  }
}

namespace {
struct network : bind<sequential<conv2d<16, 3, 3, no_bias>, batch_norm, relu, max_pool<1, 4>, fold,
                                 bidirectional<gru<8>>, linear<5>, sigmoid>,
                      dims(dyn, 16, 1)> {};

template <class Backend>
idx prepared = deployed<network>::need<context<Backend, float, deployment>>({1, dims(20, 16, 1)}).prepared;
}  // namespace

TEST_CASE("a deployed network with weights of bf16 is half as large and nearly as precise", "[bf16]") {
  CHECK(prepared<halved> < prepared<cuda> * 6 / 10);  // biases stay floats
  weights<network> w(3);
  std::vector<float> x(2 * 20 * 16);
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = static_cast<float>(uniform(7, i)) * 2 - 1;
  const view<const float> input{x.data(), 2, dims(20, 16, 1)};
  session<deployed<network>, cuda> full(w);
  session<deployed<network>, halved> half(w);
  const view<const float> expected = full(input).value().get<"main">(), got = half(input).value().get<"main">();
  double worst = 0;
  for (idx i = 0; i < expected.size(); ++i)
    worst = std::max(worst, std::abs(static_cast<double>(got.p[i]) - static_cast<double>(expected.p[i])));
  CHECK(worst < 0x1p-8);  // half a step of bf16 at 1
  CHECK(worst > 0);
}

TEST_CASE("storage is a choice like the others", "[bf16]") {
  CHECK(std::is_same_v<cuda_backend<storage::full>, cuda_backend<>>);
  CHECK_FALSE(reads_prepared_weights<op::linear, context<cuda_backend<>, float, deployment>>);
  CHECK(reads_prepared_weights<op::linear, context<halved, float, deployment>>);
  CHECK_FALSE(reads_prepared_weights<op::linear, context<halved, float, inference>>);
  CHECK_FALSE(reads_prepared_weights<op::linear, context<halved, double, deployment>>);
}

}  // namespace bf16_test
