#pragma once
#include <auris/nn/compose/deployed.hpp>
#include <auris/op/attention_pool.hpp>

namespace auris {

/// Which of the two published forms an attention pooling has: see op::attention_pool.
using attention_form = op::attention_pool::form;

/// Names of what an attention pooling holds and leaves on the side.
struct attention_names {
  label value, attention;  ///< of its two linear maps, in checkpoints
  label weights;           ///< of its second result, a named output
};

namespace detail {
constexpr label with_suffix(label name, const label& suffix) {
  std::size_t n = name.length();
  for (std::size_t i = 0; suffix.text[i] && n + 1 < sizeof name.text; ++i) name.text[n++] = suffix.text[i];
  return name;
}

/// What computes in an attention pooling.
template <int Axis, attention_form Form, attention_names Names>
struct attention_pool_leaf {
  static constexpr bool accepts(shape s) { return Axis >= 0 && s.rank > Axis + 1 && s[Axis] > 0; }
  static constexpr shape infer(shape s) { return s.without(Axis); }
  /// (class, time, mel): the axes behind the pooled one, those before it, and itself.
  static constexpr shape weights(shape s) {
    shape r = s;
    int at = 0;
    for (int i = Axis + 1; i < s.rank; ++i) r.extent[at++] = s[i];
    for (int i = 0; i <= Axis; ++i) r.extent[at++] = s[i];
    return r;
  }
  static constexpr shape compiled_for(shape s) {
    for (int i = 0; i < s.rank; ++i)
      if (i != Axis) s.extent[i] = dyn;
    return s;
  }

  template <shape In>
  struct bind {
    static constexpr idx length = In[Axis];
    static constexpr std::array params{
        parameter{with_suffix(Names.value, ".weight"), dims(length, length), {initial::symmetric, length}},
        parameter{with_suffix(Names.value, ".bias"), dims(length), {initial::symmetric, length}},
        parameter{with_suffix(Names.attention, ".weight"), dims(length, length), {initial::symmetric, length}},
        parameter{with_suffix(Names.attention, ".bias"), dims(length), {initial::symmetric, length}}};

    static constexpr idx multiply_adds(workload w) { return size(w.items, w.item).multiply_adds(); }
    template <class C>
    static constexpr idx workspace(workload w) {
      return workspace_of<op::attention_pool, C>(size(w.items, w.item), w.workers);
    }
    template <class C, class T = typename C::scalar>
    static void forward(C c, in<C> x, T* y, T* weights) {
      kernel_in<op::attention_pool, C>::forward(c.work(), size(x.n, x.s), x.p, split(c.params), y, weights);
    }
    template <class C, class T = typename C::scalar>
    static void backward(C c, in<C> x, const T* dy, const T* dweights, out<C> dx) {
      const auto gradients = split(c.gradients);
      kernel_in<op::attention_pool, C>::backward(c.work(), size(x.n, x.s), x.p, split(c.params), dy, dweights, dx.p,
                                                 c.gradients ? &gradients : nullptr);
    }

   private:
    static constexpr op::attention_pool::size size(idx n, shape s) {
      return {n, s.count(0, Axis), s[Axis], s.count(Axis + 1, s.rank), Form};
    }
    template <class T>
    static op::attention_pool::weights<T> split(T* p) {
      if (!p) return {};
      return {p, p + length * length, p + length * (length + 1), p + length * (2 * length + 1)};
    }
  };
};

// Its two results: is the main one read, and is the output of the weights wanted?
template <class Self, shape In>
struct attention_pool_layer;
template <int Axis, attention_form Form, attention_names Names, bool Main, bool Weights>
struct attention_pool_spec {
  using definition = attention_pool_spec;
  using computes = attention_pool_leaf<Axis, Form, Names>;
  using input = expects<any_axes, known<axis::channel>>;
  using body = sequential<>;  // what `only` looks for the output in
  static constexpr label name = Names.weights;
  static constexpr bool main = Main, weights = Weights;
  static constexpr bool accepts(shape s) { return computes::accepts(s); }
  static constexpr shape infer(shape s) { return computes::infer(s); }
  static constexpr auto outputs(shape s) {
    if constexpr (Weights)
      return std::array{named_shape{name, computes::weights(s)}};
    else
      return std::array<named_shape, 0>{};
  }
  template <shape In, class Position>
  static constexpr auto fault() {
    return rejects<attention_pool_spec, Position, got<In>, input>{};
  }
  template <class Self, shape In>
  using layer = attention_pool_layer<Self, In>;
};

template <class Self, shape In>
struct attention_pool_layer : leaf<typename Self::computes, Self::computes::compiled_for(In)> {
  using base = leaf<typename Self::computes, Self::computes::compiled_for(In)>;
  using typename base::written;
  static constexpr shape in_shape = In;
  static constexpr bool has_main = Self::main;
  static constexpr std::size_t output_count = Self::weights ? 1 : 0;

