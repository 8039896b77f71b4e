// The settings of a training.
#pragma once
#include <array>
#include <auris/data/tag_lists.hpp>
#include <auris/metric/block_based.hpp>
#include <auris/optim/schedule.hpp>

#include "tasks.hpp"

namespace dcasenet {

struct training_settings {
  std::array<auris::idx, task_count> batch;  ///< by task: asc, sed, tag
  auris::idx iterations, epochs;             ///< iterations of an epoch
  auris::idx restart;                        ///< epochs until the rate begins again; 0: it stays
  auris::idx event_frames;                   ///< of a training crop
  bool tags_twice;  ///< a pass of the tags' batch, before mixup, that moves running statistics alone
  auris::tag_match match;
  auris::block_based_options blocks;  ///< of the figures that choose the best epoch
  double rate = 1e-3, least_rate = 1e-6;
  double mixup = 0.1;         ///< a of Beta(a, a); 0: none
  auris::idx mixup_from = 6;  ///< index of the first epoch with it
};

/// As the code of Jung et al. 2021 (train.sh) has them, as their paper, and for a quick try on small data.
inline constexpr training_settings code_settings{.batch = {32, 24, 32},
                                                 .iterations = 500,
                                                 .epochs = 160,
                                                 .restart = 80,
                                                 .event_frames = 1500,
                                                 .tags_twice = true,
                                                 .match = auris::tag_match::substring,
                                                 .blocks = {.block = 50, .drop_last_row = true}};
inline constexpr training_settings paper_settings{.batch = {32, 32, 24},
                                                  .iterations = 500,
                                                  .epochs = 160,
                                                  .restart = 0,
                                                  .event_frames = 1500,
                                                  .tags_twice = false,
                                                  .match = auris::tag_match::name,
                                                  .blocks = {.block = 10, .drop_last_row = false}};
inline constexpr training_settings quick_settings{.batch = {8, 4, 8},
                                                  .iterations = 20,
                                                  .epochs = 8,
                                                  .restart = 8,
                                                  .event_frames = 500,
                                                  .tags_twice = false,
                                                  .match = auris::tag_match::name,
                                                  .blocks = {.block = 10, .drop_last_row = false}};

}  // namespace dcasenet
