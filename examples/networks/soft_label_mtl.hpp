#pragma once
#include <auris/nn.hpp>

namespace auris::networks {

/// A block of PANNs' Cnn14: two 3x3 convolutions, each with batch normalisation and ReLU, and average pooling.
template <idx Channels, idx PoolTime, idx PoolMel>
struct conv_block : sequential<named<"conv1", conv2d<Channels, 3, 3, no_bias>>, named<"bn1", batch_norm>, relu,
                               named<"conv2", conv2d<Channels, 3, 3, no_bias>>, named<"bn2", batch_norm>, relu,
                               avg_pool<PoolTime, PoolMel>> {};

/// The sizes of a soft-label multi-task network.
struct soft_label_sizes {
  int blocks = 4;           ///< 3 to 6 of Cnn14's blocks
  idx first_channels = 64;  ///< doubled by every block
  idx hidden = 256;         ///< of the recurrent heads, per direction
  idx events = 17, scenes = 5, environments = 2;
};

namespace detail {
template <int Block, idx Channels>
struct backbone_block : sequential<named<Block == 1   ? label("conv_block1")
                                         : Block == 2 ? label("conv_block2")
                                         : Block == 3 ? label("conv_block3")
                                         : Block == 4 ? label("conv_block4")
                                         : Block == 5 ? label("conv_block5")
                                                      : label("conv_block6"),
                                         conv_block<Channels, 1, Block == 6 ? 1 : 2>>,
                                   dropout<0.2>> {};

template <soft_label_sizes Sizes, class Index = std::make_integer_sequence<int, Sizes.blocks>>
struct backbone;
template <soft_label_sizes Sizes, int... I>
struct backbone<Sizes, std::integer_sequence<int, I...>>
    : sequential<backbone_block<I + 1, (Sizes.first_channels << I)>...> {};

template <label Recurrent, label Linear, idx Hidden, idx Classes>
struct head : sequential<named<Recurrent, bidirectional<gru<Hidden>>>, named<Linear, linear<Classes>>> {};
}  // namespace detail

/// Soft-label multi-task SED: PANNs blocks that pool in frequency only, mean over mel, and a bidirectional GRU with a linear layer
/// for each task: sound events, acoustic scene, acoustic environment. (time, 64) -> "sed" (time, 17), "asc" (time, 5),
/// "aec" (time, 2); linear outputs (logits for the last two). Names of PANNs for the backbone.
///
/// Source      Khandelwal and Das 2023; Kong et al. 2020 (PANNs)
template <soft_label_sizes Sizes>
struct soft_label_mtl_spec
    : sequential<as_image, named<"bn0", batch_norm_mel>, detail::backbone<Sizes>, mean_mel,
                 heads<output<"sed", detail::head<"gru_sed", "fc_sed", Sizes.hidden, Sizes.events>>,
                       output<"asc", detail::head<"gru_asc", "fc_asc", Sizes.hidden, Sizes.scenes>>,
                       output<"aec", detail::head<"gru_aec", "fc_aec", Sizes.hidden, Sizes.environments>>>> {
  static_assert(Sizes.blocks >= 3 && Sizes.blocks <= 6, "auris: embeddings are taken behind block 3, 4, 5 or 6");
};

struct soft_label_mtl_3 : bind<soft_label_mtl_spec<soft_label_sizes{.blocks = 3}>, dims(dyn, 64)> {};
struct soft_label_mtl_4 : bind<soft_label_mtl_spec<soft_label_sizes{.blocks = 4}>, dims(dyn, 64)> {};
struct soft_label_mtl_5 : bind<soft_label_mtl_spec<soft_label_sizes{.blocks = 5}>, dims(dyn, 64)> {};
struct soft_label_mtl_6 : bind<soft_label_mtl_spec<soft_label_sizes{.blocks = 6}>, dims(dyn, 64)> {};

/// For small data and quick tries: a quarter of the channels in three blocks, hidden 64.
struct soft_label_mtl_4_small
    : bind<soft_label_mtl_spec<soft_label_sizes{.blocks = 4, .first_channels = 16, .hidden = 64}>, dims(dyn, 64)> {};

static_assert(soft_label_mtl_3::parameters == 3'526'104);
static_assert(soft_label_mtl_4::parameters == 8'246'744);
static_assert(soft_label_mtl_5::parameters == 24'765'912);
static_assert(soft_label_mtl_6::parameters == 86'115'800);
static_assert(only<soft_label_mtl_3, "sed">::live_parameters == 1'943'505);
static_assert(only<soft_label_mtl_4, "sed">::live_parameters == 5'877'713);
static_assert(only<soft_label_mtl_5, "sed">::live_parameters == 20'824'017);
static_assert(only<soft_label_mtl_6, "sed">::live_parameters == 79'028'177);

}  // namespace auris::networks
