// Linear layers by cuBLAS: what it is asked for, computed on the host.
#include "op/table/linear.hpp"

#include <auris/backend/cublas.hpp>
#include <auris/nn.hpp>
#include <thread>

#include "cuda/libraries/device_on_host.hpp"
#include "op/checks.hpp"

using namespace auris;
using backend = cuda_backend<matrix_product::cublas>;
using by_cublas = kernel_of<op::linear, backend, float>;

TEST_CASE("cublas: linear keeps its contract", "[cublas]") {
  on_host::restored_settings restored;
  table::check<table::linear, backend>();
  CHECK(on_host::now.calls > 0);
}

TEST_CASE("cublas: linear keeps its contract where cuBLAS has no kernel", "[cublas]") {
  // Plans belong to a thread: this one has none yet.
  on_host::restored_settings restored;
  on_host::now.has_kernels = false;
  std::string faults;
  std::thread([&] {
    for (std::size_t i = 0; i < table::linear::tests().size(); ++i)
      faults += table::faults_of_values<table::linear, backend>(i);
  }).join();
  CHECK(faults == "");
  CHECK(on_host::now.calls == 0);
}

TEST_CASE("cublas: the papers' linear layers", "[cublas]") {
  on_host::restored_settings restored;
  for (const auto& s : {op::linear::size{200, 512, 17}, {311, 512, 5}, {8, 512, 2}, {200, 64, 32}, {200, 32, 17}}) {
    INFO(table::linear::describe(s));
    CHECK(table::faults_of_values(table::linear::calls<reference, double>(s),
                                  table::linear::calls<backend, float>(s)) == "");
  }
}

TEST_CASE("cublas: arithmetic is what was chosen", "[cublas]") {
  const auto arithmetic = [](precision least) {
    detail::cublas::product_description d({2, 3, 4, false, true, detail::cublas::product_call::plain, least});
    REQUIRE(d.status() == CUBLAS_STATUS_SUCCESS);
    cublasComputeType_t type{};
    REQUIRE(cublasLtMatmulDescGetAttribute(d.operation(), CUBLASLT_MATMUL_DESC_COMPUTE_TYPE, &type, sizeof type,
                                           nullptr) == CUBLAS_STATUS_SUCCESS);
    return type;
  };
  CHECK(arithmetic(precision::full) == CUBLAS_COMPUTE_32F);
  CHECK(arithmetic(precision::tf32) == CUBLAS_COMPUTE_32F_FAST_TF32);
  CHECK(arithmetic(precision::bf16) == CUBLAS_COMPUTE_32F_FAST_16BF);
}

TEST_CASE("cublas: alignment is that of the least aligned array", "[cublas]") {
  alignas(16) static const float a[8] = {};
  const float* const none = nullptr;
  CHECK(detail::cublas::alignment_of(a, a + 4, none) == 16);
  CHECK(detail::cublas::alignment_of(a, a + 2) == 8);
  CHECK(detail::cublas::alignment_of(a + 4, a + 3) == 4);
}

namespace {
/// One product on a thread of its own, which has no handle yet: what `status` tells, after `before` has run.
template <class Before>
std::string failure_of_product(const Before& before) {
  std::string failure;
  std::thread([&] {
    const float x[2] = {1, 2}, weight[2] = {3, 4};
    float y = 0;
    before([&](cuda_stream s) { by_cublas::forward({s, nullptr}, {1, 2, 1}, x, weight, nullptr, &y); });
    failure = on_host::failure();
  }).join();
  return failure;
}
}  // namespace

TEST_CASE("cublas: what fails is told by status", "[cublas]") {
  on_host::restored_settings restored;
  on_host::now.makes_handles = false;
  const std::string failure = failure_of_product([](const auto& product) { product(nullptr); });
  CHECK_THAT(failure, Catch::Contains("linear forward") &&
                          Catch::Contains(cublasLtGetStatusString(CUBLAS_STATUS_NOT_INITIALIZED)));
}

TEST_CASE("cublas: sizes that come up while a stream is captured are an error, others are not", "[cublas]") {
  on_host::restored_settings restored;
  const cuda_queue stream = cuda_queue::make().value();
  CHECK_THAT(failure_of_product([&](const auto& product) {
               on_host::now.captured = true;
               product(stream);
               on_host::now.captured = false;
             }),
             Catch::Contains("with a call before the capture"));
  CHECK(failure_of_product([&](const auto& product) {
          product(stream);
          on_host::now.captured = true;
          product(stream);
          on_host::now.captured = false;
        }) == "");
}

TEST_CASE("cublas: the same choices are one backend, and double is left to our own kernels", "[cublas]") {
  using other = cuda_backend<precision::tf32, recurrence::own, matrix_product::cublas>;
  static_assert(std::is_same_v<other, cuda_backend<matrix_product::cublas, precision::tf32>>);
  static_assert(!std::is_same_v<other, backend>);
  static_assert(std::is_same_v<kernel_of<op::linear, backend, double>, kernel<op::linear, cuda, double>>);
  static_assert(std::is_same_v<kernel_of<op::relu, backend, float>, kernel<op::relu, cuda, float>>);
  static_assert(!std::is_same_v<by_cublas, kernel<op::linear, cuda, float>>);
  static_assert(std::is_same_v<cuda_backend<>::fallback, cuda>);
}

TEST_CASE("cublas: a session needs another backend, and nothing else", "[cublas]") {
  on_host::restored_settings restored;
  struct network : bind<sequential<linear<3>, linear<2>>, dims(dyn, 4)> {};
  weights<network> w(1);
  session<network, reference> expected(w);
  session<network, backend> run(w);
  const std::array<float, 8> x{1, 2, 3, 4, -4, -3, -2, -1};
  const auto y = run({x.data(), 1, dims(2, 4)}).value().get<"main">();
  const auto right = expected({x.data(), 1, dims(2, 4)}).value().get<"main">();
  for (idx i = 0; i < 4; ++i) CHECK(y.p[i] == Approx(right.p[i]));
  CHECK(on_host::now.calls == 2);
}
