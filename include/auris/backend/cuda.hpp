// The CUDA backend for every compiler: the tag, the device's memory and the declarations of all kernels. Who calls them
// needs their definitions somewhere in the program: `backend/cuda.cuh` in a file that nvcc compiles, or the library that
// `auris_add_cuda_library` makes.
#pragma once
#include <auris/backend/cuda/device.hpp>
#include <auris/backend/cuda/graph.hpp>
#include <auris/backend/cuda/queue.hpp>
#include <auris/backend/cuda/random.hpp>
#include <auris/core/kernel.hpp>

namespace auris {

/// Runs on an NVIDIA GPU, in the order of a stream of the caller (by default the default stream). It never falls back.
struct cuda {
  using queue = cuda_stream;
  using memory = cuda_memory;
  using graph = cuda_graph;
  using random = cuda_random_key;
  static queue default_queue() noexcept { return nullptr; }
  static int workers(queue) noexcept { return 1; }
  /// The first failure of a launch or copy since the last call, with the operation's name; waits for nothing.
  static result<void> status() { return cuda_device<>::status(); }
};

namespace detail {
/// Whose prepared weights are bf16: what `cuda_backend<storage::bf16>` (cuda/choice.hpp) falls back to.
struct cuda_bf16 : cuda {
  using fallback = cuda;
};
}  // namespace detail

}  // namespace auris

#include <auris/backend/cuda/activation.hpp>
#include <auris/backend/cuda/attention.hpp>
#include <auris/backend/cuda/attention_pool.hpp>
#include <auris/backend/cuda/bands.hpp>
#include <auris/backend/cuda/batch_norm.hpp>
#include <auris/backend/cuda/clamp.hpp>
#include <auris/backend/cuda/constant_q.hpp>
#include <auris/backend/cuda/conv2d.hpp>
#include <auris/backend/cuda/dct.hpp>
#include <auris/backend/cuda/dropout.hpp>
#include <auris/backend/cuda/filter_bank.hpp>
#include <auris/backend/cuda/gru.hpp>
#include <auris/backend/cuda/layer_norm.hpp>
#include <auris/backend/cuda/linear.hpp>
#include <auris/backend/cuda/logarithm.hpp>
#include <auris/backend/cuda/loss.hpp>
#include <auris/backend/cuda/merge.hpp>
#include <auris/backend/cuda/nt_xent.hpp>
#include <auris/backend/cuda/optimiser.hpp>
#include <auris/backend/cuda/pad.hpp>
#include <auris/backend/cuda/pool.hpp>
#include <auris/backend/cuda/reduce.hpp>
#include <auris/backend/cuda/resize.hpp>
#include <auris/backend/cuda/softmax.hpp>
#include <auris/backend/cuda/spec_augment.hpp>
#include <auris/backend/cuda/stft.hpp>
#include <auris/backend/cuda/transpose.hpp>
#include <auris/backend/cuda/weighted_mean.hpp>
#include <auris/backend/cuda/weighted_rank.hpp>
