#pragma once
#include <array>
#include <auris/core/result.hpp>
#include <auris/core/shape.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace auris {

/// The files of one fold of a cross-validation, by name without folder and extension.
struct file_split {
  std::vector<std::string> train, validation, test;
};

/// One built-in fold of MAESTRO, compact: a letter for the scene and the file's number.
///
/// c = cafe_restaurant, y = city_center, g = grocery_store, m = metro_station, r = residential_area.
struct maestro_fold_table {
  std::string_view train, validation, test;

  /// How many files a part of a fold has.
  static constexpr idx count(std::string_view part) { return (static_cast<idx>(part.size()) + 1) / 4; }
};

/// The five folds of the data set's cross-validation over 49 files.
///
/// Source  DCASE 2023 task 4B, the baseline's development folds.
///
///     static_assert(maestro_fold_table::count(maestro_folds[0].train) == 26);
inline constexpr std::array<maestro_fold_table, 5> maestro_folds{{
    {"c00 c06 c10 c13 y06 y07 y10 y12 g00 g01 g02 g03 g08 g11 g12 m01 m04 m05 m11 r00 r01 r03 r04 r05 "
     "r06 r12",
     "c08 c11 c12 c14 y02 y05 y09 y14 m02 m10 m12 r14", "c04 c07 y04 y11 g04 g09 m00 m07 r07 r08 r09"},
    {"c00 c07 c08 c10 y07 y09 y10 y14 g00 g03 g04 g09 g11 g12 m00 m01 m02 m04 m12 r00 r01 r04 r06 r07 "
     "r08 r09 r14",
     "c04 c06 c12 c13 y04 y05 y06 y11 g02 m07 m11 r03", "c11 c14 y02 y12 g01 g08 m05 m10 r05 r12"},
    {"c04 c06 c10 c11 c13 c14 y06 y07 y10 y12 y14 g02 g04 g08 g09 m00 m02 m10 m12 r00 r01 r03 r04 r05 "
     "r07 r08 r09",
     "c07 c12 y02 y04 y11 g00 g01 g12 m04 m05 m07 r12", "c00 c08 y05 y09 g03 g11 m01 m11 r06 r14"},
    {"c07 c08 c11 c12 c13 c14 y02 y05 y09 y11 y12 g01 g02 g03 g04 g08 g09 m01 m05 m07 m10 m12 r00 r06 "
     "r08 r09 r14",
     "c00 c04 y04 y10 y14 g11 m00 m11 r01 r05 r07 r12", "c06 c10 y06 y07 g00 g12 m02 m04 r03 r04"},
    {"c00 c04 c06 c07 c11 c14 y02 y07 y09 y11 y12 g01 g03 g08 g09 g11 g12 m00 m01 m05 m07 m10 r05 r06 "
     "r07 r08 r09 r14",
     "c08 c10 y04 y05 y06 g00 g04 m02 m04 m11 r03 r04 r12", "c12 c13 y10 y14 g02 m12 r00 r01"},
}};

/// The files of built-in fold 1 to 5, spelled out: "cafe_restaurant_04".
///
/// Errors  a fold outside of 1 to 5.
///
///     const file_split first = maestro_fold(1).value();                // 26, 12 and 11 files
inline result<file_split> maestro_fold(idx fold) {
  if (fold < 1 || fold > 5) return error{"no such fold", "the folds of MAESTRO", "1 to 5", message::of(fold)};
  const auto spelled_out = [](std::string_view part) {
    std::vector<std::string> names;
    for (std::size_t at = 0; at < part.size(); at += 4) {
      std::string name;
      switch (part[at]) {
        case 'c':
          name = "cafe_restaurant_";
          break;
        case 'y':
          name = "city_center_";
          break;
        case 'g':
          name = "grocery_store_";
          break;
        case 'm':
          name = "metro_station_";
          break;
        default:
          name = "residential_area_";
      }
      names.push_back(name += part.substr(at + 1, 2));
    }
    return names;
  };
  const maestro_fold_table& table = maestro_folds[static_cast<std::size_t>(fold - 1)];
  return file_split{spelled_out(table.train), spelled_out(table.validation), spelled_out(table.test)};
}

}  // namespace auris
