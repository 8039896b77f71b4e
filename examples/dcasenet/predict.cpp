#include <auris/audio/sound_file.hpp>
#include <auris/metric/events_from_scores.hpp>
#include <cmath>
#include <cstdio>
#include <networks/largest_first.hpp>

#include "commands.hpp"

using namespace auris;

namespace dcasenet {

namespace {

/// A name where there is one, else the number.
std::string name_in(const std::vector<std::string>& names, std::size_t i, const char* kind) {
  return i < names.size() ? names[i] : std::string(kind) + " " + std::to_string(i);
}
/// What the file names of the outputs, all where it names none.
std::size_t known(const std::vector<std::string>& names, idx outputs) {
  return names.empty() ? static_cast<std::size_t>(outputs) : names.size();
}

result<void> print_answers(const trained_system& t, const predict_command& o, const answers& a, double seconds) {
  const std::string tasks = t.description.options.contains("tasks") ? t.description.options.at("tasks") : "ATS";
  const network_sizes n = t.network->sizes();
  if (tasks.find('A') != tasks.npos) {
    const auto logits = std::span(a.scenes).first(known(t.description.scenes, n.scenes));
    const std::size_t best = networks::largest_first(logits)[0];
    double sum = 0;
    for (const float v : a.scenes) sum += std::exp(static_cast<double>(v) - static_cast<double>(logits[best]));
    std::printf("  scene  %s (%.2f)\n", name_in(t.description.scenes, best, "scene").c_str(), 1 / sum);
  }
  if (tasks.find('T') != tasks.npos) {
    const auto logits = std::span(a.tags).first(known(t.tags, n.tags));
    const auto order = networks::largest_first(logits);
    for (std::size_t k = 0; k < order.size() && static_cast<idx>(k) < o.tags; ++k)
      std::printf("  tag    %s (%.2f)\n", name_in(t.tags, order[k], "tag").c_str(),
                  1 / (1 + std::exp(-static_cast<double>(logits[order[k]]))));
  }
  if (tasks.find('S') != tasks.npos) {
    std::vector<std::string> names;
    for (std::size_t c = 0; c < static_cast<std::size_t>(n.events); ++c)
      names.push_back(name_in(t.description.classes, c, "event"));
    const auto events = events_from_scores(a.events, a.event_rows, names,
                                           {.threshold = {o.threshold}, .hop = 0.1, .duration = seconds});
    if (!events) return events.error();
    for (const event& e : *events) std::printf("  event  %7.1f %7.1f  %s\n", e.onset, e.offset, e.label.c_str());
  }
  return {};
}

}  // namespace

result<void> predict(const predict_command& o) {
  const auto t = read_system(o.weights, o.system);
  if (!t) return t.error();
  const auto features = feature_maker::create();
  if (!features) return features.error();
  for (const auto& file : o.files) {
    const auto r = read_sound_file(file, {.rate = sample_rate});
    if (!r) return r.error();
    auto x = (*features)(pre_emphasised(r->samples));
    if (!x) {
      error e = x.error();
      e.where = message::of(file, ", ", e.where);
      return e;
    }
    const frame_matrix m = doubled(std::move(*x), fewest_frames);
    const auto a = t->network->predict({m.values.data(), 1, dims(m.frames, bands)});
    if (!a) return a.error();
    const double seconds = static_cast<double>(r->samples.size()) / sample_rate;
    std::printf("%s (%.1f s)\n", file.c_str(), seconds);
    if (auto ok = print_answers(*t, o, *a, seconds); !ok) return ok;
  }
  return {};
}

}  // namespace dcasenet
