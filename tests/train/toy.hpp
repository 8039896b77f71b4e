// A small problem for tests of training: is the first feature above the second (asc), and two soft functions (sed).
#pragma once
#include <auris/backend/reference.hpp>
#include <auris/loss.hpp>
#include <auris/nn/batch_norm.hpp>
#include <auris/nn/dropout.hpp>
#include <auris/nn/linear.hpp>
#include <auris/nn/relu.hpp>
#include <auris/optim.hpp>
#include <auris/train/fit.hpp>
#include <auris/train/memory_source.hpp>

namespace toy {
using namespace auris;

struct net : bind<sequential<linear<8>, batch_norm, relu, dropout<0.1>,
                             heads<output<"sed", linear<2>>, output<"asc", linear<2>>>>,
                  dims(dyn, 3)> {};
using objective = weighted_sum<term<"sed", mean_squared_error, 0.8>, term<"asc", cross_entropy, 0.2>>;
using source = memory_source<float, 2>;
template <class Method>
using trainer_of = trainer<net, objective, Method, reference>;

/// Items of 4 frames, a function of the seed.
inline source make(idx items, std::uint64_t seed) {
  source s{.items = items, .shape_of_item = dims(4, 3)};
  for (std::size_t r = 0; r < static_cast<std::size_t>(items) * 4; ++r) {
    float x[3];
    for (std::size_t k = 0; k < 3; ++k) x[k] = static_cast<float>(2 * uniform(seed, 3 * r + k) - 1);
    s.inputs.insert(s.inputs.end(), x, x + 3);
    s.terms[0].values.insert(s.terms[0].values.end(), {0.5f + 0.5f * x[0] * x[1], x[2] > 0 ? 0.9f : 0.1f});
    s.terms[1].values.insert(s.terms[1].values.end(), {x[0] > x[1] ? 1.0f : 0.0f, x[0] > x[1] ? 0.0f : 1.0f});
    s.terms[1].mask.push_back(r % 3 ? 1.0f : 0.0f);
  }
  return s;
}
inline fit_options options(int epochs) {
  fit_options o;
  o.batch = 4;
  o.schedule.epochs = epochs;
  return o;
}
template <class Network>
std::vector<float> params(const weights<Network>& w) {
  return {w.params(), w.params() + Network::parameters};
}
template <class Network>
std::vector<float> buffers(const weights<Network>& w) {
  return {w.buffers(), w.buffers() + Network::buffers};
}

}  // namespace toy
