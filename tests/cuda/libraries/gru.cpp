// GRUs by cuDNN: what it is asked for, computed on the host.
#include "op/table/gru.hpp"

#include <auris/backend/cudnn.hpp>
#include <auris/nn.hpp>
#include <thread>

#include "cuda/libraries/compare.hpp"

namespace gru_test {

using namespace auris;
using backend = cuda_backend<recurrence::cudnn>;
using by_cudnn = kernel_of<op::gru, backend, float>;

namespace {
std::string faults_of(const op::gru::size& s) {
  return on_host::without_other_bits(
      table::faults_of_values(table::gru::calls<reference, double>(s), table::gru::calls<backend, float>(s)));
}
int compare(const op::gru::size& s, const std::vector<std::string>& skipped) {
  return on_host::compare(table::gru::calls<reference, double>(s)[0], table::gru::calls<backend, float>(s)[0], skipped);
}
}  // namespace

TEST_CASE("cudnn: gru keeps its contract", "[cudnn]") {
  on_host::restored_settings restored;
  for (const auto& s : table::gru::tests()) {
    INFO(table::gru::describe(s));
    CHECK(faults_of(s) == "");
  }
}

TEST_CASE("cudnn: gru by cuDNN where nothing is kept for backward, at the table's sizes", "[cudnn]") {
  on_host::restored_settings restored;
  for (const auto& s : table::gru::tests()) {
    INFO(table::gru::describe(s));
    const int each = s.items * s.time > 0 ? 1 : 0;
    CHECK(compare(s, {"cache"}) == each);
    CHECK(compare(s, {"cache", "state"}) == each);
  }
}

TEST_CASE("cudnn: what training keeps is our own kernels' part", "[cudnn]") {
  on_host::restored_settings restored;
  const op::gru::size s{2, 3, 4, 5, 2};
  const auto calls = table::gru::calls<backend, float>(s);
  table::arrays<float> given;
  for (const table::argument& a : calls[0].arguments)
    if (a.how != table::role::output) given[a.name] = std::vector<float>(static_cast<std::size_t>(a.count), 0.5f);
  table::run(calls[0], given);
  CHECK(on_host::now.calls == 0);
}

TEST_CASE("cudnn: gru keeps its contract where cuDNN does not take it", "[cudnn]") {
  on_host::restored_settings restored;
  on_host::now.has_kernels = false;
  std::string faults;
  std::thread([&] { faults = faults_of({2, 4, 3, 2, 2}); }).join();  // without plans
  CHECK(faults == "");
  CHECK(on_host::now.calls == 0);
}

TEST_CASE("cudnn: the papers' recurrent layers", "[cudnn]") {
  on_host::restored_settings restored;
  for (const auto& s : {op::gru::size{1, 5, 512, 256, 2}, {2, 5, 384, 32, 2}, {1, 1, 512, 256, 1}}) {
    INFO(table::gru::describe(s));
    CHECK(compare(s, {"cache"}) == 1);
  }
}

TEST_CASE("cudnn: a GRU multiplies as precisely as was chosen", "[cudnn]") {
  const auto arithmetic = [](precision least) {
    const detail::cudnn::recurrence_plan plan(nullptr, {1, 2, 3, 4, 1, least});
    REQUIRE(plan.found());
    cudnnMathType_t math{};
    REQUIRE(cudnnGetRNNDescriptor_v8(plan.layer(), nullptr, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr, &math,
                                     nullptr, nullptr, nullptr, nullptr, nullptr, nullptr) == CUDNN_STATUS_SUCCESS);
    return math;
  };
  CHECK(arithmetic(precision::full) == CUDNN_FMA_MATH);
  CHECK(arithmetic(precision::tf32) == CUDNN_DEFAULT_MATH);
  CHECK(arithmetic(precision::bf16) == CUDNN_DEFAULT_MATH);
}

namespace {
template <class Network, template <class, class, class> class Runner>
void check_frames(idx at_once, int calls) {
  on_host::restored_settings restored;
  weights<Network> w(1);
  std::array<float, 6 * 4> x;
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = static_cast<float>(uniform(1, i));
  session<Network, reference> whole(w);
  const auto right = whole({x.data(), 1, dims(6, 4)}).value().template get<"main">();
  Runner<Network, backend, float> run(w);
  for (idx t = 0; t < 6; t += at_once) {
    const auto y = run({x.data() + 4 * t, 1, dims(at_once, 4)}).value().template get<"main">();
    for (idx i = 0; i < y.size(); ++i) CHECK(y.p[i] == Approx(right.p[t * y.s[1] + i]).margin(1e-6));
  }
  CHECK(on_host::now.calls == calls);
}
}  // namespace

TEST_CASE("cudnn: recurrent layers in sessions, and frame by frame", "[cudnn]") {
  struct both_ways : bind<sequential<bidirectional<gru<4>>, bidirectional<gru<3>>>, dims(dyn, 4)> {};
  check_frames<both_ways, session>(6, 2);
  struct forwards : bind<sequential<gru<8>, gru<4>>, dims(dyn, 4)> {};
  check_frames<forwards, session>(6, 2);
  check_frames<forwards, stream>(2, 6);
}

}  // namespace gru_test
