#pragma once
#include <auris/nn/compose/heads.hpp>
#include <auris/nn/compose/merge.hpp>

namespace auris {

namespace detail {
template <class Self, shape In>
struct fork;

template <class S>
struct branch_of {  // a bare tap has no result of its own: a chain gives it one
  using type = S;
};
template <class S>
requires requires { S::definition::ends; }
struct branch_of<S> {
  using type = sequential<S>;
};
}  // namespace detail

/// Branches side by side on the same input, then merged: `concat<axis>`, `sum` or `product`.
///
/// Memory      the results of all branches at the same time; in training in the cache
/// Errors      branches whose results do not fit: `cannot_merge<Merge, Position, First, Other>`
///
///     struct wide : bind<parallel<concat<1>, linear<8>, sequential<linear<4>, relu>>, dims(dyn, 64)> {};
///     static_assert(wide::shape_of<"main"> == dims(dyn, 12));
template <class Merge, spec... S>
struct parallel {
  using definition = parallel;
  using items = specs<typename detail::branch_of<S>::type...>;
  using merge = Merge;
  static constexpr auto shapes(shape s) { return std::array<shape, sizeof...(S)>{S::infer(s)...}; }
  static constexpr bool accepts(shape s) { return (S::accepts(s) && ...) && Merge::accepts(shapes(s)); }
  static constexpr shape infer(shape s) { return Merge::infer(shapes(s)); }
  static constexpr auto outputs(shape s) { return join(std::array<named_shape, 0>{}, detail::outputs_of<S>(s)...); }
  template <shape In, class Position>
  static constexpr auto fault() {
    constexpr std::size_t first = [] {
      std::size_t i = 0, found = sizeof...(S);
      ((found == sizeof...(S) && !S::accepts(In) ? void(found = i) : void(), ++i), ...);
      return found;
    }();
    if constexpr (first < sizeof...(S))
      return detail::verdict<typename items::template at<first>, In,
                             typename detail::inside<Position, static_cast<int>(first)>::type>();
    else {
      constexpr shape odd = [] {
        const auto s = shapes(In);
        for (shape o : s)
          if (!Merge::accepts(std::array<shape, 2>{s[0], o})) return o;
        return s[0];
      }();
      return cannot_merge<Merge, Position, got<shapes(In)[0]>, got<odd>>{};
    }
  }
  template <class Self, shape In>
  using layer = detail::fork<Self, In>;
};

/// A body and a way around it, added: y = body(x) + shortcut(x).
template <spec Body, spec Shortcut = identity>
struct residual : parallel<sum, Body, Shortcut> {};

namespace detail {

template <class Self, shape In>
struct fork : composition<side_owner<Self, In>, In> {
  using base = composition<side_owner<Self, In>, In>;
  using base::count;
  using typename base::index;
  using typename base::parts;
  using footprints = typename parts::footprints;
  using merge = typename Self::merge;
  static constexpr bool has_main = !requires { merge::discards; }
  , passes_through = false;
  static constexpr shape infer(shape s) { return merge::infer(parts::branch_shapes(s)); }

  template <class C>
  static constexpr footprint need(workload w) {
    footprint f = parts::template offsets<C>(w, &w.item, true, {})[count];
    f.workspace += results(w.items, w.item) + (C::mode::caches ? slot(w.size()) : 0);
    if (C::mode::caches) f.cache += results(w.items, w.item);  // behind the branches' own
    return f;
  }
  static void describe(layer_visitor& v, const parameter_path& to, shape s) { parts::describe(v, to, &s, true); }
  template <class C>
  static void forward(C c, in<C> x, out<C> y) {
    forward(c, x, y, index{});
  }
  template <class C>
  static bool backward(C c, in<C> x, in<C>, in<C> dy, out<C> dx) {
    return backward(c, x, dy, dx, index{});
  }

 private:
  template <class T>
  using views = std::array<view<T>, count>;

  // The results of the branches lie one behind the other: in the cache when training, else in the workspace.
  template <class T>
  static views<T> place(T* p, idx n, shape s) {
    views<T> v{};
    if constexpr (has_main) {
      std::size_t i = 0;
      for (shape b : parts::branch_shapes(s)) {
        v[i++] = {p, n, b};
        p += slot(n * b.size());
      }
    }
    return v;
  }
  static constexpr idx results(idx n, shape s) {
    idx r = 0;
    if (has_main)
      for (shape b : parts::branch_shapes(s)) r += slot(n * b.size());
    return r;
  }
  template <class C>
  static footprints offsets(const C& c, in<C> x) {
    return parts::template offsets<C>({x.n, x.s, C::backend::workers(c.queue)}, &x.s, true, {});
  }
  template <class C, std::size_t... I>
  static void forward(C c, in<C> x, [[maybe_unused]] out<C> y, std::index_sequence<I...>) {
    using T = typename C::scalar;
    const footprints f = offsets(c, x);
    const views<T> r = place(C::mode::caches ? c.cache + f[count].cache : c.workspace, x.n, x.s);
    (forward_item<I>(c, f, x, r[I]), ...);
    if constexpr (has_main) merge::template forward<C>(c, std::array<in<C>, count>{r[I]...}, y);
  }
  template <std::size_t I, class C>
  static void forward_item(C c, const footprints& f, in<C> x, out<C> r) {
    if constexpr (parts::live[I])
      parts::template at<I>::forward(c.at(f[I], C::mode::caches ? 0 : results(x.n, x.s)), x, r);
  }
  template <class C, std::size_t... I>
  static bool backward(C c, in<C> x, in<C> dy, out<C> dx, std::index_sequence<I...>) {
    using T = typename C::scalar;
    const footprints f = offsets(c, x);
    const views<T> r = place(c.cache + f[count].cache, x.n, x.s);
    views<T> dr = place(c.workspace, x.n, x.s);
    if (!has_main || !dy.p)
      for (auto& v : dr) v.p = nullptr;
    if constexpr (has_main)
      if (dy.p) merge::template backward<C>(c, std::array<in<C>, count>{r[I]...}, dy, dr);
    bool wrote = false;
    (backward_item<I>(c, f, x, r[I], dr[I], dx, wrote), ...);
    return wrote;
  }
  template <std::size_t I, class C>
  static void backward_item(C c, const footprints& f, in<C> x, in<C> y, in<C> dy, out<C> dx, bool& wrote) {
    if constexpr (parts::live[I]) {
      const idx used = results(x.n, x.s);
      const out<C> target = wrote ? out<C>{c.workspace + used, x.n, x.s} : dx;
      if (parts::template at<I>::backward(c.at(f[I], used + slot(x.size())), x, y, dy, target)) {
        if (wrote) add<C>(c, target, dx);
        wrote = true;
      }
    }
  }
};

}  // namespace detail
}  // namespace auris
