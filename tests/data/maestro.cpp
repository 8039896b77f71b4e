#include <auris/data/maestro.hpp>

#include "data/temporary_folder.hpp"
#include "support/catch.hpp"
#include "support/says.hpp"

using namespace auris;

namespace {
// Three recordings of two scenes, one fold.
void write_small_set(const temporary_folder& folder) {
  for (const char* name : {"cafe_restaurant_00", "cafe_restaurant_01", "city_center_07"}) {
    folder.write("audio/" + std::string(name) + ".wav", "RIFF");
    folder.write("labels/soft_labels_" + std::string(name) + ".txt", "0\t1\tfootsteps\t0.6\n1\t2\tfootsteps\t0.5\n");
  }
  folder.write("development_split.csv",
               "filename\ncafe_restaurant/cafe_restaurant_00\ncafe_restaurant/cafe_restaurant_01\n"
               "city_center/city_center_07\n");
  folder.write("development_folds/fold1_train.csv", "filename\ncity_center/city_center_07\n");
  folder.write("development_folds/fold1_val.csv", "filename\ncafe_restaurant/cafe_restaurant_01\n");
  folder.write("development_folds/fold1_test.csv", "filename\ncafe_restaurant/cafe_restaurant_00\n");
}
}  // namespace

TEST_CASE("open_maestro: clips, scenes, labels and folds of a small set") {
  const temporary_folder folder;
  write_small_set(folder);
  const maestro_data_set set = open_maestro(folder.path()).value();
  REQUIRE(set.clips.size() == 3);
  CHECK(set.labels.classes.size() == 17);
  CHECK(set.clips[0].name == "cafe_restaurant_00");
  CHECK(set.clips[0].audio.filename() == "cafe_restaurant_00.wav");
  CHECK((set.clips[0].scene == 0 && set.clips[0].environment == 0 && set.clips[0].seconds == 0));
  CHECK((set.clips[2].scene == 1 && set.clips[2].environment == 1));
  CHECK(set.clips[1].soft == std::vector<soft_label>{{0, 1, 3, 0.6}, {1, 2, 3, 0.5}});
  CHECK(set.clips[1].hard == std::vector<hard_label>{{0, 1, 3}});
  REQUIRE(set.folds.size() == 1);
  CHECK(set.folds[0].train == std::vector<idx>{2});
  CHECK(set.folds[0].validation == std::vector<idx>{1});
  CHECK(set.folds[0].test == std::vector<idx>{0});
}

TEST_CASE("open_maestro: backslashes, Windows line ends, folders of labels by scene, metadata and hard labels") {
  const temporary_folder folder;
  write_small_set(folder);
  folder.write("development_split.csv",
               "filename\r\ncity_center\\city_center_07\r\ncafe_restaurant\\cafe_restaurant_01\r\n"
               "cafe_restaurant\\cafe_restaurant_00\r\n");
  std::filesystem::rename(folder / "labels", folder / "old");
  for (const char* name :
       {"cafe_restaurant/cafe_restaurant_00", "cafe_restaurant/cafe_restaurant_01", "city_center/city_center_07"}) {
    folder.write("annotation/soft_labels_" + std::string(name) + ".txt", "0\t1\tcar\t0.25\r\n");
    std::filesystem::remove(folder.path() / "old" /
                            ("soft_labels_" + std::filesystem::path(name).filename().string() + ".txt"));
  }
  folder.write("notes/city_center_07.txt", "not a label file");
  folder.write("metadata/development_metadata.csv",
               "filename\tduration\r\ncafe_restaurant_00\t200.5\r\ncafe_restaurant_01\t30\r\ncity_center_07\t31\r\n"
               "city_center_08\t5\r\n");
  folder.write("metadata/gt_dev.csv",
               "filename\tonset\toffset\tevent_label\r\ncity_center_07.wav\t4\t5\tlarge_vehicle\r\n"
               "city_center_08.wav\t4\t5\tcar\r\n");
  const maestro_data_set set = open_maestro(folder.path()).value();
  REQUIRE(set.clips.size() == 3);
  CHECK(set.clips[0].name == "city_center_07");
  CHECK(set.clips[0].seconds == 31);
  CHECK(set.clips[2].seconds == 200.5);
  CHECK(set.clips[0].soft == std::vector<soft_label>{{0, 1, 1, 0.25}});
  CHECK(set.clips[0].hard == std::vector<hard_label>{{4, 5, 7}});
  CHECK(set.clips[1].hard.empty());
  CHECK(set.folds[0].train == std::vector<idx>{0});
}

