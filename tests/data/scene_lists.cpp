#include <auris/data/scene_lists.hpp>

#include "support/catch.hpp"
#include "temporary_folder.hpp"

namespace scene_lists_test {

using namespace auris;

using clips = std::vector<scene_clip>;

static std::string problem(std::string_view content) {
  const auto r = parse_scene_list(content, "m.csv");
  return r ? "" : r.error().text().c_str();
}

TEST_CASE("scene list: every form of the set") {
  CHECK(parse_scene_list(
            "filename\tscene_label\tidentifier\tsource_label\r\naudio/airport-lisbon-1-2-a.wav\tairport\tl-1\ta\r\n",
            "meta.csv")
            .value() == clips{{"audio/airport-lisbon-1-2-a.wav", "airport"}});
  CHECK(parse_scene_list("filename\naudio/metro_station-lyon-1-2-s1.wav\naudio/x.wav\n", "fold1_test.csv").value() ==
        clips{{"audio/metro_station-lyon-1-2-s1.wav", "metro_station"}, {"audio/x.wav", ""}});
  CHECK(scenes_of({{"1", "bus"}, {"2", "airport"}, {"3", "bus"}, {"4", ""}}) ==
        std::vector<std::string>{"bus", "airport"});
}

TEST_CASE("scene list: broken files are errors that name file and line") {
  CHECK(problem("a.wav\tbus\n") == "bad header of a list of scenes: m.csv, line 1: expected filename, scene_label");
  const std::string header = "filename\tscene_label\n";
  CHECK(problem(header + "a.wav\n") == "bad row of a list of scenes: m.csv, line 2: expected 2 fields, got 1");
  CHECK(problem(header + "a.wav\tbus\na.wav\tbus\n") ==
        "file named twice: m.csv: expected each file once, got 'a.wav'");
  for (const char* bad : {"a.wav\tbus\tx\n", "\tbus\n", "audio/\tbus\n", "a.wav\t\n"})
    CHECK_FALSE(parse_scene_list(header + bad, "m.csv"));
  CHECK_FALSE(parse_scene_list("", "m.csv"));
}

TEST_CASE("scene list: from a file") {
  const temporary_folder folder;
  folder.write("m.csv", "filename\tscene_label\na.wav\tbus\n");
  CHECK(read_scene_list(folder / "m.csv").value() == clips{{"a.wav", "bus"}});
  CHECK_FALSE(read_scene_list(folder / "n.csv"));
}

}  // namespace scene_lists_test
