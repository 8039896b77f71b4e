#include <auris/data/generate_data_set.hpp>
#include <auris/data/maestro.hpp>
#include <map>

#include "data/temporary_folder.hpp"
#include "support/catch.hpp"

using namespace auris;

namespace {
soundscape_options small() {
  soundscape_options o;
  o.clips = 32, o.seconds = 5, o.rate = 8000;
  return o;
}
// The bytes of all files of a folder by their names in it.
std::map<std::string, std::string> contents(const std::filesystem::path& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    if (entry.is_regular_file())
      files[entry.path().lexically_relative(folder).string()] = read_file(entry.path()).value();
  return files;
}
}  // namespace

TEST_CASE("generate_data_set: open_maestro reads back what was made") {
  const temporary_folder folder;
  const soundscape_options options = small();
  generate_data_set(folder / "set", options).value();
  const maestro_data_set set = open_maestro(folder / "set").value();
  REQUIRE(set.clips.size() == 32);
  CHECK(set.labels.classes == maestro_catalogue().classes);
  CHECK(set.labels.hard == maestro_catalogue().hard);
  CHECK(set.labels.environments == maestro_catalogue().environments);
  const auto generator = soundscape_generator::create(options).value();
  std::map<std::string, soundscape> made;
  for (idx i = 0; i < 32; ++i) {
    soundscape clip = generator.clip(i).value();
    made[clip.name] = std::move(clip);
  }
  CHECK(set.clips.front().name == "cafe_restaurant_00");
  CHECK(set.clips[6].name == "cafe_restaurant_06");  // 32 clips: 7, 7, 6, 6, 6
  CHECK(set.clips[7].name == "city_center_00");
  CHECK(set.clips.back().name == "residential_area_05");
  for (const maestro_clip& clip : set.clips) {
    const soundscape& source = made.at(clip.name);
    CHECK(clip.seconds == 5);
    CHECK(clip.scene == source.scene);
    CHECK(clip.environment == maestro_scenes[static_cast<std::size_t>(clip.scene)].environment);
    CHECK(clip.soft == source.soft);
    CHECK(clip.hard == source.hard);
    const recording sound = read_sound_file(clip.audio).value();
    CHECK(sound.rate == 8000);
    REQUIRE(sound.samples.size() == source.samples.size());
    float worst = 0;
    for (std::size_t i = 0; i < sound.samples.size(); ++i)
      worst = std::max(worst, std::abs(sound.samples[i] - source.samples[i]));
    CHECK(worst <= 0.5f / 32768);
  }
}

TEST_CASE("generate_data_set: each clip is tested once; every scene is in every part of every fold") {
  const temporary_folder folder;
  generate_data_set(folder / "set", small()).value();
  const maestro_data_set set = open_maestro(folder / "set").value();  // which checks that folds part the clips
  REQUIRE(set.folds.size() == 5);
  std::vector<int> tested(32), validated(32);
  for (const clip_split& fold : set.folds) {
    for (const auto* part : {&fold.train, &fold.validation, &fold.test}) {
      std::vector<int> clips_of(5);
      for (idx i : *part) ++clips_of[static_cast<std::size_t>(set.clips[static_cast<std::size_t>(i)].scene)];
      CHECK(std::ranges::find(clips_of, 0) == clips_of.end());
    }
    for (idx i : fold.test) ++tested[static_cast<std::size_t>(i)];
    for (idx i : fold.validation) ++validated[static_cast<std::size_t>(i)];
  }
  CHECK(tested == std::vector<int>(32, 1));
  CHECK(validated == std::vector<int>(32, 1));
}

TEST_CASE("generate_data_set: the same seed gives the same bytes, another seed others") {
  const temporary_folder folder;
  soundscape_options options = small();
  options.seconds = 2;
  generate_data_set(folder / "a", options).value();
  generate_data_set(folder / "b/", options).value();
  options.seed = 7;
  generate_data_set(folder / "c", options).value();
  const auto a = contents(folder / "a"), b = contents(folder / "b"), c = contents(folder / "c");
  CHECK(a.size() == 32 + 32 + 6 + 15);
  CHECK(a == b);
  REQUIRE(a.size() == c.size());
  int same = 0;
  for (const auto& [name, bytes] : a) same += c.at(name) == bytes;
  CHECK(same == 1 + 1 + 15 + 2);  // file list, durations, folds, names
}

TEST_CASE("generate_data_set: the whole folder or nothing; never over other files") {
  const temporary_folder folder;
  soundscape_options options = small();
  options.seconds = 1;
  folder.write("full/notes.txt", "mine");
  CHECK_FALSE(generate_data_set(folder / "full", options));
  CHECK(contents(folder / "full").size() == 1);
  std::filesystem::create_directory(folder / "empty");
  CHECK(generate_data_set(folder / "empty", options));
  folder.write("file", "mine");
  CHECK_FALSE(generate_data_set(folder / "file", options));
  CHECK_FALSE(generate_data_set(folder / "file/below", options));
  options.seconds = 0;
  CHECK_FALSE(generate_data_set(folder / "bad", options));
  CHECK_FALSE(std::filesystem::exists(folder / "bad"));
  for (const auto& entry : std::filesystem::directory_iterator(folder.path()))
    CHECK(entry.path().filename().string().find(".part") == std::string::npos);
}

TEST_CASE("generate_data_set: own classes and scenes") {
  const temporary_folder folder;
  soundscape_options options = small();
  options.classes = {{"owl"}, {"dog", false}};
  options.scenes = {{"wood", "outdoor", {"owl", "dog"}}};
  options.clips = options.folds = 3;
  generate_data_set(folder / "set", options).value();
  const maestro_data_set set = open_maestro(folder / "set").value();
  CHECK(set.labels.classes == std::vector<std::string>{"owl", "dog"});
  CHECK(set.labels.hard == std::vector<idx>{0});
  CHECK(set.folds.size() == 3);
  for (const clip_split& fold : set.folds)
    CHECK((fold.train.size() == 1 && fold.validation.size() == 1 && fold.test.size() == 1));
}
