#pragma once
#include <networks/panns.hpp>
#include <networks/time_mode.hpp>

namespace auris::networks {

/// The sizes of a soft-label multi-task network.
struct soft_label_sizes {
  int blocks = 4;           ///< 3 to 6 of Cnn14's blocks
  idx first_channels = 64;  ///< doubled by every block
  idx hidden = 256;         ///< of the recurrent heads, per direction
  idx features = 64;        ///< of a frame
  idx events = 17, scenes = 5, environments = 2;
  idx inner = 0;  ///< width of a linear layer in front of the last one of each head, as the baseline has (32); 0: none
  time_mode time = time_mode::whole;
  idx frames = 200;  ///< of the outputs where time is `stretched`

  constexpr soft_label_sizes with(time_mode m) const {
    soft_label_sizes s = *this;
    s.time = m;
    return s;
  }
  constexpr soft_label_sizes deep(int of_blocks) const {
    soft_label_sizes s = *this;
    s.blocks = of_blocks;
    return s;
  }
  constexpr soft_label_sizes of_features(idx count) const {
    soft_label_sizes s = *this;
    s.features = count;
    return s;
  }
  constexpr soft_label_sizes two_linear(idx width = 32) const {
    soft_label_sizes s = *this;
    s.inner = width;
    return s;
  }
};

namespace detail {
template <label Recurrent, label Inner, label Linear, idx Hidden, idx Width, idx Classes>
struct head : sequential<named<Recurrent, bidirectional<gru<Hidden>>>, named<Inner, linear<Width>>,
                         named<Linear, linear<Classes>>> {};
template <label Recurrent, label Inner, label Linear, idx Hidden, idx Classes>
struct head<Recurrent, Inner, Linear, Hidden, 0, Classes>
    : sequential<named<Recurrent, bidirectional<gru<Hidden>>>, named<Linear, linear<Classes>>> {};
}  // namespace detail

/// The embeddings of a soft-label network, one for each frame that its blocks leave: (time, features) -> (time', channels).
template <soft_label_sizes Sizes>
struct soft_label_embedding
    : sequential<as_image, named<"bn0", batch_norm_mel>,
                 conv_blocks<Sizes.blocks, Sizes.first_channels, Sizes.time == time_mode::whole ? 1 : 2>, mean_mel> {
  static_assert(Sizes.blocks >= 3 && Sizes.blocks <= 6, "auris: embeddings are taken behind block 3, 4, 5 or 6");
};

/// Its tasks, each a bidirectional GRU with a linear layer: (time, channels) -> "sed" (time, 17), "asc" (time, 5), "aec" (time, 2).
template <soft_label_sizes Sizes>
struct soft_label_heads
    : heads<output<"sed", detail::head<"gru_sed", "inner_sed", "fc_sed", Sizes.hidden, Sizes.inner, Sizes.events>>,
            output<"asc", detail::head<"gru_asc", "inner_asc", "fc_asc", Sizes.hidden, Sizes.inner, Sizes.scenes>>,
            output<"aec",
                   detail::head<"gru_aec", "inner_aec", "fc_aec", Sizes.hidden, Sizes.inner, Sizes.environments>>> {};

namespace detail {
template <soft_label_sizes Sizes, time_mode Time = Sizes.time>
struct labelled_frames : soft_label_embedding<Sizes> {};
template <soft_label_sizes Sizes>
struct labelled_frames<Sizes, time_mode::held>
    : parallel<hold<frames_per_step(Sizes.blocks)>, soft_label_embedding<Sizes>, identity> {};
template <soft_label_sizes Sizes>
struct labelled_frames<Sizes, time_mode::stretched>
    : sequential<soft_label_embedding<Sizes>, stretch_time<Sizes.frames>> {};
}  // namespace detail

/// Soft-label multi-task SED: PANNs blocks, mean over mel, and a bidirectional GRU with a linear layer for each task: sound
/// events, acoustic scene, acoustic environment. (time, features) -> "sed" (time, 17), "asc" (time, 5), "aec" (time, 2), where
/// time is `stretched` (frames, ...); linear outputs (logits for the last two). Names of PANNs for the backbone; the
/// parameters do not depend on the time mode.
///
/// Source      Khandelwal and Das 2023; Kong et al. 2020 (PANNs)
template <soft_label_sizes Sizes>
struct soft_label_mtl_spec : sequential<detail::labelled_frames<Sizes>, soft_label_heads<Sizes>> {};

template <soft_label_sizes Sizes>
struct soft_label_mtl : bind<soft_label_mtl_spec<Sizes>, dims(dyn, Sizes.features)> {
  static constexpr soft_label_sizes sizes = Sizes;
};
struct soft_label_mtl_3 : soft_label_mtl<soft_label_sizes{.blocks = 3}> {};
struct soft_label_mtl_4 : soft_label_mtl<soft_label_sizes{.blocks = 4}> {};
struct soft_label_mtl_5 : soft_label_mtl<soft_label_sizes{.blocks = 5}> {};
struct soft_label_mtl_6 : soft_label_mtl<soft_label_sizes{.blocks = 6}> {};

/// For small data and quick tries: a quarter of the channels in three blocks, hidden 64.
struct soft_label_mtl_4_small : soft_label_mtl<soft_label_sizes{.blocks = 4, .first_channels = 16, .hidden = 64}> {};

/// The same with blocks that pool in time: embeddings are held (B), or stretched to `sizes.frames` (C).
template <class Network>
struct held : soft_label_mtl<Network::sizes.with(time_mode::held)> {};
template <class Network>
struct stretched : soft_label_mtl<Network::sizes.with(time_mode::stretched)> {};

}  // namespace auris::networks
