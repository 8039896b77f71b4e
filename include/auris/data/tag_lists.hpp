#pragma once
#include <algorithm>
#include <auris/io/file.hpp>
#include <auris/io/line_reader.hpp>
#include <auris/io/problems.hpp>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace auris {

/// A recording and its tags.
struct tagged_clip {
  std::string file;
  std::string labels;  ///< commas between, as it is written

  bool operator==(const tagged_clip&) const = default;
};

/// Tags from text: header `fname,labels`, then a file and its tags a line, in quotes where there are several.
///
/// Errors  name file (`path`, for messages only) and line: no header, a row of another form, no name, no tag, a file twice.
/// Source  DCASE 2019 task 2 (FSDKaggle2019), train_curated.csv
///
///     const auto clips = parse_tag_list("fname,labels\na.wav,Bark\nb.wav,\"Bark,Meow\"\n", "train_curated.csv").value();
///     const std::string both = clips[1].labels;                        // Bark,Meow
inline result<std::vector<tagged_clip>> parse_tag_list(std::string_view content, const std::filesystem::path& path) {
  detail::line_reader reader(content);
  const auto problem = [&](const char* what, const char* expected, std::string_view got) {
    return error{what, message::of(path, ", line ", reader.number()), expected, message::of(detail::in_quotes(got))};
  };
  if (!reader.next_line() || reader.line() != "fname,labels")
    return problem("bad header of tags", "fname,labels", reader.line());
  std::vector<tagged_clip> clips;
  std::unordered_set<std::string> seen;
  while (reader.next_line()) {
    const std::string_view line = reader.line();
    const auto comma = line.find(',');
    const auto labels = detail::last_field(comma == line.npos ? std::string_view{} : line.substr(comma + 1));
    if (comma == 0 || !labels)
      return problem("bad row of tags", "a file, a comma, tags, several of them in quotes", line);
    clips.push_back({std::string(line.substr(0, comma)), std::string(*labels)});
    if (!seen.insert(clips.back().file).second) return problem("file named twice", "each file once", clips.back().file);
  }
  return clips;
}

/// The tags of a file: see `parse_tag_list`.
///
///     const auto clips = read_tag_list("train_curated.csv");           // or an error that names the line
inline result<std::vector<tagged_clip>> read_tag_list(const std::filesystem::path& path) {
  const auto content = read_file(path);
  if (!content) return content.error();
  return parse_tag_list(*content, path);
}

/// The classes in their order: the columns behind `fname` in the header of a sample submission, of which nothing else is read.
///
/// Errors  name the file: another header, a name that is empty or there twice.
/// Source  DCASE 2019 task 2, sample_submission.csv
///
///     const auto classes = parse_tag_classes("fname,Bark,Meow\na.wav,0,0\n", "sample_submission.csv").value();   // 2
inline result<std::vector<std::string>> parse_tag_classes(std::string_view content, const std::filesystem::path& path) {
  detail::line_reader reader(content);
  std::vector<std::string> classes;
  bool good = reader.next_line() && reader.field(',') == "fname" && !reader.at_end();
  while (good && !reader.at_end()) {
    std::string name(reader.field(','));
    good = !name.empty() && std::find(classes.begin(), classes.end(), name) == classes.end();
    classes.push_back(std::move(name));
  }
  if (!good) return error{"bad header of a sample submission", path.c_str(), "fname and distinct classes"};
  return classes;
}
inline result<std::vector<std::string>> read_tag_classes(const std::filesystem::path& path) {
  const auto content = read_file(path);
  if (!content) return content.error();
  return parse_tag_classes(*content, path);
}

/// What makes a class set: its name among the tags, or anywhere in their text, as the code of Jung et al. 2021 has it.
enum class tag_match { name, substring };

/// Which classes are set: (classes), 0 or 1.
///
/// Errors  with `tag_match::name` a tag that is no class.
///
///     const std::vector<std::string> classes{"Bark", "Meow"};
///     const auto row = tag_row("Meow,Bark", classes).value();          // 1 1
inline result<std::vector<unsigned char>> tag_row(std::string_view labels, std::span<const std::string> classes,
                                                  tag_match how = tag_match::name) {
  std::vector<unsigned char> row(classes.size());
  if (how == tag_match::substring) {
    for (std::size_t c = 0; c < classes.size(); ++c) row[c] = labels.find(classes[c]) != labels.npos;
    return row;
  }
  for (bool more = true; more;) {
    const auto comma = labels.find(',');
    const std::string_view name = labels.substr(0, comma);
    const auto at = std::find(classes.begin(), classes.end(), name);
    if (at == classes.end())
      return error{
          "unknown tag", {}, message::of("one of ", classes.size(), " classes"), message::of(detail::in_quotes(name))};
    row[static_cast<std::size_t>(at - classes.begin())] = 1;
    more = comma != labels.npos;
    if (more) labels.remove_prefix(comma + 1);
  }
  return row;
}

}  // namespace auris
