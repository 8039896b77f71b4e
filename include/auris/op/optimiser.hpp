#pragma once
#include <auris/core/kernel.hpp>

namespace auris::op {

/// One step of an optimiser over `count` parameters w with gradients g; step counts from 1.
///
///     adam   g += weight_decay * w (or, `decoupled` = AdamW: w *= 1 - rate * weight_decay first)
///            m = beta1 m + (1 - beta1) g;  v = beta2 v + (1 - beta2) g^2
///            w -= rate * (m / (1 - beta1^step)) / (sqrt(v / (1 - beta2^step)) + epsilon)
///     sgd    g += weight_decay * w;  m = step == 1 ? g : momentum * m + g  (momentum 0: m is unused, may be null)
///            w -= rate * (nesterov ? g + momentum * m : m)
///
///     template <class T> struct kernel<op::adam, Backend, T> {
///       static void step(const resources<Backend, T>&, const op::adam::size&, const T* g, T* m, T* v, T* w) noexcept;
///     };
///     template <class T> struct kernel<op::sgd, Backend, T> {
///       static void step(const resources<Backend, T>&, const op::sgd::size&, const T* g, T* m, T* w) noexcept;
///     };
/// A step that a backend records and replays later needs other numbers each time. So the kernel of a backend that records
/// has in addition `constants`, plain data that options and step come to, and step takes where in its memory they stand;
/// unless that is null, they count instead of those of `size`:
///
///     template <class T> struct kernel<op::adam, Backend, T> {                      // sgd alike
///       using constants = ...;
///       static constants constants_of(const op::adam::size&) noexcept;              // on the host
///       static void step(const resources<Backend, T>&, const op::adam::size&, const T* g, T* m, T* v, T* w,
///                        const constants* in_memory = nullptr) noexcept;
///     };
struct adam {
  struct size {
    idx count, step;
    double rate = 1e-3, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weight_decay = 0;
    bool decoupled = false;
  };
};
struct sgd {
  struct size {
    idx count, step;
    double rate = 1e-2, momentum = 0, weight_decay = 0;
    bool nesterov = false;
  };
};

/// For gradient clipping, without the norm on the host. Scratch memory of all four counts as that of forward.
///
///     squared_norm   value[0] += sum x^2, summed in a fixed tree
///     clip           x *= min(1, largest / (sqrt(squares[0]) + 1e-6)), squares as squared_norm left it
///
/// `squares` is no part of x. Where the factor is 1 or not a number, x stays as it is.
///
///     template <class T> struct kernel<op::squared_norm, Backend, T> {
///       static void forward(const resources<Backend, T>&, const op::squared_norm::size&, const T* x,
///                           T* value) noexcept;
///     };
///     template <class T> struct kernel<op::clip, Backend, T> {
///       static void forward(const resources<Backend, T>&, const op::clip::size&, const T* squares, T* x) noexcept;
///     };
struct squared_norm {
  struct size {
    idx count;
  };
};
struct clip {
  struct size {
    idx count;
    double largest;
  };
};

}  // namespace auris::op
