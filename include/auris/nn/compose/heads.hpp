#pragma once
#include <auris/nn/compose/sequential.hpp>

namespace auris {

namespace detail {
template <class Self, shape In>
struct fan;
template <class Self, shape In>
struct named_body;

/// What tap and heads share: outputs computed on the side.
template <spec... O>
struct branching {
  using items = specs<O...>;
  static constexpr bool accepts(shape s) { return (O::accepts(s) && ...); }
  static constexpr auto outputs(shape s) { return join(std::array<named_shape, 0>{}, outputs_of<O>(s)...); }
  template <shape In, class Position>
  static constexpr auto fault() {
    constexpr std::size_t first = [] {
      std::size_t i = 0, found = sizeof...(O);
      ((found == sizeof...(O) && !O::accepts(In) ? void(found = i) : void(), ++i), ...);
      return found;
    }();
    return verdict<typename items::template at<first>, In, typename inside<Position, static_cast<int>(first)>::type>();
  }
  template <class Self, shape In>
  using layer = fan<Self, In>;
};
}  // namespace detail

/// A named result of the network: the layers from here to it. Stands inside of `tap` and `heads` only. Without layers
/// the main value itself is the output.
template <label Name, spec... S>
struct output {
  using definition = output;
  using body = sequential<S...>;
  static constexpr label name = Name;
  static constexpr bool accepts(shape s) { return body::accepts(s) && body::infer(s) != nothing; }
  static constexpr shape infer(shape s) { return s; }
  static constexpr auto outputs(shape s) {
    const auto inside = body::outputs(s);
    return join(std::array{named_shape{Name, body::infer(s), inside.empty()}}, inside);
  }
  template <shape In, class Position>
  static constexpr auto fault() {
    return body::template fault<In, Position>();
  }
  template <class Self, shape In>
  using layer = detail::named_body<Self, In>;
};

/// Leaves named outputs on the side; the main path passes through.
template <spec... O>
struct tap : detail::branching<O...> {
  using definition = tap;
  static constexpr bool ends = false;
  static constexpr shape infer(shape s) { return s; }
};

/// The end of the main path: named outputs side by side.
///
///     struct tagger : bind<sequential<linear<32>, relu,
///                                     heads<output<"sed", linear<17>>, output<"asc", linear<5>>>>, dims(dyn, 64)> {};
///     static_assert(tagger::shape_of<"asc"> == dims(dyn, 5));
template <spec... O>
struct heads : detail::branching<O...> {
  using definition = heads;
  static constexpr bool ends = true;
  static constexpr shape infer(shape) { return nothing; }
};

/// Makes the main value at this place a named output.
template <label Name>
struct expose : tap<output<Name>> {};  // as an alias it makes nvcc 13 emit undeclared names

namespace detail {

/// A tap behind which nothing lives: ends the path, but still tells the shape to the bookkeeping of what follows.
template <spec... O>
struct ending_tap : branching<O...> {
  using definition = ending_tap;
  static constexpr bool ends = true;
  static constexpr shape infer(shape s) { return s; }
};

template <class Self>
struct body_of : Self::body {};  // a short name for the list of specs

template <class Self, shape In>
struct named_body : plain_layer {
  using body = bound<body_of<Self>, In>;
  static constexpr shape in_shape = In;
  static constexpr bool has_main = false, passes_through = false, live = true, trains = body::trains;
  static constexpr std::size_t output_count = 1 + body::output_count;
  static constexpr idx live_parameters = body::live_parameters;
  static constexpr footprint own{.outputs = 1}, fixed = body::fixed;
  static constexpr shape infer(shape s) { return s; }
  template <class C>
  static constexpr footprint need(workload w) {
    footprint f = body::template need<C>(w);
    ++f.outputs;
    return f;
  }
  template <class C>
  static constexpr idx prepared() {
    return body::template prepared<C>();
  }
  template <class C, class T = typename C::scalar>
  static void prepare(const T* params, const T* buffers, T* to) {
    body::template prepare<C>(params, buffers, to);
  }
  static void visit(table_visitor& v, const parameter_path& at, footprint f, bool trained, bool used) {
    body::visit(v, at, f, trained, used);
  }
  static void describe(layer_visitor& v, const parameter_path& at, shape s) { body::describe(v, at, s); }
  template <class C>
  static constexpr auto backward_verdict() {
    return body::template backward_verdict<C>();
  }
  static constexpr auto stream_verdict() { return body::stream_verdict(); }
  static constexpr auto deployment_verdict() { return body::deployment_verdict(); }

  template <class C>
  static void forward(const C& c, const in<C>& x, const out<C>&) {
    if (body::output_count == 0 && !c.outputs[0]) return;
    body::forward(c.at(own, 0), x, out<C>{c.outputs[0], x.n, body::infer(x.s)});
  }
  template <class C>
  static bool backward(const C& c, const in<C>& x, const in<C>&, const in<C>&, const out<C>& dx) {
    const shape s = body::infer(x.s);
    return body::backward(c.at(own, 0), x, {c.outputs[0], x.n, s}, {c.output_gradients[0], x.n, s}, dx);
  }
};

template <class Self, shape In>
struct fan : composition<side_owner<Self, In>, In> {
  using base = composition<side_owner<Self, In>, In>;
  using base::count;
  using typename base::parts;
  using footprints = typename parts::footprints;
  static constexpr bool has_main = !Self::ends, passes_through = !Self::ends;
  static constexpr shape infer(shape s) { return Self::infer(s); }

  template <class C>
  static constexpr footprint need(workload w) {
    footprint f = parts::template offsets<C>(w)[count];
    if (C::mode::caches) f.workspace += slot(w.size());  // the gradient of one branch
    return f;
  }
  static void describe(layer_visitor& v, const parameter_path& to, shape s) { parts::describe(v, to, &s, true); }
  template <class C>
  static void forward(const C& c, const in<C>& x, const out<C>&) {
    const footprints f = parts::template offsets<C>({x.n, x.s, C::backend::workers(c.queue)});
    for (std::size_t i = 0; i != count; ++i)
      if (parts::items[i].live) parts::template forwards<C>[i](c.at(f[i], 0), x, {});
  }
  template <class C>
  static bool backward(const C& c, const in<C>& x, const in<C>&, const in<C>& dy, const out<C>& dx) {
    const footprints f = parts::template offsets<C>({x.n, x.s, C::backend::workers(c.queue)});
    bool wrote = false;
    for (std::size_t i = 0; i != count; ++i) {
      if (!parts::items[i].live) continue;
      const out<C> target = wrote ? out<C>{c.workspace, x.n, x.s} : dx;
      if (!parts::template backwards<C>[i](c.at(f[i], slot(x.size())), x, {}, {}, target)) continue;
      if (wrote) add<C>(c, target, dx);
      wrote = true;
    }
    if (wrote && passes_through && dy.p && dx.p) add<C>(c, dy, dx);
    return wrote;  // a tap without gradient leaves dy as it is
  }
};

}  // namespace detail
}  // namespace auris
