#pragma once
#include <array>
#include <auris/core/context.hpp>
#include <auris/core/result.hpp>
#include <concepts>

namespace auris {

/// The rule of an optimiser: a plain struct of options, which may be changed between steps (`rate` is what schedules
/// change). It says how many scalars it keeps per parameter (`slots`), checks and describes its options, and steps.
///
///     static_assert(optimiser_method<adam> && adam::slots == 2);
template <class M>
concept optimiser_method = requires(M m) {
  { M::slots } -> std::convertible_to<std::size_t>;
  { m.rate } -> std::same_as<double&>;
  { m.check() } -> std::same_as<result<void>>;
  { m.describe() } -> std::same_as<message>;
};

namespace detail {
inline error bad_option(message where, const char* expected, double got) {
  return error{"bad option", static_cast<message&&>(where), expected, message::of(got)};
}
inline bool is_finite(double v) { return v - v == 0; }
}  // namespace detail

}  // namespace auris
