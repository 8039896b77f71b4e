// What composites keep in training, and what backward computes again.
#include <auris/backend/cpu.hpp>
#include <auris/nn.hpp>
#include <auris/testing/check_layer.hpp>
#include <cstring>
#include <type_traits>
#include <vector>

#include "support/catch.hpp"

namespace kept_results_test {
using namespace auris;

template <class S, shape In>
struct keeping_layer : bound<S, In> {
  static constexpr bool input_unread = false, output_unread = false, recomputes = false;
};
/// A layer whose result training keeps.
template <spec S>
struct keeping : detail::wrapper<S> {
  using definition = keeping;
  template <class Self, shape In>
  using layer = keeping_layer<S, In>;
};
constexpr shape map = dims(5, 4, 2), sequence = dims(5, 3);
using C = context<reference, double, training>;
template <class Network>
constexpr footprint of(shape item) {
  return Network::template need<C>({1, item, 1});
}
constexpr idx values = slot(5 * 4 * 8), statistics = slot(2 * 8);

struct rectified : bind<sequential<conv2d<8>, batch_norm, relu, conv2d<4>>, dims(dyn, 4, 2)> {};
struct at_once : bind<sequential<conv2d<8>, relu, conv2d<4>>, dims(dyn, 4, 2)> {};
struct looked_at : bind<sequential<conv2d<8>, batch_norm, expose<"normed">, relu, conv2d<4>>, dims(dyn, 4, 2)> {};
struct twice : bind<sequential<linear<8>, sigmoid, relu, linear<4>>, dims(dyn, 3)> {};
struct pooled : bind<sequential<conv2d<8>, batch_norm, relu, avg_pool<1, 2>, conv2d<4>>, dims(dyn, 4, 2)> {};
struct first : bind<sequential<batch_norm, conv2d<4>>, dims(dyn, 4, 2)> {};

TEST_CASE("chain: training keeps what is not cheap to compute again") {
  STATIC_REQUIRE(of<rectified>(map).cache == values + statistics);
  STATIC_REQUIRE(of<at_once>(map).cache == values);  // the ReLU lies where the convolution wrote
  STATIC_REQUIRE(of<looked_at>(map).cache == values + statistics);
  STATIC_REQUIRE(of<twice>(sequence).cache == slot(5 * 8));
  STATIC_REQUIRE(of<pooled>(map).cache == values + statistics);
  STATIC_REQUIRE(of<first>(map).cache == slot(2 * 2));
}

struct block : sequential<conv2d<8, 3, 3, no_bias>, batch_norm, relu, conv2d<8, 3, 3, no_bias>, batch_norm, relu> {};
struct smoothed : sequential<block, avg_pool<3, 3, 1, 1, 1, 1>> {};
struct nested : bind<sequential<smoothed, smoothed, smoothed, conv2d<4>>, dims(dyn, 4, 2)> {};

TEST_CASE("chain: parts compute their results again from what they kept themselves") {
  // Two convolutions and two pairs of statistics of each block.
  STATIC_REQUIRE(of<nested>(map).cache == 3 * 2 * (values + statistics));
}

struct around : bind<residual<sequential<linear<3>, batch_norm>>, dims(dyn, 3)> {};
struct around_rectified : bind<residual<sequential<linear<3>, relu>>, dims(dyn, 3)> {};
struct gated : bind<parallel<product, identity, sequential<linear<3>, sigmoid>>, dims(dyn, 3)> {};

TEST_CASE("parallel: training keeps of the branches' results what backward reads; an identity is its input") {
  constexpr idx row = slot(5 * 3);
  STATIC_REQUIRE(of<around>(sequence).cache == row + slot(2 * 3));  // the sum starts in its result
  STATIC_REQUIRE(of<around_rectified>(sequence).cache == 2 * row);
  STATIC_REQUIRE(of<gated>(sequence).cache == 2 * row);
  STATIC_REQUIRE(around::need<context<reference, double, inference>>({1, sequence, 1}).workspace == row);
}

template <bool Keep, class S>
using as = std::conditional_t<Keep, keeping<S>, S>;
/// Everything that chains treat differently; with every result kept, if `Keep`.
template <bool Keep>
struct everything
    : sequential<
          as<Keep, batch_norm>, sequential<as<Keep, conv2d<8, 3, 3, no_bias>>, as<Keep, batch_norm>, as<Keep, relu>>,
          as<Keep, avg_pool<3, 3, 1, 1, 1, 1>>, as<Keep, expose<"first">>,
          sequential<sequential<as<Keep, conv2d<8>>, as<Keep, batch_norm>, as<Keep, relu>>, as<Keep, max_pool<1, 2>>>,
          sequential<frozen<as<Keep, conv2d<8>>>, frozen<as<Keep, batch_norm>>, as<Keep, relu>>,
          tap<output<"second", sequential<as<Keep, conv2d<4>>, as<Keep, batch_norm>>, as<Keep, hyperbolic_tangent>,
                     as<Keep, clamp<-0.5, 0.5>>>>,
          sequential<as<Keep, avg_pool<1, 2>>, as<Keep, dropout<0.3>>>,
          residual<sequential<as<Keep, conv2d<8>>, as<Keep, batch_norm>, as<Keep, relu>>>, as<Keep, relu>,
          as<Keep, fold>, as<Keep, repeat_time<2>>, as<Keep, linear<6>>, as<Keep, dropout<0.2>>, as<Keep, sigmoid>> {};
template <bool Keep>
struct tried : bind<everything<Keep>, dims(dyn, 4, 2)> {};

/// Bit for bit; between slots nothing is written.
bool same(const std::vector<double>& a, const std::vector<double>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(double)) == 0;
}
TEST_CASE("chain: what backward computes again is what forward computed") {
  using again = tried<false>;
  using kept = tried<true>;
  STATIC_REQUIRE(of<again>(map).cache < of<kept>(map).cache);
  testing::detail::laboratory<again, reference> a(2, map, {});
  testing::detail::laboratory<kept, reference> b(2, map, {});
  for (auto* statistic : {&a.buffers, &b.buffers})
    for (std::size_t i = 0; i + static_cast<std::size_t>(a.guard) < statistic->size(); ++i)
      (*statistic)[i] = 0.5 + 0.01 * static_cast<double>(i % 7);
  a.forward<training>(), b.forward<training>();
  a.backward(), b.backward();
  CHECK(same(a.results, b.results));
  CHECK(same(a.buffers, b.buffers));  // statistics move once
  CHECK(same(a.gradients, b.gradients));
  CHECK(same(a.dx, b.dx));
  CHECK(a.overrun() == nullptr);
}

template <class Network>
void keeps_promises() {
  const auto verdict = testing::check_layer<Network, reference>();
  INFO(verdict.error().text().c_str());
  CHECK(verdict);
}
TEST_CASE("chain: gradients are right whatever is kept") {
  keeps_promises<rectified>();
  keeps_promises<at_once>();
  keeps_promises<looked_at>();
  keeps_promises<twice>();
  keeps_promises<pooled>();
  keeps_promises<first>();
  keeps_promises<nested>();
  keeps_promises<around>();
  keeps_promises<around_rectified>();
  keeps_promises<gated>();
}

}  // namespace kept_results_test
