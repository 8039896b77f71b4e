// Every layer keeps the promises that check_layer lists, on both backends.
#include <auris/backend/cpu.hpp>
#include <auris/nn.hpp>
#include <auris/testing/check_layer.hpp>

#include "support/catch.hpp"

using namespace auris;

namespace {

template <class Network, class Backend = reference>
void check_layer_on(testing::check_options options = {}) {
  const auto verdict = testing::check_layer<Network, Backend>(options);
  INFO(verdict.error().text().c_str());
  CHECK(verdict);
}
template <class Network>
void check(testing::check_options options = {}) {
  check_layer_on<Network, reference>(options);
  check_layer_on<Network, cpu>(options);
}

struct linear_net : bind<linear<5>, dims(dyn, 3)> {};
struct linear_vector : bind<linear<5>, dims(7)> {};
struct conv_net : bind<conv2d<4>, dims(dyn, 5, 3)> {};
struct conv_options_net : bind<conv2d<4, 3, 2, no_bias, stride<2, 1>, padding<1, 0>, dilation<1, 2>>, dims(dyn, 9, 2)> {
};
struct conv_causal_net : bind<conv2d<4, 3, 3, causal, dilation<2, 1>>, dims(dyn, 5, 3)> {};
struct batch_norm_net : bind<batch_norm, dims(dyn, 3, 4)> {};
struct batch_norm_mel_net : bind<batch_norm_mel, dims(dyn, 3, 2)> {};
struct relu_net : bind<relu, dims(dyn, 3)> {};
struct sigmoid_net : bind<sigmoid, dims(dyn, 3)> {};
struct tanh_net : bind<tanh, dims(dyn, 3)> {};
struct softmax_net : bind<softmax<>, dims(dyn, 5)> {};
struct softmax_time_net : bind<softmax<0>, dims(dyn, 5)> {};
struct log_softmax_net : bind<log_softmax<1>, dims(dyn, 4, 3)> {};
struct max_pool_net : bind<max_pool<1, 3>, dims(dyn, 8, 2)> {};
struct max_pool_padded : bind<max_pool<3, 3, 2, 2, 1, 1>, dims(dyn, 8, 2)> {};
struct avg_pool_net : bind<avg_pool<3, 3, 1, 1, 1, 1>, dims(dyn, 4, 2)> {};
struct dropout_net : bind<sequential<linear<4>, dropout<0.4>>, dims(dyn, 3)> {};
struct gru_net : bind<gru<4>, dims(dyn, 3)> {};
struct bidirectional_net : bind<bidirectional<gru<4>>, dims(dyn, 3)> {};
struct mean_net : bind<mean<1>, dims(dyn, 4, 3)> {};
struct mean_over_time : bind<sequential<linear<4>, mean_time>, dims(dyn, 3)> {};
struct fold_net : bind<sequential<fold, linear<4>>, dims(dyn, 3, 2)> {};
struct image_net : bind<sequential<as_image, conv2d<2>, fold>, dims(dyn, 4)> {};

}  // namespace

TEST_CASE("linear keeps its promises") { check<linear_net>(), check<linear_vector>(); }
TEST_CASE("conv2d keeps its promises") { check<conv_net>(), check<conv_options_net>({.frames = 7}); }
TEST_CASE("a causal conv2d keeps its promises") { check<conv_causal_net>({.frames = 9}); }
TEST_CASE("batch_norm keeps its promises") { check<batch_norm_net>(), check<batch_norm_mel_net>(); }
TEST_CASE("relu, sigmoid and tanh keep their promises") { check<relu_net>(), check<sigmoid_net>(), check<tanh_net>(); }
TEST_CASE("softmax and log_softmax keep their promises") {
  check<softmax_net>(), check<softmax_time_net>(), check<log_softmax_net>();
}
TEST_CASE("pools keep their promises") { check<max_pool_net>(), check<max_pool_padded>(), check<avg_pool_net>(); }
TEST_CASE("dropout keeps its promises") { check<dropout_net>(); }
TEST_CASE("gru keeps its promises") { check<gru_net>(), check<bidirectional_net>(); }
TEST_CASE("mean and fold keep their promises") {
  check<mean_net>(), check<mean_over_time>(), check<fold_net>(), check<image_net>();
}

TEST_CASE("shapes follow from the input") {
  STATIC_REQUIRE(linear_net::shape_of<"main"> == dims(dyn, 5));
  STATIC_REQUIRE(conv_options_net::shape_of<"main"> == dims(dyn, 7, 4));
  STATIC_REQUIRE(conv_net::outputs(dims(6, 5, 3))[0].s == dims(6, 5, 4));
  STATIC_REQUIRE(conv_options_net::outputs(dims(7, 9, 2))[0].s == dims(4, 7, 4));
  STATIC_REQUIRE(max_pool_net::shape_of<"main"> == dims(dyn, 2, 2));
  STATIC_REQUIRE_FALSE(linear<2>::accepts(dims(4, dyn)));
  STATIC_REQUIRE_FALSE(max_pool<1, 5>::accepts(dims(dyn, 4, 1)));
  STATIC_REQUIRE_FALSE(fold::accepts(dims(dyn, dyn, 1)));
}
