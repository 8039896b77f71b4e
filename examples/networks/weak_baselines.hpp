#pragma once
#include <auris/nn.hpp>

namespace auris::networks {

/// The sizes of a baseline for weak labels.
struct weak_sizes {
  idx classes = 41, mels = 64;
  idx channels = 32;  ///< of the first block of the VGG-like ones; half of those of the atrous one's first convolution
};

namespace detail {
template <idx Channels>
struct plain_block
    : sequential<named<"conv1", conv2d<Channels, 3, 3, no_bias, he_uniform>>, named<"bn1", batch_norm>, relu,
                 named<"conv2", conv2d<Channels, 3, 3, no_bias, he_uniform>>, named<"bn2", batch_norm>, relu> {};
}  // namespace detail

/// VGG-like baseline: blocks without pooling, a map of probabilities for each class, and a global pooling of it. Standardised log-mel
/// (time, mel) -> "y_pred" (class), probabilities, and the maps "segmentation" (class, time, mel). Names of the code of Deshmukh et al.
///
/// Source      Kong et al. 2019 (sed_time_freq_segmentation), whose poolings are global_max, global_average and
///             global_weighted_rank<0.9998>
template <weak_sizes Sizes, spec Pool>
struct weak_vgg_spec
    : sequential<as_image,
                 named<"bottleneck", sequential<named<"conv_block1", detail::plain_block<Sizes.channels>>,
                                                named<"conv_block2", detail::plain_block<2 * Sizes.channels>>,
                                                named<"conv_block3", detail::plain_block<4 * Sizes.channels>>,
                                                named<"conv_block4", detail::plain_block<4 * Sizes.channels>>,
                                                named<"final_conv", conv2d<Sizes.classes, 1, 1, he_uniform>>>>,
                 sigmoid, tap<output<"segmentation", channels_first>>, heads<output<"y_pred", Pool>>> {};

/// Atrous baseline: three dilated convolutions and attention pooling. Standardised log-mel (time, mel) -> "y_pred" (class), at most 0.5,
/// and the weights "attention" (class, time, mel). Names of the code of Deshmukh et al.
///
/// Source      Ren et al. 2019, in the form of Deshmukh et al. 2020
template <weak_sizes Sizes>
struct weak_atrous_spec
    : sequential<
          as_image,
          named<"emb", sequential<named<"conv1", conv2d<2 * Sizes.channels, 5, 5, no_bias, he_uniform>>,
                                  named<"bn1", batch_norm>, relu,
                                  named<"conv2", conv2d<4 * Sizes.channels, 5, 5, no_bias, he_uniform, dilation<2>>>,
                                  named<"bn2", batch_norm>, relu,
                                  named<"conv3", conv2d<8 * Sizes.channels, 5, 5, no_bias, he_uniform, dilation<4>>>,
                                  named<"bn3", batch_norm>, relu>>,
          named<"attention", atrous_attention<Sizes.classes>>, heads<output<"y_pred">>> {};

template <weak_sizes Sizes, spec Pool>
struct weak_vgg_with : bind<weak_vgg_spec<Sizes, Pool>, dims(dyn, Sizes.mels)> {};
template <weak_sizes Sizes>
struct weak_atrous_with : bind<weak_atrous_spec<Sizes>, dims(dyn, Sizes.mels)> {};

struct weak_gmp : weak_vgg_with<weak_sizes{}, global_max> {};
struct weak_gap : weak_vgg_with<weak_sizes{}, global_average> {};
struct weak_gwrp : weak_vgg_with<weak_sizes{}, global_weighted_rank<0.9998>> {};
struct weak_atrous : weak_atrous_with<weak_sizes{}> {};

}  // namespace auris::networks
