#pragma once
#include <algorithm>
#include <auris/core/result.hpp>
#include <auris/core/shape.hpp>

namespace auris {

/// When a detection counts, after Bilen et al.: shares of a length that must be covered.
///
///     const intersection_criteria psds_2{.detection = 0.1, .ground_truth = 0.1, .cross_trigger = 0.3};
struct intersection_criteria {
  double detection = 0.5;      ///< rho_DTC: of a detection, by reference events of its class; else it is a false alarm
  double ground_truth = 0.5;   ///< rho_GTC: of a reference event, by relevant detections; else it is missed
  double cross_trigger = 0.3;  ///< rho_CTTC: of a false alarm, by reference events of another class

  bool operator==(const intersection_criteria&) const = default;
};

namespace detail {

inline result<void> check_criteria(const intersection_criteria& criteria) {
  for (double share : {criteria.detection, criteria.ground_truth, criteria.cross_trigger})
    if (!(share >= 0) || !(share <= 1))
      return error{"bad intersection criterion", "intersection-based metric", "a share from 0 to 1",
                   message::of(share)};
  return {};
}

/// The seconds that two intervals share.
inline double intersection(double onset_a, double offset_a, double onset_b, double offset_b) {
  return std::max(std::min(offset_a, offset_b) - std::max(onset_a, onset_b), 0.0);
}

/// Seconds (0 to 1e9) as whole microseconds.
inline double microseconds(double seconds) {
  constexpr double whole = 0x1p52;  // doubles from here on are whole numbers: adding rounds, half to even
  return seconds * 1e6 + whole - whole;
}

/// Whether so many seconds cover the share of a length, in whole microseconds as sed_scores_eval compares: so that 0.7
/// of a second is covered by 0.7 s, whatever the last bits.
inline bool covers(double seconds, double share, double length) {
  return microseconds(seconds) >= microseconds(share * length);
}

}  // namespace detail
}  // namespace auris
