// The reference backend: plain loops, the oracle of every test. One header per operation in reference/.
#pragma once
#include <auris/core/executor.hpp>
#include <auris/core/kernel.hpp>
#include <auris/core/memory.hpp>

namespace auris {

struct reference {
  using queue = executor*;
  using memory = host_memory;
  static queue default_queue() noexcept { return &calling_thread; }
  static int workers(queue q) noexcept { return q->workers(); }
};

}  // namespace auris

#include <auris/backend/reference/activation.hpp>
#include <auris/backend/reference/attention.hpp>
#include <auris/backend/reference/attention_pool.hpp>
#include <auris/backend/reference/bands.hpp>
#include <auris/backend/reference/batch_norm.hpp>
#include <auris/backend/reference/clamp.hpp>
#include <auris/backend/reference/constant_q.hpp>
#include <auris/backend/reference/conv2d.hpp>
#include <auris/backend/reference/dct.hpp>
#include <auris/backend/reference/dropout.hpp>
#include <auris/backend/reference/filter_bank.hpp>
#include <auris/backend/reference/gru.hpp>
#include <auris/backend/reference/layer_norm.hpp>
#include <auris/backend/reference/linear.hpp>
#include <auris/backend/reference/logarithm.hpp>
#include <auris/backend/reference/loss.hpp>
#include <auris/backend/reference/merge.hpp>
#include <auris/backend/reference/nt_xent.hpp>
#include <auris/backend/reference/optimiser.hpp>
#include <auris/backend/reference/pad.hpp>
#include <auris/backend/reference/pool.hpp>
#include <auris/backend/reference/reduce.hpp>
#include <auris/backend/reference/resize.hpp>
#include <auris/backend/reference/softmax.hpp>
#include <auris/backend/reference/spec_augment.hpp>
#include <auris/backend/reference/stft.hpp>
#include <auris/backend/reference/transpose.hpp>
#include <auris/backend/reference/weighted_mean.hpp>
#include <auris/backend/reference/weighted_rank.hpp>
