// What is to be heard in sound files, by PANNs' published networks: the likeliest of AudioSet's 527 classes, window by window.
// `audio_tagging --help` says how.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <auris/audio/front_end.hpp>
#include <auris/audio/presets.hpp>
#include <auris/audio/sound_file.hpp>
#include <auris/backend/cpu.hpp>
#include <auris/backend/cpu/thread_pool.hpp>
#include <auris/data/class_indices.hpp>
#include <auris/io/checkpoint.hpp>
#include <cstdio>
#include <functional>
#include <networks/largest_first.hpp>
#include <networks/panns.hpp>

namespace {

using namespace auris;

constexpr std::size_t classes = static_cast<std::size_t>(networks::cnn14::shape_of<"clipwise_output">.size());

struct command {
  std::string network = "cnn14";
  std::filesystem::path weights, names;
  std::vector<std::filesystem::path> sounds;
  std::size_t top = 5;
  double window = 10;
  int threads = 1;
};

using tagger = std::function<result<std::vector<float>>(const features&)>;

template <class Network>
result<tagger> make_tagger(const std::filesystem::path& path, executor* pool) {
  weights<Network> w;
  if (auto ok = load(w, path, {.ignored = Network::ignored_tensors}); !ok) return ok.error();
  using network = session<deployed<only<Network, "clipwise_output">>, cpu>;
  return tagger([run = std::make_shared<network>(w, pool)](const features& f) -> result<std::vector<float>> {
    const auto y = (*run)({f.values.data(), 1, dims(f.frames, f.bands)});
    if (!y) return y.error();
    const view<const float> p = y->template get<"clipwise_output">();
    return std::vector<float>(p.p, p.p + p.size());
  });
}

result<std::vector<std::string>> names_of(const std::filesystem::path& path) {
  std::vector<std::string> names;
  if (path.empty()) {
    for (std::size_t k = 0; k < classes; ++k) names.push_back(std::to_string(k));
    return names;
  }
  auto read = read_class_indices(path);
  if (read && read->size() != classes)
    return error{"wrong number of classes", path.c_str(), message::of(classes), message::of(read->size())};
  return read;
}

/// The samples of a window; what is left behind the last whole one belongs to it where it is shorter than a second.
std::vector<std::pair<idx, idx>> windows_of(idx samples, int rate, double seconds) {
  const idx length = static_cast<idx>(seconds * rate);
  std::vector<std::pair<idx, idx>> windows;
  for (idx at = 0; at == 0 || samples - at >= rate; at += length)
    windows.emplace_back(at, std::min(at + length, samples));
  windows.back().second = samples;
  return windows;
}

void print(const std::filesystem::path& sound, double onset, double offset, const std::vector<float>& probabilities,
           const std::vector<std::string>& names, std::size_t top) {
  const auto order = networks::largest_first(probabilities);
  for (std::size_t k = 0; k < top; ++k)
    std::printf("%s\t%.3f\t%.3f\t%s\t%.4f\n", sound.filename().c_str(), onset, offset, names[order[k]].c_str(),
                static_cast<double>(probabilities[order[k]]));
}

result<void> tag(const command& c) {
  const auto names = names_of(c.names);
  if (!names) return names.error();
  thread_pool pool(c.threads);
  const auto tags = c.network == "cnn10" ? make_tagger<networks::cnn10>(c.weights, &pool)
                                         : make_tagger<networks::cnn14>(c.weights, &pool);
  if (!tags) return tags.error();
  const auto mels = front_end<cpu>::create(preset::panns_log_mel).value();
  const int rate = mels.options().rate;
  std::printf("filename\tonset\toffset\tevent_label\tprobability\n");
  for (const auto& sound : c.sounds) {
    const auto samples = read_sound_file(sound, {.rate = rate});
    if (!samples) return samples.error();
    const std::span<const float> all = samples->samples;
    for (const auto& [begin, end] : windows_of(static_cast<idx>(all.size()), rate, c.window)) {
      const auto x =
          mels.run(all.subspan(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin)), &pool);
      auto probabilities = x ? (*tags)(*x) : result<std::vector<float>>(x.error());
      if (!probabilities) {
        error e = probabilities.error();
        e.where = message::of(sound, ", ", e.where);
        return e;
      }
      print(sound, static_cast<double>(begin) / rate, static_cast<double>(end) / rate, *probabilities, *names, c.top);
    }
  }
  return {};
}

}  // namespace

int main(int count, char* arguments[]) {
  command c;
  CLI::App app{
      "What is to be heard in sound files, by PANNs' networks: the likeliest classes of each window, as tab-separated "
      "text"};
  app.add_option("weights", c.weights, "weights of the network: safetensors, or a published .pth file")->required();
  app.add_option("sounds", c.sounds, "sound files")->required();
  app.add_option("--network", c.network, "cnn10 or cnn14")
      ->capture_default_str()
      ->check(CLI::IsMember({"cnn10", "cnn14"}));
  app.add_option("--classes", c.names, "AudioSet's class_labels_indices.csv; indices stand for names without it");
  app.add_option("--top", c.top, "classes of each window")
      ->capture_default_str()
      ->check(CLI::Range(1, static_cast<int>(classes)));
  app.add_option("--window", c.window, "seconds")->capture_default_str()->check(CLI::Range(1.0, 3600.0));
  app.add_option("--threads", c.threads)->capture_default_str()->check(CLI::Range(1, 256));
  CLI11_PARSE(app, count, arguments);
  try {
    const auto ok = tag(c);
    if (ok) return 0;
    std::fprintf(stderr, "error: %s\n", ok.error().text().c_str());
  } catch (const std::exception& failure) {  // no memory
    std::fprintf(stderr, "error: %s\n", failure.what());
  }
  return 1;
}
