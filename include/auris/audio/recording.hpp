#pragma once
#include <vector>

namespace auris {

/// One channel of sound: samples, usually in [-1, 1], and how many of them make a second.
///
///     const recording silence{std::vector<float>(44100), 44100};       // one second
struct recording {
  std::vector<float> samples;
  int rate;  ///< samples per second

  double seconds() const { return static_cast<double>(samples.size()) / rate; }
};

}  // namespace auris
