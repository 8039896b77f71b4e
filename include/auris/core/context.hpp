#pragma once
#include <auris/core/footprint.hpp>
#include <auris/core/kernel.hpp>
#include <auris/core/random.hpp>
#include <auris/core/view.hpp>

namespace auris {

// What kind of call this is. Not for users to pick apart: layers ask for the single properties.

/// Forward only, from `params` and `buffers`.
struct inference {
  static constexpr bool caches = false, stochastic = false, reads_prepared = false;
};
/// Forward that keeps what backward needs, with dropout and batch statistics; and backward.
struct training {
  static constexpr bool caches = true, stochastic = true, reads_prepared = false;
};
/// As training, but without dropout and with running statistics: what `frozen` parts do in training.
struct frozen_in_training {
  static constexpr bool caches = true, stochastic = false, reads_prepared = false;
};
/// Forward only, from `prepared`: `deployed` networks.
struct deployment {
  static constexpr bool caches = false, stochastic = false, reads_prepared = true;
};

/// The key of random numbers in a context: `random_key`, unless the backend names a type that is made of one.
template <class Backend>
struct random_of {
  using type = random_key;
};
template <class Backend>
requires requires { typename Backend::random; }
struct random_of<Backend> {
  using type = typename Backend::random;
};

/// Everything a layer sees of the world besides its input and output: pointers into the arenas of the caller, already
/// moved to the layer's own part, and where the work goes. Layers own nothing.
template <class Backend, class T, class Mode>
struct context {
  using backend = Backend;
  using scalar = T;
  using mode = Mode;

  const T* params = nullptr;  ///< or the prepared arena, where the mode reads it
  T* buffers = nullptr;
  T* state = nullptr;  ///< null: a whole clip, nothing is carried
  T* workspace = nullptr;
  T* cache = nullptr;
  T* const* outputs = nullptr;                 ///< one pointer for each named output, in the order of the network
  const T* const* output_gradients = nullptr;  ///< alike; null: no gradient arrives there
  T* gradients = nullptr;                      ///< of the parameters, to add to; null: not wanted
  typename random_of<Backend>::type random = {};
  typename Backend::queue queue = Backend::default_queue();

  /// For a part of the layer, which starts at these offsets; its workspace starts at `workspace_offset`.
  [[gnu::noinline]] context at(const footprint& f, idx workspace_offset) const {
    const auto moved = [](auto* p, idx by) { return p ? p + by : p; };
    context c = *this;
    c.params = moved(params, Mode::reads_prepared ? f.prepared : f.params);
    c.buffers = moved(buffers, f.buffers);
    c.state = moved(state, f.state);
    c.workspace = moved(workspace, workspace_offset);
    c.cache = moved(cache, f.cache);
    c.outputs = moved(outputs, f.outputs);
    c.output_gradients = moved(output_gradients, f.outputs);
    c.gradients = moved(gradients, f.params);
    c.random.stream += static_cast<std::uint64_t>(f.random_streams);
    return c;
  }
  template <class Other>
  context<Backend, T, Other> as() const {
    return {params, buffers, state, workspace, cache, outputs, output_gradients, gradients, random, queue};
  }
  /// What a kernel is given.
  resources<Backend, T> work() const { return {queue, workspace}; }
};

template <class C>
using in = view<const typename C::scalar>;
template <class C>
using out = view<typename C::scalar>;

/// The kernel that serves an operation in a context.
template <class Operation, class C>
using kernel_in = kernel_of<Operation, typename C::backend, typename C::scalar>;

/// Whether a layer in this context reads weights that its kernel prepared.
template <class Operation, class C>
concept reads_prepared_weights =
    C::mode::reads_prepared && prepares_weights<Operation, typename C::backend, typename C::scalar>;

/// Scratch of one operation in a context: of forward; in training also of backward.
template <class Operation, class C, class Size>
constexpr idx workspace_of(const Size& size, int workers) {
  if constexpr (reads_prepared_weights<Operation, C>) return kernel_in<Operation, C>::prepared_workspace(size, workers);
  const idx forward = forward_workspace<Operation, typename C::backend, typename C::scalar>(size, workers);
  if constexpr (!C::mode::caches)
    return forward;
  else {
    const idx backward = backward_workspace<Operation, typename C::backend, typename C::scalar>(size, workers);
    return forward > backward ? forward : backward;
  }
}

}  // namespace auris
