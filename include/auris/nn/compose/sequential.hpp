#pragma once
#include <auris/nn/compose/parts.hpp>

namespace auris {

namespace detail {
template <class Self, shape In>
struct chain;
}

/// Layers one after the other: each reads what the one before wrote.
///
/// Memory      inference: two slots of the largest intermediate result, used in turn; training: all of them in the
///             cache, and two gradient slots in the workspace
/// Errors      the first layer that does not accept what reaches it: `rejects<Layer, Position, Got, Expects>`
///
///     struct head : bind<sequential<linear<32>, relu, linear<17>>, dims(dyn, 64)> {};   // (time, 64) -> (time, 17)
template <spec... S>
struct sequential {
  using definition = sequential;
  using items = specs<S...>;

  /// In front of every item and behind the last; `nothing` from the first rejection on.
  static constexpr auto shapes(shape s) {
    std::array<shape, sizeof...(S) + 1> r{};
    std::size_t i = 0;
    r[0] = s;
    ((r[i + 1] = r[i] != nothing && S::accepts(r[i]) ? S::infer(r[i]) : nothing, ++i), ...);
    return r;
  }
  static constexpr std::size_t first_rejecting([[maybe_unused]] shape s) {
    [[maybe_unused]] std::size_t i = 0;
    std::size_t found = sizeof...(S);
    (
        [&] {
          if (found == sizeof...(S)) {
            if (s == nothing || !S::accepts(s))
              found = i;
            else
              s = S::infer(s);
          }
          ++i;
        }(),
        ...);
    return found;
  }
  static constexpr bool accepts(shape s) { return first_rejecting(s) == sizeof...(S); }
  static constexpr shape infer(shape s) { return shapes(s)[sizeof...(S)]; }
  static constexpr auto outputs(shape s) {
    const auto r = shapes(s);
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
      return join(std::array<named_shape, 0>{}, detail::outputs_of<S>(r[I])...);
    }
    (std::index_sequence_for<S...>{});
  }
  template <shape In, class Position>
  static constexpr auto fault() {
    constexpr std::size_t i = first_rejecting(In);
    return detail::verdict<typename items::template at<i>, shapes(In)[i],
                           typename detail::inside<Position, static_cast<int>(i)>::type>();
  }
  template <class Self, shape In>
  using layer = detail::chain<Self, In>;
};

/// Passes its input on.
using identity = sequential<>;

namespace detail {

template <class Self, shape In>
struct chain : composition<chain_owner<Self, In>, In> {
  using base = composition<chain_owner<Self, In>, In>;
  using base::count;
  using typename base::index;
  using typename base::parts;
  template <std::size_t I>
  using at = typename parts::template at<I>;

  /// Which item wrote the main value that item i reads; -1: the input of the chain.
  static constexpr int source(std::size_t i) {
    int r = -1;
    for (std::size_t k = 0; k < i; ++k)
      if (parts::write[k]) r = static_cast<int>(k);
    return r;
  }
  static constexpr bool trains_before(std::size_t i) {
    for (std::size_t k = 0; k < i; ++k)
      if (parts::train[k]) return true;
    return false;
  }
  static constexpr bool ended = [] {
    for (bool e : parts::ends)
      if (e) return true;
    return false;
  }();
  static constexpr bool has_main = !ended, passes_through = false;
  static constexpr int last_writer =
      ended ? -2 : source(count);  // of the result; -1: the result is a copy of the input

  struct plan {
    std::array<shape, count + 1> s;
    std::array<footprint, count + 1> at;
    std::array<idx, count + 1> slot;  // of what item i writes: in the cache when training, else in the workspace
    idx inner, gradient;              // where the workspace of the items starts; size of one gradient slot
  };
  static constexpr shape infer(shape s) { return parts::chained_shapes(s)[count]; }

