#include <auris/data/mixture_yaml.hpp>
#include <cstring>

#include "data/temporary_folder.hpp"
#include "support/catch.hpp"

using namespace auris;
using Catch::Matchers::Contains;

namespace {

// As PyYAML writes it, with a member that nobody asks for.
constexpr const char* published = R"(- events:
  - event_audio_name: 0a1b2c3d.wav
    event_label: Bark
    onset: 0.5
    offset: 1.83
  - event_audio_name: 4e5f6a7b.wav
    event_label: Hi-hat
    onset: 3.0
    offset: 5.0
  fold: 1
  mixture_name: 00000.wav
  scene_audio_name: park-paris-77-2345-a.wav
- events: []
  fold: 4
  mixture_name: 00001.wav
  scene_audio_name: bus-lyon-1-2-a.wav
  weather: fine
)";

std::string error_of(std::string_view text) {
  const auto list = parse_mixture_yaml(text, "list.yaml");
  return list ? "no error" : list.error().text().c_str();
}
std::string with(const char* replaced, const char* by) {
  std::string text = published;
  return text.replace(text.find(replaced), std::strlen(replaced), by);
}

}  // namespace

TEST_CASE("mixture_yaml: the published form") {
  const auto list = parse_mixture_yaml(published, "list.yaml").value();
  REQUIRE(list.size() == 2);
  CHECK(list[0] == named_mixture{"00000.wav",
                                 1,
                                 "park-paris-77-2345-a.wav",
                                 {{"0a1b2c3d.wav", "Bark", 0.5, 1.83}, {"4e5f6a7b.wav", "Hi-hat", 3, 5}}});
  CHECK(list[1] == named_mixture{"00001.wav", 4, "bus-lyon-1-2-a.wav", {}});
  CHECK(parse_mixture_yaml("[]", "list.yaml").value().empty());
}

TEST_CASE("mixture_yaml: errors name the line and what is wrong there") {
  CHECK_THAT(error_of(with("onset: 0.5", "onset: -1")), Contains("list.yaml, line 2") && Contains("-1 to 1.83"));
  CHECK_THAT(error_of(with("offset: 5.0", "offset: 2.0")), Contains("3 to 2"));
  CHECK_THAT(error_of(with("onset: 3.0", "onset: .nan")), Contains("a number as onset"));
  CHECK_THAT(error_of(with("onset: 3.0", "onset: soon")), Contains("got soon"));
  CHECK_THAT(error_of(with("onset: 3.0", "onset: [3]")), Contains("a number as onset"));
  CHECK_THAT(error_of(with("event_label: Bark", "label: Bark")), Contains("event_label"));
  CHECK_THAT(error_of(with("event_label: Bark", "event_label: ''")), Contains("a text as event_label"));
  CHECK_THAT(error_of(with("mixture_name: 00001.wav", "mixture_name: {}")), Contains("line 15"));
  CHECK_THAT(error_of(with("events: []", "events: none")), Contains("a list of events"));
  CHECK_THAT(error_of("{mixture_name: a.wav}"), Contains("a list of records"));
  CHECK_THAT(error_of("- just a text"), Contains("a record"));
  CHECK_THAT(error_of(""), Contains("a list of records"));
  CHECK_THAT(error_of("- [unclosed"), Contains("not YAML: list.yaml, line"));
  CHECK_THAT(error_of("- *nowhere"), Contains("not YAML"));
  CHECK_THAT(error_of(std::string(100'000, '[')), Contains("not YAML"));
  const std::string text = published;
  for (std::size_t length = 0; length < text.size(); length += 5) (void)error_of(text.substr(0, length));
}

TEST_CASE("mixture_yaml: from a file") {
  const temporary_folder folder;
  folder.write("list.yaml", published);
  CHECK(read_mixture_yaml(folder / "list.yaml").value().size() == 2);
  CHECK_FALSE(read_mixture_yaml(folder / "none.yaml"));
}
