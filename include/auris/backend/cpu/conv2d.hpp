#pragma once
#include <auris/backend/cpu/conv2d_direct.hpp>
#include <auris/backend/cpu/winograd.hpp>
#include <auris/op/conv2d.hpp>

namespace auris {

/// Winograd's where it suits, else that of `cpu_direct`.
template <>
struct kernel<op::conv2d, cpu, float> {
  using R = resources<cpu, float>;

  static constexpr idx forward_workspace(const op::conv2d::size& s, int workers) {
    if (!winograd::suits(s)) return direct::forward_workspace(s, workers);
    const winograd w = winograd::forward(s);
    return detail::alignment_slack + w.weights().size() + w.workspace(workers);
  }
  [[gnu::noinline]] static void forward(const R& r, const op::conv2d::size& s, const float* x, const float* weight,
                                        const float* bias, float* y) noexcept {
    if (!winograd::suits(s)) return direct::forward(r, s, x, weight, bias, y);
    const winograd w = winograd::forward(s);
    float* const transformed = detail::aligned(r.workspace);
    w.weights().transform(*r.queue, weight, transformed);
    w.run(*r.queue, x, transformed, bias, s.rectify, y, transformed + w.weights().size());
  }

  static constexpr idx prepared(const op::conv2d::size& s) {
    return winograd::suits(s) ? winograd::forward(s).weights().size() : direct::prepared(s);
  }
  static void prepare(const op::conv2d::size& s, const float* weight, float* to) noexcept {
    if (winograd::suits(s))
      winograd::forward(s).weights().transform(calling_thread, weight, to);
    else
      direct::prepare(s, weight, to);
  }
  static constexpr idx prepared_workspace(const op::conv2d::size& s, int workers) {
    return winograd::suits(s) ? winograd::forward(s).workspace(workers) : direct::prepared_workspace(s, workers);
  }
  static void forward_prepared(const R& r, const op::conv2d::size& s, const float* x, const float* prepared,
                               const float* bias, float* y) noexcept {
    if (winograd::suits(s))
      winograd::forward(s).run(*r.queue, x, prepared, bias, s.rectify, y, r.workspace);
    else
      direct::forward_prepared(r, s, x, prepared, bias, y);
  }

  static constexpr idx backward_workspace(const op::conv2d::size& s, int workers) {
    const idx others = direct::backward_workspace(s, workers);
    if (!winograd::suits(s)) return others;
    const winograd w = winograd::backward(s);
    const idx by_x = detail::alignment_slack + w.weights().size() + w.workspace(workers);
    return by_x > others ? by_x : others;
  }
  static void backward(const R& r, const op::conv2d::size& s, const float* x, const float* weight, const float* dy,
                       float* dx, float* dweight, float* dbias) noexcept {
    const bool own = dx && winograd::suits(s);
    if (own) {
      const winograd w = winograd::backward(s);
      float* const transformed = detail::aligned(r.workspace);
      w.weights().transform_flipped(*r.queue, weight, transformed);
      w.run(*r.queue, dy, transformed, nullptr, false, dx, transformed + w.weights().size());
    }
    direct::backward(r, s, x, weight, dy, own ? nullptr : dx, dweight, dbias);
  }

 private:
  using winograd = detail::winograd;
  using direct = kernel<op::conv2d, cpu_direct, float>;
};

}  // namespace auris
