#pragma once
#include <auris/core/kernel.hpp>

namespace auris::op {

/// Layer normalisation of rows: biased variance over the last axis.
///
///     forward    y[r, i] = (x[r, i] - mean_r) / sqrt(variance_r + epsilon) * weight[i] + bias[i]
///     backward   n = (x - mean_r) / sqrt(variance_r + epsilon),  g = dy * weight,  means over i:
///                dx = (g - mean(g) - n mean(g n)) / sqrt(variance_r + epsilon)
///                dweight[i] += sum_r dy * n;  dbias[i] += sum_r dy
///
/// x, y (rows, length), length > 0; weight, bias (length) or null (1 and 0).
///
///     template <class T> struct kernel<op::layer_norm, Backend, T> {
///       using R = resources<Backend, T>;
///       static void forward(const R&, const op::layer_norm::size&, const T* x, const T* weight, const T* bias,
///                           T* y) noexcept;
///       static void backward(const R&, const op::layer_norm::size&, const T* x, const T* weight, const T* dy,
///                            T* dx, T* dweight, T* dbias) noexcept;
///     };
struct layer_norm {
  struct size {
    idx rows, length;
    double epsilon = 1e-5;
  };
};

/// Rows scaled to length one: y = x / max(|x|, epsilon); where epsilon wins it counts as a constant in backward.
///
///     template <class T> struct kernel<op::l2_normalize, Backend, T> {
///       using R = resources<Backend, T>;
///       static void forward(const R&, const op::l2_normalize::size&, const T* x, T* y) noexcept;
///       static void backward(const R&, const op::l2_normalize::size&, const T* x, const T* dy, T* dx) noexcept;
///     };
struct l2_normalize {
  struct size {
    idx rows, length;
    double epsilon = 1e-12;
  };
};

}  // namespace auris::op
