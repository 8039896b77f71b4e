#pragma once
#include <algorithm>
#include <auris/data/file_names.hpp>
#include <auris/data/soft_labels.hpp>
#include <auris/io/problems.hpp>
#include <auris/io/table.hpp>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace auris {

/// A class that is active from onset to offset, in seconds.
struct hard_label {
  double onset, offset;
  idx class_index;

  bool operator==(const hard_label&) const = default;
};

/// The hard labels that soft ones stand for: values above 0.5 of the classes of a list. Adjacent ones are not merged.
///
/// Source  DCASE 2023 task 4B.
///
///     const std::vector<soft_label> soft{{0, 1, 2, 0.5}, {1, 2, 2, 0.6}, {1, 2, 9, 0.9}};
///     const auto hard = hard_labels(soft, maestro_hard_classes);       // {1, 2, 2} alone
inline std::vector<hard_label> hard_labels(std::span<const soft_label> soft, std::span<const idx> classes) {
  std::vector<hard_label> hard;
  for (const soft_label& l : soft)
    if (l.value > 0.5 && std::ranges::find(classes, l.class_index) != classes.end())
      hard.push_back({l.onset, l.offset, l.class_index});
  return hard;
}

namespace detail {

/// Tab separated, header `filename<TAB>onset<TAB>offset<TAB>event_label`: hard labels by bare file name.
inline std::map<std::string, std::vector<hard_label>> read_hard_labels(const std::filesystem::path& path,
                                                                       std::span<const std::string> classes,
                                                                       problem_list& problems) {
  std::map<std::string, std::vector<hard_label>> labels;
  const auto rows = read_table(path, '\t');
  if (!rows) return problems.add(rows.error().text().c_str()), labels;
  for (const table_row& row : *rows) {
    const auto& f = row.fields;
    if (row.line == 1 && f[0] == "filename") continue;
    if (f.size() != 4) {
      problems.add(path, row.line, "expected file name, onset, offset and label");
      continue;
    }
    const auto onset = parse_number(f[1], path, row.line), offset = parse_number(f[2], path, row.line);
    const auto named = std::find(classes.begin(), classes.end(), f[3]);
    const bool timed = onset && offset && *onset >= 0 && *onset < *offset;
    if (!timed)
      problems.add(path, row.line, "expected numbers 0 <= onset < offset, got " + in_quotes(f[1] + ", " + f[2]));
    if (named == classes.end()) problems.add(path, row.line, "unknown label " + in_quotes(f[3]));
    if (timed && named != classes.end()) labels[bare_name(f[0])].push_back({*onset, *offset, named - classes.begin()});
  }
  return labels;
}

}  // namespace detail
}  // namespace auris
