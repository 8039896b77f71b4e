// The CUDA backend with the definitions of its kernels: for files that nvcc compiles.
#pragma once
#include <auris/backend/cuda.hpp>
#include <auris/backend/cuda/device.cuh>

#include <auris/backend/cuda/activation.cuh>
#include <auris/backend/cuda/batch_norm.cuh>
#include <auris/backend/cuda/constant_q.cuh>
#include <auris/backend/cuda/conv2d.cuh>
#include <auris/backend/cuda/dct.cuh>
#include <auris/backend/cuda/dropout.cuh>
#include <auris/backend/cuda/filter_bank.cuh>
#include <auris/backend/cuda/gru.cuh>
#include <auris/backend/cuda/layer_norm.cuh>
#include <auris/backend/cuda/linear.cuh>
#include <auris/backend/cuda/logarithm.cuh>
#include <auris/backend/cuda/loss.cuh>
#include <auris/backend/cuda/merge.cuh>
#include <auris/backend/cuda/nt_xent.cuh>
#include <auris/backend/cuda/optimiser.cuh>
#include <auris/backend/cuda/pad.cuh>
#include <auris/backend/cuda/pool.cuh>
#include <auris/backend/cuda/reduce.cuh>
#include <auris/backend/cuda/resize.cuh>
#include <auris/backend/cuda/softmax.cuh>
#include <auris/backend/cuda/stft.cuh>
#include <auris/backend/cuda/stft_steps.cuh>
#include <auris/backend/cuda/transposition.cuh>
