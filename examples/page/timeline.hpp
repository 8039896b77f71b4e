// What happens in a clip, one panel below the other, all with the same time, and its sound.
#pragma once
#include <auris/audio/recording.hpp>
#include <auris/data/frame_matrix.hpp>
#include <auris/metric/event.hpp>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "png.hpp"

namespace page {

/// Numbers of every frame as shades. Without names the rows are bands of a spectrogram, the first one at the bottom; with
/// names (one for each) they stand as listed, from the top.
struct image_panel {
  std::string title;
  auris::frame_matrix values;
  double hop = 1;  ///< seconds
  std::vector<std::string> names = {};
  std::optional<std::pair<double, double>> range = {};  ///< of the shades; without one: of the values
};

/// Events as bars, a row for each name. Events of other names are left out.
struct event_panel {
  std::string title;
  std::vector<std::string> names;
  std::vector<auris::event> events;
};

struct timeline {
  std::string title;
  double seconds = 0;
  std::vector<std::variant<image_panel, event_panel>> panels;
  auris::recording sound{{}, 1};  ///< without samples: no sound
};

/// Images of more than 2400 frames show means of neighbouring frames.
std::string to_html(const timeline&);

/// The frames as an image: the range in 256 steps, what lies outside or is not finite at its ends. The first row is at
/// the bottom, or at the top.
indexed_image shades_of(const auris::frame_matrix&, double low, double high, bool first_row_at_the_top);

}  // namespace page
