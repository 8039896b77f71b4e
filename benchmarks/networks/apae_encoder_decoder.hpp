#pragma once
#include <auris/nn.hpp>

namespace auris::networks {

/// Two convolutions and a mean over neighbours that keeps time and mel.
template <label Name, idx Channels>
struct smoothing_block
    : named<Name, sequential<named<"conv1", conv2d<Channels, 3, 3, no_bias>>, named<"bn1", batch_norm>, relu,
                             named<"conv2", conv2d<Channels, 3, 3, no_bias>>, named<"bn2", batch_norm>, relu,
                             avg_pool<3, 3, 1, 1, 1, 1>>> {};

/// Encoder and decoder of the weakly labelled network with two-step attention pooling and an auxiliary auto-encoder (2APAE), without
/// the attention behind the class maps: (time, 64) -> "class_maps" (time, 64, 41), "reconstruction" (time, 64, 1).
///
/// Source      Deshmukh, Raj and Singh 2020, whose names its parameters have
struct apae_encoder_decoder_spec
    : sequential<as_image,
                 named<"enc", sequential<smoothing_block<"cb1", 32>, smoothing_block<"cb2", 64>,
                                         smoothing_block<"cb3", 128>, smoothing_block<"cb4", 256>,
                                         tap<output<"class_maps", named<"class_conv", conv2d<41, 1>>>>>>,
                 heads<output<"reconstruction",
                              named<"dec", sequential<smoothing_block<"cb1", 128>, smoothing_block<"cb2", 64>,
                                                      smoothing_block<"cb3", 32>, smoothing_block<"cb4", 1>>>>>> {};
struct apae_encoder_decoder : bind<apae_encoder_decoder_spec, dims(dyn, 64)> {};

static_assert(apae_encoder_decoder::parameters == 1'183'177 + 581'805);
static_assert(apae_encoder_decoder::shape_of<"class_maps"> == dims(dyn, 64, 41));
static_assert(apae_encoder_decoder::shape_of<"reconstruction"> == dims(dyn, 64, 1));

}  // namespace auris::networks
