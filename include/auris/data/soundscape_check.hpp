#pragma once
#include <algorithm>
#include <auris/data/label_catalogue.hpp>
#include <auris/data/soundscape.hpp>
#include <auris/io/problems.hpp>
#include <set>
#include <string>
#include <string_view>

namespace auris {

/// Whether a set of soundscapes can be made of these options; the error lists all that stands against it.
///
///     soundscape_options options;
///     options.clips = 3;                                               // fewer than 5 folds of 5 scenes
///     if (auto good = check_soundscapes(options); !good) std::puts(good.error().text().c_str());
inline result<void> check_soundscapes(const soundscape_options& o) {
  detail::problem_list problems;
  const auto expect = [&](bool good, const std::string& text) {
    if (!good) problems.add(text);
  };
  const auto plain = [](std::string_view s) {
    return !s.empty() && s.front() != ' ' && s.back() != ' ' &&
           std::none_of(s.begin(), s.end(), [](char c) { return static_cast<unsigned char>(c) < 32 || c == 127; });
  };
  std::set<std::string> classes, scenes;
  expect(!o.classes.empty(), "expected at least one class");
  for (const soundscape_class& c : o.classes) {
    expect(plain(c.name), "bad class name " + detail::in_quotes(c.name));
    expect(classes.insert(c.name).second, "the class " + detail::in_quotes(c.name) + " occurs twice");
  }
  expect(!o.scenes.empty(), "expected at least one scene");
  for (const soundscape_scene& s : o.scenes) {
    expect(plain(s.name) && s.name.find_first_of("/\\,.") == s.name.npos,
           "bad scene name " + detail::in_quotes(s.name) + " (it becomes part of file names)");
    expect(scenes.insert(s.name).second, "the scene " + detail::in_quotes(s.name) + " occurs twice");
    expect(plain(s.environment), "bad environment " + detail::in_quotes(s.environment));
    std::set<std::string> events;
    for (const std::string& e : s.events) {
      expect(classes.contains(e),
             "the scene " + detail::in_quotes(s.name) + " has no known class " + detail::in_quotes(e));
      expect(events.insert(e).second,
             "the scene " + detail::in_quotes(s.name) + " has " + detail::in_quotes(e) + " twice");
    }
  }
  expect(o.folds >= 3 && o.folds <= 99, "expected 3 to 99 folds, got " + std::to_string(o.folds));
  const idx needed = o.folds * static_cast<idx>(o.scenes.size());
  expect(o.clips >= needed && o.clips <= 100'000, "expected " + std::to_string(needed) +
                                                      " to 100000 clips (one of each scene in each fold), got " +
                                                      std::to_string(o.clips));
  expect(o.seconds >= 1 && o.seconds <= 3600, "expected clips of 1 to 3600 seconds, got " + std::to_string(o.seconds));
  expect(o.rate >= 8000 && o.rate <= 192'000, "expected a rate of 8000 to 192000 Hz, got " + std::to_string(o.rate));
  expect(o.snr_low >= -60 && o.snr_low <= o.snr_high && o.snr_high <= 60,
         "expected -60 <= lowest <= highest SNR <= 60 dB, got " + std::to_string(o.snr_low) + " and " +
             std::to_string(o.snr_high));
  expect(o.annotators >= 1 && o.annotators <= 1000,
         "expected 1 to 1000 annotators, got " + std::to_string(o.annotators));
  if (!problems.empty()) return problems.error("cannot make soundscapes", "soundscape_options");
  return {};
}

namespace detail {

/// The names of the options, indexed as `open_maestro` indexes them again: environments in alphabetical order.
inline label_catalogue catalogue_of(const soundscape_options& o) {
  label_catalogue labels;
  for (const soundscape_class& c : o.classes) {
    if (c.hard) labels.hard.push_back(static_cast<idx>(labels.classes.size()));
    labels.classes.push_back(c.name);
  }
  std::set<std::string> environments;
  for (const soundscape_scene& s : o.scenes) environments.insert(s.environment);
  labels.environments.assign(environments.begin(), environments.end());
  for (const soundscape_scene& s : o.scenes)
    labels.scenes.push_back({s.name, std::distance(environments.begin(), environments.find(s.environment))});
  return labels;
}

}  // namespace detail
}  // namespace auris
