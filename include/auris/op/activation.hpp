#pragma once
#include <auris/core/kernel.hpp>

namespace auris::op {

/// Element-wise functions of `count` values.
///
///     relu       max(x, 0) (NaN stays NaN)        sigmoid    1 / (1 + exp(-x))
///     tanh       tanh(x)                          gelu       x/2 (1 + erf(x / sqrt 2))
///
/// y may be x. backward writes dx = dy * f'(x), 0 for relu at 0; dx may be dy. gelu computes f' from x, the others from
/// y: the one that is not needed may be null.
///
///     template <class T> struct kernel<op::relu, Backend, T> {                     // and so on for the others
///       using R = resources<Backend, T>;
///       static void forward(const R&, const op::relu::size&, const T* x, T* y) noexcept;
///       static void backward(const R&, const op::relu::size&, const T* x, const T* y, const T* dy, T* dx) noexcept;
///     };
struct relu {
  struct size {
    idx count;
  };
};
struct sigmoid {
  struct size {
    idx count;
  };
};
struct tanh {
  struct size {
    idx count;
  };
};
struct gelu {
  struct size {
    idx count;
  };
};

}  // namespace auris::op
