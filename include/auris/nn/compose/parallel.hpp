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
/// Memory      the results of all branches at the same time, but for branches that pass the input on and for the first of a sum; in
///             training in the cache where backward reads them
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
  static constexpr bool output_unread = true;
  static constexpr shape infer(shape s) { return merge::infer(shapes(s)); }
  static constexpr auto stream_verdict() {
    if constexpr (requires { requires !merge::streams; })
      return cannot_stream<merge>{};
    else
      return base::stream_verdict();
  }

  template <class C>
  static constexpr footprint need(workload w) {
    footprint f = parts::template offsets<C>(w)[count];
    const idx forwards = size<C>(held::scratch, w.items, w.item);
    const idx backwards = C::mode::caches ? gradients_size(w.items, w.item) + slot(w.size()) : 0;
    f.workspace += forwards > backwards ? forwards : backwards;
    f.cache += size<C>(held::cache, w.items, w.item);  // behind the branches' own
    return f;
  }
  static void describe(layer_visitor& v, const parameter_path& to, shape s) { parts::describe(v, to, &s, true); }
  template <class C>
  static void forward(const C& c, const in<C>& x, [[maybe_unused]] const out<C>& y) {
    const footprints f = parts::template offsets<C>({x.n, x.s, C::backend::workers(c.queue)});
    const auto r = results<C>(c, f, x, y.p);
    const idx used = size<C>(held::scratch, x.n, x.s);
    for (std::size_t i = 0; i != count; ++i)
      if (parts::items[i].live && !parts::items[i].is_identity)
        parts::template forwards<C>[i](c.at(f[i], used), x, r[i]);
    if constexpr (has_main) merge::template forward<C>(c, read<C>(r, x), y);
  }
  template <class C>
  static bool backward(const C& c, const in<C>& x, const in<C>&, const in<C>& dy, const out<C>& dx) {
    const footprints f = parts::template offsets<C>({x.n, x.s, C::backend::workers(c.queue)});
    const auto r = read<C>(results<C>(c, f, x, static_cast<typename C::scalar*>(nullptr)), x);
    std::array<in<C>, count> dr{};
    if constexpr (has_main)
      if (dy.p) dr = gradients(c, r, dy);
    const idx used = gradients_size(x.n, x.s);
    bool wrote = false;
    for (std::size_t i = 0; i != count; ++i) {
      if (!parts::items[i].live) continue;
      if (parts::items[i].is_identity) {
        if (!dr[i].p || !dx.p) continue;
        wrote ? add<C>(c, dr[i], dx) : copy<C>(c, dr[i], dx);
        wrote = true;
        continue;
      }
      const out<C> target = wrote ? out<C>{c.workspace + used, x.n, x.s} : dx;
      if (!parts::template backwards<C>[i](c.at(f[i], used + slot(x.size())), x, r[i], dr[i], target)) continue;
      if (wrote) add<C>(c, target, dx);
      wrote = true;
    }
    return wrote;
  }

 private:
  static constexpr bool adds = requires { requires merge::adds; }
  , unread = adds || requires { requires merge::results_unread; };

  /// Where the result of a branch lies: what passes the input on has it there; a sum starts in its own result; training keeps in the
  /// cache what backward reads; the rest is scratch.
  enum class held { input, result, cache, scratch };
  template <class C>
  static constexpr held place_of(std::size_t i) {
    const part& p = parts::items[i];
    if (p.is_identity) return held::input;
    const bool read = C::mode::caches && !p.output_unread;
    if (adds && i == 0 && !read) return held::result;
    return C::mode::caches && (read || !unread) ? held::cache : held::scratch;
  }
  static constexpr std::array<shape, count> shapes(shape s) {
    std::array<shape, count> r{};
    for (std::size_t i = 0; i != count; ++i) r[i] = parts::items[i].infer(s);
    return r;
  }
  /// Of all results that lie there, one behind the other.
  template <class C>
  static constexpr idx size(held where, idx n, shape s) {
    idx size = 0;
    if (has_main)
      for (std::size_t i = 0; i != count; ++i)
        if (place_of<C>(i) == where) size += slot(n * parts::items[i].infer(s).size());
    return size;
  }
  /// To be written; those of branches that pass the input on are null, in backward (without y) those that are not kept, too.
  template <class C, class T>
  static std::array<out<C>, count> results(const C& c, const footprints& f, const in<C>& x, T* y) {
    std::array<out<C>, count> r{};
    if constexpr (has_main) {
      T *kept = C::mode::caches ? c.cache + f[count].cache : nullptr, *scratch = c.workspace;
      const auto s = shapes(x.s);
      for (std::size_t i = 0; i != count; ++i) {
        r[i] = {nullptr, x.n, s[i]};
        const held where = place_of<C>(i);
        if (where == held::result) r[i].p = y;
        if (where == held::cache) r[i].p = kept, kept += slot(r[i].size());
        if (where == held::scratch && y) r[i].p = scratch, scratch += slot(r[i].size());
      }
    }
    return r;
  }
  template <class C>
  static std::array<in<C>, count> read(const std::array<out<C>, count>& r, const in<C>& x) {
    std::array<in<C>, count> all{};
    for (std::size_t i = 0; i != count; ++i) {
      all[i] = r[i];
      if (parts::items[i].is_identity) all[i].p = x.p;
    }
    return all;
  }
  /// Whether the gradient of a result is that of the sum.
  static constexpr bool passes(shape whole, shape part) { return adds && whole == part; }
  static constexpr idx gradients_size(idx n, shape s) {
    idx size = 0;
    if (has_main)
      for (shape b : shapes(s))
        if (!passes(infer(s), b)) size += slot(n * b.size());
    return size;
  }
  template <class C>
  static std::array<in<C>, count> gradients(const C& c, const std::array<in<C>, count>& r, const in<C>& dy) {
    std::array<out<C>, count> made{};
    std::array<in<C>, count> all{};
    auto* free = c.workspace;
    for (std::size_t i = 0; i != count; ++i) {
      made[i] = {nullptr, r[i].n, r[i].s};
      if (passes(dy.s, r[i].s)) continue;
      made[i].p = free;
      free += slot(r[i].size());
    }
    merge::template backward<C>(c, r, dy, made);
    for (std::size_t i = 0; i != count; ++i) all[i] = made[i].p ? in<C>(made[i]) : dy;
    return all;
  }
};

}  // namespace detail
}  // namespace auris
