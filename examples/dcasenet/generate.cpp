#include <algorithm>
#include <auris/audio/sound_file.hpp>
#include <auris/data/background.hpp>
#include <auris/data/frame_labels.hpp>
#include <auris/data/mixer.hpp>
#include <auris/data/soundscape_generator.hpp>
#include <auris/io/whole_folder.hpp>
#include <cstdio>
#include <map>

#include "commands.hpp"

using namespace auris;

namespace dcasenet {

namespace {

constexpr int file_rate = 44100;  // of scenes and tags, as the published recordings
constexpr const char* scene_names[]{"airport",        "bus",           "metro",         "metro_station",
                                    "park",           "public_square", "shopping_mall", "street_pedestrian",
                                    "street_traffic", "tram"};
/// Tags are the sounds of the events, and a few more.
constexpr const char* further_tags[]{"bell", "clock", "horn", "rain", "saw", "whistle"};

std::vector<soundscape_class> event_classes() {
  std::vector<soundscape_class> classes;
  classes.reserve(task_3_classes.size());
  for (const std::string_view name : task_3_classes) classes.push_back({std::string(name)});
  return classes;
}
/// Each scene has a background of its own and five of the events.
std::vector<soundscape_scene> scenes() {
  std::vector<soundscape_scene> all;
  for (std::size_t s = 0; s < std::size(scene_names); ++s) {
    soundscape_scene place{scene_names[s], "city", {}};
    for (std::size_t k = 0; k < 5; ++k) place.events.emplace_back(task_3_classes[(s + 3 * k) % task_3_classes.size()]);
    all.push_back(std::move(place));
  }
  return all;
}

result<void> write_scenes(const std::filesystem::path& folder, const generate_command& o) {
  soundscape_options options;
  options.classes = event_classes(), options.scenes = scenes();
  options.clips = o.scene_clips * static_cast<idx>(options.scenes.size());
  options.seconds = 10, options.rate = file_rate, options.folds = 3, options.seed = o.seed;
  const auto generator = soundscape_generator::create(options);
  if (!generator) return generator.error();
  const std::string header = "filename\tscene_label\n";
  std::string all = header, train = header, evaluate = header;
  const idx count = static_cast<idx>(options.scenes.size()), held_out = std::max<idx>(o.scene_clips / 4, 1);
  for (idx i = 0; i < options.clips; ++i) {
    const auto clip = generator->clip(i);
    if (!clip) return clip.error();
    const std::string scene = options.scenes[static_cast<std::size_t>(clip->scene)].name;
    std::string name = "audio/";
    name.append(scene).append("-city-").append(std::to_string(i / count)).append("-0-a.wav");
    std::string line = name;
    line.append("\t").append(scene).append("\n");
    if (auto ok = write_sound_file(folder / name, clip->samples, file_rate); !ok) return ok;
    all += line;
    (i / count < held_out ? evaluate : train) += line;
  }
  if (auto ok = write_file(folder / "meta.csv", all); !ok) return ok;
  if (auto ok = write_file(folder / "evaluation_setup/fold1_train.csv", train); !ok) return ok;
  return write_file(folder / "evaluation_setup/fold1_evaluate.csv", evaluate);
}

/// One to three sounds over a quiet background, one to eight seconds.
result<void> write_tags(const std::filesystem::path& folder, const generate_command& o) {
  std::vector<std::string> names(task_3_classes.begin(), task_3_classes.end());
  names.insert(names.end(), std::begin(further_tags), std::end(further_tags));
  std::string list = "fname,labels\n", submission = "fname";
  for (const std::string& n : names) submission += ',' + n;
  submission += '\n';
  for (idx i = 0; i < o.tag_clips; ++i) {
    random_sequence random(random_key{o.seed, static_cast<std::uint64_t>(i), 1, 0});
    const idx seconds = 1 + random.below(8), tags = 1 + random.below(3);
    mixer mix(seconds, file_rate, static_cast<idx>(names.size()));
    mix.lay(render_background(scene_background(random.below(10)), mix.samples(), file_rate,
                              random_key{o.seed, static_cast<std::uint64_t>(i), 2, 0}.bits(0)));
    std::vector<idx> heard{i % static_cast<idx>(names.size())};
    while (static_cast<idx>(heard.size()) < tags)
      if (const idx c = random.below(static_cast<idx>(names.size()));
          std::find(heard.begin(), heard.end(), c) == heard.end())
        heard.push_back(c);
    std::string labels;
    for (std::size_t k = 0; k < heard.size(); ++k) {
      const idx length = static_cast<idx>(random.uniform(0.5, 1) * static_cast<double>(mix.samples()));
      const idx onset = random.below(mix.samples() - length + 1);
      const auto sound = render_event(class_timbre(heard[k]), length, file_rate,
                                      random_key{o.seed, static_cast<std::uint64_t>(i), 3 + k, 0}.bits(0));
      mix.add(sound, onset, heard[k], random.uniform(10, 20));
      labels += (k ? "," : "") + names[static_cast<std::size_t>(heard[k])];
    }
    char name[32];
    std::snprintf(name, sizeof name, "%08td.wav", i);
    if (auto ok = write_sound_file(folder / "train_curated" / name, std::move(mix).finish(), file_rate); !ok) return ok;
    list += std::string(name) + ',' + (heard.size() > 1 ? '"' + labels + '"' : labels) + '\n';
  }
  submission += "00000000.wav";
  for (std::size_t c = 0; c < names.size(); ++c) submission += ",0";
  if (auto ok = write_file(folder / "sample_submission.csv", submission + '\n'); !ok) return ok;
  return write_file(folder / "train_curated.csv", list);
}

/// Four microphones: the same sound a few samples later and softer in each, and noise of its own.
std::vector<float> four_channels(const std::vector<float>& x, std::uint64_t seed) {
  constexpr std::size_t channels = 4;
  std::vector<float> y(channels * x.size());
  for (std::size_t c = 0; c < channels; ++c) {
    auris::detail::white_noise noise(seed + c);
    for (std::size_t i = 0; i < x.size(); ++i)
      y[channels * i + c] = (i < 3 * c ? 0.0f : x[i - 3 * c]) * (1 - 0.1f * static_cast<float>(c)) + 0.0005f * noise();
  }
  return y;
}

result<void> write_events(const std::filesystem::path& folder, const generate_command& o) {
  soundscape_options options;
  options.classes = event_classes();
  options.scenes = {{"room", "indoor", {}}};
  for (const soundscape_class& c : options.classes) options.scenes[0].events.push_back(c.name);
  options.clips = std::max<idx>(o.event_clips, 3), options.seconds = o.event_seconds, options.rate = sample_rate;
  options.folds = 3, options.seed = random_key{o.seed, 0, 4, 0}.bits(0);
  const auto generator = soundscape_generator::create(options);
  if (!generator) return generator.error();
  const idx held_out = std::max<idx>(o.event_clips / 5, 1);
  for (idx i = 0; i < o.event_clips; ++i) {
    const auto clip = generator->clip(i);
    if (!clip) return clip.error();
    char name[64];
    std::snprintf(name, sizeof name, "fold%d_room1_mix%03td_ov1", i < held_out ? 1 : static_cast<int>(3 + i % 4),
                  i + 1);
    if (auto ok = write_sound_file(
            folder / "mic_dev" / (std::string(name) + ".wav"),
            four_channels(clip->samples, random_key{o.seed, static_cast<std::uint64_t>(i), 5, 0}.bits(0)), sample_rate,
            4);
        !ok)
      return ok;
    std::map<idx, std::string> rows;  // by frame
    for (const sound_event& e : clip->events)
      for (idx t = static_cast<idx>(e.onset * 10); static_cast<double>(t) < e.offset * 10 && t < o.event_seconds * 10;
           ++t)
        rows[t] += std::to_string(t) + ',' + std::to_string(e.class_index) + ",0,0,0\n";
    std::string text;
    for (const auto& [frame, lines] : rows) text += lines;
    if (auto ok = write_file(folder / "metadata_dev" / (std::string(name) + ".csv"), text); !ok) return ok;
  }
  return {};
}

}  // namespace

result<void> generate(const generate_command& o) {
  if (o.scene_clips < 3 || o.tag_clips < 5 || o.event_clips < 2 || o.event_seconds < 10)
    return error{"too little data", "generate", "3 clips of each scene, 5 with tags, 2 with events of 10 s, or more",
                 message::of(o.scene_clips, ", ", o.tag_clips, ", ", o.event_clips, " of ", o.event_seconds, " s")};
  if (auto ok = write_whole_folder(o.data,
                                   [&](const std::filesystem::path& beside) -> result<void> {
                                     if (auto done = write_scenes(beside / "asc", o); !done) return done;
                                     if (auto done = write_tags(beside / "tag", o); !done) return done;
                                     return write_events(beside / "sed", o);
                                   });
      !ok)
    return ok;
  std::printf("wrote %td clips of scenes, %td with tags, %td with events to %s\n", o.scene_clips * 10, o.tag_clips,
              o.event_clips, o.data.c_str());
  return {};
}

}  // namespace dcasenet
