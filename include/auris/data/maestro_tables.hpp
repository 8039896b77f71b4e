#pragma once
#include <auris/data/file_names.hpp>
#include <auris/data/maestro_folder.hpp>
#include <auris/data/maestro_folds.hpp>
#include <auris/io/problems.hpp>
#include <auris/io/table.hpp>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace auris::detail {

/// A list of files: header `filename`, one a line.
inline std::vector<std::string> read_file_list(const std::filesystem::path& path, problem_list& problems) {
  std::vector<std::string> names;
  const auto rows = read_table(path, ',');
  if (!rows) return problems.add(rows.error().text().c_str()), names;
  for (const table_row& row : *rows) {
    if (row.line == 1 && row.fields[0] == "filename") continue;
    std::string name = bare_name(row.fields[0]);
    if (row.fields.size() != 1 || name.empty())
      problems.add(path, row.line, "expected one file name");
    else
      names.push_back(std::move(name));
  }
  return names;
}

/// A fold, and where it was found for messages.
struct named_split {
  file_split files;
  std::string where;
};

/// The folds that a folder has, `fold<k>_{train,val,test}.csv` for k from 1 on, else the built-in ones.
inline std::vector<named_split> find_folds(const folder_index& index, problem_list& problems) {
  constexpr int most_folds = 99;
  std::vector<named_split> folds;
  for (int k = 1, last = 0; k <= most_folds; ++k) {
    const std::string prefix = "fold" + std::to_string(k);
    const auto train = index.find(prefix + "_train.csv", {}, problems),
               validation = index.find(prefix + "_val.csv", {}, problems),
               test = index.find(prefix + "_test.csv", {}, problems);
    if (!train && !validation && !test) continue;
    if (last != k - 1) problems.add("there is a fold " + std::to_string(k) + ", but none before it");
    last = k;
    named_split fold{{}, prefix};
    const auto read = [&](const auto& path, const char* part, std::vector<std::string>& names) {
      if (path)
        names = read_file_list(*path, problems);
      else
        problems.add("no file '" + prefix + part + "' beside the others of this fold");
    };
    read(train, "_train.csv", fold.files.train);
    read(validation, "_val.csv", fold.files.validation);
    read(test, "_test.csv", fold.files.test);
    folds.push_back(std::move(fold));
  }
  if (folds.empty())
    for (idx k = 1; k <= static_cast<idx>(maestro_folds.size()); ++k)
      folds.push_back({maestro_fold(k).value(), "built-in fold " + std::to_string(k)});
  return folds;
}

/// Tab separated, header `filename<TAB>duration`: seconds by bare file name.
inline std::map<std::string, double> read_durations(const std::filesystem::path& path, problem_list& problems) {
  std::map<std::string, double> durations;
  const auto rows = read_table(path, '\t');
  if (!rows) return problems.add(rows.error().text().c_str()), durations;
  for (const table_row& row : *rows) {
    const auto& f = row.fields;
    if (row.line == 1 && f[0] == "filename") continue;
    const auto seconds = f.size() == 2 ? parse_number(f[1], path, row.line) : result<double>(0.0);
    if (!seconds || !(*seconds > 0))
      problems.add(path, row.line, "expected a file name, a tab, and seconds above 0");
    else if (!durations.emplace(bare_name(f[0]), *seconds).second)
      problems.add(path, row.line, "the file " + in_quotes(f[0]) + " occurs twice");
  }
  return durations;
}

}  // namespace auris::detail
