#pragma once
#include <auris/backend/cuda/column_sum.cuh>
#include <auris/backend/cuda/conv2d.hpp>
#include <auris/backend/cuda/conv_window.cuh>
#include <auris/backend/cuda/product.cuh>
#include <auris/backend/cuda/winograd.cuh>

namespace auris {

namespace detail::gpu {
template <class T, class Stored>
void conv2d_forward(cuda_stream queue, const op::conv2d::size& s, const T* x, const Stored* weight, const T* bias, T* y,
                    T* workspace) noexcept {
  const destination<T> to{y, s.out, bias, 0, s.rectify, static_cast<int>(s.pool.places()), s.pool.average};
  if (winograd_size::suits(s))
    return winograd("conv2d forward", queue, winograd_size::forward(s), x, weight, winograd_weight_order::forward(s),
                    to, workspace);
  multiply<T>("conv2d forward", queue, s.pooled_rows() * s.pool.places(), s.out, s.depth(), conv_places<T>{conv_window<T>::forward(s, x)},
              matrix_lines<Stored, false>{weight, s.out}, to, workspace);
}
}  // namespace detail::gpu

template <class T>
void kernel<op::conv2d, cuda, T>::forward(const R& r, const op::conv2d::size& s, const T* x, const T* weight,
                                          const T* bias, T* y) noexcept {
  detail::gpu::conv2d_forward(r.queue, s, x, weight, bias, y, r.workspace);
}

template <std::same_as<float> T>
void kernel<op::conv2d, detail::cuda_bf16, T>::forward_prepared(const R& r, const op::conv2d::size& s, const T* x,
                                                                const T* prepared, const T* bias, T* y) noexcept {
  detail::gpu::conv2d_forward(r.queue, s, x, detail::gpu::bf16_array::stored(prepared), bias, y, r.workspace);
}

template <class T>
void kernel<op::conv2d, cuda, T>::backward(const R& r, const op::conv2d::size& s, const T* x, const T* weight,
                                           const T* dy, T* dx, T* dweight, T* dbias) noexcept {
  namespace gpu = detail::gpu;
  if (dx && winograd::suits(s))
    gpu::winograd("conv2d backward", r.queue, winograd::backward(s), dy, weight,
                  gpu::winograd_weight_order::backward(s), gpu::destination<T>{dx, s.in}, r.workspace);
  else if (dx)
    gpu::multiply<T>("conv2d backward", r.queue, x_rows(s), s.in, dy_depth(s),
                     gpu::conv_places<T>{gpu::conv_window<T>::backward(s, dy)},
                     gpu::conv_input_weights<T>::of(s, weight), {dx, s.in}, r.workspace);
  if (dweight)
    gpu::multiply<T>("conv2d backward", r.queue, s.depth(), s.out, s.rows(),
                     gpu::conv_taps<T>{gpu::conv_window<T>::forward(s, x)}, gpu::matrix_lines<T, false>{dy, s.out},
                     gpu::destination<T>::add_to(dweight, s.out), r.workspace);
  if (dbias) gpu::add_column_sums("conv2d backward", r.queue, s.rows(), s.out, dy, s.out, dbias, r.workspace);
}

}  // namespace auris
