#include <algorithm>
#include <auris/audio/mel.hpp>
#include <auris/audio/presets.hpp>
#include <auris/data/annotation.hpp>
#include <auris/metric/segment_based.hpp>
#include <cstdio>
#include <numeric>

#include "commands.hpp"
#include "explanation.hpp"
#include "trained.hpp"

using namespace auris;

namespace weak_labels {

namespace {

/// Hz: from the lower edge of the first of some bands to the upper edge of the last one.
struct frequency_range {
  double low, high;
};
frequency_range range_of_bands(idx first, idx last, const resolution& r) {
  constexpr front_end_options o = preset::kong_log_mel;
  const double low = hertz_to_mel(o.lowest, o.scale), high = hertz_to_mel(o.highest, o.scale);
  const auto edge = [&](idx k) {  // the triangle of band k reaches from edge k to edge k + 2
    return mel_to_hertz(low + (high - low) * static_cast<double>(k) / static_cast<double>(o.bands + 1), o.scale);
  };
  return {edge(first * r.bands_each), edge((last + 1) * r.bands_each + 1)};
}

/// The bands of class k that matter: first-step attention, of each frame as much as the first step hears in it; those around the
/// highest one that have at least half of it.
frequency_range attended(const explained_clip& c, std::size_t k, const resolution& r) {
  std::vector<double> of_band(static_cast<std::size_t>(c.bands));
  for (idx t = 0; t < c.frames; ++t)
    for (idx b = 0; b < c.bands; ++b)
      of_band[static_cast<std::size_t>(b)] += static_cast<double>(c.mel_weight(k, t, b) * c.heard_in_frame(k, t));
  const auto peak = std::ranges::max_element(of_band) - of_band.begin();
  const auto counts = [&](idx b) {
    return b >= 0 && b < c.bands && of_band[static_cast<std::size_t>(b)] >= of_band[static_cast<std::size_t>(peak)] / 2;
  };
  idx first = peak, last = peak;
  while (counts(first - 1)) --first;
  while (counts(last + 1)) ++last;
  return range_of_bands(first, last, r);
}

void print_class(const explained_clip& c, const hearing& h, std::size_t k, const trained_system& t) {
  const std::string& name = t.description.classes[k];
  const frequency_range f = attended(c, k, t.features());
  idx heard_most = 0, attended_most = 0;
  for (idx frame = 1; frame < c.frames; ++frame) {
    if (c.heard_in_frame(k, frame) > c.heard_in_frame(k, heard_most)) heard_most = frame;
    if (c.time_weight(k, frame) > c.time_weight(k, attended_most)) attended_most = frame;
  }
  const auto seconds = [&](idx frame) { return (static_cast<double>(frame) + 0.5) * t.description.hop; };
  std::printf("%-20s %.3f  step one most at %.1f s, at %.0f to %.0f Hz; step two at %.1f s; heard", name.c_str(),
              static_cast<double>(h.clip[k]), seconds(heard_most), f.low, f.high, seconds(attended_most));
  const auto own = events_of(h.events, name);
  for (std::size_t i = 0; i < own.size(); ++i)
    std::printf("%s %.1f to %.1f s", i ? "," : "", own[i].onset, own[i].offset);
  std::puts(own.empty() ? " nowhere" : "");
}

/// The labels of a file; nothing where nobody has labelled it.
result<std::vector<annotated_file>> labels_of(const explain_command& o) {
  std::filesystem::path from = o.labels;
  std::error_code problem;
  if (from.empty()) {
    from = o.file.parent_path().parent_path() / "strong.tsv";  // a set has its sounds in the folder audio
    if (!std::filesystem::exists(from, problem)) return std::vector<annotated_file>{};
  }
  auto all = read_annotation(from);
  if (!all) return all.error();
  std::erase_if(*all, [&](const annotated_file& f) { return f.name != o.file.filename().string() && !f.name.empty(); });
  if (all->empty() && !o.labels.empty()) return error{"no labels of the file", from.c_str(), o.file.filename().c_str()};
  return all;
}

}  // namespace

result<void> explain(const explain_command& o) {
  const auto t = read_trained(o.weights, o.system);
  if (!t) return t.error();
  const std::vector<std::string>& classes = t->description.classes;
  const auto clip = clip_of_file(o.file, *t);
  if (!clip) return clip.error();
  const auto outputs = t->network->outputs_of(*clip, 0);
  if (!outputs) return outputs.error();
  const auto explained = explained_clip::of(*clip, *outputs, t->description);
  if (!explained) return explained.error();
  const auto heard = listen(*outputs, classes, t->description.hop);
  if (!heard) return heard.error();
  const auto labels = labels_of(o);
  if (!labels) return labels.error();

  if (t->reduced) std::puts(reduced_banner);
  const hearing_options rules;
  for (std::size_t i = 0; i < explained->by_score.size() && i < 3; ++i)
    print_class(*explained, *heard, explained->by_score[i], *t);
  std::printf(
      "heard: score of the clip above %g; frames s of at least %g with one above %g; gaps up to %g s closed, events up "
      "to %g s dropped\n",
      static_cast<double>(rules.clip), static_cast<double>(rules.low), static_cast<double>(rules.high), rules.smooth,
      rules.salt);
  if (!labels->empty()) {
    segment_based metric(classes);
    if (auto ok = metric.add(labels->front().events, heard->events); !ok) return ok;
    const auto r = metric.result();
    std::printf("against %zu labelled events, in segments of 1 s: F1 %.3f, error rate %.3f\n",
                labels->front().events.size(), r.micro.f1, r.micro.error_rate);
  }
  const std::vector<event> labelled = labels->empty() ? std::vector<event>{} : labels->front().events;
  if (!o.picture.empty()) {
    if (auto ok = draw_panels(*explained, labelled, o.file.filename().string(), o.picture); !ok) return ok;
    std::printf("wrote %s\n", o.picture.c_str());
  }
  if (!o.page.empty()) {
    if (auto ok = write_page(*explained, *heard, labelled, o.file, o.page); !ok) return ok;
    std::printf("wrote %s\n", o.page.c_str());
  }
  return {};
}

}  // namespace weak_labels
