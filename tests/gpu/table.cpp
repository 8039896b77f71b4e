// The table of operations on a GPU: the values of kernels that nvcc has compiled, against the reference.
#include <auris/backend/cuda.hpp>
#include <auris/backend/cuda/choice.hpp>

#include "op/checks.hpp"
#include "op/table/all.hpp"
#include "op/table/bf16.hpp"

TEMPLATE_LIST_TEST_CASE("operations on a GPU give the reference's values", "[table]", table::rows) {
  const auto sizes = TestType::tests();
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    INFO(TestType::name << " of " << TestType::describe(sizes[i]));
    CHECK(table::faults_of_values<TestType, auris::cuda>(i) == "");
  }
}

TEMPLATE_LIST_TEST_CASE("operations on a GPU read weights of bf16", "[table]", table::bf16_rows) {
  const auto sizes = TestType::tests();
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    INFO(TestType::name << " of " << TestType::describe(sizes[i]));
    CHECK(table::faults_of_values<TestType, auris::cuda_backend<auris::storage::bf16>>(i) == "");
  }
}
