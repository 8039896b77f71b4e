#include <algorithm>
#include <auris/metric/events_from_scores.hpp>
#include <cmath>
#include <cstdio>

#include "clips.hpp"
#include "commands.hpp"

using namespace auris;

namespace soft_label {

namespace {

// A matrix (frames, rows) as a gnuplot data block, one line for each row.
std::string block(const char* name, const frame_matrix& m) {
  std::string s = std::string("$") + name + " << EOD\n";
  char digits[32];
  for (idx row = 0; row < m.width; ++row) {
    for (idx t = 0; t < m.frames; ++t) {
      std::snprintf(digits, sizeof digits, "%.4g ", static_cast<double>(m.row(t)[static_cast<std::size_t>(row)]));
      s += digits;
    }
    s += "\n";
  }
  return s + "EOD\n";
}

std::string class_tics(const std::vector<std::string>& classes) {
  std::string s = "set ytics (";
  for (std::size_t c = 0; c < classes.size(); ++c) {
    std::string name = classes[c];
    std::replace(name.begin(), name.end(), '_', ' ');
    s += (c ? ", \"" : "\"") + name + "\" " + std::to_string(c);
  }
  return s + ") font \",8\"\n";
}

std::string panel(const std::string& title, const char* data, double hop, const char* range, idx rows) {
  return "set title \"" + title + "\"\n" + (range ? std::string("set cbrange ") + range + "\n" : "set autoscale cb\n") +
         "set yrange [-0.5:" + std::to_string(rows - 1) + ".5]\n" + "plot $" + data + " matrix using ($1*" +
         std::to_string(hop) + "):2:3 with image notitle\n";
}

}  // namespace

result<void> draw(const draw_command& o) {
  const auto trained = read_system(o.weights, o.backend);
  if (!trained) return trained.error();
  const model_description* d = &trained->description;
  const auto set = open_maestro(o.data);
  if (!set) return set.error();
  if (o.fold < 1 || static_cast<std::size_t>(o.fold) > set->folds.size()) return error{"no such fold", "--fold"};
  idx chosen = set->folds[static_cast<std::size_t>(o.fold - 1)].test[0];
  if (!o.clip.empty()) {
    const auto at =
        std::find_if(set->clips.begin(), set->clips.end(), [&](const maestro_clip& c) { return c.name == o.clip; });
    if (at == set->clips.end()) return error{"no such clip in the data set", "--clip", {}, o.clip.c_str()};
    chosen = at - set->clips.begin();
  }
  const maestro_clip& clip = set->clips[static_cast<std::size_t>(chosen)];
  const auto mel = read_features(clip.audio, "maestro_log_mel");
  if (!mel) return mel.error();
  auto features = read_features(clip.audio, d->front_end);
  if (!features) return features.error();
  if (auto ok = standardisation{d->mean, d->deviation}.apply(*features); !ok) return ok;
  const auto answer = trained->network->predict(*features);
  if (!answer) return answer.error();
  const idx frames = answer->sed.frames, classes = static_cast<idx>(d->classes.size());
  const auto labels = soft_label_matrix(clip.soft, frames, classes, d->hop);
  if (!labels) return labels.error();
  const auto events =
      events_from_scores(answer->sed.values, frames, d->classes,
                         {.threshold = d->thresholds, .median = 3, .hop = d->hop, .duration = features->seconds});
  if (!events) return events.error();
  frame_matrix roll(frames, classes);
  for (const event& e : *events) {
    const auto c =
        static_cast<std::size_t>(std::find(d->classes.begin(), d->classes.end(), e.label) - d->classes.begin());
    for (idx t = static_cast<idx>(std::lround(e.onset / d->hop));
         t < frames && static_cast<double>(t) * d->hop < e.offset - 1e-9; ++t)
      roll.row(t)[c] = 1;
  }

  std::string title = clip.name;
  std::replace(title.begin(), title.end(), '_', ' ');
  std::string s =
      "set terminal pngcairo noenhanced size 1300,1500 font \",10\"\nset output \"" + o.picture.filename().string() +
      "\"\n" + block("mel", *mel) + block("labels", *labels) + block("scores", answer->sed) + block("events", roll) +
      "set multiplot layout 4,1\nset lmargin 18\nset rmargin 12\nset xrange [0:" +
      std::to_string(static_cast<double>(frames) * d->hop) + "]\nset xlabel \"seconds\"\nset tics out nomirror\n" +
      "set palette defined (0 'white', 0.5 '#4a90c2', 1 '#0b2545')\n" + "set ylabel \"mel band\"\nset ytics 16\n" +
      panel("log-mel in dB: " + title, "mel", d->hop, nullptr, mel->width) + "unset ylabel\n" + class_tics(d->classes) +
      panel("soft labels of the annotators", "labels", d->hop, "[0:1]", classes) +
      panel("scores of " + d->network, "scores", d->hop, "[0:1]", classes) +
      panel("events: scores above the thresholds of the validation", "events", d->hop, "[0:1]", classes) +
      "unset multiplot\n";
  auto script = o.picture;
  script.replace_extension(".gnuplot");
  if (auto ok = write_file(script, s); !ok) return ok;
  std::printf("wrote %s; `gnuplot %s` in its folder draws %s\n", script.c_str(), script.filename().c_str(),
              o.picture.filename().c_str());
  return {};
}

}  // namespace soft_label
