#pragma once
#include <auris/nn/compose/chain_plan.hpp>

namespace auris {

namespace detail {
template <class Self, shape In>
struct chain;
}

/// Layers one after the other: each reads what the one before wrote.
///
/// Memory      inference: two slots of the largest intermediate result, used in turn; training: in the cache those that are not
///             cheap to compute again, in the workspace those that are and stand between two others, and two gradient slots
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
  using typename base::parts;

  static constexpr bool has_main = [] {
    for (const part& p : parts::items)
      if (p.ends()) return false;
    return true;
  }();
  static constexpr bool passes_through = false, is_identity = count == 0;
  static constexpr chain_links<count> links{parts::items};
  static constexpr int last_writer = links.last_writer;
  static constexpr bool output_unread =
      last_writer == -1 || (last_writer >= 0 && !is_read(parts::items.data(), count, links.of.data(),
                                                         static_cast<std::size_t>(last_writer)));
  static constexpr bool recomputes = [] {
    if constexpr (last_writer < 0)
      return false;
    else
      return parts::items[static_cast<std::size_t>(last_writer)].recomputes;
  }();
  static constexpr bool recomputes_alone = [] {
    if (!recomputes) return false;
    const auto start = static_cast<std::size_t>(links.of[static_cast<std::size_t>(last_writer)].start);
    return links.of[start].source >= 0 || parts::items[start].recomputes_alone;
  }();

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
    plan(c, x, places).forward(parts::template forwards<C>.data(), c, x, y);
  }
  template <class C>
  static void again(const C& c, const in<C>& x, const out<C>& y) {
    place places[count + 1];
    plan(c, x, places).again(parts::template agains<C>.data(), c, x, y);
  }
  template <class C>
  static bool backward(const C& c, const in<C>& x, const in<C>& y, const in<C>& dy, const out<C>& dx) {
    place places[count + 1];
    return plan(c, x, places)
        .backward(parts::template backwards<C>.data(), parts::template agains<C>.data(), c, x, y, dy, dx);
  }

 private:
  template <class C>
  static constexpr chain_plan plan(const workload& w, place* places) {
    return {
        count, parts::items.data(), links.of.data(), last_writer, parts::template needs<C>.data(), C::mode::caches, w,
        places};
  }
  template <class C>
  static chain_plan plan(const C& c, const in<C>& x, place* places) {
    return plan<C>({x.n, x.s, C::backend::workers(c.queue)}, places);
  }
};

}  // namespace detail
}  // namespace auris