  template <class C>
  static constexpr footprint need(workload w) {
    footprint f = base::template need<C>(w);
    f.outputs = output_count;
    return f;
  }
  template <class C>
  static void forward(const C& c, const in<C>& x, const out<C>& y) {
    written::forward(c, x, has_main ? y.p : nullptr, Self::weights ? c.outputs[0] : nullptr);
  }
  template <class C>
  static bool backward(const C& c, const in<C>& x, const in<C>&, const in<C>& dy, const out<C>& dx) {
    const auto* const dweights = Self::weights ? c.output_gradients[0] : nullptr;
    const auto* const dpooled = has_main ? dy.p : nullptr;
    if (!dpooled && !dweights) return false;
    written::backward(c, x, dpooled, dweights, dx);
    return dx.p != nullptr;
  }
  template <class C>
  static constexpr auto backward_verdict() {
    return accepted{};
  }
  static constexpr auto stream_verdict() { return cannot_stream<typename Self::definition>{}; }
  static void visit(table_visitor& visitor, const parameter_path& at, footprint f, bool trained, bool used) {
    base::visit(visitor, at.without_positions(), f, trained, used);
  }
};

template <class Keep, bool Main, int Axis, attention_form Form, attention_names Names, bool M, bool W>
struct prune_rule<Keep, Main, attention_pool_spec<Axis, Form, Names, M, W>> {
  using type = attention_pool_spec<Axis, Form, Names, Main, W && Keep::has(Names.weights)>;
};
template <int Axis, attention_form Form, attention_names Names, bool M, bool W>
struct deploy_rule<attention_pool_spec<Axis, Form, Names, M, W>> {
  using type = attention_pool_spec<Axis, Form, Names, M, W>;
};
}  // namespace detail

/// Pools an axis with two linear maps along it, shared by all other axes: one says what to average, the other where to look.
/// The formulas are those of op::attention_pool, code or paper; nothing of the size of the input is written but the output of
/// the weights, and that only where it is wanted (`only`).
///
/// Shape       without the axis, which must be known at compile time and have another behind it. The output `Names.weights`
///             has the axes behind the pooled one first and the pooled one last: (time, mel, class) -> (class, time, mel).
/// Parameters  `Names.value`.weight, .bias, `Names.attention`.weight, .bias, (length, length) and (length): PyTorch's
///             `nn.Linear` on the pooled axis, same layout; behind the last name of what is around them, without positions.
/// Memory      parameters 2 length (length + 1); no cache beyond its input; workspace as the kernel asks.
/// Streaming   no.
/// Errors      `rejects<...>` where the axis is not there or not known.
/// Source      Deshmukh, Raj and Singh 2020, section III-B
///
///     using pool = attention_pool<1, attention_form::code, attention_names{"value", "attention", "weights"}>;
///     struct net : bind<sequential<pool, heads<output<"pooled">>>, dims(dyn, 64, 41)> {};
///     static_assert(net::parameters == 2 * 64 * 65 && net::shape_of<"weights"> == dims(41, dyn, 64));
template <int Axis, attention_form Form, attention_names Names>
struct attention_pool : detail::attention_pool_spec<Axis, Form, Names, true, true> {};

}  // namespace auris
