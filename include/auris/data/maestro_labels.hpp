#pragma once
#include <array>
#include <auris/core/shape.hpp>
#include <string_view>

namespace auris {

/// The 17 event classes of MAESTRO Real in index order; underscore or blank as the data set spells each.
///
/// Source  Khandelwal & Das 2023; DCASE 2023 task 4B.
///
///     static_assert(maestro_classes[13] == "door opens/closes");
inline constexpr std::array<std::string_view, 17> maestro_classes{"birds_singing",        "car",
                                                                  "people talking",       "footsteps",
                                                                  "children voices",      "wind_blowing",
                                                                  "brakes_squeaking",     "large_vehicle",
                                                                  "cutlery and dishes",   "furniture dragging",
                                                                  "coffee machine",       "metro approaching",
                                                                  "metro leaving",        "door opens/closes",
                                                                  "announcement",         "shopping cart",
                                                                  "cash register beeping"};

/// Indices of the 11 classes that the hard ground truth holds, and that all four metrics of the task are computed on.
inline constexpr std::array<idx, 11> maestro_hard_classes{0, 1, 2, 3, 4, 5, 6, 7, 8, 11, 12};

/// One of MAESTRO's five scenes: the prefix of its files' names, its letter, its environment and its 6 event classes.
struct maestro_scene {
  std::string_view name;
  char letter;
  idx environment;            ///< index into `maestro_environments`
  std::array<idx, 6> events;  ///< indices into `maestro_classes`
};

/// Indoor (I) = 0, outdoor (O) = 1.
inline constexpr std::array<std::string_view, 2> maestro_environments{"indoor", "outdoor"};

/// The scenes A to E = 0 to 4.
///
/// Source  Khandelwal & Das 2023, table 1.
///
///     static_assert(maestro_scenes[3].name == "metro_station" && maestro_scenes[3].letter == 'D');
inline constexpr std::array<maestro_scene, 5> maestro_scenes{{{"cafe_restaurant", 'A', 0, {2, 3, 4, 8, 9, 10}},
                                                              {"city_center", 'B', 1, {1, 2, 3, 4, 6, 7}},
                                                              {"grocery_store", 'C', 0, {2, 3, 4, 14, 15, 16}},
                                                              {"metro_station", 'D', 0, {2, 3, 4, 11, 12, 13}},
                                                              {"residential_area", 'E', 1, {0, 1, 2, 3, 4, 5}}}};

/// Seconds between two frames of the task's features: 8820 samples at 44.1 kHz.
inline constexpr double maestro_hop = 8820.0 / 44100;

}  // namespace auris
