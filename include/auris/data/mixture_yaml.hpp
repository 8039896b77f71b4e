// Lists of mixtures in YAML. Needs yaml-cpp, which nothing else of the library does.
#pragma once
#include <yaml-cpp/yaml.h>

#include <auris/data/mixture_list.hpp>
#include <auris/io/file.hpp>
#include <cmath>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace auris {

namespace detail {

/// Members of one record; the first thing that is wrong with it.
class mixture_record {
 public:
  mixture_record(const YAML::Node& record, const std::filesystem::path& path) : record_(record), path_(path) {}

  result<named_mixture> read() {
    named_mixture m;
    m.name = text(record_, "mixture_name");
    m.fold = static_cast<idx>(number(record_, "fold"));
    m.scene = text(record_, "scene_audio_name");
    const YAML::Node events = member(record_, "events");
    if (!bad_ && !events.IsSequence()) bad(events, "a list of events", "events");
    for (std::size_t i = 0; !bad_ && i < events.size(); ++i) {
      const YAML::Node e = events[i];
      m.events.push_back(
          {text(e, "event_audio_name"), text(e, "event_label"), number(e, "onset"), number(e, "offset")});
      const named_event& made = m.events.back();
      if (!bad_ && !(made.onset >= 0 && made.offset >= made.onset))
        bad(e, "0 <= onset <= offset", message::of(made.onset, " to ", made.offset));
    }
    if (bad_) return *bad_;
    return m;
  }

 private:
  void bad(const YAML::Node& where, const message& expected, const message& got) {
    if (!bad_)
      bad_ = error{"bad list of mixtures", message::of(path_, ", line ", where.Mark().line + 1), expected, got};
  }
  YAML::Node member(const YAML::Node& of, const char* name) {
    if (bad_) return {};
    if (!of.IsMap()) {
      bad(of, "a record", "something else");
      return {};
    }
    const YAML::Node found = of[name];
    if (!found) bad(of, name, "none");
    return found ? found : YAML::Node();
  }
  std::string text(const YAML::Node& of, const char* name) {
    const YAML::Node v = member(of, name);
    if (bad_) return {};
    if (!v.IsScalar() || v.Scalar().empty()) bad(v, message::of("a text as ", name), "something else");
    return bad_ ? std::string() : v.Scalar();
  }
  double number(const YAML::Node& of, const char* name) {
    const YAML::Node v = member(of, name);
    double x = 0;
    if (!bad_ && !(v.IsScalar() && YAML::convert<double>::decode(v, x) && std::abs(x) < 1e9))
      bad(v, message::of("a number as ", name), v.IsScalar() ? v.Scalar().substr(0, 60).c_str() : "something else");
    return x;
  }

  const YAML::Node& record_;
  const std::filesystem::path& path_;
  std::optional<error> bad_;
};

}  // namespace detail

/// The mixtures of a list in YAML, as the code of Kong et al. writes them: records with `mixture_name`, `fold`,
/// `scene_audio_name` and `events`, which have `event_audio_name`, `event_label`, `onset` and `offset` (seconds). Other members
/// are left alone.
///
/// Memory  the list, and once more the text as a tree.
/// Errors  name file (`path`, for messages only) and line: text that is no YAML or no list of such records, a member that is
///         missing, times that are not finite, negative or in the wrong order.
/// Source  Kong et al. 2019, sed_time_freq_segmentation
///
///     const auto list = parse_mixture_yaml(
///         "- {mixture_name: 00000.wav, fold: 1, scene_audio_name: park.wav,\n"
///         "   events: [{event_audio_name: a.wav, event_label: Bark, onset: 0.5, offset: 1.2}]}", "list.yaml").value();
///     const double offset = list[0].events[0].offset;                  // 1.2
inline result<std::vector<named_mixture>> parse_mixture_yaml(std::string_view text, const std::filesystem::path& path) {
  try {
    const YAML::Node all = YAML::Load(std::string(text));
    if (!all.IsSequence()) return error{"bad list of mixtures", path.c_str(), "a list of records"};
    std::vector<named_mixture> list;
    list.reserve(all.size());
    for (const YAML::Node& record : all) {
      auto m = detail::mixture_record(record, path).read();
      if (!m) return m.error();
      list.push_back(std::move(*m));
    }
    return list;
  } catch (const YAML::Exception& e) {
    return error{"not YAML", message::of(path, ", line ", e.mark.line + 1), {}, e.msg.c_str()};
  }
}

/// The same from a file.
///
///     const auto list = read_mixture_yaml("mixture.yaml");
///     if (!list) std::puts(list.error().text().c_str());               // no such file: mixture.yaml
inline result<std::vector<named_mixture>> read_mixture_yaml(const std::filesystem::path& path) {
  const auto text = read_file(path);
  if (!text) return text.error();
  return parse_mixture_yaml(*text, path);
}

}  // namespace auris
