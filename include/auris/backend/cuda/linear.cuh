#pragma once
#include <auris/backend/cuda/column_sum.cuh>
#include <auris/backend/cuda/linear.hpp>
#include <auris/backend/cuda/product.cuh>

namespace auris {

namespace detail::gpu {
template <class T, class Stored>
void linear_forward(cuda_stream queue, const op::linear::size& s, const T* x, const Stored* weight, const T* bias, T* y,
                    T* workspace) noexcept {
  multiply<T>("linear forward", queue, s.rows, s.out, s.in, matrix_lines<T, true>{x, s.in},
              matrix_lines<Stored, true>{weight, s.in}, {y, s.out, bias}, workspace);
}
}  // namespace detail::gpu

template <class T>
void kernel<op::linear, cuda, T>::forward(const R& r, const op::linear::size& s, const T* x, const T* weight,
                                          const T* bias, T* y) noexcept {
  detail::gpu::linear_forward(r.queue, s, x, weight, bias, y, r.workspace);
}

template <std::same_as<float> T>
void kernel<op::linear, detail::cuda_bf16, T>::forward_prepared(const R& r, const op::linear::size& s, const T* x,
                                                                const T* prepared, const T* bias, T* y) noexcept {
  detail::gpu::linear_forward(r.queue, s, x, detail::gpu::bf16_array::stored(prepared), bias, y, r.workspace);
}

template <class T>
void kernel<op::linear, cuda, T>::backward(const R& r, const op::linear::size& s, const T* x, const T* weight,
                                           const T* dy, T* dx, T* dweight, T* dbias) noexcept {
  namespace gpu = detail::gpu;
  using along = gpu::matrix_lines<T, true>;
  using across = gpu::matrix_lines<T, false>;
  if (dx)
    gpu::multiply<T>("linear backward", r.queue, s.rows, s.in, s.out, along{dy, s.out}, across{weight, s.in},
                     {dx, s.in}, r.workspace);
  if (dweight)
    gpu::multiply<T>("linear backward", r.queue, s.out, s.in, s.rows, across{dy, s.out}, across{x, s.in},
                     gpu::destination<T>::add_to(dweight, s.in), r.workspace);
  if (dbias) gpu::add_column_sums("linear backward", r.queue, s.rows, s.out, dy, s.out, dbias, r.workspace);
}

}  // namespace auris
