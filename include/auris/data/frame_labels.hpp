#pragma once
#include <array>
#include <auris/core/shape.hpp>
#include <auris/io/file.hpp>
#include <auris/io/line_reader.hpp>
#include <auris/io/problems.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace auris {

/// The classes of DCASE 2020 task 3, spelled as in the code of Jung et al. 2021.
inline constexpr std::array<std::string_view, 14> task_3_classes{
    "alarm", "baby",      "crash", "dog",         "engine",      "female_screem", "female_speech",
    "fire",  "footsteps", "knock", "male_screem", "male_speech", "phone",         "piano"};

/// A source that is heard in one frame, and where it comes from.
struct frame_label {
  idx frame, class_index, track;
  double azimuth, elevation;  ///< degrees

  bool operator==(const frame_label&) const = default;
};

/// Frame labels from text: rows `frame,class,track,azimuth,elevation` without a header, frames of 100 ms.
///
/// Errors  name file (`path`, for messages only) and line: a row of another number of fields, a field that is no number,
///         a frame, class or track below 0.
/// Source  DCASE 2020 task 3.
///
///     const auto labels = parse_frame_labels("0,7,1,-50,30\n1,7,1,-50,30\n", "fold1_room1_mix001.csv").value();
///     const double azimuth = labels[1].azimuth;                        // -50
inline result<std::vector<frame_label>> parse_frame_labels(std::string_view content,
                                                           const std::filesystem::path& path) {
  detail::line_reader reader(content);
  std::vector<frame_label> labels;
  while (reader.next_line()) {
    const std::string_view line = reader.line();
    frame_label l{};
    bool good = true;
    for (idx* whole : {&l.frame, &l.class_index, &l.track})
      good = good && reader.number_field(',', *whole) && *whole >= 0 && !reader.at_end();
    good = good && reader.number_field(',', l.azimuth) && !reader.at_end() && reader.number_field(',', l.elevation);
    if (!good || !reader.at_end())
      return error{"bad frame label", message::of(path, ", line ", reader.number()),
                   "frame, class, track (from 0), azimuth, elevation", message::of(detail::in_quotes(line))};
    labels.push_back(l);
  }
  return labels;
}

/// The frame labels of a file: see `parse_frame_labels`.
///
///     const auto labels = read_frame_labels("metadata_dev/fold1_room1_mix001.csv");      // or an error that names the line
inline result<std::vector<frame_label>> read_frame_labels(const std::filesystem::path& path) {
  const auto content = read_file(path);
  if (!content) return content.error();
  return parse_frame_labels(*content, path);
}

/// Which classes are heard in which frames: (frames, classes), 0 or 1, as `block_based` takes it.
///
/// Errors  a frame or class beyond the matrix; a matrix of less than 0 or more than 2^28 cells.
///
///     const std::vector<frame_label> labels{{0, 1, 0, 0, 0}};
///     const auto active = frame_activity(labels, 2, 3).value();        // 0 1 0, 0 0 0
inline result<std::vector<unsigned char>> frame_activity(std::span<const frame_label> labels, idx frames, idx classes) {
  constexpr idx most_cells = idx(1) << 28;
  if (frames < 0 || classes < 0 || frames > most_cells / (classes < 1 ? 1 : classes))
    return error{"bad size of a matrix", "frame activity", "0 to 2^28 cells",
                 message::of(frames, " frames, ", classes, " classes")};
  std::vector<unsigned char> active(static_cast<std::size_t>(frames * classes));
  for (const frame_label& l : labels) {
    if (l.frame < 0 || l.frame >= frames || l.class_index < 0 || l.class_index >= classes)
      return error{"label beyond the matrix", "frame activity", message::of(frames, " frames, ", classes, " classes"),
                   message::of("frame ", l.frame, ", class ", l.class_index)};
    active[static_cast<std::size_t>(l.frame * classes + l.class_index)] = 1;
  }
  return active;
}

/// The fold in the name of a mixture: 1 of "fold1_room1_mix001_ov1.csv"; 0 where there is none.
///
///     const int fold = fold_of_mixture("fold6_room2_mix050_ov2.wav");  // 6
inline int fold_of_mixture(std::string_view name) {
  const bool one = name.starts_with("fold") && name.size() > 6 && name[4] >= '0' && name[4] <= '9' && name[5] == '_';
  return one ? name[4] - '0' : 0;
}

}  // namespace auris
