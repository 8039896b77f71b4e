#pragma once
#include <auris/core/kernel.hpp>
#include <auris/op/optimiser.hpp>
#include <auris/optim/parameter_range.hpp>

namespace auris {

/// Scratch scalars of `gradient_norm` and `clip_gradients`.
template <class Backend, class T>
idx gradient_norm_workspace(std::span<const parameter_range> ranges, int workers) {
  idx most = 0;
  for (const parameter_range& r : ranges) {
    const idx norm = forward_workspace<op::squared_norm, Backend, T>(op::squared_norm::size{r.count}, workers);
    const idx scale = forward_workspace<op::scale, Backend, T>(op::scale::size{r.count}, workers);
    most = most > norm ? most : norm;
    most = most > scale ? most : scale;
  }
  return most;
}

/// The Euclidean norm of the gradients in the ranges taken together: sqrt(sum g^2). Allocates nothing.
///
///     const float g[3] = {3, 100, 4};
///     const parameter_range ranges[2] = {{0, 1}, {2, 1}};
///     double norm = gradient_norm<cpu, float>({}, ranges, g);          // 5
template <class Backend, class T>
double gradient_norm(const resources<Backend, T>& r, std::span<const parameter_range> ranges,
                     const T* gradients) noexcept {
  T squares = 0;
  for (const parameter_range& p : ranges)
    kernel_of<op::squared_norm, Backend, T>::forward(r, {p.count}, gradients + p.begin, &squares);
  return __builtin_sqrt(static_cast<double>(squares));
}

/// Scales the gradients in the ranges so that their norm is at most `largest`: by the factor largest / (norm + 1e-6)
/// where that is below 1. Returns the norm before. Allocates nothing.
///
/// Source      https://pytorch.org/docs/stable/generated/torch.nn.utils.clip_grad_norm_.html
///
///     float g[2] = {3, 4};
///     const parameter_range all[1] = {{0, 2}};
///     clip_gradients<cpu, float>({}, all, 1, g);                       // returns 5; g is 0.6, 0.8
template <class Backend, class T>
double clip_gradients(const resources<Backend, T>& r, std::span<const parameter_range> ranges, double largest,
                      T* gradients) noexcept {
  const double norm = gradient_norm(r, ranges, static_cast<const T*>(gradients));
  const double factor = largest / (norm + 1e-6);
  if (factor < 1)
    for (const parameter_range& p : ranges)
      kernel_of<op::scale, Backend, T>::forward(r, {p.count}, static_cast<T>(factor), gradients + p.begin);
  return norm;
}

}  // namespace auris
