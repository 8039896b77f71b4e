// A network of this example with its training, behind one interface: each network is compiled in a file of its own.
#pragma once
#include <auris/io/model_file.hpp>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "clips.hpp"
#include "networks/backend.hpp"

namespace weak_labels {
using auris::networks::backend_kind;

struct system_options {
  std::uint64_t seed = 1;
  bool reduced = false;  ///< a quarter of the channels, on features of `reduced_resolution`
  int threads = 1;
  backend_kind backend = backend_kind::cpu;
};

inline constexpr const char* reduced_banner =
    "REDUCED: a quarter of the channels, on means of log-mel over 8 frames and 2 bands. Figures are not those of the "
    "published "
    "systems.";

/// The published training. `alpha` weighs the reconstruction of 2APAE.
struct training_request {
  double rate = 1e-3, alpha = 0.001;
  auris::idx batch = 24;
  int epochs = 50;
  int patience = 3;                ///< the rate falls to a tenth after more epochs than this without a better score
  std::filesystem::path log = {};  ///< a line for each epoch, comma-separated; empty: none
  bool progress = true;            ///< on standard error
};

struct training_report {
  int epochs = 0, best_epoch = 0;
  double best_score = 0;  ///< micro average precision of the validation clips
  double seconds = 0;
};

/// Outputs behind the classes of a data set are trained to be silent, and left out of what `predict` returns.
class system {
 public:
  virtual ~system() = default;
  virtual auris::idx parameters() const = 0;
  virtual auris::idx outputs() const = 0;
  /// Keeps the weights of the epoch with the best score.
  virtual auris::result<training_report> train(const clip_batch& training, const clip_batch& validation,
                                               const training_request&) = 0;
  /// Probabilities (clip, class).
  virtual auris::result<std::vector<float>> predict(const clip_batch&) = 0;
  /// All named outputs for one clip of a batch, such as "mel_attw", of all classes that the network has.
  virtual auris::result<std::vector<auris::named_tensor>> outputs_of(const clip_batch&, auris::idx clip) = 0;
  virtual auris::result<void> save(const std::filesystem::path&, const auris::model_description&) const = 0;
  virtual auris::result<void> load(const auris::tensor_file& weights) = 0;
};

std::unique_ptr<system> make_2apae(const system_options&);
std::unique_ptr<system> make_weak_gmp(const system_options&);
std::unique_ptr<system> make_weak_gap(const system_options&);
std::unique_ptr<system> make_weak_gwrp(const system_options&);
std::unique_ptr<system> make_weak_atrous(const system_options&);

struct registered_system {
  const char* name;
  std::unique_ptr<system> (*make)(const system_options&);
};
/// The networks that this example trains.
inline constexpr registered_system systems[] = {{"2apae", make_2apae},
                                                {"weak_gmp", make_weak_gmp},
                                                {"weak_gap", make_weak_gap},
                                                {"weak_gwrp", make_weak_gwrp},
                                                {"weak_atrous", make_weak_atrous}};

inline auris::result<std::unique_ptr<system>> make_system(std::string_view name, const system_options& o) {
  auris::message names;
  for (const registered_system& s : systems) {
    if (name == s.name) return s.make(o);
    names = auris::message::of(names, names.empty() ? "" : ", ", s.name);
  }
  return auris::error{"unknown network", {}, names, std::string(name.substr(0, 60)).c_str()};
}

}  // namespace weak_labels
