#pragma once
#include <auris/core/label.hpp>
#include <charconv>
#include <span>
#include <string>
#include <vector>

namespace auris {

/// What one epoch of a training came to. Losses are means over the batches of the epoch; terms stand without their
/// weights, in the order of the objective.
struct epoch_record {
  int epoch = 0;  ///< from 1
  double loss = 0, validation_loss = 0;
  std::vector<double> terms, validation_terms;
  double rate = 0;     ///< the learning rate of this epoch
  double seconds = 0;  ///< it took, validation included
  bool best = false;   ///< the lowest validation loss so far
};

/// The epochs as comma-separated text: a line of names, then one line for each. Numbers are the shortest that give the
/// same value when read.
///
///     const std::vector<label> terms{"sed"};
///     const epoch_record first{1, 0.5, 0.25, {0.5}, {0.25}, 0.001, 2, true};
///     std::string csv = history_csv(terms, {&first, 1});
///     // epoch,loss,sed,validation_loss,validation_sed,rate,seconds,best
///     // 1,0.5,0.5,0.25,0.25,0.001,2,1
inline std::string history_csv(std::span<const label> terms, std::span<const epoch_record> epochs) {
  std::string s = "epoch,loss";
  for (const label& l : terms) s += std::string(",") + l.text;
  s += ",validation_loss";
  for (const label& l : terms) s += std::string(",validation_") + l.text;
  s += ",rate,seconds,best\n";
  const auto add = [&](double v) {
    char digits[32];
    s += ',';
    s.append(digits, std::to_chars(digits, digits + sizeof digits, v).ptr);
  };
  for (const epoch_record& e : epochs) {
    s += std::to_string(e.epoch);
    add(e.loss);
    for (double v : e.terms) add(v);
    add(e.validation_loss);
    for (double v : e.validation_terms) add(v);
    add(e.rate), add(e.seconds), add(e.best);
    s += '\n';
  }
  return s;
}

}  // namespace auris
