// The functions of cuBLAS that need a GPU, on the host.
#include <cublasLt.h>

#include "cuda/libraries/device_on_host.hpp"
#include "support/catch.hpp"

namespace {

template <class V>
V of(cublasLtMatmulDesc_t d, cublasLtMatmulDescAttributes_t name) {
  V value{};
  REQUIRE(cublasLtMatmulDescGetAttribute(d, name, &value, sizeof value, nullptr) == CUBLAS_STATUS_SUCCESS);
  return value;
}

/// A matrix as its layout says, column-major.
struct matrix {
  std::uint64_t rows, columns;
  std::int64_t leading;
  const float* p;

  matrix(cublasLtMatrixLayout_t layout, const void* values) : p(static_cast<const float*>(values)) {
    const auto get = [&](cublasLtMatrixLayoutAttribute_t name, auto& value) {
      REQUIRE(cublasLtMatrixLayoutGetAttribute(layout, name, &value, sizeof value, nullptr) == CUBLAS_STATUS_SUCCESS);
    };
    std::int32_t order = 0;
    std::uint32_t type = 0;
    get(CUBLASLT_MATRIX_LAYOUT_ROWS, rows), get(CUBLASLT_MATRIX_LAYOUT_COLS, columns);
    get(CUBLASLT_MATRIX_LAYOUT_LD, leading), get(CUBLASLT_MATRIX_LAYOUT_ORDER, order);
    get(CUBLASLT_MATRIX_LAYOUT_TYPE, type);
    REQUIRE((order == CUBLASLT_ORDER_COL && type == CUDA_R_32F));
    REQUIRE(leading >= static_cast<std::int64_t>(rows));
  }
  std::size_t at(std::uint64_t i, std::uint64_t j) const {
    return static_cast<std::size_t>(i + j * static_cast<std::uint64_t>(leading));
  }
  double value(cublasOperation_t op, std::uint64_t i, std::uint64_t j) const {
    return static_cast<double>(op == CUBLAS_OP_N ? p[at(i, j)] : p[at(j, i)]);
  }
  std::uint64_t extent(cublasOperation_t op, int axis) const {
    return (axis == 0) == (op == CUBLAS_OP_N) ? rows : columns;
  }
};

constexpr std::size_t scratch = 1000;  // bytes that every kernel wants

}  // namespace

cublasStatus_t cublasLtCreate(cublasLtHandle_t* handle) {
  if (!on_host::now.makes_handles) return CUBLAS_STATUS_NOT_INITIALIZED;
  *handle = reinterpret_cast<cublasLtHandle_t>(&on_host::now);
  return CUBLAS_STATUS_SUCCESS;
}
cublasStatus_t cublasLtDestroy(cublasLtHandle_t) { return CUBLAS_STATUS_SUCCESS; }

cublasStatus_t cublasLtMatmulAlgoGetHeuristic(cublasLtHandle_t, cublasLtMatmulDesc_t, cublasLtMatrixLayout_t,
                                              cublasLtMatrixLayout_t, cublasLtMatrixLayout_t, cublasLtMatrixLayout_t,
                                              cublasLtMatmulPreference_t wanted, int requested,
                                              cublasLtMatmulHeuristicResult_t results[], int* count) {
  REQUIRE(requested == 1);
  std::uint32_t alignment = 0;
  for (const auto name : {CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_A_BYTES, CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_B_BYTES,
                          CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_C_BYTES, CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_D_BYTES}) {
    std::uint32_t one = 0;
    REQUIRE(cublasLtMatmulPreferenceGetAttribute(wanted, name, &one, sizeof one, nullptr) == CUBLAS_STATUS_SUCCESS);
    REQUIRE((alignment == 0 || alignment == one));
    alignment = one;
  }
  *count = on_host::now.has_kernels ? 1 : 0;
  if (*count == 0) return CUBLAS_STATUS_NOT_SUPPORTED;
  results[0] = {};
  results[0].algo.data[0] = alignment;
  results[0].workspaceSize = scratch;
  results[0].state = CUBLAS_STATUS_SUCCESS;
  return CUBLAS_STATUS_SUCCESS;
}

/// d = alpha op(a) op(b) + beta c, and a bias for each row of d.
cublasStatus_t cublasLtMatmul(cublasLtHandle_t, cublasLtMatmulDesc_t operation, const void* alpha, const void* a,
                              cublasLtMatrixLayout_t a_layout, const void* b, cublasLtMatrixLayout_t b_layout,
                              const void* beta, const void* c, cublasLtMatrixLayout_t c_layout, void* d,
                              cublasLtMatrixLayout_t d_layout, const cublasLtMatmulAlgo_t* algorithm, void* workspace,
                              size_t bytes, cudaStream_t) {
  const auto op_a = of<cublasOperation_t>(operation, CUBLASLT_MATMUL_DESC_TRANSA);
  const auto op_b = of<cublasOperation_t>(operation, CUBLASLT_MATMUL_DESC_TRANSB);
  const auto epilogue = of<cublasLtEpilogue_t>(operation, CUBLASLT_MATMUL_DESC_EPILOGUE);
  const float* const bias = of<const float*>(operation, CUBLASLT_MATMUL_DESC_BIAS_POINTER);
  REQUIRE((epilogue == CUBLASLT_EPILOGUE_DEFAULT || (epilogue == CUBLASLT_EPILOGUE_BIAS && bias)));
  for (const void* p : {a, b, c, static_cast<const void*>(d), static_cast<const void*>(bias)})
    REQUIRE(reinterpret_cast<std::uintptr_t>(p) % algorithm->data[0] == 0);
  REQUIRE(bytes >= scratch);
  static_cast<unsigned char*>(workspace)[bytes - 1] = 1;

  const matrix first(a_layout, a), second(b_layout, b), start(c_layout, c), to(d_layout, d);
  REQUIRE((first.extent(op_a, 0) == to.rows && second.extent(op_b, 1) == to.columns));
  REQUIRE(first.extent(op_a, 1) == second.extent(op_b, 0));
  REQUIRE((start.p == to.p && start.leading == to.leading));
  const float scale = *static_cast<const float*>(alpha), keep = *static_cast<const float*>(beta);
  for (std::uint64_t j = 0; j < to.columns; ++j)
    for (std::uint64_t i = 0; i < to.rows; ++i) {
      double sum = 0;
      for (std::uint64_t k = 0; k < first.extent(op_a, 1); ++k)
        sum += first.value(op_a, i, k) * second.value(op_b, k, j);
      float& value = static_cast<float*>(d)[to.at(i, j)];
      const float added = keep == 0 ? 0 : keep * value, shift = epilogue == CUBLASLT_EPILOGUE_BIAS ? bias[i] : 0;
      value = static_cast<float>(static_cast<double>(scale) * sum + static_cast<double>(added) +
                                 static_cast<double>(shift));
    }
  ++on_host::now.calls;
  return CUBLAS_STATUS_SUCCESS;
}
