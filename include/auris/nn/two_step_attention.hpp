#pragma once
#include <auris/nn/attention_pool.hpp>
#include <auris/nn/channels_first.hpp>
#include <auris/nn/clamp.hpp>

namespace auris {

namespace detail {
template <attention_form Form>
struct two_step_clamp : clamp<0.0, 1.0> {};
template <>
struct two_step_clamp<attention_form::paper> : clamp<1e-7, 1 - 1e-7> {};
}  // namespace detail

/// Two-step attention pooling of class maps: over mel in each frame, then over time; both steps are `attention_pool`s.
///
///     code     m = sum over mel of sigmoid(Z W^T + b) softmax(Z V^T + c), y alike of m over time, cut off at 0 and 1
///     paper    m = sum over mel of (Z W^T + b) softmax(sigmoid(Z V^T + c)), y alike, cut off at 1e-7 and 1 - 1e-7
///
/// The paper's equations (8) to (15) put the sigmoid on the attention, its authors' code on the values; with the paper's, y is
/// not bound to [0, 1], hence the cut.
///
/// Shape       (time, mel, class) -> (class); time and mel known at compile time. Outputs on the side, which cost nothing where
///             `only` removes them: "mel_attw" (class, time, mel), "mel_x" (class, time), "time_attw" (class, time).
/// Parameters  fc_mel_prob, fc_mel_att (mel, mel), fc_time_prob, fc_time_att (time, time), each weight and bias, with the names of
///             the authors' code; in the paper's form `att` is W_a and `prob` W_c.
/// Memory      parameters 2 mel (mel + 1) + 2 time (time + 1); never a map of probabilities.
/// Streaming   no: it needs the whole clip.
/// Source      Deshmukh, Raj and Singh 2020 (arXiv 2008.07085), equations (8) to (15)
///
///     struct net : bind<sequential<as_image, conv2d<41>, two_step_attention<attention_form::code>>, dims(311, 64)> {};
///     static_assert(net::shape_of<"main"> == dims(41) && net::shape_of<"mel_attw"> == dims(41, 311, 64));
template <attention_form Form>
struct two_step_attention
    : sequential<attention_pool<1, Form, attention_names{"fc_mel_prob", "fc_mel_att", "mel_attw"}>,
                 tap<output<"mel_x", channels_first>>,
                 attention_pool<0, Form, attention_names{"fc_time_prob", "fc_time_att", "time_attw"}>,
                 detail::two_step_clamp<Form>> {};

}  // namespace auris
