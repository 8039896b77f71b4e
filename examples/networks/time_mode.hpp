#pragma once
#include <map>
#include <string>

namespace auris::networks {

/// How a network of PANNs' blocks gives as many frames as the labels have.
enum class time_mode {
  whole,     ///< A: blocks pool in frequency only, every frame stays
  held,      ///< B: they pool in time, too, and each embedding is held for the frames that it stands for
  stretched  ///< C: they pool in time on a finer grid (10 ms), embeddings are interpolated to the labels' frames
};
inline const std::map<std::string, time_mode> time_mode_names{
    {"A", time_mode::whole}, {"B", time_mode::held}, {"C", time_mode::stretched}};
inline std::string name_of(time_mode mode) {
  for (const auto& [name, m] : time_mode_names)
    if (m == mode) return name;
  return {};
}

}  // namespace auris::networks
