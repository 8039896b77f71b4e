#pragma once
#include <auris/nn.hpp>

namespace auris::networks {

/// Two 3x3 convolutions, each with batch normalisation and ReLU, and average pooling.
template <idx Channels, idx PoolTime, idx PoolMel>
struct dcasenet_block : sequential<named<"conv1", conv2d<Channels, 3, 3, no_bias, mel_first>>, named<"bn1", batch_norm>,
                                   relu, named<"conv2", conv2d<Channels, 3, 3, no_bias, mel_first>>,
                                   named<"bn2", batch_norm>, relu, avg_pool<PoolTime, PoolMel>> {};

// What the scene branch convolves: images in version 3, sequences in 1 and 2.
struct of_images {
  template <idx Channels, idx Kernel, class... Option>
  using convolution = conv2d<Channels, Kernel, Kernel, no_bias, mel_first, Option...>;
};
struct of_sequences {
  template <idx Channels, idx Kernel, class... Option>
  using convolution = conv1d<Channels, Kernel, no_bias, Option...>;
};

/// A residual block with squeeze and excitation.
template <class Of, idx Channels, class Shortcut = identity, class... Option>
struct squeezed_block
    : sequential<residual<sequential<named<"conv1", typename Of::template convolution<Channels, 3, Option...>>,
                                     named<"bn1", batch_norm>, relu,
                                     named<"conv2", typename Of::template convolution<Channels, 3>>,
                                     named<"bn2", batch_norm>, named<"se", squeeze_excitation<16>>>,
                          Shortcut>,
                 relu> {};
/// The way around a block that takes every second step.
template <class Of, idx Channels>
struct halving_shortcut
    : named<"downsample",
            sequential<typename Of::template convolution<Channels, 1, stride<2>, padding<0>>, batch_norm>> {};

/// The scene branch: three such blocks, means, a code, and logits of 10 scenes.
template <class Of, idx Channels>
struct scene_branch
    : sequential<named<"layer_ASC",
                       sequential<named<"0", squeezed_block<Of, Channels, halving_shortcut<Of, Channels>, stride<2>>>,
                                  named<"1", squeezed_block<Of, Channels>>, named<"2", squeezed_block<Of, Channels>>>>,
                 global_average, named<"code_ASC", linear<128>>, named<"fc_ASC", linear<10>>> {};

/// Logits of 80 tags, of a sequence.
struct tag_branch : sequential<mean_time, named<"layer_TAG", sequential<linear<1024>, relu, dropout<0.2>, linear<1024>,
                                                                        relu, dropout<0.1>, linear<80>>>> {};

/// Probabilities of 14 events every 100 ms, of a step for every 800 ms.
template <class Dense>
struct event_branch : sequential<named<"event_fc", Dense>, sigmoid, repeat_time<8>> {};
struct deep_event_layers : sequential<linear<256>, relu, dropout<0.2>, linear<256>, relu, dropout<0.1>, linear<14>> {};

/// Blocks 1 to 3: (time, 128) -> (time / 8, 16, 256).
struct dcasenet_trunk
    : sequential<as_image, named<"conv_block1", dcasenet_block<64, 2, 2>>,
                 named<"conv_block2", dcasenet_block<128, 2, 2>>, named<"conv_block3", dcasenet_block<256, 2, 2>>> {};
/// The mean over mel of a fourth block: (time / 40, 512).
struct dcasenet_sequence : sequential<dcasenet_trunk, named<"conv_block4", dcasenet_block<512, 5, 2>>, mean_mel> {};

/// Says of a network that PyTorch's layout of its input is (batch, 1, mel, time).
struct of_mel_and_time {
  static constexpr bool mel_stands_first = true;
};

/// DcaseNet: acoustic scenes, audio tags and sound events from one network. Of (time, 128) log-mel frames of 20 ms:
/// "asc" (10), logits; "sed" (8 floor(time / 40), 14), probabilities; "tag" (80), logits. In checkpoints images are (mel, time).
///
/// Version 1: everything stands behind one recurrent layer. Its sizes beyond the paper's are those that give the paper's count of
/// parameters.
///
/// Source      Jung, Shim, Kim and Yu 2021, figure 1
struct dcasenet_v1_spec : sequential<dcasenet_sequence, named<"gru", bidirectional<gru<256>>>,
                                     heads<output<"asc", scene_branch<of_sequences, 256>>,
                                           output<"sed", event_branch<linear<14>>>, output<"tag", tag_branch>>> {};
struct dcasenet_v1 : bind<dcasenet_v1_spec, dims(dyn, 128)>, of_mel_and_time {};

/// Version 2: scenes are told in front of the recurrent layer, and events by three dense layers.
struct dcasenet_v2_spec : sequential<dcasenet_sequence, tap<output<"asc", scene_branch<of_sequences, 256>>>,
                                     named<"gru", bidirectional<gru<256>>>,
                                     heads<output<"sed", event_branch<deep_event_layers>>, output<"tag", tag_branch>>> {
};
struct dcasenet_v2 : bind<dcasenet_v2_spec, dims(dyn, 128)>, of_mel_and_time {};

/// Version 3: from the fourth block on there are two branches, one that all tasks share and one of tasks: scenes are told by the
/// second, tags and events by both. `OverMel` is what takes mel away in front of the recurrent layers: mean_mel, or max_over<1>.
template <class OverMel = mean_mel>
struct dcasenet_v3_spec
    : sequential<
          dcasenet_trunk,
          parallel<concat<2>, named<"conv_block4_1", dcasenet_block<256, 5, 2>>,
                   sequential<named<"conv_block4_2", dcasenet_block<256, 5, 2>>,
                              tap<output<"asc", scene_branch<of_images, 384>>>>>,
          OverMel,
          parallel<concat<1>, named<"gru_1", bidirectional<gru<128>>>,
                   sequential<named<"gru_2", bidirectional<gru<128>>>, tap<output<"sed", event_branch<linear<14>>>>>>,
          heads<output<"tag", tag_branch>>> {};
struct dcasenet_v3 : bind<dcasenet_v3_spec<>, dims(dyn, 128)>, of_mel_and_time {};

static_assert(dcasenet_v1::parameters == 9'102'632);
static_assert(dcasenet_v2::parameters == 9'296'168);
static_assert(dcasenet_v3::parameters == 13'882'920);
static_assert(dcasenet_v3::shape_of<"asc"> == dims(10) && dcasenet_v3::shape_of<"sed"> == dims(dyn, 14) &&
              dcasenet_v3::shape_of<"tag"> == dims(80));
static_assert(only<dcasenet_v3, "asc">::live_parameters ==
              37'696 + 221'696 + 885'760 + 1'180'672 + 7'679'232 + 49'280 + 1'290);

}  // namespace auris::networks
