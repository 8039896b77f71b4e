#include <auris/data/label_catalogue.hpp>

#include "data/temporary_folder.hpp"
#include "support/catch.hpp"
#include "support/says.hpp"

using namespace auris;

TEST_CASE("maestro catalogue: indices and exact spellings") {
  const label_catalogue labels = maestro_catalogue();
  CHECK(labels.classes.size() == 17);
  CHECK(labels.class_index("birds_singing") == 0);
  CHECK(labels.class_index("brakes_squeaking") == 6);
  CHECK(labels.class_index("cutlery and dishes") == 8);
  CHECK(labels.class_index("cash register beeping") == 16);
  CHECK(labels.class_index("birds singing") == dyn);
  CHECK(labels.hard == std::vector<idx>{0, 1, 2, 3, 4, 5, 6, 7, 8, 11, 12});
  CHECK(labels.classes[11] == "metro approaching");
  CHECK(labels.classes[12] == "metro leaving");
  CHECK((labels.is_hard(11) && !labels.is_hard(9)));
  CHECK(labels.scene_of("metro_station_07") == 3);
  CHECK(labels.scene_of("metro_station") == dyn);
  CHECK(labels.scene_of("metro") == dyn);
  CHECK(labels.scene_of("park_07") == dyn);
  CHECK(labels.environments == std::vector<std::string>{"indoor", "outdoor"});
  const std::vector<idx> environments{0, 1, 0, 0, 1};
  for (std::size_t s = 0; s < 5; ++s) CHECK(labels.scenes[s].environment == environments[s]);
}

TEST_CASE("maestro scenes: six events each, as in the paper's table") {
  const auto names = [](std::size_t scene) {
    std::string all;
    for (idx c : maestro_scenes[scene].events) all += std::string(maestro_classes[static_cast<std::size_t>(c)]) + ", ";
    return all;
  };
  CHECK(names(0) ==
        "people talking, footsteps, children voices, cutlery and dishes, furniture dragging, coffee machine, ");
  CHECK(names(1) == "car, people talking, footsteps, children voices, brakes_squeaking, large_vehicle, ");
  CHECK(names(2) == "people talking, footsteps, children voices, announcement, shopping cart, cash register beeping, ");
  CHECK(names(3) ==
        "people talking, footsteps, children voices, metro approaching, metro leaving, door opens/closes, ");
  CHECK(names(4) == "birds_singing, car, people talking, footsteps, children voices, wind_blowing, ");
}

TEST_CASE("catalogue files: read back as written; environments in alphabetical order") {
  const temporary_folder folder;
  label_catalogue own{{"dog", "cat"}, {1}, {{"park", 1}, {"hall", 0}}, {"indoor", "outdoor"}}, read;
  write_catalogue(folder / "classes.csv", folder / "scenes.csv", own).value();
  CHECK(read_file(folder / "classes.csv").value() == "label\thard\ndog\t0\ncat\t1\n");
  CHECK(read_file(folder / "scenes.csv").value() == "scene\tenvironment\npark\toutdoor\nhall\tindoor\n");
  read_classes(folder / "classes.csv", read).value();
  read_scenes(folder / "scenes.csv", read).value();
  CHECK(read.classes == own.classes);
  CHECK(read.hard == own.hard);
  CHECK(read.environments == own.environments);
  REQUIRE(read.scenes.size() == 2);
  CHECK((read.scenes[0].name == "park" && read.scenes[0].environment == 1));
  CHECK((read.scenes[1].name == "hall" && read.scenes[1].environment == 0));
}

TEST_CASE("catalogue files: a broken one changes nothing") {
  const temporary_folder folder;
  folder.write("classes.csv", "label\thard\r\ndog\t0\r\ncat\r\nowl\t2\r\ndog\t1\r\n");
  folder.write("scenes.csv", "scene\tenvironment\npark\n");
  folder.write("empty.csv", "");
  label_catalogue labels = maestro_catalogue();
  const auto classes = read_classes(folder / "classes.csv", labels);
  CHECK(says(classes, "3 problems"));
  CHECK(says(classes, "line 3: expected a label, a tab, and 0 or 1"));
  CHECK(says(classes, "line 4: expected a label, a tab, and 0 or 1"));
  CHECK(says(classes, "line 5: the label 'dog' occurs twice"));
  CHECK(says(read_scenes(folder / "scenes.csv", labels), "line 2: expected a scene, a tab, and an environment"));
  CHECK(says(read_classes(folder / "empty.csv", labels), "it has no class"));
  CHECK(says(read_scenes(folder / "empty.csv", labels), "it has no scene"));
  CHECK(says(read_scenes(folder / "none.csv", labels), "no such file"));
  CHECK((labels.classes.size() == 17 && labels.scenes.size() == 5));
}
