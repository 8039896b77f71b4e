// The CPU backend: own vector loops, compiled for several instruction sets. What it has no kernel for, and scalars other than
// float, run on the reference backend.
#pragma once
#include <auris/backend/reference.hpp>
#include <auris/core/executor.hpp>
#include <auris/core/kernel.hpp>
#include <auris/core/memory.hpp>

namespace auris {

/// Runs on the executor of the call, by default on the calling thread.
struct cpu {
  using queue = executor*;
  using memory = host_memory;
  using fallback = reference;
  static queue default_queue() noexcept { return &calling_thread; }
  static int workers(queue q) noexcept { return q->workers(); }
};

/// As `cpu`, but convolutions are plain sums, never Winograd's: several times more accurate, and with prepared weights that
/// take no more memory than the weights themselves.
struct cpu_direct : cpu {
  using fallback = cpu;
};

/// As `cpu`, but `deployed` networks keep weights of linear, conv2d and gru as bf16, each rounded to the nearest: a part of the
/// memory, read in half the time. What is computed with are floats. See docs/kernels.md for what stays as it is.
struct cpu_bf16 : cpu {
  using fallback = cpu;
};

}  // namespace auris

#include <auris/backend/cpu/activation.hpp>
#include <auris/backend/cpu/attention.hpp>
#include <auris/backend/cpu/attention_pool.hpp>
#include <auris/backend/cpu/bands.hpp>
#include <auris/backend/cpu/batch_norm.hpp>
#include <auris/backend/cpu/clamp.hpp>
#include <auris/backend/cpu/constant_q.hpp>
#include <auris/backend/cpu/conv2d.hpp>
#include <auris/backend/cpu/conv2d_bf16.hpp>
#include <auris/backend/cpu/dct.hpp>
#include <auris/backend/cpu/dropout.hpp>
#include <auris/backend/cpu/filter_bank.hpp>
#include <auris/backend/cpu/gru.hpp>
#include <auris/backend/cpu/linear.hpp>
#include <auris/backend/cpu/logarithm.hpp>
#include <auris/backend/cpu/loss.hpp>
#include <auris/backend/cpu/merge.hpp>
#include <auris/backend/cpu/optimiser.hpp>
#include <auris/backend/cpu/pool.hpp>
#include <auris/backend/cpu/reduce.hpp>
#include <auris/backend/cpu/softmax.hpp>
#include <auris/backend/cpu/stft.hpp>
#include <auris/backend/cpu/transpose.hpp>
#include <auris/backend/cpu/weighted_mean.hpp>
#include <auris/backend/cpu/weighted_rank.hpp>
#if !defined(AURIS_CPU_LINKED)
#include <auris/backend/cpu/kernels.inl>
#endif
