// What the program can do. Each command prints its result and returns an error where there is none.
#pragma once
#include <auris/core/result.hpp>
#include <filesystem>
#include <string>
#include <vector>

#include "system.hpp"

namespace soft_label {

struct generate_options {
  std::filesystem::path data;
  auris::idx clips = 40, seconds = 60;
  std::uint64_t seed = 1;
  std::filesystem::path events, scenes;  ///< folders of recordings, one for each class and each scene; empty: synthetic
};
auris::result<void> generate(const generate_options&);

struct train_command {
  std::filesystem::path data, weights;
  std::filesystem::path features;  ///< folder that keeps them; empty: none
  std::filesystem::path init;      ///< weights to start from; empty: random ones
  bool blocks_alone = false;       ///< of them, those of PANNs' blocks
  int fold = 1;
  std::string network = "crnn_4b";
  std::string front_end;  ///< empty: maestro_log_mel, or panns_log_mel in time mode C
  auris::networks::time_mode time = auris::networks::time_mode::whole;
  bool reduced = false;
  int linear_layers = 1;    ///< of each head, as in `system_options`
  auris::idx frames = 200;  ///< of a sequence
  training_request request;
  backend_kind backend = backend_kind::cpu;
};
auris::result<void> train(const train_command&);

struct evaluate_command {
  std::filesystem::path data, results, features;
  std::vector<std::filesystem::path> weights;
  int fold = 1, time_decimals = -1;
  bool baseline = false;
  backend_kind backend = backend_kind::cpu;
};
auris::result<void> evaluate(const evaluate_command&);

struct detect_command {
  std::vector<std::filesystem::path> files;
  std::filesystem::path weights, output;
  std::string format = "table";
  float threshold = -1;  ///< of all classes; below 0: those of the model file
  backend_kind backend = backend_kind::cpu;
};
auris::result<void> detect(const detect_command&);

struct report_command {
  evaluate_command of;  ///< what is reported of; its `results` and `baseline` do not matter
  std::filesystem::path output;
  std::vector<std::filesystem::path> logs;  ///< of trainings
  std::vector<std::string> clips;           ///< names of test clips; empty: the first one
  double seconds = 60;                      ///< of each clip, from its start
};
auris::result<void> report(const report_command&);

/// A picture of one clip.
struct draw_command {
  std::filesystem::path data, weights, picture;
  std::string clip;  ///< a name of the set; empty: the first test clip of the fold
  int fold = 1;
  backend_kind backend = backend_kind::cpu;
};
auris::result<void> draw(const draw_command&);

/// The results of the paper's tables 3 to 5, or of other weights of the tasks, trained and tested by ourselves.
struct table_command {
  std::filesystem::path data;    ///< empty: generated, and everything is reduced
  std::filesystem::path output;  ///< folder for what is trained and for the table
  std::filesystem::path init;    ///< weights to start PANNs' blocks from, no others of the file; empty: random ones
  std::vector<int> folds;        ///< empty: all, or the first one where everything is reduced
  std::vector<std::uint64_t> seeds{1};
  int jobs = 1;    ///< trainings at once, of one thread each
  int epochs = 0;  ///< 0: 150, or 3 where everything is reduced
  auris::idx batch = 0;
  auris::networks::time_mode time = auris::networks::time_mode::whole;  ///< of PANNs' blocks
  auris::reduction reduction = auris::reduction::paper;                 ///< of the weighted soft label loss
  bool reduced = false, sweep = false;
  backend_kind backend = backend_kind::cpu;
};
auris::result<void> table(const table_command&);

auris::result<void> info(const std::string& network, const system_options&, auris::idx frames);

}  // namespace soft_label
