// The one header that includes cuBLAS.
#pragma once
#include <cublasLt.h>

#include <algorithm>
#include <auris/backend/cuda/choice.hpp>
#include <auris/backend/nvidia/library.hpp>
#include <compare>
#include <cstdint>

namespace auris::detail::cublas {

/// A product of floats, all matrices row-major:
///
///     c[i, j] = bias[j] + sum_k a[i, k] * b[k, j],  without bias, or added to c
///
/// a is (rows, depth), or stored as (depth, rows); b is (depth, columns), or stored as (columns, depth).
struct product_call {
  idx rows, columns, depth;
  bool a_is_transposed, b_is_transposed;
  enum kind { plain, biased, added } result = plain;
  precision least = precision::full;
  std::uint32_t alignment = sizeof(float);  ///< in bytes, of all arrays

  auto operator<=>(const product_call&) const = default;
};

/// What the addresses of all arrays are multiples of, as far as kernels care.
template <class... P>
std::uint32_t alignment_of(const P*... p) {
  std::uintptr_t bits = 16;
  ((bits |= reinterpret_cast<std::uintptr_t>(p)), ...);
  return static_cast<std::uint32_t>(bits & (~bits + 1));
}

/// The matrices of a call as cuBLAS has them, column-major: c^T = b^T a^T. A row-major (n, m) is a column-major (m, n).
class product_description {
 public:
  explicit product_description(const product_call& s) {
    const cublasOperation_t b = s.b_is_transposed ? CUBLAS_OP_T : CUBLAS_OP_N;
    const cublasOperation_t a = s.a_is_transposed ? CUBLAS_OP_T : CUBLAS_OP_N;
    keep(cublasLtMatmulDescInit(&operation_, arithmetic(s.least), CUDA_R_32F));
    set(CUBLASLT_MATMUL_DESC_TRANSA, b);
    set(CUBLASLT_MATMUL_DESC_TRANSB, a);
    if (s.result == product_call::biased) set(CUBLASLT_MATMUL_DESC_EPILOGUE, CUBLASLT_EPILOGUE_BIAS);
    s.b_is_transposed ? row_major(b_, s.columns, s.depth) : row_major(b_, s.depth, s.columns);
    s.a_is_transposed ? row_major(a_, s.depth, s.rows) : row_major(a_, s.rows, s.depth);
    row_major(c_, s.rows, s.columns);
  }
  void set_bias(const float* p) { set(CUBLASLT_MATMUL_DESC_BIAS_POINTER, p); }

  cublasLtMatmulDesc_t operation() { return &operation_; }
  cublasLtMatrixLayout_t first() { return &b_; }
  cublasLtMatrixLayout_t second() { return &a_; }
  cublasLtMatrixLayout_t to() { return &c_; }
  cublasStatus_t status() const { return status_; }

 private:
  static cublasComputeType_t arithmetic(precision least) {
    return least == precision::full   ? CUBLAS_COMPUTE_32F
           : least == precision::tf32 ? CUBLAS_COMPUTE_32F_FAST_TF32
                                      : CUBLAS_COMPUTE_32F_FAST_16BF;
  }
  void keep(cublasStatus_t s) {
    if (status_ == CUBLAS_STATUS_SUCCESS) status_ = s;
  }
  template <class V>
  void set(cublasLtMatmulDescAttributes_t name, const V& value) {
    keep(cublasLtMatmulDescSetAttribute(&operation_, name, &value, sizeof value));
  }
  void row_major(cublasLtMatrixLayoutOpaque_t& m, idx rows, idx columns) {
    keep(cublasLtMatrixLayoutInit(&m, CUDA_R_32F, static_cast<std::uint64_t>(columns), static_cast<std::uint64_t>(rows),
                                  columns));
  }

  cublasLtMatmulDescOpaque_t operation_;
  cublasLtMatrixLayoutOpaque_t a_, b_, c_;
  cublasStatus_t status_ = CUBLAS_STATUS_SUCCESS;
};

/// A description and the kernel that cuBLAS has chosen for it, if it has one.
struct product_plan {
  product_description description;
  cublasLtMatmulHeuristicResult_t chosen = {};
  bool found = false;

