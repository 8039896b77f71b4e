// Runs CUDA kernels on the host, for tests: AURIS_CUDA_EXECUTOR names this file where auris/backend/cuda/compat.cuh looks
// for it, and the kernels of backend/cuda are then compiled by g++ or clang as they are.
//
// One thread of the host runs the threads of a block as fibers, one block after another; the blocks of `launch_together`
// at the same time. A fiber runs until it has to wait for others, and who goes on is a matter of `settings.order`: forward,
// reverse or random, always the same for the same seed.
//
// Work is done when it is queued, unless its stream captures; copies to the host arrive when they are waited for. A thread
// that captures may neither allocate nor wait, nor queue on another stream.
//
// Found, and told by `cuda_device<>::status` with file:line, block and thread: barriers that not all threads of a block
// reach, deadlocks, warps whose lanes disagree, launches that no device takes, too much shared memory, wrong use of
// `grid_barrier`. Shared memory is NaN at the start of a block, so that what is read before it was written spoils results,
// and an order of threads in which a missing barrier shows does the rest. `settings.left_out`, or the environment variable
// AURIS_CUDA_LEAVE_OUT, leaves out one barrier, "gru.cuh:120", to see whether a test notices.
//
// Built with -fsanitize=address, out-of-bounds accesses of shared memory are found exactly. Built with -fsanitize=thread, any
// two accesses without order are found, in any order of threads: the sanitizer sees a thread for each of CUDA's, and no
// order between them but that of barriers, `__syncwarp`, fences and launches.
//
// Not there: `<<<>>>`, cooperative groups, `__activemask`, textures, inline PTX, asynchronous copies, streams that overlap,
// blocks that spin for each other.
#pragma once
#include "cuda/executor/atomics.hpp"
#include "cuda/executor/barriers.hpp"
#include "cuda/executor/device_memory.hpp"
#include "cuda/executor/launch.hpp"
#include "cuda/executor/shared_memory.hpp"
#include "cuda/executor/streams.hpp"
#include "cuda/executor/vocabulary.hpp"
#include "cuda/executor/warp.hpp"

/// Empty: an unrolled shuffle costs the executor twice as much.
#define AURIS_UNROLL
