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

/// What is left of rows behind their whole lines: in lines of its own, zeros behind it. Null stays null.
class rest_of_rows {
 public:
  static constexpr int most = 12;
  rest_of_rows(idx first, idx count) : first_(first), count_(count) {}
  const float* operator()(const float* row) noexcept { return padded(row, nullptr); }
  float* operator()(float* row) noexcept { return padded(row, row); }
  template <class P>
  P operator()(P constant) const noexcept {
    return constant;
  }
  /// Writes to the rows what the loop has written.
  [[gnu::noinline]] void give_back() const noexcept {
    for (int k = 0; k < rows_; ++k)
      for (idx i = 0; to_[k] && i < count_; ++i) to_[k][i] = line_[k][i];
  }

 private:
  [[gnu::noinline]] float* padded(const float* row, float* to) noexcept {
    if (!row) return nullptr;
    float* const own = line_[rows_];
    for (idx i = 0; i < line; ++i) own[i] = i < count_ ? row[first_ + i] : 0;
    to_[rows_++] = to ? to + first_ : nullptr;
    return own;
  }
  alignas(64) float line_[most][line];
  float* to_[most];
  idx first_, count_;
  int rows_ = 0;
};

/// f(count, p...) for any count: whole lines as they stand, the rest through padded copies.
template <class... P>
[[gnu::noinline]] void apply(const loop<idx, P...>& f, idx count, std::type_identity_t<P>... p) noexcept {
  static_assert(sizeof...(P) <= rest_of_rows::most);
  const idx whole = count / line * line;
  if (whole > 0) f(whole, p...);
  if (whole == count) return;
  rest_of_rows rest(whole, count - whole);
  f(line, rest(p)...);
  rest.give_back();
}

}  // namespace auris::detail
