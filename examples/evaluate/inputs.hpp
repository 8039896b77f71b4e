// What the metrics need of the files on the command line, clip by clip.
#pragma once
#include <auris/core/result.hpp>
#include <auris/metric/event.hpp>
#include <filesystem>
#include <string>
#include <vector>

namespace evaluate {

/// Files as they are named on the command line; an empty path: not given.
struct input_files {
  std::filesystem::path reference, estimate, scores, durations;
  std::vector<std::string> classes;  ///< empty: those of the reference, in order of names
};

struct clip {
  std::string id;
  std::vector<auris::event> reference, estimated;
  std::vector<std::string> labels;  ///< classes of the reference that occur in it, from weak labels or events
  std::vector<double> times;        ///< frame k lasts from times[k] to times[k + 1]
  std::vector<double> scores;       ///< (frames, classes)
  double duration = -1;             ///< seconds; below 0: not known
};

struct inputs {
  std::vector<std::string> classes;
  std::vector<clip> clips;  ///< in order of ids
  bool weak = false;        ///< the reference has weak labels: there are no events
  bool has_scores = false;
};

/// Reads all files and matches them: annotations by file name without its last extension, score tables by their name.
/// Events and scores of other classes than those asked for are left out; without `classes` every label of the estimate
/// must occur in the reference.
auris::result<inputs> read_inputs(const input_files&);

}  // namespace evaluate
