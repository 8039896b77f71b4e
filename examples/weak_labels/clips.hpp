// From a folder of clips with weak labels to what networks train on.
//
//   audio/00000.wav     events on the left, scene on the right; what is heard is their mean
//   weak.tsv            filename, event_labels: the classes of each clip
//   strong.tsv          filename, onset, offset, event_label: when they are heard
//   folds.tsv           filename, fold: 1 to 4
//   classes.tsv         label: the classes in the order of a network's outputs
#pragma once
#include <auris/data/frame_matrix.hpp>
#include <auris/data/standardise.hpp>
#include <filesystem>
#include <string>
#include <vector>

namespace weak_labels {

inline constexpr int folds = 4;
inline constexpr const char* front_end_name = "kong_log_mel";

/// What networks are trained on: the front-end's log-mel or, reduced, its means over 8 frames and 2 bands.
struct resolution {
  auris::idx frames = 311, bands = 64;         ///< of a clip of 10 s
  auris::idx frames_each = 1, bands_each = 1;  ///< of the front-end's
};
inline constexpr resolution full_resolution{}, reduced_resolution{38, 32, 8, 2};
constexpr const resolution& resolution_of(bool reduced) { return reduced ? reduced_resolution : full_resolution; }
/// Seconds from frame to frame.
double hop_of(const resolution&);

struct weak_clip {
  std::filesystem::path audio;
  int fold = 0;                        ///< from 1
  std::vector<unsigned char> classes;  ///< 1 where the class is heard
  auris::frame_matrix features;        ///< (frame, band)
};

struct weak_set {
  std::vector<std::string> classes;
  std::vector<weak_clip> clips;
};

/// Labels and features of all clips. `features`: where these are kept (empty: nowhere).
///
/// Errors  files that are missing, broken, or contradict each other.
auris::result<weak_set> read_set(const std::filesystem::path& data, const std::filesystem::path& features, int threads,
                                 const resolution&);
/// Of the mixer's files, which have the events on the left: the mixture, or the events as loud as they are in it.
enum class heard { mixture, events };
/// Features of one sound file.
///
/// Errors  a file that cannot be read or is too short; for events, one of a single channel.
auris::result<auris::frame_matrix> read_features(const std::filesystem::path&, const resolution&,
                                                 heard = heard::mixture);

/// The standardisation that the clips of all folds but one give.
auris::result<auris::standardisation> standardisation_without(const weak_set&, int fold);

/// Clips of equal length, one behind the other.
struct clip_batch {
  auris::idx count = 0, frames = 0, bands = 0, classes = 0;
  std::vector<float> features;        ///< (count, frames, bands), standardised
  std::vector<unsigned char> labels;  ///< (count, classes)
};

/// The clips of a fold (`held_out`), or those of all others.
auris::result<clip_batch> clips_of(const weak_set&, int fold, bool held_out, const auris::standardisation&);

}  // namespace weak_labels
