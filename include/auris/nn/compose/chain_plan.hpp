// Where the items of a chain find their memory in a call, and the order in which they run.
#pragma once
#include <auris/nn/compose/chain_links.hpp>

namespace auris::detail {

/// Where an item of a chain finds its memory in a call.
struct place {
  footprint at;  ///< where its part of the arenas starts
  shape s;       ///< of what it reads
  idx slot;      ///< of what it writes: where it is kept, in the cache, else in the workspace
};

/// The items of a chain, and places for them and for what follows the last one. Not a template: one for all chains.
struct chain_plan {
  std::size_t count;
  const part* items;
  const chain_link* links;
  int last_writer;  ///< as link_chain returns it
  bool caches;
  place* places;
  idx again_size = 0;           ///< of the workspace's two parts for results that are computed again
  idx gradient = 0, inner = 0;  ///< size of one gradient slot; where the workspace of the items starts

  constexpr chain_plan(std::size_t items_count, const part* all, const chain_link* linked, int writer,
                       const need_function* need, bool training, const workload& w, place* to)
      : count(items_count), items(all), links(linked), last_writer(writer), caches(training), places(to) {
    places[0] = {{}, w.item, 0};
    for (std::size_t i = 0; i != count; ++i) places[i + 1] = {{}, items[i].infer(places[i].s), 0};
    if (caches)
      places[0].at.cache = place_for_training(w);
    else
      place_for_inference(w);
    for (std::size_t i = 0; i != count; ++i) places[i + 1].at = places[i].at + need[i](w.with(places[i].s));
  }

  template <class C>
  void forward(const forward_function<C>* item, const C& c, in<C> x, const out<C>& y) const {
    if (last_writer == -1) copy(c, x, y);
    for (std::size_t i = 0; i != count; ++i) {
      const shape s = places[i + 1].s;
      if (items[i].reshapes) x.s = s;
      if (!item[i]) continue;
      const out<C> result{static_cast<int>(i) == last_writer ? y.p : slot_in(c, i), x.n, s};
      item[i](c.at(places[i].at, inner), x, result);
      if (items[i].writes()) x = result;
    }
  }
  /// The result of the chain, once more.
  template <class C>
  void again(const forward_function<C>* item, const C& c, const in<C>& x, const out<C>& y) const {
    const auto last = static_cast<std::size_t>(last_writer);
    again(item, c, x, y.p, links[last].start, last_writer);
    item[last](c.at(places[last].at, inner), value(c, x, y.p, links[last].source, places[last].s), y);
  }
  template <class C>
  bool backward(const backward_function<C>* item, const forward_function<C>* items_again, const C& c, const in<C>& x,
                const in<C>& y, in<C> dy, const out<C>& dx) const {
    if (last_writer == -2) dy.p = nullptr;
    int there[2] = {-1, -1};  // where the results start that the two parts of the workspace hold
    const auto bring = [&](int writer) {
      if (writer < 0 || links[writer].kept) return;
      const int start = links[writer].start;
      int& held = there[links[writer].area];
      if (held != start) again(items_again, c, x, y.p, start, links[start].read + 1);
      held = start;
    };
    int turn = 0;
    for (std::size_t i = count; i-- > 0;) {
      const chain_link& l = links[i];
      const shape s = places[i].s;
      if (items[i].reshapes) dy.s = s;
      if (!item[i]) continue;
      if (!l.below && !items[i].trains && !dx.p) {
        dy.p = nullptr;
        continue;
      }
      const bool writes = items[i].writes();
      dy.s = places[i + 1].s;
      if (!items[i].input_unread) bring(l.source);
      in<C> result{nullptr, x.n, dy.s};
      if (writes) {
        if (!items[i].output_unread) bring(static_cast<int>(i));
        result = value(c, x, y.p, static_cast<int>(i), dy.s);
      }
      const out<C> target{i == 0 && dx.p    ? dx.p
                          : l.below || dx.p ? c.workspace + again_size + turn * gradient
                                            : nullptr,
                          x.n, s};
      if (item[i](c.at(places[i].at, inner), value(c, x, y.p, l.source, s), result, dy, target)) {
        dy = target;
        turn = 1 - turn;
      } else if (writes)
        dy = {nullptr, x.n, s};
    }
    if (!dy.p || !dx.p) return false;
    if (dy.p != dx.p) copy(c, dy, dx);
    return true;
  }

 private:
  constexpr idx slot_of(const workload& w, std::size_t i) const { return auris::slot(w.items * places[i].s.size()); }
  constexpr bool is_inner(std::size_t i) const { return items[i].writes() && static_cast<int>(i) != last_writer; }

  /// Returns the size of what is kept.
  constexpr idx place_for_training(const workload& w) {
    idx used = 0, filled = 0, areas[2] = {0, 0};
    for (std::size_t i = 0; i != count; ++i) {
      if (items[i].live && slot_of(w, i) > gradient) gradient = slot_of(w, i);
      if (!is_inner(i)) continue;
      const chain_link& l = links[i];
      const idx size = slot_of(w, i + 1);
      if (l.stays)
        places[i].slot = places[l.source].slot;
      else if (l.kept) {
        places[i].slot = used;
        used += size;
      } else {
        if (l.start == static_cast<int>(i)) filled = 0;
        places[i].slot = filled;
        filled += size;
        if (filled > areas[l.area]) areas[l.area] = filled;
      }
    }
    for (std::size_t i = 0; i != count; ++i)
      if (is_inner(i) && !links[i].kept && links[i].area == 1) places[i].slot += areas[0];
    again_size = areas[0] + areas[1];
    inner = again_size + 2 * gradient;
    return used;
  }
  /// Two slots of the largest result, in turn.
  constexpr void place_for_inference(const workload& w) {
    idx peak = 0, turn = 0;
    for (std::size_t i = 0; i != count; ++i) {
      if (!is_inner(i)) continue;
      const idx size = slot_of(w, i + 1);
      const bool stays = links[i].source >= 0 && items[i].in_place;
      places[i].slot = stays ? places[links[i].source].slot : turn++ % 2;
      peak = size > peak ? size : peak;
    }
    for (std::size_t i = 0; i != count; ++i) places[i].slot *= peak;
    inner = turn > 1 ? 2 * peak : turn * peak;
  }

  template <class C>
  auto* slot_in(const C& c, std::size_t i) const {
    return (caches && links[i].kept ? c.cache : c.workspace) + places[i].slot;
  }
  /// What an item read or wrote.
  template <class C, class T>
  in<C> value(const C& c, const in<C>& x, const T* y, int writer, const shape& s) const {
    if (writer < 0) return {x.p, x.n, s};
    return {writer == last_writer ? y : slot_in(c, static_cast<std::size_t>(writer)), x.n, s};
  }
  /// Runs the items again whose results start with that of `start`, up to `end`.
  template <class C, class T>
  void again(const forward_function<C>* item, const C& c, const in<C>& x, const T* y, int start, int end) const {
    for (int i = start; i < end; ++i) {
      const auto at = static_cast<std::size_t>(i);
      if (!items[at].writes() || links[at].start != start || links[at].kept) continue;
      item[at](c.at(places[at].at, inner), value(c, x, y, links[at].source, places[at].s),
               {slot_in(c, at), x.n, places[at + 1].s});
    }
  }
};

}  // namespace auris::detail
