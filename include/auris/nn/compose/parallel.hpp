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

/// Branches side by side on the same input, then merged: `concat<axis>`, `sum`, `product` or `hold<times>`.
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
  using typename base::parts;
  using footprints = typename parts::footprints;
  using merge = typename Self::merge;
  static constexpr bool has_main = !requires { merge::discards; }
  , passes_through = false;
  static constexpr shape infer(shape s) { return merge::infer(results(s)); }
  static constexpr auto stream_verdict() {
    if constexpr (requires { requires !merge::streams; })
      return cannot_stream<merge>{};
    else
      return base::stream_verdict();
  }

  template <class C>
  static constexpr footprint need(workload w) {
    footprint f = parts::template offsets<C>(w)[count];
    f.workspace += size(w.items, w.item) + (C::mode::caches ? slot(w.size()) : 0);
    if (C::mode::caches) f.cache += size(w.items, w.item);  // behind the branches' own
    return f;
  }
  static void describe(layer_visitor& v, const parameter_path& to, shape s) { parts::describe(v, to, &s, true); }
  template <class C>
  static void forward(const C& c, const in<C>& x, [[maybe_unused]] const out<C>& y) {
    const footprints f = parts::template offsets<C>({x.n, x.s, C::backend::workers(c.queue)});
    const auto r = place(C::mode::caches ? c.cache + f[count].cache : c.workspace, x.n, x.s);
    const idx used = C::mode::caches ? 0 : size(x.n, x.s);
    for (std::size_t i = 0; i != count; ++i)
      if (parts::items[i].live) parts::template forwards<C>[i](c.at(f[i], used), x, r[i]);
    if constexpr (has_main) merge::template forward<C>(c, read(r), y);
  }
  template <class C>
  static bool backward(const C& c, const in<C>& x, const in<C>&, const in<C>& dy, const out<C>& dx) {
    const footprints f = parts::template offsets<C>({x.n, x.s, C::backend::workers(c.queue)});
    const auto r = read(place(c.cache + f[count].cache, x.n, x.s));
    views<typename C::scalar> dr{};
    if constexpr (has_main)
      if (dy.p) {
        dr = place(c.workspace, x.n, x.s);
        merge::template backward<C>(c, r, dy, dr);
      }
    const idx used = size(x.n, x.s);
    bool wrote = false;
    for (std::size_t i = 0; i != count; ++i) {
      if (!parts::items[i].live) continue;
      const out<C> target = wrote ? out<C>{c.workspace + used, x.n, x.s} : dx;
      if (!parts::template backwards<C>[i](c.at(f[i], used + slot(x.size())), x, r[i], dr[i], target)) continue;
      if (wrote) add<C>(c, target, dx);
      wrote = true;
    }
    return wrote;
  }

 private:
  template <class T>
  using views = std::array<view<T>, count>;

  static constexpr std::array<shape, count> results(shape s) {
    std::array<shape, count> r{};
    for (std::size_t i = 0; i != count; ++i) r[i] = parts::items[i].infer(s);
    return r;
  }
  // The results of the branches lie one behind the other: in the cache when training, else in the workspace.
  static constexpr idx size(idx n, shape s) {
    idx size = 0;
    if (has_main)
      for (shape b : results(s)) size += slot(n * b.size());
    return size;
  }
  template <class T>
  static views<T> place(T* p, idx n, shape s) {
    views<T> v{};
    if constexpr (has_main) {
      std::size_t i = 0;
      for (shape b : results(s)) {
        v[i++] = {p, n, b};
        p += slot(n * b.size());
      }
    }
    return v;
  }
  template <class T>
  static views<const T> read(const views<T>& v) {
    views<const T> r{};
    for (std::size_t i = 0; i != count; ++i) r[i] = v[i];
    return r;
  }
};

}  // namespace detail
}  // namespace auris
