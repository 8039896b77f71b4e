#include "hearing.hpp"

#include <algorithm>
#include <auris/metric/events_from_scores.hpp>
#include <cmath>

using namespace auris;

namespace weak_labels {

namespace {

/// An output (class, frame) or (class, frame, band), which stays where it is; means over the bands.
struct class_maps {
  std::vector<float> values;  // (class, frame)
  idx frames = 0;

  static result<class_maps> of(std::span<const named_tensor> outputs, const char* name, idx classes) {
    const auto at = std::ranges::find(outputs, name, &named_tensor::name);
    if (at == outputs.end()) return error{"the network does not show when it hears a class", "listen", name};
    const std::size_t rank = at->shape.size();
    if (rank < 2 || rank > 3 || at->shape[0] < classes || at->shape[1] < 1 || (rank == 3 && at->shape[2] < 1))
      return error{"an output of another shape", name, message::of(classes, " or more classes x frames"),
                   message::of(at->shape.size(), " axes")};
    const idx bands = rank == 3 ? at->shape[2] : 1;
    class_maps m{std::vector<float>(static_cast<std::size_t>(classes * at->shape[1])), at->shape[1]};
    const std::vector<float> all = at->floats();
    for (std::size_t i = 0; i < m.values.size(); ++i) {
      double sum = 0;
      for (idx b = 0; b < bands; ++b)
        sum += static_cast<double>(all[i * static_cast<std::size_t>(bands) + static_cast<std::size_t>(b)]);
      m.values[i] = static_cast<float>(sum / static_cast<double>(bands));
    }
    return m;
  }
  std::span<float> of_class(idx k) { return {values.data() + k * frames, static_cast<std::size_t>(frames)}; }
};

bool has(std::span<const named_tensor> outputs, const char* name) {
  return std::ranges::find(outputs, name, &named_tensor::name) != outputs.end();
}

/// Every class relative to its highest frame.
void divide_by_highest(class_maps& m, idx classes) {
  for (idx k = 0; k < classes; ++k) {
    const auto row = m.of_class(k);
    const float highest = *std::ranges::max_element(row);
    for (float& v : row) v = highest > 0 ? v / highest : 0;
  }
}

/// (class, frame)
result<class_maps> scores_of_frames(std::span<const named_tensor> outputs, std::span<const float> clip) {
  const idx classes = static_cast<idx>(clip.size());
  if (has(outputs, "segmentation")) return class_maps::of(outputs, "segmentation", classes);
  auto weights = class_maps::of(outputs, has(outputs, "time_attw") ? "time_attw" : "attention", classes);
  if (!weights) return weights.error();
  divide_by_highest(*weights, classes);
  if (!has(outputs, "time_attw")) {
    for (idx k = 0; k < classes; ++k)
      for (float& v : weights->of_class(k)) v *= clip[static_cast<std::size_t>(k)];
    return weights;
  }
  const auto values = class_maps::of(outputs, "mel_x", classes);
  if (!values) return values.error();
  if (values->frames != weights->frames) return error{"outputs of different lengths", "listen"};
  for (std::size_t i = 0; i < values->values.size(); ++i) weights->values[i] *= values->values[i];
  return weights;
}

}  // namespace

result<hearing> listen(std::span<const named_tensor> outputs, std::span<const std::string> classes, double hop,
                       const hearing_options& o) {
  if (!(hop > 0 && std::isfinite(hop)))
    return error{"bad hop", "listen", "a positive number of seconds", message::of(hop)};
  const auto y = std::ranges::find(outputs, "y_pred", &named_tensor::name);
  if (y == outputs.end() || y->count() < static_cast<idx>(classes.size()))
    return error{"no scores of the classes", "listen", "an output y_pred"};
  hearing h;
  h.clip = y->floats();
  h.clip.resize(classes.size());
  auto s = scores_of_frames(outputs, h.clip);
  if (!s) return s.error();
  const idx count = static_cast<idx>(classes.size());
  h.frames = frame_matrix(s->frames, count);
  for (idx k = 0; k < count; ++k)
    for (idx t = 0; t < s->frames; ++t)
      h.frames.row(t)[static_cast<std::size_t>(k)] = s->of_class(k)[static_cast<std::size_t>(t)];

  frame_matrix loud = h.frames;
  for (idx t = 0; t < loud.frames; ++t)
    for (std::size_t k = 0; k < classes.size(); ++k)
      if (!(h.clip[k] > o.clip)) loud.row(t)[k] = 0;
  // Below 0 it is an error; more than the clip has is all of it.
  const auto frames_in = [&](double duration) {
    return static_cast<idx>(std::clamp(duration / hop + 1e-6, -1.0, static_cast<double>(loud.frames)));
  };
  auto events =
      events_from_scores(loud.values, loud.frames, classes,
                         {.high = o.high, .low = o.low, .smooth = frames_in(o.smooth), .salt = frames_in(o.salt)}, hop);
  if (!events) return events.error();
  h.events = std::move(*events);
  return h;
}

}  // namespace weak_labels
