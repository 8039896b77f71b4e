#pragma once
#include <auris/nn/channels_first.hpp>
#include <auris/nn/compose/named.hpp>
#include <auris/nn/linear.hpp>
#include <auris/nn/sigmoid.hpp>
#include <auris/nn/softmax.hpp>
#include <auris/nn/weighted_mean.hpp>

namespace auris {

/// Single-step attention pooling of frames, with a linear layer each for scores and attention.
///
///     a = softmax over time of att(x)      y = sum over time of a sigmoid(cla(x))
///
/// Shape       (time, feature) -> (Classes); the output `Weights` (class, time) is a.
/// Parameters  cla.weight (Classes, feature), cla.bias, att.weight, att.bias.
/// Streaming   no: it needs the whole clip.
/// Source      Kong et al. 2018 (audio set classification with attention), eq. 6 and 8; Wang, Li and Metze 2019, table 1
///
///     struct net : bind<attention_pooling<17>, dims(dyn, 512)> {};
///     static_assert(net::shape_of<"main"> == dims(17) && net::shape_of<"attention"> == dims(17, dyn));
template <idx Classes, label Weights = "attention">
struct attention_pooling
    : parallel<weighted_mean, sequential<named<"cla", linear<Classes>>, sigmoid>,
               sequential<named<"att", linear<Classes>>, softmax<0>, tap<output<Weights, channels_first>>>> {};

}  // namespace auris
