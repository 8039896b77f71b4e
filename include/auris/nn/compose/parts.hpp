// What the layers of composites share: their items as bound layers, and sums over them.
#pragma once
#include <auris/nn/compose/leaf.hpp>
#include <auris/op/merge.hpp>

namespace auris::detail {

template <class C>
void copy(const C& c, const in<C>& x, const out<C>& y) {
  kernel_in<op::copy, C>::forward(c.work(), {1, x.size(), 0, 0}, x.p, y.p);
}
template <class C>
void add(const C& c, const in<C>& x, const out<C>& y) {
  kernel_in<op::add, C>::forward(c.work(), {1, 1, x.size()}, x.p, y.p);
}

template <class S>
parameter_path path_of(const parameter_path& at, std::size_t i) {
  if constexpr (requires { S::checkpoint_name; })
    return at.named(S::checkpoint_name);
  else if constexpr (requires { typename S::inner; })
    return path_of<typename S::inner>(at, i);
  else
    return at.position(i);
}

// Composites walk tables of their items in plain loops: code that is written out for every item has to be compiled for
// every item.

/// What a layer does not say of itself.
struct plain_layer {
  static constexpr bool reshapes = false, in_place = false, input_unread = false, output_unread = false,
                        recomputes = false, recomputes_alone = false, is_identity = false;
};

/// What is known of an item without a call.
struct part {
  bool live, trains, has_main, passes_through, reshapes, in_place, input_unread, output_unread, recomputes,
      recomputes_alone, is_identity;
  shape (*infer)(shape);

  constexpr bool ends() const { return live && !has_main; }
  constexpr bool writes() const { return live && has_main && !passes_through && !reshapes; }
};
using need_function = footprint (*)(workload);
template <class C>
using forward_function = void (*)(const C& c, const in<C>& x, const out<C>& y);
template <class C>
using backward_function = bool (*)(const C& c, const in<C>& x, const in<C>& y, const in<C>& dy, const out<C>& dx);

/// Where the parts of `count` items of the input w.item start in the arenas, and at the end where the last one ends.
constexpr void running_sums(const need_function* need, std::size_t count, const workload& w, footprint* at) {
  at[0] = {};
  for (std::size_t i = 0; i != count; ++i) at[i + 1] = at[i] + need[i](w);
}

template <class L, class C>
void forward_item(const C& c, const in<C>& x, const out<C>& y) {
  L::forward(c, x, y);
}
// Null for items that never run.
template <class L, class C>
constexpr forward_function<C> forward_of() {
  if constexpr (L::live && !L::reshapes)
    return &forward_item<L, C>;
  else
    return nullptr;
}
template <class L, class C>
void item_again(const C& c, const in<C>& x, const out<C>& y) {
  L::again(c, x, y);
}
template <class L, class C>
constexpr forward_function<C> again_of() {
  if constexpr (L::live && L::recomputes)
    return &item_again<L, C>;
  else
    return nullptr;
}
template <class L, class C>
constexpr backward_function<C> backward_of() {
  if constexpr (L::live && !L::reshapes)
    return &L::template backward<C>;
  else
    return nullptr;
}

/// Keyed by the owner and not by the list of its layers: the list would stand in every symbol.
template <class Owner, class Index>
struct parts_of;
template <class Owner, std::size_t... I>
struct parts_of<Owner, std::index_sequence<I...>> {
  static constexpr std::size_t count = sizeof...(I);
  template <std::size_t K>
  using at = typename Owner::template layer_at<K>::type;
  using footprints = std::array<footprint, count + 1>;

  static constexpr bool trains = (at<I>::trains || ...);
  static constexpr std::size_t output_count = (at<I>::output_count + ... + 0);
  static constexpr idx live_parameters = (at<I>::live_parameters + ... + 0);
  static constexpr std::array<part, count> items{part{at<I>::live, at<I>::trains, at<I>::has_main,
                                                      at<I>::passes_through, at<I>::reshapes, at<I>::in_place,
                                                      at<I>::input_unread, at<I>::output_unread, at<I>::recomputes,
                                                      at<I>::recomputes_alone, at<I>::is_identity, &at<I>::infer}...};
  template <class C>
  static constexpr std::array<need_function, count> needs{&at<I>::template need<C>...};
  template <class C>
  static constexpr std::array<forward_function<C>, count> forwards{forward_of<at<I>, C>()...};
  template <class C>
  static constexpr std::array<backward_function<C>, count> backwards{backward_of<at<I>, C>()...};
  template <class C>
  static constexpr std::array<forward_function<C>, count> agains{again_of<at<I>, C>()...};

