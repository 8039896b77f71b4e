#include <auris/backend/cpu.hpp>
#include <auris/nn.hpp>

#include "support/catch.hpp"

using namespace auris;

namespace {
struct sequence : bind<sequential<named<"conv", conv1d<2, 3, stride<2>>>>, dims(dyn, 1)> {};

struct row {
  shape stored, checkpoint;
};
struct first_row : table_visitor {
  row first{};
  int rows = 0;
  void operator()(const table_entry& e) override {
    if (rows++ == 0) first = {e.stored, e.checkpoint};
  }
};
}  // namespace

TEST_CASE("conv1d: seven frames by hand") {
  weights<sequence> w;
  const float values[] = {1, 10, 2, 20, 3, 30, 0.5f, -0.5f};  // (kernel, in, out), then biases
  std::copy(std::begin(values), std::end(values), w.params());
  const float x[] = {1, 2, 3, 4, 5, 6, 7};
  session<sequence, cpu> run(w);
  const view<const float> y = run({x, 1, dims(7, 1)}).value().get<"main">();
  REQUIRE(y.s == dims(4, 2));
  const float expected[] = {8.5f, 79.5f, 20.5f, 199.5f, 32.5f, 319.5f, 20.5f, 199.5f};
  for (idx i = 0; i < y.size(); ++i) CHECK(y.p[i] == expected[i]);
}

TEST_CASE("conv1d has three axes in a checkpoint, as nn.Conv1d") {
  first_row v;
  sequence::visit_parameters(v);
  CHECK(v.first.stored == dims(3, 1, 2));
  CHECK(v.first.checkpoint == dims(2, 1, 3));
}

TEST_CASE("a network of conv1d, batch_norm and ReLU becomes one operation where it is deployed") {
  struct net : bind<sequential<conv1d<4, 3, no_bias>, batch_norm, relu>, dims(dyn, 3)> {};
  STATIC_REQUIRE(deployed<net>::need<context<reference, float, deployment>>({1, dims(5, 3)}).prepared ==
                 48);  // 9 * 4 + 4
}
