// Runs the golden files of networks (README.md beside it): weights and inputs by their seeds, outputs against the records,
// both of the full network and of its deployed form.
#include <CLI/CLI.hpp>
#include <auris/audio/front_end.hpp>
#include <auris/audio/presets.hpp>
#include <auris/io/file.hpp>
#include <cstdio>
#include <optional>
#include <set>

#include "golden/golden_file.hpp"
#include "golden/sized_networks.hpp"
#include "networks/registry.hpp"

namespace {

using namespace auris;
using namespace golden;

struct count {
  int passed = 0, failed = 0, skipped = 0;
};

class golden_runner {
 public:
  explicit golden_runner(networks::runner_options o) : options_(o) {}

  void run(const std::filesystem::path& path) {
    const std::string name = path.filename().string();
    const auto content = read_file(path);
    if (!content) return fail(content.error().text().c_str());
    try {  // thrown where a field is missing, of another type or absurd
      run_file(name, json::parse(*content));
    } catch (const std::exception& e) {
      fail(name + ": not a golden file: " + e.what());
    }
  }
  void fail(const std::string& text) {
    ++total_.failed;
    std::printf("FAILED   %s\n", text.c_str());
  }
  const count& total() const { return total_; }
  bool did_run(const std::string& file) const { return ran_.contains(file); }

 private:
  void skip(const std::string& text) {
    ++total_.skipped;
    std::printf("skipped  %s\n", text.c_str());
  }
  void run_file(const std::string& name, const json& file) {
    if (!file.is_object() || !file.contains("network")) return skip(name + ": holds no network");
    const std::string network_name = file.at("network");
    const networks::registered_network* entry = networks::find_network(network_name);
    if (!entry) return skip(name + ": unknown network " + network_name);
    const json sizes = file.value("options", json::object());
    const auto make = sizes.empty() ? entry->make : find_sized(network_name, sizes);
    if (!make) return skip(name + ": unknown sizes " + sizes.dump());

    int number = 0;
    std::unique_ptr<networks::network_runner> network;
    std::optional<networks::runner_options> made;
    for (const json& c : file.at("cases")) {
      std::string where = name + " case " + std::to_string(++number);
      const case_options asked(c);
      const auto time = networks::time_mode_names.find(asked.time_mode);
      if (!asked.unknown.empty() || time == networks::time_mode_names.end()) {
        skip(where + ": unknown " + (asked.unknown.empty() ? "time mode " + asked.time_mode : asked.unknown));
        continue;
      }
      networks::runner_options o = options_;
      o.time = time->second;
      o.frames = asked.frames;
      if (!made || made->time != o.time || made->frames != o.frames) {
        network = make(o);
        made = o;
        if (const auto ok = network->load(weights_of(file)); !ok) return fail(name + ": " + ok.error().text().c_str());
      }
      run_case(*network, *entry, where, c);
      if (!c.at("outputs").empty()) ran_.insert(name);
    }
  }
  /// The input of a case; of a waveform, what the network's front-end makes of it, which is checked, too.
  named_tensor input(const networks::registered_network& entry, const std::string& where, const json& c) {
    const json& inputs = c.at("inputs");
    if (inputs.contains("x")) return input_of(inputs.at("x"));
    const json& sound = inputs.at("waveform");
    if (!entry.front_end || sound.at("signal") != "frontends") throw std::runtime_error("a waveform that is not known");
    const front_end_options o = find_preset(entry.front_end).value();
    if (sound.at("rate") != o.rate) throw std::runtime_error("a waveform of another rate");
    const auto f = front_end<cpu>::create(o).value().run(test_signal(o.rate, sound.at("seconds"))).value();
    const named_tensor x = tensor_of<float>("x", {1, f.frames, f.bands}, f.values);
    if (c.at("outputs").contains(front_end_output))
      check(where + " " + front_end_output, tensor_of<float>(front_end_output, {1, 1, f.frames, f.bands}, f.values),
            c.at("outputs").at(front_end_output));
    return x;
  }
  void check(const std::string& line, const named_tensor& got, const json& record) {
    const double error = worst_error(got, record);
    const bool good = error <= tolerance;
    ++(good ? total_.passed : total_.failed);
    std::printf("%s %s: worst error %.1e\n", good ? "passed  " : "FAILED  ", line.c_str(), error);
  }
  void run_case(networks::network_runner& network, const networks::registered_network& entry, const std::string& where,
                const json& c) {
    const named_tensor x = input(entry, where, c);
    for (const auto& [form, form_name] :
         {std::pair(networks::form::full, ""), {networks::form::deployed, " deployed"}}) {
      const auto outputs = network.apply(form, x);
      if (!outputs) {
        fail(where + form_name + ": " + outputs.error().text().c_str());
        continue;
      }
      for (const auto& [name, record] : c.at("outputs").items()) {
        if (name == front_end_output) continue;
        const std::string line = where + " " + name + form_name;
        const auto at = std::ranges::find(*outputs, name, &named_tensor::name);
        if (at == outputs->end()) {
          fail(line + ": the network has no such output");
          continue;
        }
        check(line, as_in_pytorch(*at, shape_in(record.at("shape"))), record);
      }
    }
  }

