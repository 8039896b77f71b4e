// Sessions and streams refuse what does not fit, and give what the network computes.
#include <auris/backend/cpu.hpp>
#include <auris/nn.hpp>
#include <cmath>
#include <limits>
#include <vector>

#include "support/allocations.hpp"
#include "support/catch.hpp"
#include "support/noise.hpp"

namespace session_test {

using namespace auris;

namespace {

struct net_spec : sequential<as_image, conv2d<4>, batch_norm, relu, max_pool<2, 2>, fold,
                             heads<output<"a", linear<3>>, output<"b", gru<2>>>> {};
struct net : bind<net_spec, dims(dyn, 6)> {};
// Pooled by a kernel for one channel, by Winograd's, and behind a product.
struct pooled : bind<sequential<as_image, conv2d<32>, relu, max_pool<1, 2>, conv2d<32>, batch_norm, relu,
                                avg_pool<2, 2>, conv2d<4>, batch_norm, max_pool<1, 3>>,
                     dims(dyn, 14)> {};
struct live : bind<sequential<linear<4>, gru<3>>, dims(dyn, 2)> {};

}  // namespace

TEST_CASE("session: refuses inputs that do not fit, and says why") {
  const weights<net> w(1);
  session<net, cpu> run(w);
  const auto x = noise(60);
  CHECK(run({x.data(), 1, dims(10, 6)}));
  CHECK_FALSE(run({x.data(), 1, dims(10, 5)}));
  CHECK_FALSE(run({x.data(), 1, dims(60)}));
  CHECK_FALSE(run({x.data(), -1, dims(10, 6)}));
  CHECK_FALSE(run({x.data(), 1, dims(-3, 6)}));
  CHECK_FALSE(run({x.data(), 1, dims(1, 6)}));  // shorter than the pool
  CHECK_FALSE(run({nullptr, 1, dims(10, 6)}));
  CHECK_FALSE(run({x.data(), idx{1} << 62, dims(10, 6)}));
  CHECK_FALSE(run({x.data(), 1, dims(idx{1} << 62, 6)}));
  CHECK(std::string(run({x.data(), 1, dims(10, 5)}).error().text().c_str()) ==
        "wrong shape of the input: network: expected (any, 6), got 1 x (10, 5)");
}

TEST_CASE("session: no item and no frame give no output") {
  const weights<net> w(1);
  session<net, cpu> run(w);
  CHECK(run({nullptr, 0, dims(10, 6)})->get<"a">().size() == 0);
  CHECK(run({nullptr, 1, dims(0, 6)})->get<"a">().size() == 0);
}

TEST_CASE("session: not a number in, not a number out") {
  const weights<net> w(1);
  session<net, cpu> run(w);
  auto x = noise(60);
  x[0] = std::numeric_limits<float>::quiet_NaN();
  const auto y = run({x.data(), 1, dims(10, 6)});
  REQUIRE(y);
  CHECK(std::isnan(y->get<"a">().p[0]));
}

namespace {
template <class Network>
void backends_agree(const shape& item) {
  const weights<Network> w(3);
  const auto x = noise(2 * item.size());
  const view<const float> input{x.data(), 2, item};
  session<Network, reference> oracle(w);
  session<Network, cpu> full(w);
  session<deployed<Network>, reference> oracle_of_product(w);
  session<deployed<Network>, cpu> product_form(w);
  const auto expected = oracle(input).value();
  const auto agrees = [&](const auto& y) {
    for (std::size_t k = 0; k < Network::output_count; ++k)
      for (idx i = 0; i < expected.at(k).size(); ++i) CHECK(y.at(k).p[i] == Approx(expected.at(k).p[i]).margin(1e-5));
  };
  agrees(full(input).value());
  agrees(oracle_of_product(input).value());
  agrees(product_form(input).value());
}
}  // namespace

TEST_CASE("session: the backends agree, in full and deployed form") { backends_agree<net>(dims(10, 6)); }

TEST_CASE("deployed: pooling is part of the convolution before it") {
  STATIC_REQUIRE(deployed<pooled>::spec_type::definition::items::count == 4);
  backends_agree<pooled>(dims(9, 14));
  backends_agree<pooled>(dims(2, 14));
  using C = context<cpu, float, deployment>;
  constexpr workload item{1, dims(100, 14), 1};
  STATIC_REQUIRE(deployed<pooled>::need<C>(item).workspace <
                 pooled::need<context<cpu, float, inference>>(item).workspace);
}

TEST_CASE("session: calls within what is reserved allocate nothing") {
  if (!testing::counts_allocations()) return;
  const weights<net> w(1);
  session<deployed<net>, cpu> run(w);
  const auto x = noise(60);
  REQUIRE(run.reserve(1, dims(10, 6)));
  const long before = testing::allocation_count();
  const bool fine =
      static_cast<bool>(run({x.data(), 1, dims(10, 6)})) && static_cast<bool>(run({x.data(), 1, dims(5, 6)}));
  CHECK(testing::allocation_count() == before);
  CHECK(fine);
}

TEST_CASE("session: a deployed one follows new weights when it prepares again") {
  weights<net> w(1);
  session<deployed<net>, cpu> run(w);
  const auto x = noise(60);
  const float before = run({x.data(), 1, dims(10, 6)}).value().get<"a">().p[0];
  w.initialise(2);
  CHECK(run({x.data(), 1, dims(10, 6)}).value().get<"a">().p[0] == before);
  run.prepare();
  CHECK(run({x.data(), 1, dims(10, 6)}).value().get<"a">().p[0] != before);
}

TEST_CASE("stream: pieces give the whole clip; reset forgets; another number of clips is refused") {
  const weights<live> w(1);
  const auto x = noise(20);
  session<live, cpu> whole(w);
  const auto expected = whole({x.data(), 1, dims(10, 2)}).value().get<"main">();
  stream<live, cpu> run(w);
  for (int pass = 0; pass < 2; ++pass) {
    for (idx at = 0; at < 10; at += 2) {
      const auto y = run({x.data() + at * 2, 1, dims(2, 2)}).value().get<"main">();
      for (idx i = 0; i < 6; ++i) CHECK(y.p[i] == Approx(expected.p[at * 3 + i]).margin(1e-6));
    }
    run.reset();
  }
  CHECK_FALSE(run({x.data(), 2, dims(5, 2)}));
}

TEST_CASE("weights: PyTorch's ranges, a function of the seed") {
  const weights<live> a(1), b(1), c(2);
  bool same = true, differs = false;
  for (idx i = 0; i < live::parameters; ++i) {
    same = same && a.params()[i] == b.params()[i];
    differs = differs || a.params()[i] != c.params()[i];
    CHECK(std::abs(a.params()[i]) <= 1 / std::sqrt(2.0f));
  }
  CHECK(same);
  CHECK(differs);
}

}  // namespace session_test
