#pragma once
#include <auris/nn/compose/spec.hpp>
#include <auris/nn/no_bias.hpp>
#include <auris/op/linear.hpp>

namespace auris {

namespace detail {
struct linear_options {
  bool bias = true;
};
}  // namespace detail

/// Fully connected layer over the last axis: y = x W^T + b.
///
/// Shape       (..., in) -> (..., Out); all axes but the last are rows. The last axis must be known at compile time.
/// Options     no_bias.
/// Parameters  weight (Out, in), bias (Out): PyTorch's `nn.Linear`, same names and layout.
/// Memory      parameters Out * in + Out; no state, no cache beyond its input and output; workspace as the kernel asks.
/// Streaming   frame by frame.
/// Errors      a shape without a known last axis does not bind: `rejects<linear<Out>, ...>`.
/// Source      https://pytorch.org/docs/stable/generated/torch.nn.Linear.html
///
///     struct head : bind<linear<17>, dims(dyn, 64)> {};                // (time, 64) -> (time, 17)
///     static_assert(head::parameters == 17 * 64 + 17);
template <idx Out, class... Option>
struct linear {
  static constexpr detail::linear_options options = [] {
    detail::linear_options o;
    (Option::set(o), ...);
    return o;
  }();
  using input = expects<any_axes, known<axis::feature>>;
  static constexpr bool accepts(shape s) { return s.rank >= 1 && s[-1] != dyn; }
  static constexpr shape infer(shape s) { return s.with(-1, Out); }
  static constexpr shape compiled_for(shape s) { return dims(s[-1]); }

  template <shape In>
  struct bind {
    static constexpr bool streams = true, output_unread = true;
    static constexpr auto params = [] {
      const parameter weight{"weight", dims(Out, In[-1]), {initial::symmetric, In[-1]}, {0, 1, 2, 3}, 1};
      if constexpr (options.bias)
        return std::array{weight, parameter{"bias", dims(Out), {initial::symmetric, In[-1]}}};
      else
        return std::array{weight};
    }();

    static constexpr idx multiply_adds(workload w) { return rows(w.size()).multiply_adds(); }
    template <class C>
    static constexpr idx workspace(workload w) {
      return workspace_of<op::linear, C>(rows(w.size()), w.workers);
    }
    template <class C>
    static constexpr idx prepared() {
      return prepared_weight<C>() + (options.bias ? Out : 0);
    }
    template <class C, class T = typename C::scalar>
    static void prepare(const T* w, const T*, T* to) {
      if constexpr (reads_prepared_weights<op::linear, C>)
        kernel_in<op::linear, C>::prepare(rows(0), w, to);
      else
        __builtin_memcpy(to, w, sizeof(T) * weights);
      if constexpr (options.bias) __builtin_memcpy(to + prepared_weight<C>(), w + weights, sizeof(T) * Out);
    }
    template <class C>
    static void forward(C c, in<C> x, out<C> y) {
      using kernel = kernel_in<op::linear, C>;
      if constexpr (reads_prepared_weights<op::linear, C>)
        kernel::forward_prepared(c.work(), rows(x.size()), x.p, c.params,
                                 options.bias ? c.params + prepared_weight<C>() : nullptr, y.p);
      else
        kernel::forward(c.work(), rows(x.size()), x.p, weight(c.params), bias(c.params), y.p);
    }
    template <class C>
    static void backward(C c, in<C> x, in<C>, in<C> dy, out<C> dx) {
      kernel_in<op::linear, C>::backward(c.work(), rows(x.size()), x.p, weight(c.params), dy.p, dx.p,
                                         weight(c.gradients), bias(c.gradients));
    }

   private:
    static constexpr idx weights = Out * In[-1];
    template <class C>
    static constexpr idx prepared_weight() {
      if constexpr (reads_prepared_weights<op::linear, C>)
        return kernel_in<op::linear, C>::prepared(rows(0));
      else
        return weights;
    }
    template <class T>
    static T* weight(T* p) {
      return p;
    }
    template <class T>
    static T* bias(T* p) {
      return p && options.bias ? p + weights : nullptr;
    }
    static constexpr op::linear::size rows(idx size) { return {size / In[-1], In[-1], Out}; }
  };
};

}  // namespace auris