  static constexpr const char* front_end_output = "logmel_extractor";

  networks::runner_options options_;
  count total_;
  std::set<std::string> ran_;
};

/// Files in order of their names: those given, and all .json of folders given.
std::vector<std::filesystem::path> files_of(const std::vector<std::filesystem::path>& paths) {
  std::vector<std::filesystem::path> files;
  for (const auto& p : paths) {
    std::error_code problem;
    if (!std::filesystem::is_directory(p, problem)) {
      files.push_back(p);
      continue;
    }
    const std::size_t begin = files.size();
    for (const auto& e : std::filesystem::directory_iterator(p, problem))
      if (e.path().extension() == ".json") files.push_back(e.path());
    std::sort(files.begin() + static_cast<std::ptrdiff_t>(begin), files.end());
  }
  return files;
}

}  // namespace

int main(int argc, char** argv) {
  networks::runner_options options;
  std::vector<std::filesystem::path> paths;
  std::filesystem::path known;
  CLI::App app{
      "Runs golden files of networks. The last line counts outputs, each full and deployed; skipped: files and cases."};
  app.add_option("--backend", options.backend, "cpu (default), reference or cuda")
      ->transform(CLI::CheckedTransformer(networks::backend_names).description(""));
  app.add_option("--threads", options.threads, "threads, default 1")->check(CLI::Range(1, 1024));
  app.add_option("--known", known, "text file: names of files, one a line, that have to run");
  app.add_option("paths", paths, "golden files, or folders of them")->required();
  CLI11_PARSE(app, argc, argv);

  try {
    static_cast<void>(networks::registry[0].make(options));
  } catch (const std::exception& e) {  // a backend that is not there
    std::fprintf(stderr, "golden: %s\n", e.what());
    return 1;
  }
  golden_runner runner(options);
  for (const auto& file : files_of(paths)) runner.run(file);
  if (!known.empty()) {
    const auto names = read_file(known);
    if (!names) runner.fail(names.error().text().c_str());
    for (std::string_view left = names ? std::string_view(*names) : std::string_view(); !left.empty();) {
      const std::size_t end = std::min(left.find('\n'), left.size());
      const std::string name(left.substr(0, end));
      left.remove_prefix(std::min(end + 1, left.size()));
      if (!name.empty() && !runner.did_run(name)) runner.fail(name + ": did not run");
    }
  }
  const count& n = runner.total();
  if (n.passed + n.failed == 0) std::printf("nothing ran\n");
  std::printf("%d passed, %d failed, %d skipped\n", n.passed, n.failed, n.skipped);
  return n.failed > 0 || n.passed == 0 ? 1 : 0;
}
