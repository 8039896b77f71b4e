// A network of this example with its training, behind one interface: each network is compiled in a file of its own.
#pragma once
#include <auris/data/frame_matrix.hpp>
#include <auris/data/sequence_set.hpp>
#include <auris/io/model_file.hpp>
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

enum class task_set { sed, sed_asc, sed_aec, all };
enum class sed_loss { mse, wsl };

/// What `train` needs besides the sequences.
struct training_request {
  task_set tasks = task_set::all;
  sed_loss loss = sed_loss::wsl;
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

std::unique_ptr<system> make_crnn_4b(std::uint64_t seed, backend_kind);
std::unique_ptr<system> make_soft_label_mtl_4(std::uint64_t seed, backend_kind);
std::unique_ptr<system> make_soft_label_mtl_4_small(std::uint64_t seed, backend_kind);

struct registered_system {
  const char* name;
  std::unique_ptr<system> (*make)(std::uint64_t seed, backend_kind);
};
/// The networks that this example trains.
inline constexpr registered_system systems[] = {{"crnn_4b", make_crnn_4b},
                                                {"soft_label_mtl_4", make_soft_label_mtl_4},
                                                {"soft_label_mtl_4_small", make_soft_label_mtl_4_small}};
static_assert(
    [] {
      for (const registered_system& s : systems)
        if (!auris::networks::find_network(s.name)) return false;
      return true;
    }(),
    "a network has one name, in this example and in the registry");

inline auris::result<std::unique_ptr<system>> make_system(std::string_view name, std::uint64_t seed,
                                                          backend_kind backend) {
  auris::message names;
  for (const registered_system& s : systems) {
    if (name == s.name) return s.make(seed, backend);
    names = auris::message::of(names, names.empty() ? "" : ", ", s.name);
  }
  return auris::error{"unknown network", {}, names, std::string(name).c_str()};
}

/// A trained system and what its model file says of it.
struct trained_system {
  auris::model_description description;
  std::unique_ptr<system> network;
};

/// Errors      a file that cannot be read, an unknown network, weights or names of classes that do not fit it.
inline auris::result<trained_system> read_system(const std::filesystem::path& file, backend_kind backend) {
  auto model = auris::read_model(file);
  if (!model) return model.error();
  auris::model_description& d = model->description;
  auto made = make_system(d.network, 0, backend);
  if (!made) return made.error();
  if (auto ok = (*made)->load(model->weights); !ok) return ok.error();
  if (static_cast<auris::idx>(d.classes.size()) != (*made)->events())
    return auris::error{"the model file does not name its classes", file.c_str()};
  return trained_system{std::move(d), std::move(*made)};
}

}  // namespace soft_label
