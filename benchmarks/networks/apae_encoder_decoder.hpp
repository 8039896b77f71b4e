#pragma once
#include <networks/apae.hpp>

namespace auris::networks {

/// Encoder and decoder of 2APAE without the attention behind the class maps, so that any number of frames fits: (time, 64) ->
/// "class_maps" (time, 64, 41), "reconstruction" (time, 64, 1).
struct apae_encoder_decoder_spec
    : sequential<as_image, named<"enc", apae_encoder<apae_sizes{}>>,
                 tap<output<"class_maps", named<"enc", apae_class_maps<41>>>>,
                 heads<output<"reconstruction", named<"dec", apae_decoder<apae_sizes{}>>>>> {};
struct apae_encoder_decoder : bind<apae_encoder_decoder_spec, dims(dyn, 64)> {};

static_assert(apae_encoder_decoder::parameters == 1'183'177 + 581'805);
static_assert(apae_encoder_decoder::shape_of<"class_maps"> == dims(dyn, 64, 41));
static_assert(apae_encoder_decoder::shape_of<"reconstruction"> == dims(dyn, 64, 1));

}  // namespace auris::networks
