#include "inputs.hpp"

#include <auris/data/annotation.hpp>
#include <auris/data/durations.hpp>
#include <auris/data/score_table.hpp>
#include <auris/data/weak_labels.hpp>
#include <map>
#include <set>

using namespace auris;

namespace evaluate {

namespace {

struct reference_file {
  std::vector<annotated_file> events;
  std::vector<weakly_labelled_file> weak;
};

result<reference_file> read_reference(const std::filesystem::path& path, bool& weak) {
  const auto content = read_file(path);
  if (!content) return content.error();
  reference_file r;
  weak = content->substr(0, content->find('\n')).find("event_labels") != std::string::npos;
  if (weak) {
    auto labels = parse_weak_labels(*content, path);
    if (!labels) return labels.error();
    r.weak = std::move(*labels);
  } else {
    auto events = parse_annotation(*content, path);
    if (!events) return events.error();
    r.events = std::move(*events);
  }
  return r;
}

std::vector<std::string> classes_of(const reference_file& reference) {
  std::set<std::string> names;
  for (const annotated_file& f : reference.events)
    for (const event& e : f.events) names.insert(e.label);
  for (const weakly_labelled_file& f : reference.weak) names.insert(f.labels.begin(), f.labels.end());
  return {names.begin(), names.end()};
}

// The columns of a table that the classes ask for, in their order.
result<std::vector<double>> columns_of(score_table& table, const std::vector<std::string>& classes,
                                       const std::string& id) {
  if (table.classes == classes) return std::move(table.scores);
  std::vector<std::size_t> columns;
  for (const std::string& name : classes) {
    const idx c = class_index(table.classes, name);
    if (c < 0) return error{"no scores of a class", id.c_str(), message::of("a column '", name, "'")};
    columns.push_back(static_cast<std::size_t>(c));
  }
  std::vector<double> scores;
  scores.reserve(static_cast<std::size_t>(table.frames()) * classes.size());
  for (std::size_t row = 0; row < table.scores.size(); row += table.classes.size())
    for (const std::size_t c : columns) scores.push_back(table.scores[row + c]);
  return scores;
}

// Clips by id; those that come up when the set is closed are an error.
class clip_set {
 public:
  clip& operator[](const std::string& id) {
    clip& c = clips_[id];
    c.id = id;
    return c;
  }
  clip* find(const std::string& id) {
    const auto found = clips_.find(id);
    return found == clips_.end() ? nullptr : &found->second;
  }
  auto begin() { return clips_.begin(); }
  auto end() { return clips_.end(); }

 private:
  std::map<std::string, clip> clips_;
};

}  // namespace

result<inputs> read_inputs(const input_files& files) {
  inputs in;
  const auto reference = read_reference(files.reference, in.weak);
  if (!reference) return reference.error();
  in.classes = files.classes.empty() ? classes_of(*reference) : files.classes;
  if (in.classes.empty()) return error{"no classes", files.reference.c_str(), "events in the reference, or --classes"};
  if (auto good = check_classes(in.classes); !good) return good.error();
  const std::set<std::string> wanted(in.classes.begin(), in.classes.end());

  clip_set clips;
  if (!files.scores.empty()) {
    auto tables = read_score_folder(files.scores);
    if (!tables) return tables.error();
    for (scored_clip& s : *tables) {
      auto scores = columns_of(s.table, in.classes, s.id);
      if (!scores) return scores.error();
      clip& c = clips[s.id];
      c.scores = std::move(*scores), c.times = std::move(s.table.times);
      c.duration = c.times.empty() ? 0 : c.times.back();
    }
    in.has_scores = true;
  }
  if (!files.durations.empty()) {
    const auto durations = read_durations(files.durations);
    if (!durations) return durations.error();
    if (in.has_scores)
      for (auto& [id, c] : clips) c.duration = -1;
    for (const file_duration& d : *durations) {
      const std::string id = clip_id(d.name);
      if (in.has_scores && !clips.find(id))
        return error{"no scores of a file", files.scores.c_str(), message::of("a table '", id, ".tsv' for ", d.name)};
      clips[id].duration = d.seconds;
    }
    for (auto& [id, c] : clips)
      if (c.duration < 0)
        return error{"no duration of a file", files.durations.c_str(), message::of("a line for ", id)};
  }
  // Scores and durations are complete lists of the clips; annotations may leave out those without events.
  const bool complete = in.has_scores || !files.durations.empty();
  const auto known = [&](const std::string& name) -> result<clip*> {
    const std::string id = clip_id(name);
    if (complete && !clips.find(id))
      return in.has_scores
                 ? error{"no scores of a file", files.scores.c_str(), message::of("a table '", id, ".tsv' for ", name)}
                 : error{"no duration of a file", files.durations.c_str(), message::of("a line for ", name)};
    return &clips[id];
  };
  for (const annotated_file& f : reference->events) {
    const auto c = known(f.name);
    if (!c) return c.error();
    for (const event& e : f.events)
      if (wanted.contains(e.label)) (*c)->reference.push_back(e);
  }
  for (const weakly_labelled_file& f : reference->weak) {
    const auto c = known(f.name);
    if (!c) return c.error();
    for (const std::string& label : f.labels)
      if (wanted.contains(label)) (*c)->labels.push_back(label);
  }
  if (!files.estimate.empty()) {
    const auto estimate = read_annotation(files.estimate);
    if (!estimate) return estimate.error();
    for (const annotated_file& f : *estimate) {
      const auto c = known(f.name);
      if (!c) return c.error();
      for (const event& e : f.events) {
        if (wanted.contains(e.label))
          (*c)->estimated.push_back(e);
        else if (files.classes.empty())
          return error{"unknown label", message::of(files.estimate, ", ", f.name),
                       "labels of the reference; name all classes with --classes, or those to evaluate",
                       message::of("'", e.label, "'")};
      }
    }
  }
  for (auto& [id, c] : clips) {
    if (!in.weak) {
      std::set<std::string> occurring;
      for (const event& e : c.reference) occurring.insert(e.label);
      c.labels.assign(occurring.begin(), occurring.end());
    }
    in.clips.push_back(std::move(c));
  }
  return in;
}

}  // namespace evaluate
