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

/// Methods whose steps a backend can record and replay: `constants` of options and step number, which change from step to
/// step, is a value that `step` finds in the backend's memory.
///
///     static_assert(!recordable_method<adam, cpu, float>);             // but recordable_method<adam, cuda, float>
template <class M, class Backend, class T>
concept recordable_method = optimiser_method<M> && requires(const M m) {
  m.template constants<Backend, T>(idx{1});
};

namespace detail {
inline error bad_option(message where, const char* expected, double got) {
  return error{"bad option", static_cast<message&&>(where), expected, message::of(got)};
}
inline bool is_finite(double v) { return v - v == 0; }
}  // namespace detail

}  // namespace auris
