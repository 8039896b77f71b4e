// A network with the weights of a model file.
#pragma once
#include "system.hpp"

namespace weak_labels {

struct trained_system {
  std::unique_ptr<system> network;
  auris::model_description description;
  bool reduced;
  int fold;  ///< held out in its training; 0: the file does not say

  const resolution& features() const { return resolution_of(reduced); }
};

/// Seed and size of the options are those of the file.
auris::result<trained_system> read_trained(const std::filesystem::path&, const system_options&);

/// One sound file as a batch, standardised: of the length that the clips of the model have.
auris::result<clip_batch> clip_of_file(const std::filesystem::path&, const trained_system&);

}  // namespace weak_labels
