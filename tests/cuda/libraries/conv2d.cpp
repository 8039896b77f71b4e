// Convolutions by cuDNN: the kernels that it chooses for a GPU, and what it is asked for, computed on the host.
#include "op/table/conv2d.hpp"

#include <algorithm>
#include <auris/backend/cudnn.hpp>
#include <auris/core/random.hpp>
#include <auris/nn.hpp>
#include <thread>

#include "cuda/libraries/compare.hpp"
#include "cuda/libraries/cudnn_on_host.hpp"
#include "cuda/libraries/device_on_host.hpp"
#include "op/checks.hpp"

namespace conv2d_test {

using namespace auris;
using backend = cuda_backend<convolution::cudnn>;
using by_cudnn = kernel_of<op::conv2d, backend, float>;
using call = detail::cudnn::convolution_call;

namespace {
std::string faults_of(const op::conv2d::size& s) {
  return on_host::without_other_bits(
      table::faults_of_values(table::conv2d::calls<reference, double>(s), table::conv2d::calls<backend, float>(s)));
}
}  // namespace

TEST_CASE("cudnn: conv2d keeps its contract", "[cudnn]") {
  on_host::restored_settings restored;
  const auto sizes = table::conv2d::tests();
  for (std::size_t i = 0; i < sizes.size(); i += 3) {  // most of it is for our own kernels, which are tested elsewhere
    INFO(table::conv2d::describe(sizes[i]));
    CHECK(faults_of(sizes[i]) == "");
  }
}

TEST_CASE("cudnn: conv2d by cuDNN, at the table's sizes", "[cudnn]") {
  on_host::restored_settings restored;
  for (const auto& s : table::conv2d::tests()) {
    if (s.pool.places() > 1) continue;  // which it leaves to others
    const auto oracle = table::conv2d::calls<reference, double>(s);
    const auto tested = table::conv2d::calls<backend, float>(s);
    INFO(table::conv2d::describe(s));
    const int each = s.rows() > 0 ? 1 : 0;
    CHECK(on_host::compare(oracle[0], tested[0], {}) == each);
    CHECK(on_host::compare(oracle[0], tested[0], {"bias"}) == each);
    if (s.rectify) continue;
    CHECK(on_host::compare(oracle[1], tested[1], {}) == 2 * each);
    CHECK(on_host::compare(oracle[1], tested[1], {"dx"}) == each);
    CHECK(on_host::compare(oracle[1], tested[1], {"dweight"}) == each);
    CHECK(on_host::compare(oracle[1], tested[1], {"dx", "dweight"}) == 0);
  }
}

TEST_CASE("cudnn: conv2d keeps its contract where cuDNN has no kernel", "[cudnn]") {
  on_host::restored_settings restored;
  on_host::now.has_kernels = false;
  std::string faults;
  std::thread([&] {  // without plans
    const auto sizes = table::conv2d::tests();
    for (std::size_t i = 0; i < sizes.size(); i += 5) faults += faults_of(sizes[i]);
  })
      .join();
  CHECK(faults == "");
  CHECK(on_host::now.calls == 0);
}

namespace {
/// Layers of the papers' networks, for clips of 200 frames.
std::vector<op::conv2d::size> layers(idx items) {
  std::vector<op::conv2d::size> all;
  idx mels = 64, in = 1;
  for (const idx out : {64, 128, 256, 512, 1024, 2048}) {
    all.push_back(table::conv2d::same(items, 200, mels, in, out));
    all.push_back(table::conv2d::same(items, 200, mels, out, out));
    mels /= 2, in = out;
  }
  for (const auto& [width, channels] : {std::pair(64, 1), {12, 128}, {6, 128}})
    all.push_back(table::conv2d::same(items, 200, width, channels, 128));
  return all;
}
detail::cudnn::plan plan_of(const detail::cudnn::descriptor& device, const call& c) {
  return detail::cudnn::make_plan(device, detail::cudnn::convolution_graph(c).take(), c.least, std::size_t{256} << 20);
}
/// The handle is never looked into: what stands for it is the GPU that a test has described.
detail::cudnn::descriptor described(const char* gpu) {
  on_host::gpu = gpu;
  detail::cudnn::descriptor device(CUDNN_BACKEND_DEVICEPROP_DESCRIPTOR);
  REQUIRE(device.set(CUDNN_ATTR_DEVICEPROP_HANDLE, cudnnHandle_t{}).finish());
  on_host::gpu = on_host::h100;
  return device;
}
}  // namespace

TEST_CASE("cudnn: there are kernels for the papers' layers, on the GPUs of two generations", "[cudnn]") {
  for (const char* const gpu : {on_host::a100, on_host::h100}) {
    const auto device = described(gpu);
    const auto has_plan = [&](const call& c) { return plan_of(device, c).found; };
    for (const idx items : {1, 16})
      for (const op::conv2d::size& s : layers(items))
        for (const precision least : {precision::full, precision::tf32}) {
          INFO(table::conv2d::describe(s) << (least == precision::full ? "" : ", tf32"));
          CHECK(has_plan({s, call::forward, false, least}));
          CHECK(has_plan({s, call::forward, true, least}));
          CHECK(has_plan({table::conv2d::rectified(s), call::forward, true, least}));
          CHECK(has_plan({s, call::by_input, false, least}));
          CHECK(has_plan({s, call::by_weight, false, least}));
        }
  }
}

TEST_CASE("cudnn: kernels are as precise as was chosen, and give the same bits in every run", "[cudnn]") {
  using detail::cudnn::descriptor;
  const auto device = described(on_host::h100);
  const auto has_note = [&](const call& c, cudnnBackendNumericalNote_t wanted) {
    const auto plan = plan_of(device, c);
    REQUIRE(plan.found);
    descriptor configuration(CUDNN_BACKEND_ENGINECFG_DESCRIPTOR), engine(CUDNN_BACKEND_ENGINE_DESCRIPTOR);
    cudnnBackendDescriptor_t to = configuration.get();
    REQUIRE(plan.execution.get(CUDNN_ATTR_EXECUTION_PLAN_ENGINE_CONFIG, 1, &to) == 1);
    to = engine.get();
    REQUIRE(configuration.get(CUDNN_ATTR_ENGINECFG_ENGINE, 1, &to) == 1);
    cudnnBackendNumericalNote_t notes[CUDNN_NUMERICAL_NOTE_TYPE_COUNT];
    const auto count = engine.get(CUDNN_ATTR_ENGINE_NUMERICAL_NOTE, CUDNN_NUMERICAL_NOTE_TYPE_COUNT, notes);
    return std::count(notes, notes + count, wanted) > 0;
  };
  const auto s = table::conv2d::same(1, 200, 32, 64, 128);
  for (const auto what : {call::forward, call::by_input, call::by_weight}) {
    CHECK_FALSE(has_note({s, what, false, precision::full}, CUDNN_NUMERICAL_NOTE_TENSOR_CORE));
    for (const auto least : {precision::tf32, precision::bf16})
      CHECK(has_note({s, what, false, least}, CUDNN_NUMERICAL_NOTE_TENSOR_CORE));
    for (const auto least : {precision::full, precision::tf32})
      CHECK_FALSE(has_note({s, what, false, least}, CUDNN_NUMERICAL_NOTE_NONDETERMINISTIC));
  }
}

namespace {
/// One convolution on a thread of its own, which has no handle yet: what `status` tells, after `use` has run.
template <class Use>
std::string failure_of_convolution(const Use& use) {
  std::string failure;
  std::thread([&] {
    alignas(16) const float x[4] = {1, 2, 3, 4}, weight[1] = {2};
    alignas(16) float y[4] = {};
    const op::conv2d::size s{1, 1, 1, {2, 1}, {2, 1}};
    std::vector<float> workspace(static_cast<std::size_t>(by_cudnn::forward_workspace(s, 1)));
    use([&](cuda_stream stream) { by_cudnn::forward({stream, workspace.data()}, s, x, weight, nullptr, y); });
    failure = on_host::failure();
  }).join();
  return failure;
}
}  // namespace

TEST_CASE("cudnn: what fails is told by status", "[cudnn]") {
  on_host::restored_settings restored;
  on_host::now.makes_handles = false;
  const std::string failure = failure_of_convolution([](const auto& convolution) { convolution(nullptr); });
  CHECK_THAT(failure,
             Catch::Contains("conv2d forward") && Catch::Contains(cudnnGetErrorString(CUDNN_STATUS_NOT_INITIALIZED)));
}

TEST_CASE("cudnn: sizes that come up while a stream is captured are an error, others are not", "[cudnn]") {
  on_host::restored_settings restored;
  const cuda_queue stream = cuda_queue::make().value();
  CHECK_THAT(failure_of_convolution([&](const auto& convolution) {
               on_host::now.captured = true;
               convolution(stream);
               on_host::now.captured = false;
             }),
             Catch::Contains("with a call before the capture"));
  CHECK(failure_of_convolution([&](const auto& convolution) {
          convolution(stream);
          on_host::now.captured = true;
          convolution(stream);
          on_host::now.captured = false;
        }) == "");
}

TEST_CASE("cudnn: a deployed block is one kernel", "[cudnn]") {
  on_host::restored_settings restored;
  struct network : bind<sequential<as_image, conv2d<4>, batch_norm, relu>, dims(dyn, 8)> {};
  weights<network> w(1);
  session<deployed<network>, reference> expected(w);
  session<deployed<network>, backend> run(w);
  std::array<float, 5 * 8> x;
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = static_cast<float>(uniform(1, i));
  const auto y = run({x.data(), 1, dims(5, 8)}).value().get<"main">();
  const auto right = expected({x.data(), 1, dims(5, 8)}).value().get<"main">();
  for (idx i = 0; i < y.size(); ++i) CHECK(y.p[i] == Approx(right.p[i]).margin(1e-6));
  CHECK(on_host::now.calls == 1);
}

}  // namespace conv2d_test
