#pragma once
#include <auris/backend/cpu/conv2d_direct.hpp>
#include <auris/backend/cpu/winograd.hpp>
#include <auris/backend/cpu/winograd_gradient.hpp>
#include <auris/op/conv2d.hpp>

namespace auris {

/// Winograd's where it suits, else that of `cpu_direct`.
template <>
struct kernel<op::conv2d, cpu, float> {
  using R = resources<cpu, float>;

  static constexpr bool pools(const op::conv2d::size& s) {
    return winograd::suits(s) ? winograd::pools(s) : direct::pools(s);
  }
  static constexpr idx forward_workspace(const op::conv2d::size& s, int workers) {
    return transforms(s, winograd::forward(s)) ? scratch(winograd::forward(s), workers)
                                               : direct::forward_workspace(s, workers);
  }
  static void forward(const R& r, const op::conv2d::size& s, const float* x, const float* weight, const float* bias,
                      float* y) noexcept;

  static constexpr idx prepared(const op::conv2d::size& s) {
    return transformed(s) + (keeps_plain(s) ? direct::prepared(s) : 0);
  }
  static void prepare(const op::conv2d::size& s, const float* weight, float* to) noexcept;
  static constexpr idx prepared_workspace(const op::conv2d::size& s, int workers) {
    return reads_plain(s) ? direct::prepared_workspace(s, workers) : winograd::forward(s).workspace(workers);
  }
  static void forward_prepared(const R& r, const op::conv2d::size& s, const float* x, const float* prepared,
                               const float* bias, float* y) noexcept;

  static constexpr idx backward_workspace(const op::conv2d::size& s, int workers) {
    const winograd w = winograd::backward(s);
    const bool by_x = transforms(s, w), by_weight = transforms(s, winograd::forward(s));
    idx most = by_x && by_weight ? direct::bias_workspace(s) : direct::backward_workspace(s, workers);
    const auto at_least = [&](idx other) { most = most > other ? most : other; };
    if (by_x) at_least(scratch(w, workers));
    if (by_weight) at_least(gradient::of(s).workspace());
    return most;
  }
  static void backward(const R& r, const op::conv2d::size& s, const float* x, const float* weight, const float* dy,
                       float* dx, float* dweight, float* dbias) noexcept;

 protected:
  using winograd = detail::winograd;
  using direct = kernel<op::conv2d, cpu_direct, float>;

  /// Scalars of transformed weights.
  static constexpr idx transformed(const op::conv2d::size& s) {
    return winograd::suits(s) ? winograd::forward(s).weights().size() : 0;
  }
  /// Whether weights are kept as `direct` prepares them. Transformed ones are four times as large: where they do not fit the
  /// second cache, a call with few rows takes longer to read them than to multiply.
  static constexpr bool keeps_plain(const op::conv2d::size& s) {
    constexpr idx second_cache = idx(1) << 18;
    return !winograd::suits(s) || (s.mel.narrow() && transformed(s) > second_cache);
  }

 private:
  using gradient = detail::winograd_gradient;

  static constexpr bool reads_plain(const op::conv2d::size& s) {
    constexpr idx few_rows = 32;
    return !winograd::suits(s) || (keeps_plain(s) && s.rows() <= few_rows && s.pool.places() == 1);
  }
  /// Whether to use it with weights that are not prepared.
  static constexpr bool transforms(const op::conv2d::size& s, const winograd& w) {
    return winograd::suits(s) && (w.pays() || s.pool.places() > 1);
  }
  static constexpr idx scratch(const winograd& w, int workers) {
    return detail::alignment_slack + w.weights().size() + w.workspace(workers);
  }
};

}  // namespace auris
