#pragma once
#include <auris/nn/attention_pool.hpp>
#include <auris/nn/channels_first.hpp>
#include <auris/nn/clamp.hpp>
#include <auris/nn/compose/named.hpp>
#include <auris/nn/linear.hpp>
#include <auris/nn/sigmoid.hpp>
#include <auris/nn/softmax.hpp>
#include <auris/nn/weighted_mean.hpp>

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

namespace detail {
template <idx Classes, attention_form Form>
struct frame_scores : sequential<named<"fc_time_prob", linear<Classes>>, sigmoid> {};
template <idx Classes>
struct frame_scores<Classes, attention_form::paper> : sequential<named<"fc_time_prob", linear<Classes>>> {};
template <idx Classes, attention_form Form>
struct frame_weights : sequential<named<"fc_time_att", linear<Classes>>, softmax<0>> {};
template <idx Classes>
struct frame_weights<Classes, attention_form::paper>
    : sequential<named<"fc_time_att", linear<Classes>>, sigmoid, softmax<0>> {};
}  // namespace detail

/// Two-step attention for clips of any length: a variant of ours. The first step is that of `two_step_attention`; in the second the
/// maps along time are replaced by maps of each frame's classes, so that nothing depends on the number of frames.
///
///     code     y = sum over time of sigmoid(m W^T + b) softmax over time (m V^T + c), W and V over classes
///     paper    y = sum over time of (m W^T + b) softmax over time (sigmoid(m V^T + c))
///
/// Shape       (time, mel, Classes) -> (Classes); mel known at compile time. Outputs on the side as those of two_step_attention.
/// Parameters  fc_mel_prob, fc_mel_att (mel, mel), fc_time_prob, fc_time_att (Classes, Classes), each weight and bias. Checkpoints of
///             the fixed length do not fit: it is trained anew.
/// Streaming   no: it needs the whole clip.
/// Source      ours, after Deshmukh, Raj and Singh 2020
///
///     struct net : bind<sequential<as_image, conv2d<41>, frame_wise_two_step_attention<41, attention_form::code>>, dims(dyn, 64)> {};
///     static_assert(net::shape_of<"main"> == dims(41) && net::shape_of<"time_attw"> == dims(41, dyn));
template <idx Classes, attention_form Form>
struct frame_wise_two_step_attention
    : sequential<attention_pool<1, Form, attention_names{"fc_mel_prob", "fc_mel_att", "mel_attw"}>,
                 tap<output<"mel_x", channels_first>>,
                 parallel<weighted_mean, detail::frame_scores<Classes, Form>,
                          sequential<detail::frame_weights<Classes, Form>, tap<output<"time_attw", channels_first>>>>,
                 detail::two_step_clamp<Form>> {};

}  // namespace auris
