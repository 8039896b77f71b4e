// A network behind one interface, whatever its type: programs link it instead of compiling it again.
#pragma once
#include <auris/core/view.hpp>
#include <auris/io/tensor_file.hpp>
#include <map>
#include <memory>
#include <string>

#include "backend.hpp"
#include "time_mode.hpp"

namespace auris::networks {

struct runner_options {
  backend_kind backend = backend_kind::cpu;
  int threads = 1;
  bool replay = false;  ///< on cuda: calls and steps of the first one's size replay CUDA graphs that are recorded then
  time_mode time = time_mode::whole;
  idx frames = 200;  ///< of the outputs where time is `stretched`; training has those of the network
  std::map<std::string, std::string> options = {};  ///< of the network alone, such as attention: paper
};

/// What `run` computes with: the layers one by one, or the product with folded and fused ones.
enum class form { full, deployed };

/// Weights, and calls that read or train them. Arrays have PyTorch's names and layouts.
class network_runner {
 public:
  virtual ~network_runner() = default;

  virtual idx parameters() const = 0;
  /// Random weights.
  virtual void initialise(std::uint64_t seed) = 0;
  /// All weights or, with an error that lists every problem, none.
  virtual result<void> load(const tensor_file& weights) = 0;

  /// All named outputs for the input (batch, item...).
  virtual result<std::vector<named_tensor>> apply(form, const named_tensor& x) = 0;
  /// The same without a copy of the outputs, to be timed: of a network that shows what its layers give, the product alone.
  virtual result<void> run(form, view<const float> x) = 0;
  /// Forward in training, the mean of squares of every output as loss, backward, a step of Adam; not on `reference`.
  virtual result<void> train(view<const float> x) = 0;
  /// What such a step keeps from forward for backward, for a batch of this size, on the device of the backend.
  virtual idx kept_bytes(idx items, shape item) const = 0;
};

}  // namespace auris::networks
