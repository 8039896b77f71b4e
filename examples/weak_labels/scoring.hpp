// Scores of a system on some clips, and the learning rate that follows them.
#pragma once
#include <auris/metric/ranking.hpp>
#include <limits>

#include "clips.hpp"

namespace weak_labels {

/// The paper's figures. `micro_precision` and `macro_precision` are average precisions.
struct scores {
  double micro_precision, macro_precision, roc_auc;
};

/// Errors  scores that are not finite; no label at all, which leaves the figures undefined.
inline auris::result<scores> score(const clip_batch& clips, const std::vector<float>& predicted) {
  auris::ranking metric(clips.classes);
  if (auto ok = metric.add(predicted, clips.labels); !ok) return ok.error();
  const auris::ranking_result r = metric.result();
  if (r.micro.positives == 0) return auris::error{"nothing is heard in the clips", {}, "labels"};
  return scores{r.micro.average_precision, r.macro.average_precision, r.macro.roc_auc};
}

/// PyTorch's ReduceLROnPlateau(mode = max, factor = 0.1, threshold = 1e-4).
struct score_plateau {
  double rate;
  int patience;
  double best = -std::numeric_limits<double>::infinity();
  int worse = 0;  ///< epochs that did not get better since the best one or the last change
  void epoch(double score) {
    if (score > best * (1 + 1e-4))
      best = score, worse = 0;
    else if (++worse > patience)
      rate *= 0.1, worse = 0;
  }
};

}  // namespace weak_labels
