#pragma once
#include <algorithm>
#include <auris/core/random.hpp>
#include <auris/data/soft_labels.hpp>
#include <cmath>
#include <vector>

namespace auris {

/// What there is to hear of a class in one segment.
struct audible {
  double coverage = 0;  ///< share of the segment that its events cover, 0 to 1
  double snr = 0;       ///< dB: its power while it sounds, over the power of what masks it in the segment
};

/// The chance that an annotator hears it: min(1, 2.5 coverage) / (1 + exp(-(snr + 2)/2)). So half of them hear what
/// covers a fifth of a second clearly, or a whole second 2 dB below the rest.
///
///     const double whole = chance_to_hear({1, 10});                    // 0.9975
inline double chance_to_hear(const audible& a) {
  return std::min(1.0, 2.5 * a.coverage) / (1 + std::exp(-(a.snr + 2) / 2));
}

/// Graded soft labels as a crowd of simulated annotators gives them: the value of a segment is the share of the
/// annotators, weighted by competence (0.6 to 1), that hear the class there. They are never quite sure that a class of
/// the scene is absent: every value is at least a doubt between 0.01 and 0.2, drawn for each segment. (With zeros
/// there the weighted soft label loss would not learn to be silent.) Values have three decimals.
///
/// Shape   audible[c][s] for the classes of the scene and the segments of 1 s -> one label for each, class by class.
/// Source  Martin-Morato & Mesaros 2023 for the procedure that is imitated; Khandelwal & Das 2023 for the loss.
///
///     const std::vector<std::vector<audible>> heard{{{1, 10}, {0, 0}}};          // one class: a loud second, silence
///     const auto labels = annotate(heard, {4}, 10, {.seed = 1});                 // 2 labels: about 1, and 0.01 to 0.2
inline std::vector<soft_label> annotate(const std::vector<std::vector<audible>>& heard, const std::vector<idx>& classes,
                                        idx annotators, random_key key) {
  random_sequence random(key);
  std::vector<double> competence(static_cast<std::size_t>(std::max<idx>(annotators, 1)));
  double all = 0;
  for (double& c : competence) all += c = random.uniform(0.6, 1);
  std::vector<soft_label> labels;
  for (std::size_t c = 0; c < heard.size(); ++c)
    for (std::size_t s = 0; s < heard[c].size(); ++s) {
      const double chance = heard[c][s].coverage > 0 ? chance_to_hear(heard[c][s]) : 0;
      double sure = 0;
      for (double weight : competence)
        if (random.uniform() < chance) sure += weight;
      const double doubt = random.uniform(0.01, 0.2), value = std::max(doubt, sure / all);
      const auto onset = static_cast<double>(s);
      labels.push_back({onset, onset + 1, classes[c], std::round(value * 1000) / 1000});
    }
  return labels;
}

}  // namespace auris
