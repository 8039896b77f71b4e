#pragma once
#include <auris/nn/compose/named.hpp>
#include <auris/nn/compose/parallel.hpp>

namespace auris {

namespace detail {

template <class S, shape In>
struct verdict_of {  // g++ 12 crashes on decltype of a call in a default argument
  using type = decltype(verdict<S, In, position<>>());
};

template <auto Outputs>
struct output_names;

template <class Layer, class S, shape In>
constexpr auto outputs_with_main(shape s) {
  if constexpr (Layer::has_main)
    return join(outputs_of<S>(s), std::array{named_shape{"main", S::infer(s)}});
  else
    return outputs_of<S>(s);
}

}  // namespace detail

/// A network: a spec for an input shape. Axes that are `dyn` (time, as a rule) are known at run time only. Derive a
/// struct from it, so that its name and not its definition stands in symbols and errors.
///
/// Where the spec does not fit the shape there is one error, `check<rejects<...>>`, and the members below do nothing.
///
/// Outputs are named by the spec; what arrives at the end of the main path is the last one, "main".
///
///     struct network : bind<sequential<linear<32>, relu, linear<17>>, dims(dyn, 64)> {};
///     static_assert(network::parameters == 64 * 32 + 32 + 32 * 17 + 17);
///     static_assert(network::shape_of<"main"> == dims(dyn, 17));
template <class S, shape In, class Verdict = typename detail::verdict_of<S, In>::type>
struct bind {
  using checked =
      std::bool_constant<check<Verdict>::ok>;  // a member, not a base: with an invalid base clang forgets the rest
  using spec_type = S;
  static constexpr shape in_shape = In;
  static constexpr idx parameters = 0, live_parameters = 0, buffers = 0;
  static constexpr std::size_t output_count = 0;
  static constexpr auto outputs(shape = In) { return std::array<named_shape, 0>{}; }
  template <label>
  static constexpr shape shape_of = nothing;
  template <label>
  static constexpr std::size_t index_of = 0;
  template <label>
  static constexpr auto output_verdict() {
    return accepted{};
  }
  template <class>
  static constexpr footprint need(workload) {
    return {};
  }
  template <class... A>
  static void forward(A&&...) {}
  template <class... A>
  static void backward(A&&...) {}
};

template <class S, shape In>
struct bind<S, In, accepted> {
  using spec_type = S;
  using layer = bound<S, In>;
  static constexpr shape in_shape = In;
  static constexpr idx parameters = layer::fixed.params;          ///< what a checkpoint holds
  static constexpr idx live_parameters = layer::live_parameters;  ///< what this network uses, after pruning
  static constexpr idx buffers = layer::fixed.buffers;

  /// All named outputs in the order of the spec, for an input item of shape s.
  static constexpr auto outputs(shape s = In) { return detail::outputs_with_main<layer, S, In>(s); }
  static constexpr std::size_t output_count = outputs().size();
  static constexpr std::size_t find(label name) {
    std::size_t i = 0;
    for (const auto& o : outputs()) {
      if (o.name == name) break;
      ++i;
    }
    return i;
  }

 private:
  template <class>
  struct names;
  template <std::size_t... I>
  struct names<std::index_sequence<I...>> {
    using type = available<typename spelled<outputs()[I].name>::type...>;
  };
  static constexpr std::size_t duplicate = [] {  // the first output whose name stood before
    const auto o = outputs();
    for (std::size_t i = 0; i < o.size(); ++i)
      for (std::size_t k = 0; k < i; ++k)
        if (o[k].name == o[i].name) return i;
    return o.size();
  }();
  static constexpr auto duplicate_verdict() {
    if constexpr (duplicate == output_count)
      return accepted{};
    else
      return duplicate_output<typename spelled<outputs()[duplicate].name>::type>{};
  }

 public:
  using checked = std::bool_constant<check<decltype(duplicate_verdict())>::ok>;
  template <label Name>
  static constexpr auto output_verdict() {
    if constexpr (find(Name) < output_count)
      return accepted{};
    else
      return no_output<typename spelled<Name>::type, typename names<std::make_index_sequence<output_count>>::type>{};
  }
  template <label Name>
  static constexpr std::size_t index_of = check<decltype(output_verdict<Name>())>::ok ? find(Name) : 0;
  template <label Name>
  static constexpr shape shape_of = outputs()[index_of<Name>].s;

  /// Sizes of all arenas for calls in the context C.
  template <class C>
  static constexpr footprint need(workload w) {
    return layer::template need<C>(w);
  }
  /// Scalars of all outputs together, each in a slot of its own.
  static constexpr idx output_size(idx n, shape s) {
    idx size = 0;
    for (const auto& o : outputs(s)) size += slot(n * o.s.size());
    return size;
  }
  /// The outputs one behind the other in one arena.
  template <class T>
  static std::array<T*, output_count> place(T* arena, idx n, shape s) {
    std::array<T*, output_count> r{};
    std::size_t i = 0;
    for (const auto& o : outputs(s)) {
      r[i++] = arena;
      arena += slot(n * o.s.size());
    }
    return r;
  }
  static void visit_parameters(table_visitor& v) { layer::visit(v, {}, {}, true, true); }
  /// Every layer that runs, for an input item of shape s.
  static void visit_layers(layer_visitor& v, shape s) { layer::describe(v, {}, s); }

  template <class C>
  static void forward(C c, in<C> x) {
    out<C> y{};
    if constexpr (layer::has_main) y = {c.outputs[output_count - 1], x.n, layer::infer(x.s)};
    layer::forward(c, x, y);
  }
  /// From the gradients of any subset of the outputs (null: none); adds to c.gradients, writes dx unless its pointer is null.
  template <class C>
  static void backward(C c, in<C> x, out<C> dx = {}) {
    if constexpr (check<decltype(layer::template backward_verdict<C>())>::ok) {
      in<C> y{}, dy{};
      if constexpr (layer::has_main) {
        const shape s = layer::infer(x.s);
        y = {c.outputs[output_count - 1], x.n, s};
        dy = {c.output_gradients[output_count - 1], x.n, s};
      }
      if (!layer::backward(c, x, y, dy, dx) && dx.p) C::backend::memory::clear(c.queue, dx.size(), dx.p);
    }
  }
};

}  // namespace auris
