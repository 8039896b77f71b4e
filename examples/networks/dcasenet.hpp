#pragma once
#include <auris/nn.hpp>

namespace auris::networks {

/// The sizes of a DcaseNet. `narrower` divides the width of every layer but the outputs, and has to divide 8: 4 or 8
/// for small data and quick tries.
struct dcasenet_sizes {
  idx scenes = 10, tags = 80, events = 14;
  idx narrower = 1;
  constexpr idx width(idx published) const { return published / narrower; }
};

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

/// The scene branch: three such blocks, means, a code, and logits of scenes.
template <dcasenet_sizes Sizes, class Of, idx Channels>
struct scene_branch
    : sequential<named<"layer_ASC",
                       sequential<named<"0", squeezed_block<Of, Channels, halving_shortcut<Of, Channels>, stride<2>>>,
                                  named<"1", squeezed_block<Of, Channels>>, named<"2", squeezed_block<Of, Channels>>>>,
                 global_average, named<"code_ASC", linear<Sizes.width(128)>>, named<"fc_ASC", linear<Sizes.scenes>>> {};

/// Logits of tags, of a sequence.
template <dcasenet_sizes Sizes>
struct tag_branch
    : sequential<mean_time,
                 named<"layer_TAG", sequential<linear<Sizes.width(1024)>, relu, dropout<0.2>, linear<Sizes.width(1024)>,
                                               relu, dropout<0.1>, linear<Sizes.tags>>>> {};

/// Probabilities of events every 100 ms, of a step for every 800 ms.
template <class Dense>
struct event_branch : sequential<named<"event_fc", Dense>, sigmoid, repeat_time<8>> {};
template <dcasenet_sizes Sizes>
struct deep_event_layers : sequential<linear<Sizes.width(256)>, relu, dropout<0.2>, linear<Sizes.width(256)>, relu,
                                      dropout<0.1>, linear<Sizes.events>> {};

/// Blocks 1 to 3: (time, 128) -> (time / 8, 16, 256).
template <dcasenet_sizes Sizes>
struct dcasenet_trunk : sequential<as_image, named<"conv_block1", dcasenet_block<Sizes.width(64), 2, 2>>,
                                   named<"conv_block2", dcasenet_block<Sizes.width(128), 2, 2>>,
                                   named<"conv_block3", dcasenet_block<Sizes.width(256), 2, 2>>> {};
/// The mean over mel of a fourth block: (time / 40, 512).
template <dcasenet_sizes Sizes>
struct dcasenet_sequence
    : sequential<dcasenet_trunk<Sizes>, named<"conv_block4", dcasenet_block<Sizes.width(512), 5, 2>>, mean_mel> {};

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
template <dcasenet_sizes Sizes>
struct dcasenet_v1_body : sequential<dcasenet_sequence<Sizes>, named<"gru", bidirectional<gru<Sizes.width(256)>>>> {};
template <dcasenet_sizes Sizes>
struct dcasenet_v1_spec
    : sequential<dcasenet_v1_body<Sizes>,
                 heads<output<"asc", scene_branch<Sizes, of_sequences, Sizes.width(256)>>,
                       output<"sed", event_branch<linear<Sizes.events>>>, output<"tag", tag_branch<Sizes>>>> {};
template <dcasenet_sizes Sizes>
struct dcasenet_v1_with : bind<dcasenet_v1_spec<Sizes>, dims(dyn, 128)>, of_mel_and_time {};

/// Version 2: scenes are told in front of the recurrent layer, and events by three dense layers.
template <dcasenet_sizes Sizes>
struct dcasenet_v2_body
    : sequential<dcasenet_sequence<Sizes>, tap<output<"asc", scene_branch<Sizes, of_sequences, Sizes.width(256)>>>,
                 named<"gru", bidirectional<gru<Sizes.width(256)>>>> {};
template <dcasenet_sizes Sizes>
struct dcasenet_v2_spec
    : sequential<dcasenet_v2_body<Sizes>,
                 heads<output<"sed", event_branch<deep_event_layers<Sizes>>>, output<"tag", tag_branch<Sizes>>>> {};
template <dcasenet_sizes Sizes>
struct dcasenet_v2_with : bind<dcasenet_v2_spec<Sizes>, dims(dyn, 128)>, of_mel_and_time {};

/// Version 3 without its head of tags: from the fourth block on there are two branches, one that all tasks share and one of tasks:
/// scenes are told by the second, tags and events by both. `OverMel` is what takes mel away in front of the recurrent layers:
/// mean_mel, or max_over<1>.
template <dcasenet_sizes Sizes, class OverMel = mean_mel>
struct dcasenet_v3_body
    : sequential<dcasenet_trunk<Sizes>,
                 parallel<concat<2>, named<"conv_block4_1", dcasenet_block<Sizes.width(256), 5, 2>>,
                          sequential<named<"conv_block4_2", dcasenet_block<Sizes.width(256), 5, 2>>,
                                     tap<output<"asc", scene_branch<Sizes, of_images, Sizes.width(384)>>>>>,
                 OverMel,
                 parallel<concat<1>, named<"gru_1", bidirectional<gru<Sizes.width(128)>>>,
                          sequential<named<"gru_2", bidirectional<gru<Sizes.width(128)>>>,
                                     tap<output<"sed", event_branch<linear<Sizes.events>>>>>>> {};
template <dcasenet_sizes Sizes, class OverMel = mean_mel>
struct dcasenet_v3_spec : sequential<dcasenet_v3_body<Sizes, OverMel>, heads<output<"tag", tag_branch<Sizes>>>> {};
template <dcasenet_sizes Sizes>
struct dcasenet_v3_with : bind<dcasenet_v3_spec<Sizes>, dims(dyn, 128)>, of_mel_and_time {};

/// What a version knows of a recording, for other tasks: "embedding" (512), the mean over time of its sequence. It takes the weights of
/// any network with the same body: `load(w, file, {.partial = true})`.
template <class Body>
struct dcasenet_embedding : bind<sequential<Body, heads<output<"embedding", mean_time>>>, dims(dyn, 128)> {};

struct dcasenet_v1 : dcasenet_v1_with<dcasenet_sizes{}> {};
struct dcasenet_v2 : dcasenet_v2_with<dcasenet_sizes{}> {};
struct dcasenet_v3 : dcasenet_v3_with<dcasenet_sizes{}> {};

}  // namespace auris::networks
