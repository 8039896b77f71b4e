#include "explanation.hpp"

#include <auris/audio/presets.hpp>
#include <auris/audio/sound_file.hpp>
#include <auris/io/file.hpp>
#include <cstdio>
#include <page/bar_chart.hpp>
#include <page/document.hpp>
#include <page/timeline.hpp>

using namespace auris;

namespace weak_labels {

namespace {

/// (frame, band) of values in that order.
frame_matrix of_bands(const explained_clip& c, const float* values) {
  frame_matrix m(c.frames, c.bands);
  std::copy_n(values, m.values.size(), m.values.begin());
  return m;
}
/// (frame, class) of values by class.
frame_matrix of_classes(const explained_clip& c, const std::vector<float>& values) {
  frame_matrix m(c.frames, static_cast<idx>(c.classes.size()));
  for (idx t = 0; t < m.frames; ++t)
    for (idx k = 0; k < m.width; ++k)
      m.row(t)[static_cast<std::size_t>(k)] = values[static_cast<std::size_t>(k * m.frames + t)];
  return m;
}
std::string with_score(const explained_clip& c, std::size_t k) {
  char digits[32];
  std::snprintf(digits, sizeof digits, " (%.3f)", static_cast<double>(c.scores[k]));
  return c.classes[k] + digits;
}

}  // namespace

result<void> write_page(const explained_clip& c, const hearing& h, const std::vector<event>& labelled,
                        const std::filesystem::path& sound, const std::filesystem::path& to) {
  auto samples = read_sound_file(sound, {.rate = preset::kong_log_mel.rate});
  if (!samples) return samples.error();
  page::timeline t{sound.filename().string(), samples->seconds(), {}, {}};
  const auto attention = [&](std::size_t k) {
    return of_bands(c, c.mel_attention.data() + static_cast<idx>(k) * c.frames * c.bands);
  };
  t.panels.push_back(page::image_panel{"1 standardised log-mel", of_bands(c, c.input.data()), c.hop});
  t.panels.push_back(page::image_panel{"2 the decoder's reconstruction", of_bands(c, c.reconstruction.data()), c.hop});
  for (std::size_t i = 0; i < 2 && i < c.by_score.size(); ++i)
    t.panels.push_back(
        page::image_panel{std::to_string(3 + i) + " attention to mel bands, step one: " + with_score(c, c.by_score[i]),
                          attention(c.by_score[i]), c.hop});
  t.panels.push_back(
      page::image_panel{"5 what step one hears in each frame", of_classes(c, c.heard_in_frames), c.hop, c.classes});
  t.panels.push_back(
      page::image_panel{"6 attention to frames, step two", of_classes(c, c.time_attention), c.hop, c.classes});
  t.panels.push_back(page::event_panel{"events heard", c.classes, h.events});
  if (!labelled.empty()) t.panels.push_back(page::event_panel{"events labelled", c.classes, labelled});
  t.sound = std::move(*samples);

  page::bar_chart scores{"7 scores of the clip", {}};
  for (std::size_t k = 0; k < c.classes.size(); ++k) {
    char digits[32];
    std::snprintf(digits, sizeof digits, "%.3f", static_cast<double>(c.scores[k]));
    scores.bars.push_back({c.classes[k], static_cast<double>(c.scores[k]), digits});
  }
  page::document d("What 2APAE heard", sound.filename().string());
  d.section("The clip");
  d.add(t);
  d.section("Scores");
  d.add(scores);
  return write_file(to, d.html());
}

}  // namespace weak_labels
