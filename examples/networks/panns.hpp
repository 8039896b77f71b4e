#pragma once
#include <array>
#include <auris/nn.hpp>
#include <string_view>

namespace auris::networks {

/// A block of PANNs: two 3x3 convolutions, each with batch normalisation and ReLU, and average pooling.
template <idx Channels, idx PoolTime, idx PoolMel>
struct conv_block : sequential<named<"conv1", conv2d<Channels, 3, 3, no_bias>>, named<"bn1", batch_norm>, relu,
                               named<"conv2", conv2d<Channels, 3, 3, no_bias>>, named<"bn2", batch_norm>, relu,
                               avg_pool<PoolTime, PoolMel>> {};

namespace detail {
inline constexpr label block_names[] = {"conv_block1", "conv_block2", "conv_block3",
                                        "conv_block4", "conv_block5", "conv_block6"};
template <class Index, idx FirstChannels, idx PoolTime>
struct block_list;
template <int... I, idx FirstChannels, idx PoolTime>
struct block_list<std::integer_sequence<int, I...>, FirstChannels, PoolTime>
    : sequential<
          sequential<named<block_names[I], conv_block<(FirstChannels << I), I == 5 ? 1 : PoolTime, I == 5 ? 1 : 2>>,
                     dropout<0.2>>...> {};
}  // namespace detail

/// PANNs' blocks one behind the other, each with twice the channels of the one before and dropout behind it: they halve mel
/// and divide time by PoolTime, but for the sixth, which pools nothing.
template <int Blocks, idx FirstChannels, idx PoolTime>
struct conv_blocks : detail::block_list<std::make_integer_sequence<int, Blocks>, FirstChannels, PoolTime> {};

namespace detail {
template <class Index>
struct tagger_blocks;
template <int... I>
struct tagger_blocks<std::integer_sequence<int, I...>>
    : sequential<sequential<named<block_names[I], conv_block<(idx(64) << I), I == 5 ? 1 : 2, I == 5 ? 1 : 2>>,
                            expose<block_names[I]>, dropout<0.2>>...> {};
}  // namespace detail

/// PANNs' taggers of so many blocks: log-mel (time, 64) -> "clipwise_output" (527), probabilities of AudioSet's classes,
/// "embedding" (512 or 2048), and what `bn0` and the blocks give, images of (time, mel, channel). Whoever wants the
/// classes alone takes `only<cnn14, "clipwise_output">`: the others cost a copy each.
///
/// Source      Kong et al. 2020 (PANNs), whose names parameters and outputs have
template <int Blocks>
struct panns_tagger : sequential<as_image, named<"bn0", batch_norm_mel>, expose<"bn0">, spec_augment<>,
                                 detail::tagger_blocks<std::make_integer_sequence<int, Blocks>>, mean_mel,
                                 parallel<sum, max_time, mean_time>, dropout<0.5>,
                                 named<"fc1", linear<(idx(64) << (Blocks - 1))>>, relu, expose<"embedding">,
                                 heads<output<"clipwise_output", named<"fc_audioset", linear<527>>, sigmoid>>> {};

/// Of PANNs' published files: they also hold the tables of a front-end, which we compute.
struct published_with_front_end {
  static constexpr std::array<std::string_view, 2> ignored_tensors{"spectrogram_extractor.", "logmel_extractor."};
};
struct cnn10 : bind<panns_tagger<4>, dims(dyn, 64)>, published_with_front_end {};
struct cnn14 : bind<panns_tagger<6>, dims(dyn, 64)>, published_with_front_end {};

/// How many frames a step behind so many blocks stands for, where they halve time.
constexpr idx frames_per_step(int blocks) { return idx(1) << (blocks < 5 ? blocks : 5); }

}  // namespace auris::networks
