#include "metrics.hpp"

#include <algorithm>
#include <auris/metric/best_f.hpp>
#include <auris/metric/frame_range.hpp>
#include <auris/metric/lwlrap.hpp>
#include <auris/metric/ranking.hpp>
#include <cmath>

using namespace auris;

namespace evaluate {

namespace {

constexpr double undefined = std::numeric_limits<double>::quiet_NaN();

error in_clip(const clip& c, error e) {
  e.where = e.where.empty() ? message::of(c.id) : message::of(c.id, ", ", e.where);
  return e;
}

figures figures_of(const detection_scores& s) {
  return {{"f1", s.f1}, {"precision", s.precision}, {"recall", s.recall}, {"error_rate", s.error_rate}};
}

report report_of(const detection_result& r) {
  report all{figures_of(r.micro),
             {{"f1", r.macro.f1},
              {"precision", r.macro.precision},
              {"recall", r.macro.recall},
              {"error_rate", r.macro.error_rate}},
             {},
             {}};
  for (const auto& c : r.classes) all.classes.emplace_back(c.label, figures_of(c));
  return all;
}

figures figures_of(const ranking_scores& s) {
  return {{"roc_auc", s.roc_auc}, {"average_precision", s.average_precision}};
}

// The frame in which a time lies: the last one that begins there or before.
std::size_t frame_of(const std::vector<double>& times, double seconds) {
  const double hop = times[1] - times[0], last = static_cast<double>(times.size() - 1);
  // In a regular table by division: k hop and its quotient by hop differ from k in the last bits.
  const double k = std::floor((seconds - times[0]) / hop);
  const double near = std::clamp(k, 0.0, last);
  const auto guess = static_cast<std::size_t>(near);
  if (std::abs(times[guess] - (times[0] + near * hop)) < 1e-6) return guess;
  return static_cast<std::size_t>(std::upper_bound(times.begin(), times.end(), seconds) - times.begin() - 1);
}

}  // namespace

void detect(inputs& in, double threshold) {
  const std::size_t classes = in.classes.size();
  for (clip& c : in.clips)
    for (std::size_t k = 0; k < classes; ++k)
      for (const frame_range& r : runs(static_cast<idx>(c.scores.size() / classes), [&](idx t) {
             return c.scores[static_cast<std::size_t>(t) * classes + k] > threshold;
           }))
        c.estimated.push_back(
            {c.times[static_cast<std::size_t>(r.begin)], c.times[static_cast<std::size_t>(r.end)], in.classes[k]});
}

result<report> segment(const inputs& in, const segment_based_options& options) {
  segment_based metric(in.classes, options);
  for (const clip& c : in.clips) {
    const auto added =
        c.duration < 0 ? metric.add(c.reference, c.estimated) : metric.add(c.reference, c.estimated, c.duration);
    if (!added) return in_clip(c, added.error());
  }
  return report_of(metric.result());
}

result<report> events(const inputs& in, const event_based_options& options) {
  event_based metric(in.classes, options);
  for (const clip& c : in.clips)
    if (auto added = metric.add(c.reference, c.estimated); !added) return in_clip(c, added.error());
  return report_of(metric.result());
}

result<report> best_f(const inputs& in, double segment, int time_decimals) {
  best_f_of<double> metric(in.classes, {.segment = segment, .time_decimals = time_decimals});
  for (const clip& c : in.clips)
    if (auto added = metric.add(c.scores, c.times, c.duration, c.reference); !added) return in_clip(c, added.error());
  const auto best = metric.result();
  const auto row = [](const f_at_threshold& s) {
    return figures{{"f1", s.f1}, {"precision", s.precision}, {"recall", s.recall}, {"error_rate", undefined}};
  };
  report r{row(best.micro), {}, {}, {}};
  auris::detail::defined_mean precision, recall;
  for (const auto& c : best.classes) {
    r.classes.emplace_back(c.label, row(c));
    r.classes.back().second.emplace_back("threshold", c.threshold);
    precision.add(c.precision), recall.add(c.recall);
  }
  r.macro = {
      {"f1", best.macro_f1}, {"precision", precision.value()}, {"recall", recall.value()}, {"error_rate", undefined}};
  return r;
}

result<report> intersection(const inputs& in, const intersection_based_options& options) {
  intersection_based metric(in.classes, options);
  for (const clip& c : in.clips)
    if (auto added = metric.add(c.reference, c.estimated); !added) return in_clip(c, added.error());
  const auto all = metric.result();
  report r = report_of(all);
  for (std::size_t c = 0; c < all.cross_triggers.size(); ++c) {
    double crossed = 0;
    for (idx count : all.cross_triggers[c]) crossed += static_cast<double>(count);
    r.classes[c].second.emplace_back("cross_triggers", crossed);
  }
  return r;
}

result<report> psds(const inputs& in, const psds_options& options) {
  psds_of<double> metric(in.classes, options);
  for (const clip& c : in.clips)
    if (auto added = metric.add(c.scores, c.times, c.duration, c.reference); !added) return in_clip(c, added.error());
  const auto all = metric.result();
  report r{{}, {}, {}, {{"psds", all.value}}};
  for (const auto& c : all.classes) r.classes.push_back({c.label, {{"psds", c.value}}});
  return r;
}

result<report> tags(const inputs& in, tag_level level) {
  const std::size_t classes = in.classes.size();
  if (level == tag_level::frame && in.weak)
    return error{"no events", "reference", "strong labels for --level frame", "weak labels"};
  ranking_of<double> metric(static_cast<idx>(classes));
  lwlrap label_ranking(static_cast<idx>(classes));
  const auto class_of = [&](const std::string& label) {
    return static_cast<std::size_t>(class_index(in.classes, label));
  };
  for (const clip& c : in.clips) {
    const std::size_t frames = c.scores.size() / classes;
    std::vector<double> highest;
    std::vector<unsigned char> active;
    if (level == tag_level::clip) {
      if (frames == 0) return error{"no frames", message::of(c.id), "a row of scores"};
      highest.assign(c.scores.begin(), c.scores.begin() + static_cast<std::ptrdiff_t>(classes));
      for (std::size_t i = classes; i < c.scores.size(); ++i)
        highest[i % classes] = std::max(highest[i % classes], c.scores[i]);
      active.resize(classes);
      for (const std::string& label : c.labels) active[class_of(label)] = 1;
    } else {
      active.resize(c.scores.size());
      for (const auris::event& e : c.reference) {
        if (frames == 0) break;
        const std::size_t column = class_of(e.label), end = std::min(frame_of(c.times, e.offset), frames);
        for (std::size_t k = frame_of(c.times, e.onset); k < end; ++k) active[k * classes + column] = 1;
      }
    }
    const std::span<const double> scores = level == tag_level::clip ? highest : c.scores;
    if (auto added = metric.add(scores, active); !added) return in_clip(c, added.error());
    if (auto added = label_ranking.add(scores, active); !added) return in_clip(c, added.error());
  }
  const ranking_result ranks = metric.result();
  const lwlrap_result precision = label_ranking.result();
  report r{figures_of(ranks.micro), figures_of(ranks.macro), {}, {{"lwlrap", precision.value}}};
  for (std::size_t c = 0; c < classes; ++c) {
    r.classes.emplace_back(in.classes[c], figures_of(ranks.classes[c]));
    r.classes.back().second.emplace_back("lwlrap", precision.classes[c]);
  }
  return r;
}

}  // namespace evaluate