TEST_CASE("open_maestro: own classes and scenes") {
  const temporary_folder folder;
  folder.write("metadata/classes.csv", "label\thard\nowl\t0\ndog\t1\n");
  folder.write("metadata/scenes.csv", "scene\tenvironment\nold_park\toutdoor\n");
  folder.write("old_park_3.wav", "");
  folder.write("soft_labels_old_park_3.txt", "0\t1\tdog\t0.9\n0\t1\towl\t0.9\n");
  for (const char* part : {"train", "val"}) folder.write("fold1_" + std::string(part) + ".csv", "filename\n");
  folder.write("fold1_test.csv", "filename\nold_park_3\n");
  const maestro_data_set set = open_maestro(folder.path()).value();
  CHECK(set.labels.classes == std::vector<std::string>{"owl", "dog"});
  REQUIRE(set.clips.size() == 1);
  CHECK((set.clips[0].scene == 0 && set.clips[0].environment == 0));
  CHECK(set.clips[0].hard == std::vector<hard_label>{{0, 1, 1}});
}

TEST_CASE("open_maestro: everything that is missing or broken is listed at once") {
  const temporary_folder folder;
  write_small_set(folder);
  std::filesystem::remove(folder / "audio/cafe_restaurant_01.wav");
  std::filesystem::remove(folder / "labels/soft_labels_cafe_restaurant_00.txt");
  folder.write("labels/soft_labels_city_center_07.txt", "0\t1\tcar\t0.5\n0\t1\tcar\n0\t1\ttram\t0.5\n1\t2\tcar\t7\n");
  folder.write("copy/city_center_07.wav", "");
  folder.write("development_split.csv",
               "filename\ncafe_restaurant/cafe_restaurant_00\ncafe_restaurant/cafe_restaurant_01,x\n"
               "cafe_restaurant/cafe_restaurant_01\ncity_center/city_center_07\npark/park_00\n"
               "cafe_restaurant/cafe_restaurant_00\n");
  folder.write("development_folds/fold1_val.csv",
               "filename\ncafe_restaurant/cafe_restaurant_01\ncafe_restaurant/cafe_restaurant_00\nbus/bus_00\n");
  folder.write("development_folds/fold3_val.csv", "filename\n");
  folder.write("metadata/development_metadata.csv", "filename\tduration\ncafe_restaurant_00\t-1\ncity_center_07\tx\n");
  folder.write("metadata/gt_dev.csv", "filename\tonset\toffset\tevent_label\ncity_center_07.wav\t5\t4\ttram\n");
  const auto set = open_maestro(folder.path());
  for (const char* text :
       {"no audio 'cafe_restaurant_01.wav'", "no soft labels 'soft_labels_cafe_restaurant_00.txt'",
        "soft_labels_city_center_07.txt, line 2: expected onset, offset, label and value, got 3 fields",
        "soft_labels_city_center_07.txt, line 3: unknown label 'tram'",
        "soft_labels_city_center_07.txt, line 4: expected a value from 0 to 1, got 7",
        "found twice: ", "development_split.csv, line 3: expected one file name",
        "the file 'cafe_restaurant_00' is listed twice", "the file 'park_00' begins with no known scene",
        "no audio 'park_00.wav'", "fold1: the file 'bus_00' is not in the file list",
        "fold1: the file 'cafe_restaurant_00' is in more than one of train, val and test",
        "fold1: the file 'park_00' is in none of train, val and test", "there is a fold 3, but none before it",
        "no file 'fold3_test.csv' beside the others of this fold",
        "development_metadata.csv, line 2: expected a file name, a tab, and seconds above 0",
        "development_metadata.csv, line 3: expected a file name, a tab, and seconds above 0",
        "gt_dev.csv, line 2: expected numbers 0 <= onset < offset", "gt_dev.csv, line 2: unknown label 'tram'"}) {
    INFO(text);
    CHECK(says(set, text));
  }
}

TEST_CASE("open_maestro: a folder without lists must hold all 49 files of the built-in folds") {
  const temporary_folder folder;
  CHECK(says(open_maestro(folder / "none"), "no such folder"));
  CHECK(says(open_maestro(folder.path()), "98 problems:"));  // audio and labels of 49
  for (idx k = 1; k <= 5; ++k)
    for (const std::string& name : maestro_fold(k).value().test) {
      folder.write("development_audio/" + name + ".wav", "");
      folder.write("development_annotation/soft_labels_" + name + ".txt", "");
    }
  const maestro_data_set set = open_maestro(folder.path()).value();
  CHECK((set.clips.size() == 49 && set.folds.size() == 5));
  CHECK(set.folds[4].train.size() == 28);
  CHECK(set.clips[static_cast<std::size_t>(set.folds[4].test.back())].name == "residential_area_01");
  folder.write("development_split.csv", "filename\n");
  CHECK(says(open_maestro(folder.path()), "the list of files is empty"));
}

TEST_CASE("open_maestro: linked folders are followed once, rings of links do no harm") {
  const temporary_folder folder, elsewhere;
  write_small_set(elsewhere);
  std::filesystem::create_directory_symlink(elsewhere.path(), folder / "set");
  std::filesystem::create_directory_symlink(folder.path(), elsewhere / "ring");
  CHECK(open_maestro(folder.path()).value().clips.size() == 3);
}
