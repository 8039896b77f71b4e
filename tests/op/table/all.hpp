#pragma once
#include <tuple>

#include "op/table/activation.hpp"
#include "op/table/attention.hpp"
#include "op/table/attention_pool.hpp"
#include "op/table/bands.hpp"
#include "op/table/batch_norm.hpp"
#include "op/table/clamp.hpp"
#include "op/table/constant_q.hpp"
#include "op/table/conv2d.hpp"
#include "op/table/dct.hpp"
#include "op/table/filter_bank.hpp"
#include "op/table/gru.hpp"
#include "op/table/layer_norm.hpp"
#include "op/table/linear.hpp"
#include "op/table/logarithm.hpp"
#include "op/table/loss.hpp"
#include "op/table/merge.hpp"
#include "op/table/optimiser.hpp"
#include "op/table/pad.hpp"
#include "op/table/pool.hpp"
#include "op/table/reduce.hpp"
#include "op/table/resize.hpp"
#include "op/table/spec_augment.hpp"
#include "op/table/stft.hpp"
#include "op/table/transpose.hpp"
#include "op/table/weighted_mean.hpp"
#include "op/table/weighted_rank.hpp"

namespace table {
using rows =
    std::tuple<linear, conv2d, batch_norm, scale_shift, relu, sigmoid, tanh, gelu, softmax, log_softmax, dropout,
               spec_augment, max_pool, avg_pool, gru, mean_axis, max_axis, copy, add, multiply, mean_squared_error,
               weighted_soft_label, cross_entropy, binary_cross_entropy, nt_xent, adam, sgd, squared_norm, clip,
               layer_norm, l2_normalize, repeat, adaptive_avg_pool, interpolate, logarithm, pad, dct, filter_bank,
               constant_q, stft, bands, clamp, transpose, weighted_mean, weighted_rank, attention_pool, attention>;
}
