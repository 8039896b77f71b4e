#pragma once
#include <auris/core/arena.hpp>
#include <auris/core/context.hpp>
#include <auris/core/message.hpp>
#include <concepts>

namespace auris {

/// What the sum over rows and classes is divided by: `paper` by the rows, as the papers write their losses; `mean` by
/// rows times classes, as PyTorch does.
enum class reduction { paper, mean };
constexpr const char* name_of(reduction r) { return r == reduction::paper ? "paper" : "mean"; }

/// What an output is compared with: values (rows, classes), where a row is one frame of one item; a mask (rows) of
/// weights; and a class mask (items, classes) of weights, such as 1 for the classes that were annotated in an item and 0 for
/// the others. Each of the masks may be null: all ones. A value counts by the product of both; where that is 0 it counts
/// nothing, whatever it is.
///
///     const float labels[2 * 3] = {0, 0.5f, 1, 0, 0, 1}, second_frame_only[2] = {0, 1};
///     const target<float> t{labels, second_frame_only};
///     const float without_last_class[3] = {1, 1, 0};                   // of one item
///     const target<float> u{.values = labels, .class_mask = without_last_class};
template <class T>
struct target {
  const T* values = nullptr;
  const T* mask = nullptr;
  const T* class_mask = nullptr;
};

/// A loss for users is an empty type that names an operation, fills in its size (from items, rows of all items, classes) and
/// describes itself; value and gradient are the work of the operation's kernel (op/loss.hpp: formulas and signature). A
/// loss of one's own is two such types and a kernel.
///
///     static_assert(loss_function<cross_entropy>);
template <class L>
concept loss_function = requires(idx n) {
  { L::size(n, n, n) } -> std::same_as<typename L::operation::size>;
  { L::describe() } -> std::same_as<message>;
};

/// One loss on its own: the value for predictions, whose last axis is the classes and all others (items too) are rows.
///
/// Shape       prediction (..., classes); target values alike; mask (rows), class mask (prediction.n, classes):
///             all in the backend's memory.
/// Parameters  gradient: null, or as many scalars as predictions, to which d loss / d prediction is added.
/// Memory      scratch as the kernel asks, allocated here; training goes through `weighted_sum`, which allocates nothing.
/// Errors      predictions without an axis of classes; null targets; out of memory.
///
///     const float p[3] = {0.2f, 0.4f, 0.7f}, y[3] = {0, 0.5f, 1};
///     const view<const float> prediction{p, 1, dims(1, 3)};
///     float wsl = evaluate_loss<weighted_soft_label, cpu>(prediction, {y}).value();      // 0.095
template <loss_function Loss, class Backend, class T>
result<T> evaluate_loss(view<const T> prediction, target<std::type_identity_t<T>> t,
                        std::type_identity_t<T>* gradient = nullptr,
                        typename Backend::queue queue = Backend::default_queue()) {
  using operation = typename Loss::operation;
  if (prediction.n < 0 || prediction.s.rank < 1 || prediction.s[-1] < 1)
    return error{"wrong shape of the predictions", "evaluate_loss", "(..., classes)",
                 message::of(prediction.n, " x ", prediction.s)};
  if (prediction.size() > 0 && (!prediction.p || !t.values)) return error{"null pointer", "evaluate_loss"};
  const idx classes = prediction.s[-1];
  const auto size = Loss::size(prediction.n, prediction.size() / classes, classes);
  using memory = typename Backend::memory;
  auto workspace =
      arena<T, memory>::make(workspace_of<operation, context<Backend, T, training>>(size, Backend::workers(queue)));
  if (!workspace) return workspace.error();
  auto sum = arena<T, memory>::make(1);
  if (!sum) return sum.error();
  kernel_of<operation, Backend, T>::evaluate({queue, workspace->data()}, size, prediction.p, t.values, t.mask,
                                             t.class_mask, T(1), sum->data(), gradient);
  T value = 0;
  memory::download(queue, 1, sum->data(), &value);
  return value;
}

}  // namespace auris
