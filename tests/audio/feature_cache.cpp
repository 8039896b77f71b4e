#include <auris/audio/feature_cache.hpp>
#include <auris/audio/presets.hpp>
#include <auris/backend/cpu.hpp>
#include <auris/backend/cpu/thread_pool.hpp>
#include <set>

#include "audio/signals.hpp"
#include "data/temporary_folder.hpp"
#include "support/catch.hpp"

using namespace auris;

namespace {

constexpr front_end_options small{.rate = 8000, .fft = 256, .hop = 80, .bands = 20, .highest = 4000};
std::filesystem::path sound(const temporary_folder& folder, const char* name, int seconds, float gain = 0.5f) {
  std::vector<float> x = golden_signal(8000, seconds);
  for (float& v : x) v *= gain;
  write_sound_file(folder / name, x, 8000).value();
  return folder / name;
}
idx computed(const std::vector<file_features>& all) { return std::ranges::count(all, true, &file_features::computed); }
std::vector<std::filesystem::path> kept(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& e : std::filesystem::directory_iterator(folder)) files.push_back(e.path());
  return files;
}

}  // namespace

TEST_CASE("feature cache: what was computed once is found, and equals what the front-end gives") {
  const temporary_folder folder;
  const std::vector<std::filesystem::path> files{sound(folder, "a.wav", 1), sound(folder, "b.wav", 2),
                                                 sound(folder, "c.wav", 1, 0.25f)};
  const auto f = front_end<cpu>::create(small).value();
  const feature_cache cache(folder / "features");
  const auto first = cache.get(f, files).value(), second = cache.get(f, files).value();
  CHECK(computed(first) == 3);
  CHECK(computed(second) == 0);
  CHECK(kept(folder / "features").size() == 3);
  for (std::size_t i = 0; i < files.size(); ++i) {
    const recording r = read_sound_file(files[i]).value();
    CHECK(first[i].values == f.run(r.samples).value().values);
    CHECK(second[i].values == first[i].values);
    CHECK(second[i].frames == first[i].frames);
    CHECK(second[i].bands == 20);
    CHECK(second[i].seconds == r.seconds());
  }
  thread_pool three(3);
  std::filesystem::remove_all(folder / "features");
  const auto parallel = cache.get(f, files, {.files = &three}).value(),
             uncached = feature_cache().get(f, files, {.files = &three}).value();
  CHECK(computed(parallel) == 3);
  CHECK(computed(uncached) == 3);
  for (std::size_t i = 0; i < files.size(); ++i) {
    CHECK(parallel[i].values == first[i].values);
    CHECK(uncached[i].values == first[i].values);
  }
}

TEST_CASE("feature cache: a sound file that changes is computed anew, one that moves is not") {
  const temporary_folder folder;
  std::vector<std::filesystem::path> files{sound(folder, "a.wav", 1)};
  const auto f = front_end<cpu>::create(small).value();
  const feature_cache cache(folder / "features");
  const auto before = cache.get(f, files).value();
  sound(folder, "a.wav", 1, 0.25f);
  const auto after = cache.get(f, files).value();
  CHECK(computed(after) == 1);
  CHECK(after[0].values != before[0].values);
  std::filesystem::rename(folder / "a.wav", folder / "b.wav");
  files = {folder / "b.wav"};
  CHECK(computed(cache.get(f, files).value()) == 0);
}

