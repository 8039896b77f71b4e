#include <cmath>
#include <cstdio>

#include "commands.hpp"
#include "trained.hpp"

using namespace auris;

namespace weak_labels {

namespace {

/// How near a log-mel is to that of the events alone.
struct nearness {
  double error = std::nan("");        ///< dB, root of the mean square where an event is heard
  double correlation = std::nan("");  ///< of all values
};

/// Frames in which the mixer has put an event: elsewhere the log-mel of silence has nothing but its floor.
std::vector<bool> with_events(const frame_matrix& events) {
  constexpr float silence = -18;  // just above ln 1e-8
  std::vector<bool> heard;
  for (idx t = 0; t < events.frames; ++t) {
    float highest = silence;
    for (float v : events.row(t)) highest = std::max(highest, v);
    heard.push_back(highest > silence);
  }
  return heard;
}

nearness compare(const frame_matrix& x, const frame_matrix& events) {
  const std::vector<bool> heard = with_events(events);
  double squares = 0, count = 0, sx = 0, sy = 0, sxx = 0, syy = 0, sxy = 0;
  for (idx t = 0; t < x.frames; ++t)
    for (std::size_t b = 0; b < static_cast<std::size_t>(x.width); ++b) {
      const double v = static_cast<double>(x.row(t)[b]), y = static_cast<double>(events.row(t)[b]);
      if (heard[static_cast<std::size_t>(t)]) squares += (v - y) * (v - y), ++count;
      sx += v, sy += y, sxx += v * v, syy += y * y, sxy += v * y;
    }
  const double n = static_cast<double>(x.values.size());
  nearness r;
  const double decibels = 20 / std::log(10.0);  // the mel spectrum is one of magnitudes
  if (count > 0) r.error = decibels * std::sqrt(squares / count);
  const double spread = (n * sxx - sx * sx) * (n * syy - sy * sy);
  if (spread > 0) r.correlation = (n * sxy - sx * sy) / std::sqrt(spread);
  return r;
}

}  // namespace

result<void> denoise(const denoise_command& o) {
  const auto t = read_trained(o.weights, o.system);
  if (!t) return t.error();
  const auto clip = clip_of_file(o.file, *t);
  if (!clip) return clip.error();
  const auto mixture = read_features(o.file, t->features()),
             events = read_features(o.file, t->features(), heard::events);
  if (!mixture) return mixture.error();
  const auto outputs = t->network->outputs_of(*clip, 0);
  if (!outputs) return outputs.error();
  const auto at = std::ranges::find(*outputs, "x_rec", &named_tensor::name);
  if (at == outputs->end()) return error{"this network reconstructs nothing", o.weights.c_str(), "2apae", {}};

  frame_matrix cleaned(clip->frames, clip->bands);
  cleaned.values = at->floats();
  const model_description& d = t->description;
  for (std::size_t i = 0; i < cleaned.values.size(); ++i) {
    const std::size_t b = i % d.mean.size();
    cleaned.values[i] = static_cast<float>(static_cast<double>(cleaned.values[i]) * d.deviation[b] + d.mean[b]);
  }
  if (t->reduced) std::puts(reduced_banner);
  if (events) {
    std::printf("%-20s %22s %12s\n", "log-mel", "dB from the events", "correlation");
    for (const auto& [name, x] : {std::pair("the mixture", &*mixture), {"cleaned", &cleaned}}) {
      const nearness r = compare(*x, *events);
      std::printf("%-20s %22.2f %12.4f\n", name, r.error, r.correlation);
    }
  } else
    std::printf("no events alone to compare with: %s\n", events.error().text().c_str());
  if (o.output.empty()) return {};
  tensor_file file;
  const std::vector<idx> shape{cleaned.frames, cleaned.width};
  file.tensors.push_back(tensor_of<float>("cleaned", shape, cleaned.values));
  file.tensors.push_back(tensor_of<float>("mixture", shape, mixture->values));
  if (events) file.tensors.push_back(tensor_of<float>("events", shape, events->values));
  if (auto ok = write_safetensors(o.output, file); !ok) return ok;
  std::printf("wrote %s\n", o.output.c_str());
  return {};
}

}  // namespace weak_labels
