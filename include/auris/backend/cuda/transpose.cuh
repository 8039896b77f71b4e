#pragma once
#include <auris/backend/cuda/transpose.hpp>
#include <auris/backend/cuda/transposition.cuh>

namespace auris {

template <class T>
void kernel<op::transpose, cuda, T>::forward(const resources<cuda, T>& r, const op::transpose::size& s, const T* x,
                                             T* y) noexcept {
  detail::gpu::transpose<false>("transpose", r.queue, s.items, s.rows, s.columns, x, y);
}

}  // namespace auris
