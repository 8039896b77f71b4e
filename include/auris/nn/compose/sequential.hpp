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
///             cache, those that backward does not read overwritten by a ReLU behind, and two gradient slots in the workspace
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

/// Where an item of a chain finds its memory in a call.
struct place {
  footprint at;  ///< where its part of the arenas starts
  shape s;       ///< of what it reads
  idx slot;      ///< of what it writes: in the cache when training, else in the workspace
  int source;    ///< which item wrote what it reads; -1: the input of the chain
  bool below;    ///< whether an item before it trains
};

/// The items of a chain, and places for them and for what follows the last one. Not a template: one for all chains.
struct chain_plan {
  std::size_t count;
  const part* items;
  place* places;
  idx inner = 0, gradient = 0;  ///< where the workspace of the items starts; size of one gradient slot
  int last_writer = -1;         ///< of the result; -1: the result is a copy of the input; -2: there is none

  constexpr chain_plan(std::size_t items_count, const part* all, const need_function* need, bool caches,
                       const workload& w, place* to)
      : count(items_count), items(all), places(to) {
    places[0] = {{}, w.item, 0, -1, false};
    bool ended = false;
    for (std::size_t i = 0; i != count; ++i) {
      const place& p = places[i];
      places[i + 1] = {
          {}, items[i].infer(p.s), 0, items[i].writes() ? static_cast<int>(i) : p.source, p.below || items[i].trains};
      ended = ended || items[i].ends();
    }
    last_writer = ended ? -2 : places[count].source;
    idx peak = 0, used = 0, turn = 0;
    for (std::size_t i = 0; i != count; ++i) {
      if (!items[i].writes() || static_cast<int>(i) == last_writer) continue;
      place& p = places[i];
      const idx size = slot_of(w, i + 1);
      const bool stays = p.source >= 0 && (caches ? overwrites(i) : items[i].in_place);
      p.slot = stays ? places[p.source].slot : caches ? used : turn++ % 2;
      if (!stays) used += size;
      peak = size > peak ? size : peak;
    }
    if (caches) {
      for (std::size_t i = 0; i != count; ++i)
        if (items[i].live && slot_of(w, i) > gradient) gradient = slot_of(w, i);
      inner = 2 * gradient;
      places[0].at.cache = used;
    } else {
      for (std::size_t i = 0; i != count; ++i) places[i].slot *= peak;
      inner = turn > 1 ? 2 * peak : turn * peak;
    }
    for (std::size_t i = 0; i != count; ++i) places[i + 1].at = places[i].at + need[i](w.with(places[i].s));
  }

  template <class C>
  void forward(const forward_function<C>* item, const C& c, in<C> x, const out<C>& y) const {
    if (last_writer == -1) copy(c, x, y);
    for (std::size_t i = 0; i != count; ++i) {
      const place& p = places[i];
      const shape s = places[i + 1].s;
      if (items[i].reshapes) x.s = s;
      if (!item[i]) continue;
      const out<C> result{static_cast<int>(i) == last_writer ? y.p : (C::mode::caches ? c.cache : c.workspace) + p.slot,
                          x.n, s};
      item[i](c.at(p.at, inner), x, result);
      if (items[i].writes()) x = result;
    }
  }
  template <class C>
  bool backward(const backward_function<C>* item, const C& c, const in<C>& x, const in<C>& y, in<C> dy,
                const out<C>& dx) const {
    if (last_writer == -2) dy.p = nullptr;
    // What an item read or wrote.
    const auto value = [&](int writer, const shape& s) -> in<C> {
      return {writer < 0 ? x.p : writer == last_writer ? y.p : c.cache + places[writer].slot, x.n, s};
    };
    int turn = 0;
    for (std::size_t i = count; i-- > 0;) {
      const place& p = places[i];
      if (items[i].reshapes) dy.s = p.s;
      if (!item[i]) continue;
      if (!p.below && !items[i].trains && !dx.p) {
        dy.p = nullptr;
        continue;
      }
      const bool writes = items[i].writes();
      dy.s = places[i + 1].s;
      in<C> result{nullptr, x.n, dy.s};
      if (writes) result = value(static_cast<int>(i), dy.s);
      const out<C> target{i == 0 && dx.p ? dx.p : p.below || dx.p ? c.workspace + turn * gradient : nullptr, x.n, p.s};
      if (item[i](c.at(p.at, inner), value(p.source, p.s), result, dy, target)) {
        dy = target;
        turn = 1 - turn;
      } else if (writes)
        dy = {nullptr, x.n, p.s};
    }
    if (!dy.p || !dx.p) return false;
    if (dy.p != dx.p) copy(c, dy, dx);
    return true;
  }

 private:
  /// Whether in training an item may take the place of its input, which nothing reads any more.
  constexpr bool overwrites(std::size_t i) const {
    return items[i].in_place_in_training && places[i].source == static_cast<int>(i) - 1 && items[i - 1].output_unread;
  }
  constexpr idx slot_of(const workload& w, std::size_t i) const { return auris::slot(w.items * places[i].s.size()); }
};

template <class Self, shape In>
struct chain : composition<chain_owner<Self, In>, In> {
  using base = composition<chain_owner<Self, In>, In>;
  using base::count;
  using typename base::parts;

  static constexpr bool has_main = [] {
    for (const part& p : parts::items)
      if (p.ends()) return false;
    return true;
  }();
  static constexpr bool passes_through = false;

  static constexpr shape infer(shape s) {
    for (const part& p : parts::items) s = p.infer(s);
    return s;
  }
  template <class C>
  static constexpr footprint need(workload w) {
    place places[count + 1];
    const chain_plan p = plan<C>(w, places);
    footprint f = places[count].at;
    f.workspace += p.inner;
    return f;
  }
  static void describe(layer_visitor& v, const parameter_path& to, shape s) {
    shape shapes[count + 1] = {s};
    for (std::size_t i = 0; i != count; ++i) shapes[i + 1] = parts::items[i].infer(shapes[i]);
    parts::describe(v, to, shapes, false);
  }
  template <class C>
  static void forward(const C& c, const in<C>& x, const out<C>& y) {
    place places[count + 1];
    plan<C>({x.n, x.s, C::backend::workers(c.queue)}, places).forward(parts::template forwards<C>.data(), c, x, y);
  }
  template <class C>
  static bool backward(const C& c, const in<C>& x, const in<C>& y, const in<C>& dy, const out<C>& dx) {
    place places[count + 1];
    return plan<C>({x.n, x.s, C::backend::workers(c.queue)}, places)
        .backward(parts::template backwards<C>.data(), c, x, y, dy, dx);
  }

 private:
  template <class C>
  static constexpr chain_plan plan(const workload& w, place* places) {
    return {count, parts::items.data(), parts::template needs<C>.data(), C::mode::caches, w, places};
  }
};

}  // namespace detail
}  // namespace auris
