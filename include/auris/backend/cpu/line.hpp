#pragma once
#include <auris/backend/cpu/instruction_set.hpp>
#include <auris/core/shape.hpp>
#include <cstddef>
#include <type_traits>

namespace auris::detail {

/// Floats that every loop takes at once: a cache line, and a whole number of vectors of any instruction set.
inline constexpr idx line = 16;
/// `count` floats rounded up to whole lines.
constexpr idx whole_lines(idx count) { return (count + line - 1) / line * line; }
/// What `aligned` may skip.
inline constexpr idx alignment_slack = line - 1;
/// The first float from p on that starts a line, as packed matrices do.
inline float* aligned(float* p) {
  const auto address = reinterpret_cast<std::size_t>(p);
  return p + (64 - address % 64) % 64 / sizeof(float);
}

/// The rest of a row in a line of its own, zeros behind it; null stays null.
[[gnu::noinline]] inline const float* padded(const float* p, idx count, float* to) noexcept {
  if (!p) return nullptr;
  for (idx i = 0; i < line; ++i) to[i] = i < count ? p[i] : 0;
  return to;
}
[[gnu::noinline]] inline void give_back(const float* from, idx count, float* p) noexcept {
  for (idx i = 0; p && i < count; ++i) p[i] = from[i];
}

/// What `apply` does with an argument of a loop.
template <class P>
struct loop_argument {  // a constant
  loop_argument(P v, idx, idx) : value(v) {}
  P whole() const { return value; }
  P rest() { return value; }
  void finish() const {}
  P value;
};
template <>
struct loop_argument<const float*> {
  loop_argument(const float* p, idx first, idx left) : at(p), from(p ? p + first : nullptr), count(left) {}
  const float* whole() const { return at; }
  const float* rest() { return padded(from, count, memory); }
  void finish() const {}
  const float *at, *from;
  idx count;
  alignas(64) float memory[line];
};
template <>
struct loop_argument<float*> : loop_argument<const float*> {
  loop_argument(float* p, idx first, idx left) : loop_argument<const float*>(p, first, left) {}
  float* whole() const { return const_cast<float*>(at); }
  float* rest() { return const_cast<float*>(loop_argument<const float*>::rest()); }
  void finish() const { give_back(memory, count, const_cast<float*>(from)); }
};

/// f(count, p...) for any count: whole lines as they stand, the rest through padded copies.
template <class... P>
[[gnu::noinline]] void apply(const loop<idx, P...>& f, idx count, std::type_identity_t<P>... p) noexcept {
  const idx whole = count / line * line;
  if (whole > 0) f(whole, p...);
  if (whole == count) return;
  const auto rest = [&](auto&&... argument) {
    f(line, argument.rest()...);
    (argument.finish(), ...);
  };
  rest(loop_argument<P>(p, whole, count - whole)...);
}

}  // namespace auris::detail
