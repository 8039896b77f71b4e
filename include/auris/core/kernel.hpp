#pragma once
#include <auris/core/shape.hpp>
#include <concepts>

namespace auris {

/// The kernel of an operation on a backend for a scalar type: specialised in backend/<name>/<operation>.hpp. What a
/// specialisation must offer is the contract in op/<operation>.hpp. Sizes are run-time values: one instantiation serves
/// every layer, and a kernel is usable (and benchmarked) without any layer.
///
/// All kernels share these rules. Functions are static, `noexcept`, check nothing and allocate nothing. Arrays are
/// dense and row-major; outputs overlap no input unless the contract says so. A null pointer skips what it stands for.
/// Gradients of parameters are added, gradients of inputs are written. Results depend on sizes and data alone, never on
/// the executor. Sizes of zero are allowed unless the contract says otherwise. A kernel that needs scratch memory says
/// how many scalars in `static constexpr idx forward_workspace(const op::...::size&, int workers)`, and likewise in
/// `backward_workspace`.
template <class Operation, class Backend, class Scalar>
struct kernel;

struct reference;  ///< plain loops: the oracle of every test; defined in backend/reference.hpp
struct cpu;        ///< our own vector loops; defined in backend/cpu.hpp

/// What a kernel is given besides its arguments: where the work goes (an executor; a stream on a GPU) and scratch memory.
template <class Backend, class T>
struct resources {
  typename Backend::queue queue = Backend::default_queue();
  T* workspace = nullptr;

  /// For a kernel of the backend that this one falls back to.
  template <class Fallback>
  requires std::same_as<typename Fallback::queue, typename Backend::queue>
  operator resources<Fallback, T>() const { return {queue, workspace}; }
};

template <class Operation, class Backend, class T>
concept has_kernel = requires {
  sizeof(kernel<Operation, Backend, T>);
};

namespace detail {
template <class Operation, class Backend, class T>
struct kernel_for {
  using type = kernel<Operation, Backend, T>;
};
template <class Operation, class Backend, class T>
requires(!has_kernel<Operation, Backend, T> &&
         requires { typename Backend::fallback; }) struct kernel_for<Operation, Backend, T> {
  using type = typename kernel_for<Operation, typename Backend::fallback, T>::type;
};
}  // namespace detail

/// The kernel that a backend uses for an operation: its own, or that of the backend it falls back to.
template <class Operation, class Backend, class T>
using kernel_of = typename detail::kernel_for<Operation, Backend, T>::type;

/// Kernels that compute faster from weights that they have prepared once. Beside `forward` they offer, all static:
///
///     constexpr idx prepared(const op::...::size&)          scalars; the same for any number of items and frames
///     void prepare(const size&, weights..., T* to)          on the host, where `to` starts a cache line
///     constexpr idx prepared_workspace(const size&, int workers)
///     void forward_prepared(const resources&, const size&, ...)   `forward` with `to` in the place of the weights
template <class Operation, class Backend, class T>
concept prepares_weights = requires {
  &kernel_of<Operation, Backend, T>::forward_prepared;
};

/// Scratch scalars that `kernel_of` wants for one call of forward, or of backward.
template <class Operation, class Backend, class T, class Size>
constexpr idx forward_workspace([[maybe_unused]] const Size& size, [[maybe_unused]] int workers) {
  using k = kernel_of<Operation, Backend, T>;
  if constexpr (requires { k::forward_workspace(size, workers); })
    return k::forward_workspace(size, workers);
  else
    return 0;
}
template <class Operation, class Backend, class T, class Size>
constexpr idx backward_workspace([[maybe_unused]] const Size& size, [[maybe_unused]] int workers) {
  using k = kernel_of<Operation, Backend, T>;
  if constexpr (requires { k::backward_workspace(size, workers); })
    return k::backward_workspace(size, workers);
  else
    return 0;
}

}  // namespace auris