TEST_CASE("feature cache: every option is a part of the key") {
  std::set<std::string> keys;
  const std::string content = "some bytes of a sound file";
  idx count = 0;
  const auto add = [&](const front_end_options& o, integer_scale s = integer_scale::power_of_two) {
    keys.insert(feature_key(o, s, content));
    ++count;
  };
  const auto changed = [&](auto change) {
    front_end_options o = small;
    change(o);
    add(o);
  };
  add(small);
  add(small, integer_scale::maestro);
  changed([](auto& o) { o.rate = 8001; });
  changed([](auto& o) { o.pre_emphasis = 0.97; });
  changed([](auto& o) { o.transform = transform_kind::constant_q; });
  changed([](auto& o) { o.fft = 257; });
  changed([](auto& o) { o.window_length = 200; });
  changed([](auto& o) { o.window = window_kind::hamming; });
  changed([](auto& o) { o.symmetry = window_symmetry::symmetric; });
  changed([](auto& o) { o.unit_energy = true; });
  changed([](auto& o) { o.hop = 81; });
  changed([](auto& o) { o.padding = padding_kind::reflect; });
  changed([](auto& o) { o.spectrum = spectrum_kind::magnitude; });
  changed([](auto& o) { o.bands = 21; });
  changed([](auto& o) { o.per_octave = 13; });
  changed([](auto& o) { o.lowest = 1e-300; });
  changed([](auto& o) { o.highest = 3999; });
  changed([](auto& o) { o.scale = mel_scale::htk; });
  changed([](auto& o) { o.area_normalised = false; });
  changed([](auto& o) { o.axis = band_axis::mel; });
  changed([](auto& o) { o.logarithm.scale = 1; });
  changed([](auto& o) { o.logarithm.floor = 1e-9; });
  changed([](auto& o) { o.logarithm.offset = 1e-9; });
  changed([](auto& o) { o.coefficients = 20; });
  CHECK(static_cast<idx>(keys.size()) == count);
  CHECK(feature_key(small, integer_scale::power_of_two, "some bytes of a sound filf") != *keys.begin());
  CHECK(feature_key(small, integer_scale::power_of_two, content) ==
        feature_key(small, integer_scale::power_of_two, content));
  keys.clear();
  std::string zeros;
  for (int i = 0; i < 20; ++i, zeros += '\0') keys.insert(feature_key(small, integer_scale::power_of_two, zeros));
  CHECK(keys.size() == 20);
}

TEST_CASE("feature cache: damaged files are made anew") {
  const temporary_folder folder;
  const std::vector<std::filesystem::path> files{sound(folder, "a.wav", 1)};
  const auto f = front_end<cpu>::create(small).value();
  const feature_cache cache(folder / "features");
  const auto good = cache.get(f, files).value();
  const std::filesystem::path file = kept(folder / "features").at(0);
  const std::string content = read_file(file).value();
  const tensor_file whole = read_safetensors(file).value();
  const auto damaged = [&](auto damage) {
    damage();
    const auto again = cache.get(f, files).value();
    CHECK(computed(again) == 1);
    CHECK(again[0].values == good[0].values);
    CHECK(read_file(file).value() == content);
  };
  damaged([&] { write_file(file, content.substr(0, content.size() / 2)).value(); });
  damaged([&] { write_file(file, "").value(); });
  damaged([&] { write_safetensors(file, {{whole.tensors[0]}, {}}).value(); });
  damaged([&] {
    tensor_file other = whole;
    for (named_tensor& t : other.tensors)
      if (t.name == "features") t = tensor_of<float>("features", {1, 19}, std::vector<float>(19));
    write_safetensors(file, other).value();
  });
  damaged([&] {
    tensor_file other = whole;
    for (named_tensor& t : other.tensors)
      if (t.name == "features") t = tensor_of<float>("features", {1, 20}, std::vector<float>(20, NAN));
    write_safetensors(file, other).value();
  });
}

TEST_CASE("feature cache: the first file that cannot be read is told, and no file is no feature") {
  const temporary_folder folder;
  const auto f = front_end<cpu>::create(small).value();
  folder.write("text.wav", "no sound");
  std::vector<std::filesystem::path> files{sound(folder, "a.wav", 1), folder / "none.wav", folder / "text.wav"};
  for (const feature_cache& cache : {feature_cache(folder / "features"), feature_cache()}) {
    const auto bad = cache.get(f, files);
    REQUIRE_FALSE(bad);
    CHECK(std::string(bad.error().text().c_str()).find("none.wav") != std::string::npos);
    CHECK(cache.get(f, {}).value().empty());
  }
  files = {folder / "a.wav"};
  folder.write("file", "");
  CHECK_FALSE(feature_cache(folder / "file").get(f, files));  // a folder that cannot be made
}