  template <class C>
  [[gnu::noinline]] static constexpr plan make_plan(workload w) {
    plan p{parts::chained_shapes(w.item), {}, {}, 0, 0};
    idx peak = 0, used = 0, turn = 0;
    for (std::size_t i = 0; i != count; ++i) {
      if (!parts::write[i] || static_cast<int>(i) == last_writer) continue;
      const idx size = auris::slot(w.items * p.s[i + 1].size());
      const int from = source(i);
      const bool stays = !C::mode::caches && parts::in_place[i] && from >= 0;
      p.slot[i] = C::mode::caches ? used : stays ? p.slot[static_cast<std::size_t>(from)] : turn++ % 2;
      used += size;
      peak = size > peak ? size : peak;
    }
    footprint first;
    if (C::mode::caches) {
      for (std::size_t i = 0; i != count; ++i)
        if (parts::live[i] && auris::slot(w.items * p.s[i].size()) > p.gradient)
          p.gradient = auris::slot(w.items * p.s[i].size());
      p.inner = 2 * p.gradient;
      first.cache = used;
    } else {
      for (auto& s : p.slot) s *= peak;
      p.inner = turn > 1 ? 2 * peak : turn * peak;
    }
    p.at = parts::template offsets<C>(w, p.s.data(), false, first);
    return p;
  }
  template <class C>
  static constexpr footprint need(workload w) {
    const plan p = make_plan<C>(w);
    footprint f = p.at[count];
    f.workspace += p.inner;
    return f;
  }

  static void describe(layer_visitor& v, const parameter_path& to, shape s) {
    parts::describe(v, to, parts::chained_shapes(s).data(), false);
  }
  template <class C>
  static void forward(C c, in<C> x, out<C> y) {
    forward(c, x, y, index{});
  }
  template <class C>
  static bool backward(C c, in<C> x, in<C> y, in<C> dy, out<C> dx) {
    return backward(c, x, y, dy, dx, index{});
  }

 private:
  template <class C>
  static workload load(const C& c, in<C> x) {
    return {x.n, x.s, C::backend::workers(c.queue)};
  }
  template <class C, std::size_t... I>
  static void forward([[maybe_unused]] C c, in<C> x, [[maybe_unused]] out<C> y, std::index_sequence<I...>) {
    [[maybe_unused]] const plan p = make_plan<C>(load(c, x));
    if constexpr (last_writer == -1) copy(c, x, y);
    (forward_item<I>(c, p, x, y), ...);
  }
  template <std::size_t I, class C>
  [[gnu::noinline]] static void forward_item(const C& c, const plan& p, in<C>& x, out<C> y) {
    if constexpr (parts::reshape[I])
      x.s = p.s[I + 1];
    else if constexpr (parts::live[I]) {
      y.s = p.s[I + 1];
      if constexpr (int(I) != last_writer) y = {(C::mode::caches ? c.cache : c.workspace) + p.slot[I], x.n, p.s[I + 1]};
      at<I>::forward(c.at(p.at[I], p.inner), x, y);
      if constexpr (parts::write[I]) x = y;
    }
  }
  template <class C, std::size_t... I>
  static bool backward([[maybe_unused]] C c, in<C> x, [[maybe_unused]] in<C> y, in<C> dy, out<C> dx,
                       std::index_sequence<I...>) {
    [[maybe_unused]] const plan p = make_plan<C>(load(c, x));
    if constexpr (!has_main) dy.p = nullptr;
    [[maybe_unused]] int turn = 0;
    (backward_item<count - 1 - I>(c, p, x, y, dy, dx, turn), ...);
    if (!dy.p || !dx.p) return false;
    if (dy.p != dx.p) copy(c, dy, dx);
    return true;
  }
  template <std::size_t I, class C>
  [[gnu::noinline]] static void backward_item(const C& c, const plan& p, in<C> x, in<C> y, in<C>& dy, out<C> dx, int& turn) {
    if constexpr (parts::reshape[I])
      dy.s = p.s[I];
    else if constexpr (parts::live[I]) {
      constexpr bool below = trains_before(I);
      if (!below && !parts::train[I] && !dx.p) {
        dy.p = nullptr;
        return;
      }
      // What the item read and wrote, each in the shape that stands at its place.
      const auto value = [&](int writer, shape s) -> in<C> {
        if (writer < 0) return {x.p, x.n, s};
        if (writer == last_writer) return {y.p, x.n, s};
        return {c.cache + p.slot[static_cast<std::size_t>(writer)], x.n, s};
      };
      const in<C> result = parts::write[I] ? value(int(I), p.s[I + 1]) : in<C>{nullptr, x.n, p.s[I + 1]};
      const out<C> target{I == 0 && dx.p  ? dx.p
                          : below || dx.p ? c.workspace + turn * p.gradient
                                          : nullptr,
                          x.n, p.s[I]};
      dy.s = p.s[I + 1];
      const bool wrote = at<I>::backward(c.at(p.at[I], p.inner), value(source(I), p.s[I]), result, dy, target);
      if (wrote) {
        dy = target;
        turn = 1 - turn;
      } else if (parts::write[I])
        dy = {nullptr, x.n, p.s[I]};
    }
  }
};

}  // namespace detail
}  // namespace auris
