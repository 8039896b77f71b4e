#pragma once
#include <auris/core/arena.hpp>
#include <auris/core/random.hpp>
#include <auris/nn/compose/bind.hpp>

namespace auris {

/// What training changes: the parameters and running statistics of a network, in two flat arenas in the order of its table.
///
/// Made with PyTorch's default initialisation, uniform in +-1 / sqrt(fan) for weights and biases, ones and zeros for
/// normalisation, where a layer names no other; a function of the seed alone. Pruned and deployed forms of a network share
/// the weights of the full one.
///
/// Memory      Network::parameters + Network::buffers scalars.
///
///     struct network : bind<sequential<linear<32>, relu, linear<17>>, dims(dyn, 64)> {};
///     weights<network> w(1);                               // seed 1
template <class Network, class T = float>
class weights {
 public:
  using network = Network;
  using scalar = T;

  explicit weights(std::uint64_t seed = 0)
      : params_(arena<T>::make(Network::parameters).value()), buffers_(arena<T>::make(Network::buffers).value()) {
    initialise(seed);
  }

  void initialise(std::uint64_t seed) {
    struct initialiser : table_visitor {
      weights& w;
      random_key key;
      initialiser(weights& to, std::uint64_t s) : w(to), key{s, 0, 0, 0} {}
      void operator()(const table_entry& e) override {
        T* p = (e.is_buffer ? w.buffers() : w.params()) + e.offset;
        const bool uniform = e.start.how == initial::symmetric || e.start.how == initial::he_uniform;
        const double gain = e.start.how == initial::he_uniform ? __builtin_sqrt(6.0) : 1;
        const double bound = e.start.fan > 0 ? gain / __builtin_sqrt(static_cast<double>(e.start.fan)) : 0;
        for (idx i = 0, n = e.stored.size(); i < n; ++i)
          p[i] = static_cast<T>(uniform ? (2 * key.uniform(static_cast<std::uint64_t>(i)) - 1) * bound
                                        : e.start.how == initial::ones);
        ++key.stream;
      }
    } visitor(*this, seed);
    Network::visit_parameters(visitor);
  }

  T* params() noexcept { return params_.data(); }
  const T* params() const noexcept { return params_.data(); }
  T* buffers() noexcept { return buffers_.data(); }
  const T* buffers() const noexcept { return buffers_.data(); }

 private:
  arena<T> params_, buffers_;
};

}  // namespace auris
