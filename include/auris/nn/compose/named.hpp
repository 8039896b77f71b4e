#pragma once
#include <auris/nn/compose/parts.hpp>

namespace auris {

namespace detail {
/// The same computation, one property changed.
template <spec S>
struct wrapper {
  using inner = S;
  static constexpr bool accepts(shape s) { return S::accepts(s); }
  static constexpr shape infer(shape s) { return S::infer(s); }
  static constexpr auto outputs(shape s) { return outputs_of<S>(s); }
  template <shape In, class Position>
  static constexpr auto fault() {
    return verdict<S, In, Position>();
  }
};
}  // namespace detail

/// Gives a layer its name in checkpoints: `named<"conv1", conv2d<64>>` has the parameter "conv1.weight". Inside of
/// another named composite the names join: "conv_block1.conv1.weight".
template <label Name, spec S>
struct named : detail::wrapper<S> {
  using definition = named;
  static constexpr bool plain = true;  // deployment may look through it
  static constexpr label checkpoint_name = Name;
  template <class Self, shape In>
  using layer = bound<S, In>;
};

namespace detail {
template <class Self, shape In>
struct frozen_layer : bound<typename Self::inner, In> {
  using inner = bound<typename Self::inner, In>;
  static constexpr bool trains = false;
  template <class C>
  static auto still(C c) {
    c.gradients = nullptr;
    if constexpr (C::mode::stochastic)
      return c.template as<frozen_in_training>();
    else
      return c;
  }
  template <class C>
  static void forward(const C& c, const in<C>& x, const out<C>& y) {
    inner::forward(still(c), x, y);
  }
  template <class C>
  static void again(const C& c, const in<C>& x, const out<C>& y) {
    inner::again(still(c), x, y);
  }
  template <class C>
  static bool backward(const C& c, const in<C>& x, const in<C>& y, const in<C>& dy, const out<C>& dx) {
    return inner::backward(still(c), x, y, dy, dx);
  }
  static void visit(table_visitor& v, const parameter_path& at, footprint f, bool, bool used) {
    inner::visit(v, at, f, false, used);
  }
};

template <class Self, shape In>
struct channel_major_layer : bound<typename Self::inner, In> {
  using inner = bound<typename Self::inner, In>;
  struct splitting : table_visitor {
    table_visitor& to;
    explicit splitting(table_visitor& t) : to(t) {}
    void operator()(const table_entry& e) override {
      table_entry r = e;
      if (e.input_axis >= 0) {
        const auto a = static_cast<std::size_t>(e.input_axis);
        r.stored = {{}, e.stored.rank + 1};
        for (std::size_t i = 0, o = 0; i < static_cast<std::size_t>(e.stored.rank); ++i) {
          if (i == a) r.stored.extent[o++] = Self::mels;
          r.stored.extent[o++] = i == a ? e.stored.extent[i] / Self::mels : e.stored.extent[i];
        }
        for (std::size_t k = 0, o = 0; k < static_cast<std::size_t>(e.stored.rank); ++k) {
          const int axis = e.order[k];
          if (axis == e.input_axis) {
            r.order[o++] = axis + 1;
            r.order[o++] = axis;
          } else
            r.order[o++] = axis > e.input_axis ? axis + 1 : axis;
        }
      }
      to(r);
    }
  };
  static void visit(table_visitor& v, const parameter_path& at, footprint f, bool trained, bool used) {
    splitting split(v);
    inner::visit(split, at, f, trained, used);
  }
};

template <class Self, shape In>
struct dead_layer : plain_layer {
  using inner = bound<typename Self::inner, In>;
  static constexpr shape in_shape = In;
  static constexpr bool has_main = false, passes_through = false, live = false, trains = false;
  static constexpr std::size_t output_count = 0;
  static constexpr idx live_parameters = 0;
  static constexpr footprint fixed{
      .params = inner::fixed.params, .buffers = inner::fixed.buffers, .random_streams = inner::fixed.random_streams};
  static constexpr shape infer(shape s) { return inner::infer(s); }
  template <class C>
  static constexpr footprint need(workload) {
    return fixed;  // a constant: no code of the dead part is emitted
  }
  template <class C>
  static constexpr idx prepared() {
    return 0;
  }
  template <class C, class T = typename C::scalar>
  static void prepare(const T*, const T*, T*) {}
  static void visit(table_visitor& v, const parameter_path& at, footprint f, bool, bool) {
    inner::visit(v, at, f, false, false);
  }
  static void describe(layer_visitor&, const parameter_path&, shape) {}
  template <class C>
  static constexpr auto backward_verdict() {
    return accepted{};
  }
  static constexpr auto stream_verdict() { return accepted{}; }
  static constexpr auto deployment_verdict() { return accepted{}; }
};

/// What `only` makes of a part that no wanted output needs: nothing of it runs, but its parameters keep their place and names.
template <spec S>
struct dead : wrapper<S> {
  using definition = dead;
  static constexpr auto outputs(shape) { return std::array<named_shape, 0>{}; }
  template <class Self, shape In>
  using layer = dead_layer<Self, In>;
};

/// What `only` makes of an output that is not wanted, but holds one that is.
template <spec S>
struct silent : wrapper<S> {
  using definition = silent;
  static constexpr bool plain = true;
  template <class Self, shape In>
  using layer = bound<S, In>;
};
}  // namespace detail

/// Keeps parameters and running statistics as they are in training; gradients pass through.
template <spec S>
struct frozen : detail::wrapper<S> {
  using definition = frozen;
  static constexpr bool plain = true;
  template <class Self, shape In>
  using layer = detail::frozen_layer<Self, In>;
};

/// For the layer behind a `fold` of (time, Mels, channel): in the checkpoint its input features are ordered channel by
/// channel, as PyTorch's (channel, time, mel) layout makes them, while in memory they are ordered mel by mel. Loading
/// and saving permute.
template <idx Mels, spec S>
struct channel_major : detail::wrapper<S> {
  using definition = channel_major;
  static constexpr bool plain = true;
  static constexpr idx mels = Mels;
  static constexpr bool accepts(shape s) { return s.rank >= 1 && s[-1] != dyn && s[-1] % Mels == 0 && S::accepts(s); }
  template <class Self, shape In>
  using layer = detail::channel_major_layer<Self, In>;
};

}  // namespace auris
