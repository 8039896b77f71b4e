#pragma once
#include <auris/loss/loss_function.hpp>
#include <type_traits>

namespace auris {

/// A loss that is chosen among several at run time, for a term of `weighted_sum`: a program that offers them compiles one
/// trainer instead of one for each. The first one is taken where nothing is chosen (`weighted_sum::choose`).
///
/// Memory      the largest scratch of any of them.
///
///     using any_error = one_of<weighted_soft_label, mean_squared_error, mean_squared_error_with<reduction::paper>>;
///     using objective = weighted_sum<term<"sed", any_error, 0.85>, term<"asc", cross_entropy, 0.15>>;
///     objective o;
///     o.choose<"sed", mean_squared_error>();
template <loss_function... Losses>
struct one_of {
  static_assert(sizeof...(Losses) > 0, "auris: a choice has at least one loss");
};

namespace detail {

/// The losses that a term may stand for: itself, or those of a choice. `at` calls with the type of one, `each` with all.
template <class Loss>
struct loss_list {
  static constexpr bool valid = loss_function<Loss>;
  template <class F>
  static constexpr void at(std::size_t, F&& f) {
    f(std::type_identity<Loss>{});
  }
  template <class F>
  static constexpr void each(F&& f) {
    f(std::type_identity<Loss>{});
  }
  template <class L>
  static constexpr bool has = std::is_same_v<L, Loss>;
  template <class L>
  static constexpr std::size_t place = 0;
};
template <class... Losses>
struct loss_list<one_of<Losses...>> {
  static constexpr bool valid = true;
  template <class F>
  static constexpr void at(std::size_t chosen, F&& f) {
    std::size_t k = 0;
    ((k++ == chosen ? f(std::type_identity<Losses>{}) : void()), ...);
  }
  template <class F>
  static constexpr void each(F&& f) {
    (f(std::type_identity<Losses>{}), ...);
  }
  template <class L>
  static constexpr bool has = (std::is_same_v<L, Losses> || ...);
  template <class L>
  static constexpr std::size_t place = [] {
    std::size_t k = 0;
    static_cast<void>(((std::is_same_v<L, Losses> || (++k, false)) || ...));
    return k;
  }();
};

}  // namespace detail
}  // namespace auris
