// What the program can do. Each command prints its result and returns an error where there is none.
#pragma once
#include "system.hpp"
#include "training.hpp"

namespace dcasenet {

struct generate_command {
  std::filesystem::path data;
  auris::idx scene_clips = 8;  ///< of each of the ten scenes; a quarter, at least one, is for evaluation
  auris::idx tag_clips = 100;
  auris::idx event_clips = 10;  ///< a fifth of them, at least one, in fold 1
  auris::idx event_seconds = 30;
  std::uint64_t seed = 1;
};
auris::result<void> generate(const generate_command&);

/// Of sounds of scenes that are kept in memory, and of sounds with tags.
inline constexpr double default_sound_gigabytes = 4;

struct train_command {
  std::filesystem::path data;
  std::filesystem::path weights;  ///< folder for best_asc.safetensors, best_sed.safetensors, best_tag.safetensors
  std::filesystem::path init;     ///< file to start from; empty: the published start
  double sound_gigabytes = default_sound_gigabytes;
  system_options system;
  training_run run;
};
auris::result<void> train(const train_command&);

struct fine_tune_command {
  std::filesystem::path from;  ///< folder of a joint training, or a file
  task which = task::asc;
  train_command training;  ///< version and size are those of the file
};
auris::result<void> fine_tune(fine_tune_command);

struct evaluate_command {
  std::filesystem::path data, results, report;  ///< json and HTML files to write; empty: none
  std::vector<std::filesystem::path> weights;
  auris::tag_match match = auris::tag_match::name;
  double sound_gigabytes = default_sound_gigabytes;
  system_options system;
};
auris::result<void> evaluate(const evaluate_command&);

struct predict_command {
  std::vector<std::filesystem::path> files;
  std::filesystem::path weights;
  auris::idx tags = 5;  ///< printed of each file
  float threshold = event_threshold;
  system_options system;
};
auris::result<void> predict(const predict_command&);

struct table_command {
  std::filesystem::path data;
  std::vector<int> versions{3};
  std::vector<task_set> joint;  ///< trainings on several tasks
  std::vector<std::uint64_t> seeds{1};
  double sound_gigabytes = default_sound_gigabytes;
  system_options system;
  training_settings settings = quick_settings;
  bool published_only = false;
};
auris::result<void> table(const table_command&);

struct transfer_command {
  std::filesystem::path data, weights, embeddings;  ///< a folder for each class; embeddings: csv to write; empty: none
  system_options system;
};
auris::result<void> transfer(const transfer_command&);

struct info_command {  ///< of version 3 in full size
  auris::idx frames = crop_frames;
};
auris::result<void> info(const info_command&);

}  // namespace dcasenet
