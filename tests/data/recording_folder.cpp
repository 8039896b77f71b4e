#include <auris/data/generate_data_set.hpp>
#include <auris/data/maestro.hpp>
#include <auris/data/recording_folder.hpp>
#include <cstdlib>

#include "data/temporary_folder.hpp"
#include "support/catch.hpp"
#include "support/says.hpp"

namespace recording_folder_test {

using namespace auris;

namespace {
// 100 zeros, 1000 samples of one value, 100 zeros: at 8 kHz.
void write_step(const std::filesystem::path& path, float value) {
  std::vector<float> x(1200);
  std::fill(x.begin() + 100, x.begin() + 1100, value);
  write_sound_file(path, x, 8000).value();
}
}  // namespace

TEST_CASE("recording_folder: groups by the number before the hyphen, silence cut off") {
  const temporary_folder folder;
  for (const char* name : {"1-5-A.wav", "1-5-B.wav", "2-7-A.WAV", "3-7-A.wav", "5-7-A.wav"})
    write_step(folder / name, 0.5f);
  folder.write("readme.txt", "");
  const auto three = recording_folder::open(folder.path(), 8000, 3).value();
  CHECK(three.group(0).size() == 2);  // 1 and 1
  CHECK(three.group(1).size() == 2);  // 2 and 5
  CHECK(three.group(2).size() == 1);  // 3
  CHECK(three.group(0)[0] == std::vector<float>(1000, 0.5f));
  CHECK(recording_folder::open(folder.path(), 8000, 3, false).value().group(0)[0].size() == 1200);
  CHECK(recording_folder::open(folder.path(), 16000, 3, false).value().group(0)[0].size() == 2400);
  CHECK(says(recording_folder::open(folder.path(), 8000, 5), "no recording for group 4 of 5"));
  write_step(folder / "plain.wav", 0.5f);  // without a number: all go by the order of their names
  const auto ordered = recording_folder::open(folder.path(), 8000, 5).value();
  CHECK((ordered.group(0).size() == 2 && ordered.group(1).size() == 1));
}

TEST_CASE("recording_folder: excerpts are as long as wanted or as the recording, carpets as long as wanted") {
  const temporary_folder folder;
  write_step(folder / "a.wav", 0.5f);
  const auto all = recording_folder::open(folder.path(), 8000, 1).value();
  random_sequence random(1);
  CHECK(all.excerpt(0, 400, 8000, random).size() == 400);
  CHECK(all.excerpt(0, 5000, 8000, random).size() == 1000);
  const auto y = all.excerpt(0, 400, 8000, random);
  CHECK(y[200] == 0.5f);
  CHECK(y[0] < 0.01f);
  const auto carpet = all.carpet(0, 10'000, 8000, random);
  REQUIRE(carpet.size() == 10'000);
  CHECK(carpet[250] == Approx(1));
  CHECK(std::ranges::all_of(
      carpet, [](float v) { return v > 0 && v < 1.5f; }));  // root mean square 1, no holes between the recordings
  CHECK(all.carpet(0, 0, 8000, random).empty());
  write_sound_file(folder / "a.wav", std::vector<float>{0.5f}, 8000).value();
  const auto sample = recording_folder::open(folder.path(), 8000, 1).value();
  CHECK(sample.carpet(0, 100, 8000, random).size() == 100);
  CHECK(sample.excerpt(0, 100, 8000, random).size() == 1);
}

TEST_CASE("recording_folder: what cannot be used is listed") {
  const temporary_folder folder;
  CHECK(says(recording_folder::open(folder / "none", 8000, 1), "no such folder"));
  CHECK(says(recording_folder::open(folder.path(), 8000, 1), "no recording for group 1 of 1"));
  CHECK(says(recording_folder::open(folder.path(), 8000, 0), "bad number of groups"));
  write_step(folder / "silent.wav", 0);
  folder.write("broken.wav", "RIFF but no more");
  const auto bad = recording_folder::open(folder.path(), 8000, 1);
  CHECK(says(bad, "3 problems"));
  CHECK(says(bad, "no sound in "));
  CHECK(says(bad, "broken.wav"));
}

TEST_CASE("recordings: soundscapes of folders of files") {
  const temporary_folder folder;
  for (int i = 0; i < 3; ++i) {
    write_step(folder.path() / "knock" / (std::to_string(i) + ".wav"), 0.5f);
    write_step(folder.path() / "street" / (std::to_string(i) + ".wav"), 0.25f);
  }
  soundscape_options options;
  options.classes = {{"knock", true, folder / "knock"}, {"made", true}};
  options.scenes = {{"street", "outdoor", {"knock", "made"}, folder / "street"}};
  options.clips = options.folds = 3, options.seconds = 10, options.rate = 8000;
  const auto generator = soundscape_generator::create(options).value();
  const soundscape clip = generator.clip(2).value();
  CHECK(clip.samples == generator.clip(2).value().samples);
  idx knocks = 0;
  for (idx i = 0; i < 3; ++i) {
    const soundscape each = generator.clip(i).value();
    for (const sound_event& e : each.events)
      if (e.class_index == 0) {
        ++knocks;
        CHECK(e.offset - e.onset == Approx(0.125));  // the 1000 samples that are not silent
      }
  }
  CHECK(knocks > 0);
}

TEST_CASE("recordings: ESC-10 as events and scenes") {
  const char* data = std::getenv("AURIS_DATA");
  if (!data || !std::filesystem::is_directory(std::filesystem::path(data) / "esc10")) {
    SUCCEED("skipped: AURIS_DATA does not name a folder with esc10");
    return;
  }
  const std::filesystem::path esc = std::filesystem::path(data) / "esc10";
  soundscape_options options;
  options.classes = {{"dog_bark", true, esc / "dog_bark"}, {"rooster", true, esc / "rooster"}};
  options.scenes = {{"rain", "outdoor", {"dog_bark", "rooster"}, esc / "rain"}};
  options.clips = options.folds = 5, options.seconds = 20, options.rate = 16000;
  const temporary_folder folder;
  generate_data_set(folder / "a", options).value();
  generate_data_set(folder / "b", options).value();
  const maestro_data_set a = open_maestro(folder / "a").value(), b = open_maestro(folder / "b").value();
  idx active = 0;
  for (std::size_t i = 0; i < a.clips.size(); ++i) {
    CHECK(read_file(a.clips[i].audio).value() == read_file(b.clips[i].audio).value());
    CHECK(a.clips[i].soft == b.clips[i].soft);
    active += static_cast<idx>(a.clips[i].hard.size());
  }
  CHECK(active > 10);
}

}  // namespace recording_folder_test
