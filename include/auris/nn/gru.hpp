#pragma once
#include <auris/nn/compose/leaf.hpp>
#include <auris/op/gru.hpp>

namespace auris {

namespace detail {
/// What gru and bidirectional<gru> share.
template <idx Hidden, int Directions>
struct gru_layer {
  using input = expects<axis::time, known<axis::feature>>;
  static constexpr bool accepts(shape s) { return s.rank == 2 && s[1] != dyn; }
  static constexpr shape infer(shape s) { return s.with(1, Directions * Hidden); }

  template <shape In>
  struct bind {
    static constexpr idx features = In[1], gates = 3 * Hidden;
    static constexpr idx per_direction = gates * (features + Hidden + 2);
    static constexpr bool streams = Directions == 1;
    static constexpr auto params = [] {
      constexpr initial start{initial::symmetric, Hidden};
      const std::array first{parameter{"weight_ih_l0", dims(gates, features), start, {0, 1, 2, 3}, 1},
                             parameter{"weight_hh_l0", dims(gates, Hidden), start},
                             parameter{"bias_ih_l0", dims(gates), start}, parameter{"bias_hh_l0", dims(gates), start}};
      if constexpr (Directions == 1)
        return first;
      else
        return join(first, std::array{parameter{"weight_ih_l0_reverse", dims(gates, features), start, {0, 1, 2, 3}, 1},
                                      parameter{"weight_hh_l0_reverse", dims(gates, Hidden), start},
                                      parameter{"bias_ih_l0_reverse", dims(gates), start},
                                      parameter{"bias_hh_l0_reverse", dims(gates), start}});
    }();
    static constexpr op::gru::size size(idx n, shape s) { return {n, s[0], features, Hidden, Directions}; }
    static constexpr idx state(idx items) { return streams ? items * Hidden : 0; }
    static constexpr idx cache(workload w) { return size(w.items, w.item).cache(); }
    static constexpr idx multiply_adds(workload w) { return size(w.items, w.item).multiply_adds(); }
    template <class C>
    static constexpr idx workspace(workload w) {
      return workspace_of<op::gru, C>(size(w.items, w.item), w.workers);
    }
    template <class C>
    static constexpr idx prepared() {
      if constexpr (reads_prepared_weights<op::gru, C>)
        return kernel_in<op::gru, C>::prepared(size(0, dims(0, features)));
      else
        return Directions * per_direction;
    }
    template <class C, class T = typename C::scalar>
    static void prepare(const T* w, const T*, T* to) {
      if constexpr (reads_prepared_weights<op::gru, C>)
        kernel_in<op::gru, C>::prepare(size(0, dims(0, features)), split(w).data(), to);
      else
        __builtin_memcpy(to, w, sizeof(T) * Directions * per_direction);
    }
    template <class C>
    static void forward(C c, in<C> x, out<C> y) {
      if constexpr (reads_prepared_weights<op::gru, C>)
        return kernel_in<op::gru, C>::forward_prepared(c.work(), size(x.n, x.s), x.p, c.params,
                                                       streams ? c.state : nullptr, y.p);
      const auto w = split(c.params);
      kernel_in<op::gru, C>::forward(c.work(), size(x.n, x.s), x.p, w.data(), streams ? c.state : nullptr, y.p,
                                     C::mode::caches ? c.cache : nullptr);
    }
    template <class C>
    static void backward(C c, in<C> x, in<C> y, in<C> dy, out<C> dx) {
      const auto w = split(c.params);
      const auto dw = split(c.gradients);
      kernel_in<op::gru, C>::backward(c.work(), size(x.n, x.s), x.p, w.data(), y.p, c.cache, dy.p, dx.p,
                                      c.gradients ? dw.data() : nullptr);
    }

   private:
    template <class T>
    static std::array<op::gru::weights<T>, Directions> split(T* p) {
      std::array<op::gru::weights<T>, Directions> w{};
      if (!p) return w;
      for (auto& d : w) {
        d = {p, p + gates * features, p + gates * (features + Hidden), p + gates * (features + Hidden + 1)};
        p += per_direction;
      }
      return w;
    }
  };
};
}  // namespace detail

/// Gated recurrent unit over time (formula: op/gru.hpp).
///
/// Shape       (time, in) -> (time, Hidden); in known at compile time.
/// Parameters  weight_ih_l0 (3 Hidden, in), weight_hh_l0 (3 Hidden, Hidden), bias_ih_l0, bias_hh_l0 (3 Hidden):
///             PyTorch's `nn.GRU`, same names and layout (rows r, z, n; two biases).
/// Memory      parameters 3 Hidden (in + Hidden + 2); state Hidden per item; cache 4 Hidden per frame.
/// Streaming   yes: the state is carried between calls.
/// Errors      `rejects<gru<Hidden>, ...>` where the input is not (time, known features).
/// Source      Cho et al. 2014; https://pytorch.org/docs/stable/generated/torch.nn.GRU.html
///
///     struct net : bind<gru<32>, dims(dyn, 64)> {};
///     static_assert(net::parameters == 3 * 32 * (64 + 32 + 2));
template <idx Hidden>
struct gru : detail::gru_layer<Hidden, 1> {};

/// A recurrent layer in both directions; the results stand one behind the other, both at the frame they belong to.
///
/// Shape       (time, in) -> (time, 2 Hidden).
/// Parameters  those of the layer, then the same with the suffix `_reverse`: PyTorch's `bidirectional=True`.
/// Memory      twice that of the layer, no state.
/// Streaming   no: the second direction needs the whole clip.
/// Source      Schuster and Paliwal 1997
///
///     struct net : bind<bidirectional<gru<256>>, dims(dyn, 512)> {};
///     static_assert(net::parameters == 1'182'720 && net::shape_of<"main"> == dims(dyn, 512));
template <class Recurrent>
struct bidirectional;
template <idx Hidden>
struct bidirectional<gru<Hidden>> : detail::gru_layer<Hidden, 2> {};

}  // namespace auris
