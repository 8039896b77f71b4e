#pragma once
#include <auris/nn.hpp>

namespace auris::networks {

/// The CRNN baseline of DCASE 2023 task 4B: (time, 64 mels) -> "sed" (time, 17), linear outputs, names of the task's repository.
/// The published sizes are 128 channels and 32 hidden units per direction.
template <idx Channels, idx Hidden>
struct crnn_4b_spec
    : sequential<  //
          as_image, named<"conv1", conv2d<Channels>>, named<"batch_norm1", batch_norm>, relu, max_pool<1, 5>,
          dropout<0.2>, named<"conv2", conv2d<Channels>>, named<"batch_norm2", batch_norm>, relu, max_pool<1, 2>,
          dropout<0.2>, named<"conv3", conv2d<Channels>>, named<"batch_norm3", batch_norm>, relu, max_pool<1, 2>,
          dropout<0.2>,
          fold,  // (time, 3, channels) -> (time, 3 channels)
          named<"gru1", channel_major<3, bidirectional<gru<Hidden>>>>,
          heads<output<"sed", named<"linear1", linear<32>>, named<"linear2", linear<17>>>>> {};
template <idx Channels, idx Hidden>
struct crnn_4b_sized : bind<crnn_4b_spec<Channels, Hidden>, dims(dyn, 64)> {};
struct crnn_4b : crnn_4b_sized<128, 32> {};

}  // namespace auris::networks
