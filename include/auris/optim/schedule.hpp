#pragma once
#include <auris/core/shape.hpp>
#include <cmath>
#include <limits>
#include <numbers>

namespace auris {

/// The constants of a plateau schedule; the defaults are those of the paper.
struct plateau_options {
  int rate_patience = 45;  ///< the rate falls when more epochs than this have passed
  int stop_patience = 90;  ///< training stops when more epochs than this have passed since the best one
  double divisor = 10;     ///< of the rate
  int epochs = 150;        ///< at most
};

/// Learning rate and end of a training by the validation loss.
///
/// After every epoch: an improvement (a loss below the best so far) sets both counters to 0; then both grow by one.
/// When `since_change` exceeds `rate_patience` the rate is divided and that counter starts again; training stops when
/// `since_best` exceeds `stop_patience`, or after `epochs`. A plain value: copy it to keep it, or write its members down.
///
/// Source      DCASE 2023 task 4B baseline; Khandelwal & Das 2023: 150 epochs
///
///     plateau_schedule s{.rate = 1e-3};
///     plateau_schedule::verdict v = s.epoch(0.5);                      // improved, rate 1e-3, goes on
struct plateau_schedule {
  plateau_options options = {};
  double rate = 1e-3;
  double best = std::numeric_limits<double>::infinity();  ///< the lowest loss so far
  int since_best = 0, since_change = 0, epochs = 0;       ///< counters; epochs done

  struct verdict {
    bool improved;  ///< this epoch is the best so far
    double rate;    ///< of the next epoch
    bool stop;
  };
  constexpr verdict epoch(double validation_loss) {
    const bool improved = validation_loss < best;
    if (improved) {
      best = validation_loss;
      since_best = since_change = 0;
    }
    ++since_best, ++since_change, ++epochs;
    if (since_change > options.rate_patience) {
      rate /= options.divisor;
      since_change = 0;
    }
    return {improved, rate, stopped()};
  }
  constexpr bool stopped() const { return since_best > options.stop_patience || epochs >= options.epochs; }
};

/// Cosine annealing with warm restarts: the learning rate of each step.
///
///     rate(t) = least + (rate - least) (1 + cos(pi (t mod period) / period)) / 2
///
/// Source      Loshchilov & Hutter 2017; PyTorch's CosineAnnealingWarmRestarts with T_mult 1. The defaults are those of the
///             code of Jung et al. 2021 (DcaseNet): 80 epochs of 500 steps.
///
///     const cosine_restarts s;
///     const double half = s.at(20'000);                                // 0.0005005; s.at(40'000) is 0.001 again
struct cosine_restarts {
  double rate = 1e-3, least = 1e-6;
  idx period = 40'000;  ///< steps, 1 or more
  double at(idx step) const {
    const double turn = static_cast<double>(step % period) / static_cast<double>(period);
    return least + (rate - least) * (1 + std::cos(std::numbers::pi * turn)) / 2;
  }
};

}  // namespace auris
