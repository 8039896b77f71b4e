#pragma once
#include <auris/nn.hpp>

namespace auris::networks {

/// The sizes and forms of a 2APAE network.
struct apae_sizes {
  idx classes = 41, frames = 311, mels = 64;
  idx channels = 32;  ///< of the encoder's first block; each of the four has twice as many as the one before
  attention_form attention = attention_form::code;
  bool decoder_final_pool = true;  ///< as the authors' code has it; the paper's table III ends without
  bool max_pooling = false;  ///< the highest of the neighbours in the place of their mean: the paper found it similar
  bool decode_class_maps =
      false;  ///< the decoder reads the class maps, as the paper's equation (5) has it, and has a block more
};

namespace detail {
template <idx Channels>
struct two_convolutions
    : sequential<named<"conv1", conv2d<Channels, 3, 3, no_bias, he_uniform>>, named<"bn1", batch_norm>, relu,
                 named<"conv2", conv2d<Channels, 3, 3, no_bias, he_uniform>>, named<"bn2", batch_norm>, relu> {};
/// With the mean of neighbours, or the highest, which keeps time and mel.
template <idx Channels, bool Max>
struct smoothing_block : sequential<two_convolutions<Channels>, avg_pool<3, 3, 1, 1, 1, 1>> {};
template <idx Channels>
struct smoothing_block<Channels, true> : sequential<two_convolutions<Channels>, max_pool<3, 3, 1, 1, 1, 1>> {};
template <bool FinalPool, bool Max>
struct last_block : smoothing_block<1, Max> {};
template <bool Max>
struct last_block<false, Max> : two_convolutions<1> {};
}  // namespace detail

/// The shared encoder: (time, mel, 1) -> (time, mel, 8 channels).
template <apae_sizes S>
struct apae_encoder : sequential<named<"cb1", detail::smoothing_block<S.channels, S.max_pooling>>,
                                 named<"cb2", detail::smoothing_block<2 * S.channels, S.max_pooling>>,
                                 named<"cb3", detail::smoothing_block<4 * S.channels, S.max_pooling>>,
                                 named<"cb4", detail::smoothing_block<8 * S.channels, S.max_pooling>>> {};
/// What makes class maps of it: (time, mel, channel) -> (time, mel, class).
template <idx Classes>
struct apae_class_maps : sequential<named<"class_conv", conv2d<Classes, 1, 1, he_uniform>>> {};
/// The auxiliary decoder: (time, mel, 8 channels) -> (time, mel, 1), not negative; or (time, mel, class) -> (time, mel, 1).
template <apae_sizes S>
struct apae_decoder : sequential<named<"cb1", detail::smoothing_block<4 * S.channels, S.max_pooling>>,
                                 named<"cb2", detail::smoothing_block<2 * S.channels, S.max_pooling>>,
                                 named<"cb3", detail::smoothing_block<S.channels, S.max_pooling>>,
                                 named<"cb4", detail::last_block<S.decoder_final_pool, S.max_pooling>>> {};
template <apae_sizes S>
requires(S.decode_class_maps) struct apae_decoder<S>
    : sequential<named<"cb1", detail::smoothing_block<8 * S.channels, S.max_pooling>>,
                 named<"cb2", detail::smoothing_block<4 * S.channels, S.max_pooling>>,
                 named<"cb3", detail::smoothing_block<2 * S.channels, S.max_pooling>>,
                 named<"cb4", detail::smoothing_block<S.channels, S.max_pooling>>,
                 named<"cb5", detail::last_block<S.decoder_final_pool, S.max_pooling>>> {
};

namespace detail {
template <apae_sizes S>
struct apae_reconstruction : tap<output<"x_rec", named<"dec", apae_decoder<S>>, fold>> {};
/// Encoder, class maps, and the decoder beside one of them.
template <apae_sizes S>
struct apae_body
    : sequential<named<"enc", apae_encoder<S>>, apae_reconstruction<S>, named<"enc", apae_class_maps<S.classes>>> {};
template <apae_sizes S>
requires(S.decode_class_maps) struct apae_body<S>
    : sequential<named<"enc", apae_encoder<S>>, named<"enc", apae_class_maps<S.classes>>, apae_reconstruction<S>> {
};
}  // namespace detail

/// 2APAE: weakly labelled detection with two-step attention pooling and an auxiliary auto-encoder. Standardised log-mel (time, mel) ->
/// "y_pred" (class), probabilities; "x_rec" (time, mel), the reconstruction; and what explains them: "class_wise_input"
/// (class, time, mel), "mel_attw" (class, time, mel), "mel_x" (class, time), "time_attw" (class, time), "time_x" (class), which is
/// y_pred again. Names of the authors' code.
///
/// Source      Deshmukh, Raj and Singh 2020 (arXiv 2008.07085)
template <apae_sizes Sizes>
struct apae_spec
    : sequential<as_image, detail::apae_body<Sizes>, tap<output<"class_wise_input", channels_first>>,
                 named<"dsa", two_step_attention<Sizes.attention>>, heads<output<"time_x">, output<"y_pred">>> {};
/// It is made for one number of frames.
template <apae_sizes Sizes>
struct apae_with : bind<apae_spec<Sizes>, dims(Sizes.frames, Sizes.mels)> {};

struct apae : apae_with<apae_sizes{}> {};
struct apae_paper : apae_with<apae_sizes{.attention = attention_form::paper}> {};

}  // namespace auris::networks
