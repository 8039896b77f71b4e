#pragma once
#include <auris/backend/cuda/activation.hpp>
#include <auris/backend/cuda/elementwise.cuh>
#include <cmath>

namespace auris {

namespace detail::gpu {

// value: f(x). slope: dy * f'(x), from x and y; `reads_x` says which of the two it needs.
template <class Operation>
struct activation;

template <>
struct activation<op::relu> {
  static constexpr bool reads_x = false;
  struct value {
    template <class T>
    __device__ T operator()(T x) const {
      return x < T(0) ? T(0) : x;
    }
  };
  struct slope {
    template <class T>
    __device__ T operator()(T y, T dy) const {
      return y > T(0) ? dy : T(0);
    }
  };
};

template <>
struct activation<op::sigmoid> {
  static constexpr bool reads_x = false;
  struct value {
    template <class T>
    __device__ T operator()(T x) const {
      return T(1) / (T(1) + std::exp(-x));
    }
  };
  struct slope {
    template <class T>
    __device__ T operator()(T y, T dy) const {
      return dy * y * (T(1) - y);
    }
  };
};

template <>
struct activation<op::tanh> {
  static constexpr bool reads_x = false;
  struct value {
    template <class T>
    __device__ T operator()(T x) const {
      return std::tanh(x);
    }
  };
  struct slope {
    template <class T>
    __device__ T operator()(T y, T dy) const {
      return dy * (T(1) - y * y);
    }
  };
};

template <>
struct activation<op::gelu> {
  static constexpr bool reads_x = true;
  template <class T>
  __device__ static T below(T x) {
    return (T(1) + std::erf(x * T(0.70710678118654752440))) / T(2);
  }
  struct value {
    template <class T>
    __device__ T operator()(T x) const {
      return x * below(x);
    }
  };
  struct slope {
    template <class T>
    __device__ T operator()(T x, T dy) const {
      constexpr T density = T(0.39894228040143267794);  // of the normal distribution, at 0
      return dy * (below(x) + x * density * std::exp(-x * x / T(2)));
    }
  };
};

}  // namespace detail::gpu

template <class Operation, class T>
void detail::cuda_activation<Operation, T>::forward(const R& r, const typename Operation::size& s, const T* x,
                                                    T* y) noexcept {
  gpu::map("activation forward", r.queue, s.count, y, typename gpu::activation<Operation>::value{}, x);
}

template <class Operation, class T>
void detail::cuda_activation<Operation, T>::backward(const R& r, const typename Operation::size& s, const T* x,
                                                     const T* y, const T* dy, T* dx) noexcept {
  using f = gpu::activation<Operation>;
  gpu::map("activation backward", r.queue, s.count, dx, typename f::slope{}, f::reads_x ? x : y, dy);
}

}  // namespace auris