  template <class C>
  static constexpr footprints offsets(const workload& w) {
    footprints r{};
    running_sums(needs<C>.data(), count, w, r.data());
    return r;
  }
  static constexpr footprints fixed = [] {
    footprints r{};
    ((r[I + 1] = r[I] + at<I>::fixed), ...);
    return r;
  }();
  template <class C>
  static constexpr idx prepared() {
    return (at<I>::template prepared<C>() + ... + 0);
  }
  template <class C, class T = typename C::scalar>
  static void prepare([[maybe_unused]] const T* params, [[maybe_unused]] const T* buffers, [[maybe_unused]] T* to) {
    ((at<I>::template prepare<C>(params + fixed[I].params, buffers + fixed[I].buffers, to),
      to += at<I>::template prepared<C>()),
     ...);
  }
  static void visit([[maybe_unused]] table_visitor& v, [[maybe_unused]] const parameter_path& to,
                    [[maybe_unused]] footprint f, [[maybe_unused]] bool trained, [[maybe_unused]] bool used) {
    (at<I>::visit(v, path_of<typename Owner::items::template at<I>>(to, I), f + fixed[I], trained, used), ...);
  }
  /// Item i reads s[i], or s[0].
  static void describe([[maybe_unused]] layer_visitor& v, [[maybe_unused]] const parameter_path& to,
                       [[maybe_unused]] const shape* s, [[maybe_unused]] bool same) {
    (at<I>::describe(v, path_of<typename Owner::items::template at<I>>(to, I), s[same ? 0 : I]), ...);
  }
  /// The first verdict that is not accepted.
  template <class Ask>
  static constexpr auto first_verdict() {
    constexpr std::size_t first = [] {
      std::size_t found = count;
      ((found == count && !decltype(Ask::template of<at<I>>())::value ? void(found = I) : void()), ...);
      return found;
    }();
    if constexpr (first == count)
      return accepted{};
    else
      return Ask::template of<at<first>>();
  }
};

// What is asked of every layer of a tree.
template <class C>
struct ask_backward {
  template <class L>
  static constexpr auto of() {
    return L::template backward_verdict<C>();
  }
};
struct ask_stream {
  template <class L>
  static constexpr auto of() {
    return L::stream_verdict();
  }
};
struct ask_deployment {
  template <class L>
  static constexpr auto of() {
    return L::deployment_verdict();
  }
};

// One input for all items, or each reads what the one before wrote. layer_at is a class, not an alias: an alias would
// compute its shape anew wherever it is named, which makes clang several times slower.
template <class Self, shape In>
struct side_owner {
  using items = typename Self::items;
  template <std::size_t K>
  struct layer_at {
    using type = bound<typename items::template at<K>, In>;
  };
};
template <class Self, shape In>
struct chain_owner {
  using items = typename Self::items;
  static constexpr auto shapes = Self::shapes(In);
  template <std::size_t K>
  struct layer_at {
    using type = bound<typename items::template at<K>, shapes[K]>;
  };
};

template <class Owner, shape In>
struct composition : plain_layer {
  static constexpr shape in_shape = In;
  static constexpr std::size_t count = Owner::items::count;
  using index = std::make_index_sequence<count>;
  using parts = parts_of<Owner, index>;
  static constexpr bool live = true, trains = parts::trains;
  static constexpr std::size_t output_count = parts::output_count;
  static constexpr idx live_parameters = parts::live_parameters;
  static constexpr footprint fixed = parts::fixed[count];

  template <class C>
  static constexpr idx prepared() {
    return parts::template prepared<C>();
  }
  template <class C, class T = typename C::scalar>
  static void prepare(const T* params, const T* buffers, T* to) {
    parts::template prepare<C>(params, buffers, to);
  }
  static void visit(table_visitor& v, const parameter_path& to, footprint f, bool trained, bool used) {
    parts::visit(v, to, f, trained, used);
  }
  template <class C>
  static constexpr auto backward_verdict() {
    return parts::template first_verdict<ask_backward<C>>();
  }
  static constexpr auto stream_verdict() { return parts::template first_verdict<ask_stream>(); }
  static constexpr auto deployment_verdict() { return parts::template first_verdict<ask_deployment>(); }
};

}  // namespace auris::detail
