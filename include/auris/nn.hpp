// All layers and their composition.
#pragma once
#include <auris/nn/compose/verdict.hpp>  // first: fewer "included from" lines in front of an error

#include <auris/nn/atrous_attention.hpp>
#include <auris/nn/attention_pool.hpp>
#include <auris/nn/attention_pooling.hpp>
#include <auris/nn/batch_norm.hpp>
#include <auris/nn/channels_first.hpp>
#include <auris/nn/clamp.hpp>
#include <auris/nn/compose.hpp>
#include <auris/nn/conv1d.hpp>
#include <auris/nn/conv2d.hpp>
#include <auris/nn/dropout.hpp>
#include <auris/nn/fold.hpp>
#include <auris/nn/global_pool.hpp>
#include <auris/nn/gru.hpp>
#include <auris/nn/hyperbolic_tangent.hpp>
#include <auris/nn/linear.hpp>
#include <auris/nn/max.hpp>
#include <auris/nn/mean.hpp>
#include <auris/nn/pool.hpp>
#include <auris/nn/relu.hpp>
#include <auris/nn/repeat.hpp>
#include <auris/nn/session.hpp>
#include <auris/nn/sigmoid.hpp>
#include <auris/nn/sliding_window.hpp>
#include <auris/nn/softmax.hpp>
#include <auris/nn/softmax_pooling.hpp>
#include <auris/nn/spec_augment.hpp>
#include <auris/nn/squeeze_excitation.hpp>
#include <auris/nn/stretch.hpp>
#include <auris/nn/two_step_attention.hpp>
#include <auris/nn/weighted_mean.hpp>
#include <auris/nn/weights.hpp>
