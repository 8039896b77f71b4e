#pragma once
#include <algorithm>
#include <auris/core/shape.hpp>
#include <auris/metric/psd_runs.hpp>
#include <auris/metric/psd_silent_files.hpp>
#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <span>
#include <utility>
#include <vector>

namespace auris {

/// From this effective false positive rate (per hour) on a system has this effective true positive rate.
struct psd_roc_point {
  double efpr, etpr;
};

namespace detail {

/// Counts of one class as rates per hour.
struct psd_rates {
  std::size_t own;  ///< the class
  double seconds, alpha_ct, max_efpr;
  std::vector<double> event_seconds;  ///< of all classes

  double of_false_alarms(idx count) const { return static_cast<double>(count) / seconds * 3600; }
  double effective(idx false_alarms, std::span<const idx> cross_triggers) const {
    if (alpha_ct == 0 || event_seconds.size() < 2) return of_false_alarms(false_alarms);
    double sum = 0;
    for (std::size_t d = 0; d < event_seconds.size(); ++d)
      if (d != own) sum += static_cast<double>(cross_triggers[d]) / std::max(event_seconds[d], 1e-12);
    const double mean = sum / static_cast<double>(event_seconds.size() - 1);
    return (static_cast<double>(false_alarms) / seconds + alpha_ct * mean) * 3600;
  }
};

/// The score from which on silent files alone have too many false alarms, each at least one; minus infinity where they never
/// have.
template <class Score>
Score psd_score_of_too_many(const psd_silent_files<Score>& silent, const psd_rates& rates) {
  std::vector<Score> highest = silent.highest(rates.own);
  const idx files = static_cast<idx>(highest.size());
  idx most = static_cast<idx>(std::min(rates.max_efpr * rates.seconds / 3600, static_cast<double>(files)));
  while (most < files && rates.of_false_alarms(most + 1) <= rates.max_efpr) ++most;
  if (most >= files) return -std::numeric_limits<Score>::infinity();
  const auto last = highest.begin() + static_cast<std::ptrdiff_t>(most);
  std::nth_element(highest.begin(), last, highest.end(), std::greater<>());
  return *last;
}

/// For each n of 1 .. events the least effective false positive rate at which n events are found; infinity where it is
/// beyond `max_efpr`. Scores that are too low for that are left out. The others are parted into ranges first: only those are
/// sorted in which the rate may be low enough.
template <class Score>
std::vector<double> psd_roc_steps(const psd_changes<Score>& changes, const psd_silent_files<Score>& silent, idx events,
                                  const psd_rates& rates) {
  using change = psd_change<Score>;
  constexpr std::int32_t false_alarm = psd_found - 1;
  const Score too_low = psd_score_of_too_many(silent, rates);
  std::vector<change> of_silent;
  silent.for_each_change(rates.own, too_low, [&](Score score, int more) {
    of_silent.push_back({score, false_alarm, more});
  });
  const auto for_each = [&](auto visit) {
    const auto near = [&](const change& c) {
      if (c.score > too_low) visit(c);
    };
    for (const change& c : changes.others) near(c);
    for (const Score score : changes.more_false_alarms) near({score, false_alarm, 1});
    for (const Score score : changes.fewer_false_alarms) near({score, false_alarm, -1});
    for (const change& c : of_silent) visit(c);
  };

  std::size_t count = 0;
  double lowest = std::numeric_limits<double>::infinity(), highest = -lowest;
  for_each([&](const change& c) {
    ++count;
    lowest = std::min(lowest, static_cast<double>(c.score)), highest = std::max(highest, static_cast<double>(c.score));
  });
  const std::size_t ranges = count < 4096 ? 1 : 1024, classes = rates.event_seconds.size();
  // From the highest scores to the lowest; all in one where they are equal or too far apart for a difference.
  const double scale = static_cast<double>(ranges - 1) / (highest - lowest);
  const bool parted = ranges > 1 && scale > 0 && std::isfinite(scale);
  const auto range_of = [&](Score score) {
    return parted ? static_cast<std::size_t>((highest - static_cast<double>(score)) * scale) : 0;
  };

  struct net {
    idx found = 0, false_alarms = 0, fewer_false_alarms = 0;
  };
  std::vector<net> nets(ranges);
  std::vector<std::int32_t> crossed(rates.alpha_ct > 0 ? ranges * classes : 0);
  for_each([&](const change& c) {
    const std::size_t r = range_of(c.score);
    if (c.what == psd_found)
      nets[r].found += c.delta;
    else if (c.what == false_alarm)
      nets[r].false_alarms += c.delta, nets[r].fewer_false_alarms += std::min(c.delta, 0);
    else
      crossed[r * classes + static_cast<std::size_t>(c.what)] += c.delta;
  });
  std::vector<unsigned char> sorted(ranges);
  idx before = 0;
  for (std::size_t r = 0; r < ranges; ++r) {
    sorted[r] = rates.of_false_alarms(before + nets[r].fewer_false_alarms) <= rates.max_efpr;
    before += nets[r].false_alarms;
  }
  const auto last = static_cast<std::size_t>(std::find(sorted.rbegin(), sorted.rend(), 1) - sorted.rbegin());
  const double cut =
      parted ? highest - static_cast<double>(ranges - last + 1) / scale : lowest;  // below all sorted ranges
  std::vector<change> near;
  for_each([&](const change& c) {
    if (static_cast<double>(c.score) >= cut && sorted[range_of(c.score)]) near.push_back(c);
  });
  std::sort(near.begin(), near.end(), [](const change& a, const change& b) { return a.score > b.score; });

  std::vector<double> least(static_cast<std::size_t>(events) + 1, std::numeric_limits<double>::infinity());
  std::vector<idx> cross_triggers(classes);
  idx found = 0, false_alarms = 0;
  auto next = near.begin();
  for (std::size_t r = 0; r < ranges; ++r) {
    if (!sorted[r]) {
      found += nets[r].found, false_alarms += nets[r].false_alarms;
      for (std::size_t d = 0; !crossed.empty() && d < classes; ++d) cross_triggers[d] += crossed[r * classes + d];
      continue;
    }
    while (next != near.end() && range_of(next->score) == r) {
      for (const Score score = next->score; next != near.end() && next->score == score; ++next) {
        if (next->what == psd_found)
          found += next->delta;
        else if (next->what == false_alarm)
          false_alarms += next->delta;
        else
          cross_triggers[static_cast<std::size_t>(next->what)] += next->delta;
      }
      if (rates.of_false_alarms(false_alarms) > rates.max_efpr) continue;
      const double efpr = rates.effective(false_alarms, cross_triggers);
      double& best = least[static_cast<std::size_t>(found)];
      if (efpr <= rates.max_efpr) best = std::min(best, efpr);
    }
  }
  for (std::size_t n = least.size() - 1; n > 0; --n) least[n - 1] = std::min(least[n - 1], least[n]);
  least.erase(least.begin());
  return least;
}

/// The effective true positive rate of all classes: mean less alpha_st standard deviations, at least 0.
inline std::vector<psd_roc_point> psd_roc_of_classes(const std::vector<std::vector<double>>& steps, double alpha_st,
                                                     double max_efpr) {
  std::vector<std::pair<double, std::size_t>> all;  // one more event of the class is found from here on
  for (std::size_t c = 0; c < steps.size(); ++c)
    for (double e : steps[c])
      if (e <= max_efpr) all.emplace_back(e, c);
  std::sort(all.begin(), all.end());
  std::vector<double> found(steps.size()), rate(steps.size());
  std::vector<psd_roc_point> curve{{0, 0}};
  const double classes = static_cast<double>(steps.size());
  for (std::size_t i = 0; i < all.size();) {
    const double efpr = all[i].first;
    for (; i < all.size() && all[i].first == efpr; ++i) {
      const std::size_t c = all[i].second;
      rate[c] = ++found[c] / static_cast<double>(steps[c].size());
    }
    double mean = 0, variance = 0;
    for (double r : rate) mean += r / classes;
    for (double r : rate) variance += (r - mean) * (r - mean) / classes;
    const double etpr = std::max(mean - alpha_st * std::sqrt(variance), 0.0);
    if (curve.back().efpr == efpr)
      curve.back().etpr = etpr;
    else
      curve.push_back({efpr, etpr});
  }
  return curve;
}

}  // namespace detail
}  // namespace auris
