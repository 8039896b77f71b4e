#pragma once
#include <networks/panns.hpp>

namespace auris::networks {

/// A residual block of DcaseNet's scene branch, without its squeeze and excitation.
template <idx Channels, class Shortcut = identity, class... Option>
struct residual_block
    : sequential<
          residual<sequential<named<"conv1", conv2d<Channels, 3, 3, no_bias, Option...>>, named<"bn1", batch_norm>,
                              relu, named<"conv2", conv2d<Channels, 3, 3, no_bias>>, named<"bn2", batch_norm>>,
                   Shortcut>,
          relu> {};

/// A convolution of one bin that takes every second frame and mel bin.
template <idx Channels>
struct halving_shortcut
    : named<"downsample", sequential<conv2d<Channels, 1, 1, no_bias, stride<2>, padding<0>>, batch_norm>> {};

/// The convolutions of DcaseNet-v3: the trunk, the block that its recurrent branches share ("common", (time / 40, 8, 256)) and the
/// scene branch without squeeze and excitation ("scene", (10), logits); of (time, 128) log-mel frames.
///
/// Source      Jung, Shim, Kim and Yu 2021, whose names its parameters have; its images are (mel, time), these are (time, mel), so a
///             kernel of its checkpoints has the other order of axes
struct dcasenet_v3_convolutions_spec
    : sequential<  //
          as_image, named<"conv_block1", conv_block<64, 2, 2>>, named<"conv_block2", conv_block<128, 2, 2>>,
          named<"conv_block3", conv_block<256, 2, 2>>,
          tap<output<"common", named<"conv_block4_1", conv_block<256, 5, 2>>>>,
          heads<output<"scene", named<"conv_block4_2", conv_block<256, 5, 2>>,
                       named<"layer_ASC", sequential<named<"0", residual_block<384, halving_shortcut<384>, stride<2>>>,
                                                     named<"1", residual_block<384>>, named<"2", residual_block<384>>>>,
                       mean_time, mean<0>, named<"code_ASC", linear<128>>, named<"fc_ASC", linear<10>>>>> {};
struct dcasenet_v3_convolutions : bind<dcasenet_v3_convolutions_spec, dims(dyn, 128)> {};

static_assert(dcasenet_v3_convolutions::shape_of<"common"> == dims(dyn, 8, 256));
static_assert(dcasenet_v3_convolutions::shape_of<"scene"> == dims(10));

}  // namespace auris::networks
