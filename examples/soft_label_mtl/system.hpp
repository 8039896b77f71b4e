// A network of this example with its training, behind one interface: each network is compiled in a file of its own.
#pragma once
#include <auris/data/frame_matrix.hpp>
#include <auris/data/sequence_set.hpp>
#include <auris/io/model_file.hpp>
#include <auris/loss/loss_function.hpp>
#include <auris/train/augmented_source.hpp>
#include <auris/train/fit.hpp>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "networks/backend.hpp"
#include "networks/registry.hpp"

namespace soft_label {
using auris::networks::backend_kind;

enum class sed_loss { mse, wsl };
/// "weighted soft label (paper)"
inline std::string loss_name(sed_loss l, auris::reduction r) {
  return std::string(l == sed_loss::wsl ? "weighted soft label (" : "mean squared error (") + auris::name_of(r) + ")";
}

/// What the losses of events, scene and environment weigh: alpha, beta and gamma. A task of weight 0 is not learnt.
struct task_weights {
  double sed = 0.85, asc = 0.10, aec = 0.05;
  bool operator==(const task_weights&) const = default;
};

/// What `train` needs besides the sequences.
struct training_request {
  task_weights weights;  ///< of networks with tasks
  sed_loss loss = sed_loss::wsl;
  auris::reduction reduction = auris::reduction::paper;
  std::uint64_t seed = 1;
  int threads = 1;
  double rate = 1e-3;
  auris::augmentation augmentation;  ///< of training sequences; its seed is the one above
  auris::fit_options fit;
};

/// Frame by frame: event scores; scene and environment probabilities, of width 0 where the network has no such head.
struct prediction {
  auris::frame_matrix sed, asc, aec;
};

/// A layer, for `info`.
struct layer_line {
  std::string name, kind, input, output;
  auris::idx parameters, multiply_adds;
};
struct memory_line {
  std::string what;
  auris::idx bytes;
};

class system {
 public:
  virtual ~system() = default;
  virtual auris::idx events() const = 0;
  virtual bool has_tasks() const = 0;  ///< scene and environment heads beside the events
  virtual auris::idx parameters() const = 0;
  virtual auris::idx features_per_frame() const = 0;  ///< frames of features for each frame of labels
  virtual auris::idx window() const = 0;  ///< frames of labels that it takes at once in training; 0: any number
  virtual auris::result<auris::fit_report> train(const auris::sequence_set& training,
                                                 const auris::sequence_set& validation, const training_request&) = 0;
  virtual auris::result<prediction> predict(const auris::frame_matrix& features) = 0;
  virtual auris::result<void> save(const std::filesystem::path&, const auris::model_description&) const = 0;
  virtual auris::result<void> load(const auris::tensor_file& weights) = 0;
  /// Takes over the tensors that the network has, too.
  virtual auris::result<void> start_from(const auris::tensor_file& weights) = 0;
  virtual std::vector<layer_line> layers(auris::idx frames) const = 0;
  virtual std::vector<memory_line> memory(auris::idx frames) const = 0;
};

/// How a network is made.
struct system_options {
  auris::networks::time_mode time = auris::networks::time_mode::whole;
  bool reduced = false;      ///< an eighth of the channels, for small data and quick tries
  auris::idx features = 64;  ///< of a frame, as the front-end makes them
  int linear_layers = 1;     ///< of each head; 2: one of width 32 in front of the last one, as the baseline has
  std::uint64_t seed = 0;
  backend_kind backend = backend_kind::cpu;
};

// Null: there is no such network. One file compiles the networks of one time mode and size.
std::unique_ptr<system> make_crnn_4b(const system_options&);
std::unique_ptr<system> make_whole(int blocks, const system_options&);
std::unique_ptr<system> make_held(int blocks, const system_options&);
std::unique_ptr<system> make_stretched(int blocks, const system_options&);
std::unique_ptr<system> make_whole_reduced(int blocks, const system_options&);
std::unique_ptr<system> make_held_reduced(int blocks, const system_options&);
std::unique_ptr<system> make_stretched_reduced(int blocks, const system_options&);
std::unique_ptr<system> make_4_two_linear(const system_options&);      ///< mode A
std::unique_ptr<system> make_4_of_40_features(const system_options&);  ///< mode A
std::unique_ptr<system> make_soft_label_mtl_4_small(const system_options&);
std::unique_ptr<system> make_4_small_two_linear(const system_options&);

/// In any time mode and size; with heads of two linear layers, or 40 features, four blocks alone, which keeps the program quick
/// to compile.
template <int Blocks>
std::unique_ptr<system> make_soft_label_mtl(const system_options& o) {
  using auris::networks::time_mode;
  if (o.features != 64) return Blocks == 4 ? make_4_of_40_features(o) : nullptr;
  if (o.linear_layers == 2) return Blocks == 4 ? make_4_two_linear(o) : nullptr;
  if (o.time == time_mode::held) return o.reduced ? make_held_reduced(Blocks, o) : make_held(Blocks, o);
  if (o.time == time_mode::stretched) return o.reduced ? make_stretched_reduced(Blocks, o) : make_stretched(Blocks, o);
  return o.reduced ? make_whole_reduced(Blocks, o) : make_whole(Blocks, o);
}

struct registered_system {
  const char* name;
  std::unique_ptr<system> (*make)(const system_options&);
  const char* there_is;  ///< what options it can be made with, for people
};
namespace detail {
inline constexpr const char* of_any_depth =
    "64 features, and no --two-linear, which soft_label_mtl_4 and _4_small have";
}
/// The networks that this example trains.
inline constexpr registered_system systems[] = {
    {"crnn_4b", make_crnn_4b, "time mode A, 64 features, and no --two-linear: it has two linear layers"},
    {"soft_label_mtl_3", make_soft_label_mtl<3>, detail::of_any_depth},
    {"soft_label_mtl_4", make_soft_label_mtl<4>,
     "--two-linear or 40 features only in time mode A, and only one of them"},
    {"soft_label_mtl_5", make_soft_label_mtl<5>, detail::of_any_depth},
    {"soft_label_mtl_6", make_soft_label_mtl<6>, detail::of_any_depth},
    {"soft_label_mtl_4_small", make_soft_label_mtl_4_small, "time mode A, 64 features, not --reduced"}};
static_assert(
    [] {
      for (const registered_system& s : systems)
        if (!auris::networks::find_network(s.name)) return false;
      return true;
    }(),
    "a network has one name, in this example and in the registry");

/// Errors      an unknown network; a time mode, a size or heads that it does not have.
auris::result<std::unique_ptr<system>> make_system(std::string_view name, const system_options&);

/// A trained system and what its model file says of it.
struct trained_system {
  auris::model_description description;
  std::unique_ptr<system> network;
};

/// Errors      a file that cannot be read, an unknown network, weights or names of classes that do not fit it.
auris::result<trained_system> read_system(const std::filesystem::path&, backend_kind);

}  // namespace soft_label