  product_plan(cublasLtHandle_t handle, const product_call& s) : description(s) {
    constexpr std::uint64_t most = 32 << 20;  // bytes of scratch memory, as NVIDIA proposes for its largest GPUs
    cublasLtMatmulPreferenceOpaque_t wanted;
    bool ok =
        description.status() == CUBLAS_STATUS_SUCCESS && cublasLtMatmulPreferenceInit(&wanted) == CUBLAS_STATUS_SUCCESS;
    const auto want = [&](cublasLtMatmulPreferenceAttributes_t name, const auto& value) {
      ok = ok && cublasLtMatmulPreferenceSetAttribute(&wanted, name, &value, sizeof value) == CUBLAS_STATUS_SUCCESS;
    };
    want(CUBLASLT_MATMUL_PREF_MAX_WORKSPACE_BYTES, most);
    for (const auto name : {CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_A_BYTES, CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_B_BYTES,
                            CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_C_BYTES, CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_D_BYTES})
      want(name, s.alignment);
    int count = 0;
    found = ok &&
            cublasLtMatmulAlgoGetHeuristic(handle, description.operation(), description.first(), description.second(),
                                           description.to(), description.to(), &wanted, 1, &chosen,
                                           &count) == CUBLAS_STATUS_SUCCESS &&
            count == 1 && chosen.state == CUBLAS_STATUS_SUCCESS;
  }
};

/// The handle, the kernels chosen so far, and scratch memory: of one thread and one GPU.
class instance {
 public:
  instance() : created_(cublasLtCreate(&handle_)) {}
  instance(const instance&) = delete;
  instance& operator=(const instance&) = delete;
  ~instance() {
    if (handle_) cublasLtDestroy(handle_);
  }

  cublasStatus_t created() const { return created_; }
  cublasLtHandle_t handle() const { return handle_; }
  library_memory& memory() { return memory_; }
  /// Null while the library may not get ready; then `status` tells.
  product_plan* plan(const char* operation, cuda_stream s, const product_call& call) {
    return known_or_made(plans_, call, operation, s, [&] { return plans_.try_emplace(call, handle_, call).first; });
  }

 private:
  cublasLtHandle_t handle_ = nullptr;
  cublasStatus_t created_;
  std::map<product_call, product_plan> plans_;
  library_memory memory_;
};

/// Queues a product; what fails, `status` tells. False where cuBLAS has no kernel for it: nothing is queued then.
inline bool multiply(const char* operation, cuda_stream stream, product_call s, const float* a, const float* b,
                     const float* bias, float* c) noexcept {
  if (s.rows <= 0 || s.columns <= 0 || s.depth <= 0) return false;
  s.alignment = alignment_of(a, b, bias, c);
  instance* const library = library_of_thread<instance>(operation, stream);
  const auto failed = [&](cublasStatus_t status) {
    if (status != CUBLAS_STATUS_SUCCESS) cuda_device<>::keep(operation, cublasLtGetStatusString(status));
    return status != CUBLAS_STATUS_SUCCESS;
  };
  if (!library || failed(library->created())) return true;
  product_plan* const plan = library->plan(operation, stream, s);
  if (!plan) return true;
  if (!plan->found) return false;
  const std::size_t bytes = plan->chosen.workspaceSize;
  void* const scratch = library->memory().reserve(operation, stream, bytes);
  if (bytes > 0 && !scratch) return true;

  product_description& d = plan->description;
  if (s.result == product_call::biased) d.set_bias(bias);
  const float one = 1, start = s.result == product_call::added ? 1 : 0;
  failed(cublasLtMatmul(library->handle(), d.operation(), &one, b, d.first(), a, d.second(), &start, c, d.to(), c,
                        d.to(), &plan->chosen.algo, scratch, bytes, stream));
  return true;
}

}  // namespace auris::detail::cublas
