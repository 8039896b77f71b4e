#pragma once
#include <auris/backend/cpu/conv2d.hpp>

namespace auris {

struct cpu_bf16;

/// Where `cpu` keeps weights as they are, as bf16 and as one product; where it transforms them, as `cpu` does: bf16 of
/// transformed weights would be ten times less precise. What it keeps in both forms is not transformed here.
template <>
struct kernel<op::conv2d, cpu_bf16, float> : kernel<op::conv2d, cpu, float> {
  using R = resources<cpu_bf16, float>;

  static constexpr bool pools(const op::conv2d::size& s) { return !rounds(s) && floats::pools(s); }
  static constexpr idx prepared(const op::conv2d::size& s) {
    return rounds(s) ? detail::product::packed<detail::bf16_pair>(s.out, s.depth()) : floats::prepared(s);
  }
  static void prepare(const op::conv2d::size& s, const float* weight, float* to) noexcept;
  static constexpr idx prepared_workspace(const op::conv2d::size& s, int workers) {
    return rounds(s) ? direct::prepared_workspace(s, workers) : floats::prepared_workspace(s, workers);
  }
  static void forward_prepared(const R& r, const op::conv2d::size& s, const float* x, const float* prepared,
                               const float* bias, float* y) noexcept;

 private:
  using floats = kernel<op::conv2d, cpu, float>;

  /// The weights of a single channel stay in the first cache anyway.
  static constexpr bool rounds(const op::conv2d::size& s) {
    return keeps_plain(s) && !detail::single_channel::suits(s);
  }
};

}  // namespace auris
