// Every layer keeps the promises that check_layer lists, on both backends.
#include <algorithm>
#include <auris/backend/cpu.hpp>
#include <auris/nn.hpp>
#include <auris/testing/check_layer.hpp>
#include <cmath>

#include "support/catch.hpp"

namespace layers_test {

using namespace auris;

namespace {

template <class Network, class Backend = reference>
void on_backend(testing::check_options options = {}) {
  const auto verdict = testing::check_layer<Network, Backend>(options);
  INFO(verdict.error().text().c_str());
  CHECK(verdict);
}
template <class Network>
void keeps_promises(testing::check_options options = {}) {
  on_backend<Network, reference>(options);
  on_backend<Network, cpu>(options);
}

struct linear_net : bind<linear<5>, dims(dyn, 3)> {};
struct linear_vector : bind<linear<5>, dims(7)> {};
struct linear_no_bias : bind<linear<5, no_bias>, dims(dyn, 3)> {};
struct conv1d_net : bind<conv1d<4>, dims(dyn, 3)> {};
struct conv1d_options_net : bind<conv1d<4, 3, no_bias, stride<2>, padding<2>, dilation<2>>, dims(dyn, 3)> {};
struct conv1d_causal_net : bind<conv1d<4, 3, causal>, dims(dyn, 3)> {};
struct conv1d_block : bind<sequential<conv1d<4, 3, no_bias>, batch_norm, relu, conv1d<2>, relu>, dims(dyn, 3)> {};
struct repeat_net : bind<sequential<linear<4>, repeat_time<3>>, dims(dyn, 3)> {};
struct squeezed_net : bind<sequential<conv2d<8>, squeeze_excitation<4>>, dims(dyn, 4, 2)> {};
struct squeezed_sequence : bind<sequential<linear<8>, squeeze_excitation<2>>, dims(dyn, 3)> {};
struct conv_net : bind<conv2d<4>, dims(dyn, 5, 3)> {};
struct conv_options_net : bind<conv2d<4, 3, 2, no_bias, stride<2, 1>, padding<1, 0>, dilation<1, 2>>, dims(dyn, 9, 2)> {
};
struct conv_causal_net : bind<conv2d<4, 3, 3, causal, dilation<2, 1>>, dims(dyn, 5, 3)> {};
struct batch_norm_net : bind<batch_norm, dims(dyn, 3, 4)> {};
struct batch_norm_mel_net : bind<batch_norm_mel, dims(dyn, 3, 2)> {};
struct relu_net : bind<relu, dims(dyn, 3)> {};
struct sigmoid_net : bind<sigmoid, dims(dyn, 3)> {};
struct tanh_net : bind<hyperbolic_tangent, dims(dyn, 3)> {};
struct softmax_net : bind<softmax<>, dims(dyn, 5)> {};
struct softmax_time_net : bind<softmax<0>, dims(dyn, 5)> {};
struct log_softmax_net : bind<log_softmax<1>, dims(dyn, 4, 3)> {};
struct max_pool_net : bind<max_pool<1, 3>, dims(dyn, 8, 2)> {};
struct max_pool_padded : bind<max_pool<3, 3, 2, 2, 1, 1>, dims(dyn, 8, 2)> {};
struct avg_pool_net : bind<avg_pool<3, 3, 1, 1, 1, 1>, dims(dyn, 4, 2)> {};
struct dropout_net : bind<sequential<linear<4>, dropout<0.4>>, dims(dyn, 3)> {};
struct spec_augment_net : bind<sequential<batch_norm, spec_augment<1, 3, 1, 2>, linear<2>>, dims(dyn, 4)> {};
struct spec_augment_image : bind<sequential<spec_augment<>, conv2d<2>>, dims(dyn, 4, 2)> {};
struct gru_net : bind<gru<4>, dims(dyn, 3)> {};
struct bidirectional_net : bind<bidirectional<gru<4>>, dims(dyn, 3)> {};
struct mean_net : bind<mean<1>, dims(dyn, 4, 3)> {};
struct mean_over_time : bind<sequential<linear<4>, mean_time>, dims(dyn, 3)> {};
struct max_net : bind<max_over<1>, dims(dyn, 4, 3)> {};
struct max_over_time : bind<sequential<linear<4>, max_time>, dims(dyn, 3)> {};
struct stretch_net : bind<sequential<linear<3>, stretch_time<4>, gru<2>>, dims(dyn, 3)> {};
struct held_net
    : bind<sequential<parallel<hold<2>, sequential<avg_pool<2, 2>, conv2d<3>>, identity>, mean_mel>, dims(dyn, 4, 2)> {
};
struct clamp_net : bind<sequential<linear<4>, clamp<-0.2, 0.3>>, dims(dyn, 3)> {};
struct channels_first_net : bind<sequential<linear<4>, channels_first>, dims(dyn, 3, 2)> {};
struct channels_first_vector : bind<channels_first, dims(7)> {};
struct global_max_net : bind<global_max, dims(dyn, 3, 4)> {};
struct global_max_frames : bind<global_max, dims(dyn, 4)> {};
struct global_average_net : bind<global_average, dims(dyn, 3, 4)> {};
struct global_rank_net : bind<global_weighted_rank<0.8>, dims(dyn, 3, 4)> {};
template <attention_form Form>
struct two_step_net : bind<two_step_attention<Form>, dims(5, 4, 3)> {};
template <attention_form Form>
using mel_pool = attention_pool<1, Form, attention_names{"value", "attention", "weights"}>;
struct attention_pool_code : bind<mel_pool<attention_form::code>, dims(dyn, 4, 3)> {};
struct attention_pool_paper : bind<mel_pool<attention_form::paper>, dims(dyn, 4, 3)> {};
struct attention_pool_time
    : bind<attention_pool<0, attention_form::code, attention_names{"v", "a", "weights"}>, dims(4, 3, 2)> {};
template <attention_form Form>
struct frame_wise_net : bind<frame_wise_two_step_attention<3, Form>, dims(dyn, 4, 3)> {};
struct atrous_net : bind<atrous_attention<4>, dims(dyn, 3, 2)> {};
struct attention_net : bind<attention_pooling<4>, dims(dyn, 3)> {};
struct linear_softmax_net : bind<sequential<linear<4>, sigmoid, linear_softmax>, dims(dyn, 3)> {};
struct exponential_softmax_net : bind<sequential<linear<4>, sigmoid, exponential_softmax>, dims(dyn, 3)> {};
struct fold_net : bind<sequential<fold, linear<4>>, dims(dyn, 3, 2)> {};
struct image_net : bind<sequential<as_image, conv2d<2>, fold>, dims(dyn, 4)> {};

}  // namespace

TEST_CASE("linear keeps its promises") {
  keeps_promises<linear_net>(), keeps_promises<linear_vector>(), keeps_promises<linear_no_bias>();
}
TEST_CASE("conv2d keeps its promises") { keeps_promises<conv_net>(), keeps_promises<conv_options_net>({.frames = 7}); }
TEST_CASE("a causal conv2d keeps its promises") { keeps_promises<conv_causal_net>({.frames = 9}); }
TEST_CASE("conv1d keeps its promises") {
  keeps_promises<conv1d_net>(), keeps_promises<conv1d_options_net>({.frames = 7}), keeps_promises<conv1d_block>();
}
TEST_CASE("a causal conv1d keeps its promises") { keeps_promises<conv1d_causal_net>({.frames = 9}); }
TEST_CASE("repeat_time keeps its promises") { keeps_promises<repeat_net>(); }
TEST_CASE("squeeze_excitation keeps its promises") {
  keeps_promises<squeezed_net>(), keeps_promises<squeezed_sequence>();
}
TEST_CASE("batch_norm keeps its promises") { keeps_promises<batch_norm_net>(), keeps_promises<batch_norm_mel_net>(); }
TEST_CASE("relu, sigmoid and tanh keep their promises") {
  keeps_promises<relu_net>(), keeps_promises<sigmoid_net>(), keeps_promises<tanh_net>();
}
TEST_CASE("softmax and log_softmax keep their promises") {
  keeps_promises<softmax_net>(), keeps_promises<softmax_time_net>(), keeps_promises<log_softmax_net>();
}
TEST_CASE("pools keep their promises") {
  keeps_promises<max_pool_net>(), keeps_promises<max_pool_padded>(), keeps_promises<avg_pool_net>();
}
TEST_CASE("dropout keeps its promises") { keeps_promises<dropout_net>(); }
TEST_CASE("spec_augment keeps its promises") {
  keeps_promises<spec_augment_net>(), keeps_promises<spec_augment_image>();
}
TEST_CASE("gru keeps its promises") { keeps_promises<gru_net>(), keeps_promises<bidirectional_net>(); }
TEST_CASE("max keeps its promises") { keeps_promises<max_net>(), keeps_promises<max_over_time>(); }
TEST_CASE("stretch_time keeps its promises") {
  keeps_promises<stretch_net>({.frames = 7}), keeps_promises<stretch_net>({.frames = 1});
}
TEST_CASE("hold keeps its promises") {
  keeps_promises<held_net>({.frames = 6}), keeps_promises<held_net>({.frames = 9});
}
TEST_CASE("mean and fold keep their promises") {
  keeps_promises<mean_net>(), keeps_promises<mean_over_time>(), keeps_promises<fold_net>(), keeps_promises<image_net>();
}

TEST_CASE("clamp and channels_first keep their promises") {
  keeps_promises<clamp_net>(), keeps_promises<channels_first_net>(), keeps_promises<channels_first_vector>();
}
TEST_CASE("global poolings keep their promises") {
  keeps_promises<global_max_net>(), keeps_promises<global_max_frames>();
  keeps_promises<global_average_net>(), keeps_promises<global_rank_net>();
}
TEST_CASE("attention_pool and two-step attention keep their promises") {
  keeps_promises<attention_pool_code>(), keeps_promises<attention_pool_paper>(), keeps_promises<attention_pool_time>();
  keeps_promises<two_step_net<attention_form::code>>(), keeps_promises<frame_wise_net<attention_form::code>>();
}
TEST_CASE("atrous, single-step and softmax poolings keep their promises") {
  keeps_promises<atrous_net>(), keeps_promises<attention_net>();
  keeps_promises<linear_softmax_net>(), keeps_promises<exponential_softmax_net>();
}

TEST_CASE("shapes follow from the input") {
  STATIC_REQUIRE(linear_net::shape_of<"main"> == dims(dyn, 5));
  STATIC_REQUIRE(conv_options_net::shape_of<"main"> == dims(dyn, 7, 4));
  STATIC_REQUIRE(conv_net::outputs(dims(6, 5, 3))[0].s == dims(6, 5, 4));
  STATIC_REQUIRE(conv_options_net::outputs(dims(7, 9, 2))[0].s == dims(4, 7, 4));
  STATIC_REQUIRE(max_pool_net::shape_of<"main"> == dims(dyn, 2, 2));
  STATIC_REQUIRE(stretch_net::shape_of<"main"> == dims(4, 2));
  STATIC_REQUIRE(held_net::outputs(dims(9, 4, 2))[0].s == dims(9, 3));
  STATIC_REQUIRE(conv1d_options_net::outputs(dims(7, 3))[0].s == dims(4, 4));
  STATIC_REQUIRE(repeat_net::outputs(dims(5, 3))[0].s == dims(15, 4));
  STATIC_REQUIRE(squeezed_net::parameters == 9 * 2 * 8 + 8 + 2 * 8 * 2);
  STATIC_REQUIRE_FALSE(linear<2>::accepts(dims(4, dyn)));
  STATIC_REQUIRE_FALSE(squeeze_excitation<3>::accepts(dims(dyn, 8)));
  STATIC_REQUIRE_FALSE(global_average::accepts(dims(0, 8)));
  STATIC_REQUIRE_FALSE(max_pool<1, 5>::accepts(dims(dyn, 4, 1)));
  STATIC_REQUIRE_FALSE(fold::accepts(dims(dyn, dyn, 1)));
}

TEST_CASE("convolutions start as their options say") {
  struct he_net : bind<conv2d<64, 3, 3, he_uniform>, dims(dyn, 4, 6)> {};
  struct zero_net : bind<conv2d<4, 1, 1, zero_weights>, dims(dyn, 4, 6)> {};
  const weights<he_net> he(1);
  const idx count = 64 * 6 * 9;
  float most = 0;
  for (idx i = 0; i < count; ++i) most = std::max(most, std::abs(he.params()[i]));
  CHECK(most <= std::sqrt(6.0 / 54));
  CHECK(most > 0.99 * std::sqrt(6.0 / 54));
  for (idx i = count; i < he_net::parameters; ++i) CHECK(he.params()[i] == 0);
  const weights<zero_net> zero(1);
  for (idx i = 0; i < zero_net::parameters; ++i) CHECK(zero.params()[i] == 0);
}

}  // namespace layers_test
