#include "scoring.hpp"

#include <algorithm>
#include <auris/metric/accuracy.hpp>
#include <cmath>
#include <limits>

using namespace auris;

namespace dcasenet {

namespace {

constexpr double undefined = std::numeric_limits<double>::quiet_NaN();

error in_file(error e, const std::filesystem::path& file) {
  e.where = message::of(file, e.where.empty() ? "" : ", ", e.where);
  return e;
}

result<void> score_scenes(system& network, const sound_set& set, const feature_maker& features, scores& s) {
  const auto classes = static_cast<idx>(set.classes.size());
  accuracy metric(classes);
  s.confusion.assign(static_cast<std::size_t>(classes * classes), 0);
  sound scratch;
  for (const idx i : set.test) {
    const auto at = static_cast<std::size_t>(i);
    const auto x = set.sounds.get(at, scratch);
    if (!x) return x.error();
    const auto p = scene_probabilities(network, features, *x, classes);
    if (!p) return in_file(p.error(), set.sounds.files()[at]);
    const auto row = std::span(set.labels).subspan(at * set.classes.size(), set.classes.size());
    const idx label = std::find(row.begin(), row.end(), 1) - row.begin();
    if (auto ok = metric.add(*p, label); !ok) return in_file(ok.error(), set.sounds.files()[at]);
    std::vector<float> sum(set.classes.size());
    for (std::size_t k = 0; k < p->size(); ++k) sum[k % sum.size()] += (*p)[k];
    ++s.confusion[static_cast<std::size_t>(label * classes + argmax(std::span<const float>(sum)))];
  }
  s.accuracy = metric.result().value;
  return {};
}

result<void> score_tags(system& network, const sound_set& set, const feature_maker& features, scores& s) {
  const idx classes = static_cast<idx>(set.classes.size());
  lwlrap metric(classes);
  sound scratch;
  for (const idx i : set.test) {
    const auto at = static_cast<std::size_t>(i);
    const auto whole = set.sounds.get(at, scratch);
    if (!whole) return whole.error();
    auto x = features(*whole);
    if (!x) return in_file(x.error(), set.sounds.files()[at]);
    const frame_matrix m = doubled(std::move(*x), fewest_frames);
    const auto y = network.predict({m.values.data(), 1, dims(m.frames, bands)});
    if (!y) return in_file(y.error(), set.sounds.files()[at]);
    // the order of logits is that of probabilities
    const auto row = std::span(set.labels).subspan(at * set.classes.size(), set.classes.size());
    if (auto ok = metric.add(std::span(y->tags).first(set.classes.size()), row); !ok)
      return in_file(ok.error(), set.sounds.files()[at]);
  }
  const lwlrap_result r = metric.result();
  s.lwlrap = r.value, s.lwlrap_of_class = r.classes;
  return {};
}

result<void> score_events(system& network, const event_set& set, scores& s) {
  const idx classes = static_cast<idx>(set.classes.size()), outputs = network.sizes().events;
  std::vector<unsigned char> truth, found;  // of all recordings, one after the other
  for (const idx i : set.test) {
    const event_recording& r = set.recordings[static_cast<std::size_t>(i)];
    std::vector<float> sum;
    idx rows = 0;
    for (const frame_matrix& m : r.channels) {
      const auto y = network.predict({m.values.data(), 1, dims(m.frames, bands)});
      if (!y) return in_file(y.error(), r.file);
      rows = std::min(y->event_rows, r.label_frames);
      sum.resize(y->events.size());
      for (std::size_t k = 0; k < sum.size(); ++k) sum[k] += y->events[k];
    }
    const auto channels = static_cast<float>(r.channels.size());
    truth.insert(truth.end(), r.labels.begin(), r.labels.begin() + rows * classes);
    for (idx t = 0; t < rows; ++t)
      for (idx c = 0; c < classes; ++c)
        found.push_back(sum[static_cast<std::size_t>(t * outputs + c)] / channels > event_threshold);
  }
  for (auto [options, to] : {std::pair(block_based_options{}, &s.seld),
                             std::pair(block_based_options{.block = 10, .drop_last_row = false}, &s.seld_1s)}) {
    block_based metric(classes, options);
    if (auto ok = metric.add(truth, found); !ok) return ok;
    *to = metric.result();
  }
  return {};
}

}  // namespace

result<std::vector<float>> scene_probabilities(system& network, const feature_maker& features, std::span<const float> x,
                                               idx classes) {
  const idx samples = static_cast<idx>(x.size()), outputs = network.sizes().scenes;
  if (samples < crop_samples)
    return error{
        "the recording is too short", {}, message::of(crop_samples, " samples at 24 kHz"), message::of(samples)};
  std::vector<float> crops;
  for (const idx start : {idx{0}, (samples - crop_samples + 1) / 2, samples - crop_samples}) {
    const auto m = features(x.subspan(static_cast<std::size_t>(start), static_cast<std::size_t>(crop_samples)));
    if (!m) return m.error();
    crops.insert(crops.end(), m->values.begin(), m->values.end());
  }
  const auto y = network.predict({crops.data(), 3, dims(crop_frames, bands)});
  if (!y) return y.error();
  std::vector<float> p;
  for (idx k = 0; k < 3; ++k) {
    const auto logits =
        std::span(y->scenes).subspan(static_cast<std::size_t>(k * outputs), static_cast<std::size_t>(outputs));
    const float top = *std::max_element(logits.begin(), logits.end());
    float sum = 0;
    for (const float v : logits) sum += std::exp(v - top);
    for (const float v : logits.first(static_cast<std::size_t>(classes))) p.push_back(std::exp(v - top) / sum);
  }
  return p;
}

result<scores> score(system& network, const data_sets& d, task_set tasks) {
  const block_based_result none{undefined, undefined, undefined, undefined};
  scores s{undefined, undefined, none, none, {}, {}};
  const network_sizes n = network.sizes();
  for (const auto& [t, classes] :
       {std::pair(task::asc, d.asc.classes.size()), std::pair(task::sed, d.sed.classes.size()),
        std::pair(task::tag, d.tag.classes.size())})
    if (tasks[t] && static_cast<idx>(classes) > n.classes(t))
      return error{"more classes than the network has outputs", name_of(t), message::of("at most ", n.classes(t)),
                   message::of(classes)};
  const auto features = feature_maker::create();
  if (!features) return features.error();
  if (tasks[task::asc])
    if (auto ok = score_scenes(network, d.asc, *features, s); !ok) return ok.error();
  if (tasks[task::tag])
    if (auto ok = score_tags(network, d.tag, *features, s); !ok) return ok.error();
  if (tasks[task::sed])
    if (auto ok = score_events(network, d.sed, s); !ok) return ok.error();
  return s;
}

}  // namespace dcasenet
