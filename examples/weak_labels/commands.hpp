// What the program can do. Each command prints its result and returns an error where there is none.
#pragma once
#include <auris/core/result.hpp>
#include <filesystem>
#include <vector>

#include "system.hpp"

namespace weak_labels {

struct generate_command {
  std::filesystem::path data = {};
  auris::idx clips = 96;                    ///< of all four folds
  double snr = 0;                           ///< dB
  auris::idx classes = 8, recordings = 24;  ///< synthetic: recordings of each class
  std::uint32_t seed = 1234;
  std::filesystem::path events = {};    ///< folder of recordings for each class; empty: synthetic
  std::filesystem::path scenes = {};    ///< recordings of scenes; empty: synthetic
  std::filesystem::path mixtures = {};  ///< a list that says which recordings go where; empty: the published procedure
  bool white_noise = false;             ///< instead of scenes
};
auris::result<void> generate(const generate_command&);

struct train_command {
  std::filesystem::path data, weights, features;  ///< features: folder that keeps them; empty: none
  int fold = 1;                                   ///< held out
  std::string network = "2apae";
  system_options system;
  training_request request;
};
auris::result<void> train(const train_command&);

struct evaluate_command {
  std::filesystem::path data, results, features;
  std::vector<std::filesystem::path> weights;
  system_options system;  ///< seed and size are those of the model files
};
auris::result<void> evaluate(const evaluate_command&);

/// Both tables of the paper: each training once, on clips of three SNRs and four folds.
struct table_command {
  std::filesystem::path output;  ///< folder of clips, finished trainings and tables; one that is there is gone on with
  generate_command data{.clips = 192, .classes = 8};
  system_options system{.reduced = true};  ///< threads: so many trainings at once
  training_request request{.rate = 0.002, .batch = 1, .epochs = 6, .patience = 1000};
};
auris::result<void> table(const table_command&);

struct explain_command {
  std::filesystem::path file, weights;
  std::filesystem::path picture, page;  ///< empty: none
  std::filesystem::path
      labels;             ///< annotation with the events of the file; empty: strong.tsv of its set, if there is one
  system_options system;  ///< seed and size are those of the model file
};
auris::result<void> explain(const explain_command&);

struct denoise_command {
  std::filesystem::path file, weights;
  std::filesystem::path output;  ///< safetensors; empty: none
  system_options system;
};
auris::result<void> denoise(const denoise_command&);

}  // namespace weak_labels
