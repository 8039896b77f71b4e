#include <auris/data/soundscape_generator.hpp>
#include <limits>

#include "support/catch.hpp"
#include "support/says.hpp"

namespace soundscape_generator_test {

using namespace auris;

namespace {
soundscape_options small() {
  soundscape_options o;
  o.clips = 15, o.folds = 3, o.seconds = 20, o.rate = 8000;
  return o;
}
}  // namespace

TEST_CASE("soundscape_generator: a clip is a function of seed and index") {
  soundscape_options o = small();
  const auto first = soundscape_generator::create(o).value(), again = soundscape_generator::create(o).value();
  o.seed = 2;
  const auto other = soundscape_generator::create(o).value();
  o.seed = 1, o.clips = 30;
  const auto longer = soundscape_generator::create(o).value();
  const soundscape a = first.clip(7).value();
  (void)again.clip(3).value();
  CHECK(again.clip(7).value().samples == a.samples);
  CHECK(again.clip(7).value().soft == a.soft);
  CHECK(longer.clip(7).value().samples == a.samples);
  CHECK(other.clip(7).value().samples != a.samples);
  CHECK(other.clip(7).value().soft != a.soft);
  CHECK(first.clip(2).value().samples != a.samples);  // the same scene
  CHECK(a.name == "grocery_store_01");
  CHECK((a.scene == 2 && a.rate == 8000 && a.samples.size() == 160'000));
  CHECK_FALSE(first.clip(15));
  CHECK_FALSE(first.clip(-1));
}

TEST_CASE("soundscape_generator: labels agree with the events that were mixed in") {
  soundscape_options o = small();
  o.seconds = 60;
  const auto generator = soundscape_generator::create(o).value();
  double covered = 0, heard = 0, absent = 0;
  for (idx i = 0; i < o.clips; ++i) {
    const soundscape clip = generator.clip(i).value();
    const auto& own = maestro_scenes[static_cast<std::size_t>(clip.scene)].events;
    REQUIRE(clip.soft.size() == 6 * 60);
    CHECK(std::ranges::all_of(clip.samples, [](float v) { return v >= -1 && v <= 1; }));
    for (const sound_event& e : clip.events) {
      CHECK(std::ranges::find(own, e.class_index) != own.end());
      CHECK((e.onset >= 0 && e.offset <= 60 && e.offset - e.onset >= 0.499 && e.offset - e.onset <= 4));
      CHECK((e.snr >= 6 && e.snr <= 15));
    }
    for (const soft_label& l : clip.soft) {
      CHECK(std::ranges::find(own, l.class_index) != own.end());
      double coverage = 0;
      for (const sound_event& e : clip.events)
        if (e.class_index == l.class_index)
          coverage += std::max(0.0, std::min(l.offset, e.offset) - std::max(l.onset, e.onset));
      if (coverage == 0) {
        ++absent;
        CHECK((l.value >= 0.01 && l.value <= 0.2));
      }
      if (coverage > 0.999) ++covered, heard += l.value;
    }
    CHECK(clip.hard == hard_labels(clip.soft, maestro_hard_classes));
  }
  CHECK(covered > 300);
  CHECK(absent > 2000);
  CHECK(heard / covered > 0.8);
}

TEST_CASE("soundscape_generator: events stand out of the background by their SNR") {
  soundscape_options o = small();
  o.scenes = {{"room", "indoor", {"car"}}};
  o.snr_low = o.snr_high = 10;
  o.seconds = 60;
  const soundscape clip = soundscape_generator::create(o).value().clip(1).value();
  std::vector<bool> inside(clip.samples.size());
  for (const sound_event& e : clip.events)
    for (idx i = std::lround(e.onset * o.rate); i < std::lround(e.offset * o.rate); ++i)
      inside[static_cast<std::size_t>(i)] = true;
  double event = 0, rest = 0, events = 0, rests = 0;
  for (std::size_t i = 0; i < inside.size(); ++i) {
    const double power = static_cast<double>(clip.samples[i]) * static_cast<double>(clip.samples[i]);
    inside[i] ? (event += power, ++events) : (rest += power, ++rests);
  }
  REQUIRE((events > 0 && rests > 0));
  CHECK(10 * std::log10(event / events / (rest / rests)) == Approx(10 * std::log10(11.0)).margin(0.5));
}

TEST_CASE("soundscape_generator: doubt everywhere labels the classes of other scenes too") {
  soundscape_options o = small();
  o.doubt_everywhere = true;
  const soundscape clip = soundscape_generator::create(o).value().clip(0).value();
  o.doubt_everywhere = false;
  const soundscape plain = soundscape_generator::create(o).value().clip(0).value();
  CHECK(clip.samples == plain.samples);
  REQUIRE(clip.soft.size() == 17 * 20);
  for (std::size_t i = 6 * 20; i < clip.soft.size(); ++i)
    CHECK((clip.soft[i].value >= 0.01 && clip.soft[i].value <= 0.2));
}

TEST_CASE("soundscape_generator: any number of classes and scenes, scenes without events, one second") {
  soundscape_options o;
  o.classes.clear(), o.scenes.clear();
  for (int c = 0; c < 60; ++c) o.classes.push_back({"class " + std::to_string(c), c % 2 == 0});
  for (int s = 0; s < 12; ++s) o.scenes.push_back({"scene" + std::to_string(s), s % 3 ? "indoor" : "wild", {}});
  for (int c = 0; c < 60; ++c)
    o.scenes[static_cast<std::size_t>(c % 11)].events.push_back("class " + std::to_string(c));
  o.clips = 36, o.folds = 3, o.seconds = 1, o.rate = 8000;
  const auto generator = soundscape_generator::create(o).value();
  CHECK(generator.labels().hard.size() == 30);
  CHECK(generator.labels().environments == std::vector<std::string>{"indoor", "wild"});
  CHECK(generator.labels().scenes[0].environment == 1);
  for (idx i = 0; i < o.clips; ++i) {
    const soundscape clip = generator.clip(i).value();
    CHECK(clip.samples.size() == 8000);
    if (clip.scene == 11) CHECK((clip.soft.empty() && clip.events.empty()));
  }
}

TEST_CASE("soundscape_generator: options that contradict themselves are all listed") {
  soundscape_options o;
  o.classes.push_back({"car"});
  o.classes.push_back({"a\tb"});
  o.scenes.push_back({"no/where", "", {"tram", "car", "car"}});
  o.clips = 29, o.seconds = 0, o.rate = 100, o.annotators = 0;
  o.snr_low = std::numeric_limits<double>::quiet_NaN();
  const auto bad = soundscape_generator::create(o);
  for (const char* text :
       {"the class 'car' occurs twice", "bad class name 'a?b'", "bad scene name 'no/where'", "bad environment ''",
        "no known class 'tram'", "has 'car' twice", "expected 30 to 100000 clips",
        "expected clips of 1 to 3600 seconds, got 0", "expected a rate of 8000 to 192000 Hz, got 100",
        "SNR <= 60 dB, got nan", "expected 1 to 1000 annotators, got 0"}) {
    INFO(text);
    CHECK(says(bad, text));
  }
  o = {};
  o.folds = 2;
  CHECK(says(soundscape_generator::create(o), "expected 3 to 99 folds, got 2"));
  o = {};
  o.classes.clear(), o.scenes.clear();
  CHECK(says(soundscape_generator::create(o), "expected at least one class"));
  CHECK(says(soundscape_generator::create(o), "expected at least one scene"));
  o = {};
  o.classes[3].recordings = "/nowhere/at/all";
  CHECK(says(soundscape_generator::create(o), "no such folder: /nowhere/at/all"));
}

}  // namespace soundscape_generator_test
