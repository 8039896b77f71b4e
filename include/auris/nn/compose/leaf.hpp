#pragma once
#include <auris/nn/compose/layer_row.hpp>
#include <auris/nn/compose/spec.hpp>

namespace auris {

namespace detail {
template <class S>
concept takes_any_shape = !composite<S> && requires {
  sizeof(typename S::bind);
};
/// What the author of a layer wrote.
template <class S, shape In>
struct written_for {
  using type = typename S::template bind<In>;
};
template <takes_any_shape S, shape In>
struct written_for<S, In> {
  using type = typename S::bind;
};
}  // namespace detail

/// Completes what the author of a layer wrote to the interface that composites use. The author writes a spec with
///
///     accepts(shape), infer(shape)                 which inputs it takes, what they become
///     input = expects<axis::time, ...>             optional: the axes it takes, for messages
///     compiled_for(shape)                          optional: what of the shape bind looks at, the rest dyn; layers that
///                                                  look alike are compiled once
///     template <shape In> struct bind              or, where it is the same for all shapes, struct bind; with
///       forward(c, x, y)                           and as needed
///       backward(c, x, y, dy, dx)                  gradients added to c.gradients unless null, dx written unless null
///       params, buffers                            std::array of parameter: count, table and offsets follow
///       cache(workload), workspace<C>(workload)    in scalars
///       state(items), streams                      what is carried between calls; whether frames may come in pieces
///       random_streams                             how many independent random numbers per element
///       prepared<C>(), prepare<C>(params, buffers, to)   what a deployed network reads instead of params and buffers
///       reshapes                                   true: the same values in another shape, no memory is touched
///       in_place                                   true: y may be x in inference
///       input_unread, output_unread                true: backward does not read x, or y; in place behind a layer whose output
///                                                  is unread, a layer whose input is may write over it in training, too
///       recomputes                                 true: cheap to compute again, so that training does not keep y: backward calls
///                                                  again(c, x, y), or forward where there is none, which has to give the same y
///       multiply_adds(workload)                    of forward, for reports
template <class S, shape In>
struct leaf : detail::written_for<S, In>::type {
  using written = typename detail::written_for<S, In>::type;
  static constexpr bool has_main = true, passes_through = false, live = true;
  static constexpr bool reshapes = requires { requires written::reshapes; };
  static constexpr bool in_place = requires { requires written::in_place; };
  static constexpr bool input_unread = requires { requires written::input_unread; };
  static constexpr bool output_unread = requires { requires written::output_unread; };
  static constexpr bool recomputes = requires { requires written::recomputes; };
  static constexpr bool recomputes_alone = false, is_identity = false;
  static constexpr std::size_t output_count = 0;

  static constexpr auto param_list() {
    if constexpr (requires { written::params; })
      return written::params;
    else
      return std::array<parameter, 0>{};
  }
  static constexpr auto buffer_list() {
    if constexpr (requires { written::buffers; })
      return written::buffers;
    else
      return std::array<parameter, 0>{};
  }
  static constexpr bool prepares = requires { written::template prepared<void>(); };
  static constexpr bool trains = param_list().size() > 0;
  static constexpr idx live_parameters = total(param_list());

  /// What does not depend on the call.
  static constexpr footprint fixed = [] {
    footprint f{.params = total(param_list()), .buffers = total(buffer_list())};
    if constexpr (requires { written::random_streams; }) f.random_streams = written::random_streams;
    return f;
  }();
  static constexpr shape infer(shape s) { return S::infer(s); }

  template <class C>
  static constexpr footprint need(workload w) {
    footprint f = fixed;
    if constexpr (C::mode::reads_prepared) f.prepared = prepared<C>();
    if constexpr (requires { written::state(w.items); }) f.state = written::state(w.items);
    if constexpr (requires { written::cache(w); }) f.cache = C::mode::caches ? slot(written::cache(w)) : 0;
    if constexpr (requires { written::template workspace<C>(w); })
      f.workspace = slot(written::template workspace<C>(w));
    return f;
  }
  /// Scalars of what a deployed network reads.
  template <class C>
  static constexpr idx prepared() {
    if constexpr (prepares)
      return slot(written::template prepared<C>());
    else
      return slot(fixed.params);
  }
  template <class C, class T = typename C::scalar>
  static void prepare(const T* params, [[maybe_unused]] const T* buffers, T* to) {
    if constexpr (prepares)
      written::template prepare<C>(params, buffers, to);
    else
      for (idx i = 0; i < fixed.params; ++i) to[i] = params[i];
  }
  /// y of forward, once more, in training.
  template <class C>
  static void again(const C& c, const in<C>& x, const out<C>& y) {
    if constexpr (requires { written::again(c, x, y); })
      written::again(c, x, y);
    else
      written::forward(c, x, y);
  }
  /// Says whether dx was written: a gradient that is zero because nobody asked for it is never computed.
  template <class C>
  static bool backward(const C& c, const in<C>& x, const in<C>& y, const in<C>& dy, const out<C>& dx) {
    if (!dy.p) return false;
    written::backward(c, x, y, dy, dx);
    return dx.p != nullptr;
  }
  template <class C>
  static constexpr auto backward_verdict() {
    if constexpr (requires(C c, in<C> x, out<C> d) { written::backward(c, x, x, x, d); })
      return accepted{};
    else
      return has_no_backward<S>{};
  }
  static constexpr auto stream_verdict() {
    if constexpr (requires { requires written::streams; })
      return accepted{};
    else
      return cannot_stream<S>{};
  }
  static constexpr auto deployment_verdict() {
    if constexpr (buffer_list().size() == 0 || prepares)
      return accepted{};
    else
      return has_no_deployed_form<S>{};
  }
  static void describe(layer_visitor& visitor, const parameter_path& at, shape s) {
    const auto kind = detail::type_name<S>();
    idx operations = 0;
    if constexpr (requires { written::multiply_adds(workload{}); }) operations = written::multiply_adds({1, s, 1});
    visitor({at.c_str(), kind.text, kind.length, s, infer(s), live_parameters, operations});
  }
  static void visit(table_visitor& visitor, const parameter_path& at, footprint f, bool trained, bool used) {
    const auto rows = [&](const auto& list, idx& offset, bool is_buffer) {
      for (const parameter& p : list) {
        const parameter_path path = at.leaf(p.name);
        visitor({path.c_str(), p.stored, p.order, p.checkpoint(), offset, p.start, p.input_axis, is_buffer,
                 trained && !is_buffer, used});
        offset += p.stored.size();
      }
    };
    rows(param_list(), f.params, false);
    rows(buffer_list(), f.buffers, true);
  }
};

namespace detail {
/// What a layer is compiled for: layers that look at the same of their shapes are one type.
template <class S>
constexpr shape compiled_shape(shape s) {
  if constexpr (takes_any_shape<S>)
    return nothing;
  else if constexpr (requires { S::compiled_for(s); })
    return S::compiled_for(s);
  else
    return s;
}
template <class S, shape In>
struct bound_of {
  using type = leaf<S, compiled_shape<S>(In)>;
};
template <composite S, shape In>
struct bound_of<S, In> {
  using type = typename S::template layer<S, In>;
};
}  // namespace detail

/// The layer that a spec becomes for an input shape.
template <class S, shape In>
using bound = typename detail::bound_of<S, In>::type;

}  // namespace auris
