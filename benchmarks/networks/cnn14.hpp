#pragma once
#include <networks/soft_label_mtl.hpp>

namespace auris::networks {

/// One of Cnn14's blocks 1 to 5, which halve time and mel.
template <label Name, idx Channels>
struct halving_block : sequential<named<Name, conv_block<Channels, 2, 2>>, dropout<0.2>> {};

/// PANNs' Cnn14 on 10 s of log-mel: (992 to 1023 frames, 64) -> "main" (527), probabilities of AudioSet's classes. The largest value
/// and the mean over time are those of a window of 31 frames, which is all that a clip of 10 s has left behind the blocks.
///
/// Source      Kong et al. 2020 (PANNs), whose names its parameters have
struct cnn14_spec
    : sequential<
          as_image, named<"bn0", batch_norm_mel>, halving_block<"conv_block1", 64>, halving_block<"conv_block2", 128>,
          halving_block<"conv_block3", 256>, halving_block<"conv_block4", 512>, halving_block<"conv_block5", 1024>,
          named<"conv_block6", conv_block<2048, 1, 1>>, dropout<0.2>,                        // (31, 2, 2048)
          avg_pool<1, 2>, parallel<sum, max_pool<31, 1>, avg_pool<31, 1>>, fold, mean_time,  // (2048)
          dropout<0.5>, named<"fc1", linear<2048>>, relu, dropout<0.5>, named<"fc_audioset", linear<527>>, sigmoid> {};
struct cnn14 : bind<cnn14_spec, dims(dyn, 64)> {};

static_assert(cnn14::parameters == 80'753'615);
static_assert(cnn14::shape_of<"main"> == dims(527));

}  // namespace auris::networks
