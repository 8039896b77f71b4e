#pragma once
#include <auris/nn.hpp>

namespace auris::networks {

/// The sizes and forms of a 2APAE network.
struct apae_sizes {
  idx classes = 41, frames = 311, mels = 64;
  idx channels = 32;  ///< of the encoder's first block; each of the four has twice as many as the one before
  attention_form attention = attention_form::code;
  bool decoder_final_pool = true;  ///< as the authors' code has it; the paper's table III ends without
};

namespace detail {
template <idx Channels>
struct two_convolutions
    : sequential<named<"conv1", conv2d<Channels, 3, 3, no_bias, he_uniform>>, named<"bn1", batch_norm>, relu,
                 named<"conv2", conv2d<Channels, 3, 3, no_bias, he_uniform>>, named<"bn2", batch_norm>, relu> {};
/// With a mean over neighbours that keeps time and mel.
template <idx Channels>
struct smoothing_block : sequential<two_convolutions<Channels>, avg_pool<3, 3, 1, 1, 1, 1>> {};
template <bool FinalPool>
struct last_block : smoothing_block<1> {};
template <>
struct last_block<false> : two_convolutions<1> {};
}  // namespace detail

/// The shared encoder: (time, mel, 1) -> (time, mel, 8 Channels).
template <idx Channels>
struct apae_encoder
    : sequential<named<"cb1", detail::smoothing_block<Channels>>, named<"cb2", detail::smoothing_block<2 * Channels>>,
                 named<"cb3", detail::smoothing_block<4 * Channels>>,
                 named<"cb4", detail::smoothing_block<8 * Channels>>> {};
/// What makes class maps of it: (time, mel, channel) -> (time, mel, class).
template <idx Classes>
struct apae_class_maps : sequential<named<"class_conv", conv2d<Classes, 1, 1, he_uniform>>> {};
/// The auxiliary decoder: (time, mel, 8 Channels) -> (time, mel, 1), not negative.
template <idx Channels, bool FinalPool>
struct apae_decoder
    : sequential<named<"cb1", detail::smoothing_block<4 * Channels>>,
                 named<"cb2", detail::smoothing_block<2 * Channels>>, named<"cb3", detail::smoothing_block<Channels>>,
                 named<"cb4", detail::last_block<FinalPool>>> {};

/// 2APAE: weakly labelled detection with two-step attention pooling and an auxiliary auto-encoder. Standardised log-mel (time, mel) ->
/// "y_pred" (class), probabilities; "x_rec" (time, mel), the reconstruction; and what explains them: "class_wise_input"
/// (class, time, mel), "mel_attw" (class, time, mel), "mel_x" (class, time), "time_attw" (class, time), "time_x" (class), which is
/// y_pred again. Names of the authors' code.
///
/// Source      Deshmukh, Raj and Singh 2020 (arXiv 2008.07085)
template <apae_sizes Sizes>
struct apae_spec
    : sequential<as_image, named<"enc", apae_encoder<Sizes.channels>>,
                 tap<output<"x_rec", named<"dec", apae_decoder<Sizes.channels, Sizes.decoder_final_pool>>, fold>>,
                 named<"enc", apae_class_maps<Sizes.classes>>, tap<output<"class_wise_input", channels_first>>,
                 named<"dsa", two_step_attention<Sizes.attention>>, heads<output<"time_x">, output<"y_pred">>> {};
/// It is made for one number of frames.
template <apae_sizes Sizes>
struct apae_with : bind<apae_spec<Sizes>, dims(Sizes.frames, Sizes.mels)> {};

struct apae : apae_with<apae_sizes{}> {};
struct apae_paper : apae_with<apae_sizes{.attention = attention_form::paper}> {};

static_assert(apae::parameters == 1'967'366);
static_assert(apae_paper::parameters == 1'967'366);
static_assert(only<apae, "class_wise_input">::live_parameters == 1'183'177);
static_assert(only<apae, "x_rec">::live_parameters == 1'183'177 - 10'537 + 581'805);
static_assert(apae::shape_of<"y_pred"> == dims(41) && apae::shape_of<"x_rec"> == dims(311, 64));

}  // namespace auris::networks
