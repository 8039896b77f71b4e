#pragma once
#include <auris/core/kernel.hpp>
#include <auris/core/memory.hpp>
#include <auris/op/optimiser.hpp>
#include <auris/optim/parameter_range.hpp>

namespace auris {

/// Scratch scalars of the functions below.
template <class Backend, class T>
idx gradient_norm_workspace(std::span<const parameter_range> ranges, int workers) {
  idx most = 0;
  for (const parameter_range& r : ranges) {
    const idx norm = forward_workspace<op::squared_norm, Backend, T>(op::squared_norm::size{r.count}, workers);
    const idx clip = forward_workspace<op::clip, Backend, T>(op::clip::size{r.count, 1}, workers);
    most = most > norm ? most : norm;
    most = most > clip ? most : clip;
  }
  return most;
}

/// squares[0] = sum g^2 of the gradients in the ranges taken together. All arrays are in the backend's memory; nothing
/// waits, and nothing is allocated.
///
///     const float g[3] = {3, 100, 4};
///     const parameter_range ranges[2] = {{0, 1}, {2, 1}};
///     float squares[1];
///     squared_gradient_norm<cpu, float>({}, ranges, g, squares);       // 25
template <class Backend, class T>
void squared_gradient_norm(const resources<Backend, T>& r, std::span<const parameter_range> ranges, const T* gradients,
                           T* squares) noexcept {
  Backend::memory::clear(r.queue, 1, squares);
  for (const parameter_range& p : ranges)
    kernel_of<op::squared_norm, Backend, T>::forward(r, {p.count}, gradients + p.begin, squares);
}

/// The Euclidean norm of the gradients, on the host, for who wants to watch it: sqrt(squares[0]) after
/// `squared_gradient_norm`. Waits for it.
///
///     const float g[2] = {3, 4};
///     const parameter_range all[1] = {{0, 2}};
///     float squares[1];
///     double norm = gradient_norm<cpu, float>({}, all, g, squares);    // 5
template <class Backend, class T>
double gradient_norm(const resources<Backend, T>& r, std::span<const parameter_range> ranges, const T* gradients,
                     T* squares) noexcept {
  squared_gradient_norm(r, ranges, gradients, squares);
  T sum = 0;
  Backend::memory::download(r.queue, 1, squares, &sum);
  return __builtin_sqrt(static_cast<double>(sum));
}

/// Scales the gradients in the ranges so that their norm is at most `largest`: by the factor largest / (norm + 1e-6)
/// where that is below 1. squares (1) takes the squared norm before. All arrays are in the backend's memory; nothing
/// waits, and nothing is allocated.
///
/// Source      https://pytorch.org/docs/stable/generated/torch.nn.utils.clip_grad_norm_.html
///
///     float g[2] = {3, 4}, squares[1];
///     const parameter_range all[1] = {{0, 2}};
///     clip_gradients<cpu, float>({}, all, 1, squares, g);              // squares is 25; g is 0.6, 0.8
template <class Backend, class T>
void clip_gradients(const resources<Backend, T>& r, std::span<const parameter_range> ranges, double largest, T* squares,
                    T* gradients) noexcept {
  squared_gradient_norm(r, ranges, gradients, squares);
  for (const parameter_range& p : ranges)
    kernel_of<op::clip, Backend, T>::forward(r, {p.count, largest}, squares, gradients + p.begin);
}

}  // namespace auris
