// A network of this example with its training, behind one interface: each version is compiled in a file of its own.
#pragma once
#include <auris/io/model_file.hpp>
#include <memory>

#include "batches.hpp"
#include "networks/backend.hpp"

namespace dcasenet {
using auris::networks::backend_kind;

struct system_options {
  int version = 3;
  bool reduced = false;  ///< a quarter of the width of every layer
  std::uint64_t seed = 1;
  int threads = 1;
  backend_kind backend = backend_kind::cpu;
};

/// All three answers for some items: logits, probabilities, logits.
struct answers {
  auris::idx items = 0, event_rows = 0;
  std::vector<float> scenes;  ///< (item, scene)
  std::vector<float> events;  ///< (item, row of 100 ms, event)
  std::vector<float> tags;    ///< (item, tag)
};

/// Batches of one step, one after the other.
class stepper {
 public:
  virtual ~stepper() = default;
  /// Adds the gradients of a batch; its loss.
  virtual auris::result<double> add(task, const task_batch&) = 0;
  /// A pass that moves running statistics, and nothing else.
  virtual auris::result<void> look_at(const task_batch&) = 0;
  virtual auris::result<void> step(double rate) = 0;
  /// Brings the weights to where `predict` and `save` find them.
  virtual void finish() = 0;
};

class system {
 public:
  virtual ~system() = default;
  virtual network_sizes sizes() const = 0;
  virtual auris::idx parameters() const = 0;
  virtual auris::idx embedding_size() const = 0;
  /// Weights start as published.
  virtual void initialise(std::uint64_t seed) = 0;
  virtual std::unique_ptr<stepper> training(std::uint64_t seed) = 0;
  virtual auris::result<answers> predict(auris::view<const float> features) = 0;
  virtual auris::result<std::vector<float>> embed(auris::view<const float> features) = 0;
  virtual auris::result<void> save(const std::filesystem::path&, const auris::model_description&) const = 0;
  virtual auris::result<void> load(const auris::tensor_file& weights) = 0;
};

std::unique_ptr<system> make_v1(const system_options&);
std::unique_ptr<system> make_v2(const system_options&);
std::unique_ptr<system> make_v3(const system_options&);

/// A new system with the published start.
auris::result<std::unique_ptr<system>> make_system(const system_options&);

/// A trained system and what its model file says of it.
struct trained_system {
  auris::model_description description;
  std::vector<std::string> tags;
  system_options options;
  std::unique_ptr<system> network;
};

/// Version and size are those of the file. A file without a description, such as a published state dict, is a full version 3.
///
/// Errors  a file that cannot be read, weights or names that do not fit the network.
auris::result<trained_system> read_system(const std::filesystem::path& file, const system_options&);
/// Takes over what a file has of the network: the trunk, and heads of the same number of classes.
auris::result<void> start_from(system&, const std::filesystem::path& file);

/// "dcasenet_v3"
std::string network_name(int version);
auris::model_description describe(const system_options&, const data_sets&, task_set, const std::string& what);

}  // namespace dcasenet
