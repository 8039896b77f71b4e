#pragma once
#include <auris/nn/channels_first.hpp>
#include <auris/nn/clamp.hpp>
#include <auris/nn/compose/named.hpp>
#include <auris/nn/conv2d.hpp>
#include <auris/nn/sigmoid.hpp>
#include <auris/nn/softmax.hpp>
#include <auris/nn/weighted_mean.hpp>

namespace auris {

/// Attention pooling of a map with convolutions of one bin: where to look is a clamped sigmoid, what is averaged the logarithm of
/// softmax over the classes.
///
///     a = clamp(sigmoid(att(x)), 0.1, 0.9)      c = log_softmax over classes of cla(x)
///     y = sigmoid(sum a c / sum a), sums over time and mel
///
/// Shape       (time, mel, channel) -> (Classes); the output `Weights` (class, time, mel) is a.
/// Parameters  cla.weight (Classes, channel, 1, 1), cla.bias, att.weight, att.bias; att starts at zero.
/// Streaming   no: it needs the whole clip.
/// Source      Ren et al. 2019 (atrous CNN with attention); the form is that of Deshmukh et al. 2020's code
///
///     struct net : bind<sequential<as_image, conv2d<8, 5, 5, dilation<2>>, atrous_attention<41>>, dims(dyn, 64)> {};
///     static_assert(net::shape_of<"main"> == dims(41) && net::shape_of<"attention"> == dims(41, dyn, 64));
template <idx Classes, label Weights = "attention">
struct atrous_attention
    : sequential<parallel<weighted_mean, sequential<named<"cla", conv2d<Classes, 1, 1, he_uniform>>, log_softmax<>>,
                          sequential<named<"att", conv2d<Classes, 1, 1, zero_weights>>, sigmoid, clamp<0.1, 0.9>,
                                     tap<output<Weights, channels_first>>>>,
                 sigmoid> {};

}  // namespace auris
