// Runs a registered network on an array, or times it. `apply --help` says how.
#include "apply/apply.hpp"

#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <auris/core/random.hpp>
#include <auris/io/model_file.hpp>
#include <chrono>
#include <cstdio>
#include <fstream>

namespace {

using namespace auris;

struct command {
  std::string network;
  networks::runner_options runner;
  std::filesystem::path weights, input, output;
  int repeat = 0;
  idx batch = 1;
  bool deployed = false, train = false, json = false;
};

// A model file brings a description of its own, which does not matter here.
result<tensor_file> read_weights(const std::filesystem::path& path) {
  auto file = read_tensors(path);
  if (!file || !is_model_file(*file)) return file;
  auto model = to_model(std::move(*file));
  if (!model) return model.error();
  return std::move(model->weights);
}

result<void> load_weights(const command& c, networks::network_runner& network) {
  const auto weights = read_weights(c.weights);
  if (!weights) return weights.error();
  if (auto ok = network.load(*weights); !ok) {
    error e = ok.error();
    e.where = c.weights.c_str();
    return e;
  }
  return {};
}

result<named_tensor> read_input(const std::filesystem::path& path) {
  const auto input = read_safetensors(path);
  if (!input) return input.error();
  if (const named_tensor* x = input->find("x")) return *x;
  return error{"no array in the input", path.c_str(), "an array 'x'", message::of(input->tensors.size(), " others")};
}

result<void> run_once(const command& c, networks::network_runner& network) {
  if (auto ok = load_weights(c, network); !ok) return ok;
  const auto x = read_input(c.input);
  if (!x) return x.error();
  auto outputs = network.apply(c.deployed ? networks::form::deployed : networks::form::full, *x);
  if (!outputs) return outputs.error();
  return write_safetensors(c.output, {std::move(*outputs), {}});
}

// The largest memory that the program ever had. getrusage counts what had started it, too, where that was larger.
long long peak_bytes() {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;)
    if (long long kilobytes = 0; word == "VmHWM:" && status >> kilobytes) return kilobytes * 1024;
  rusage u{};
  getrusage(RUSAGE_SELF, &u);
  return u.ru_maxrss * 1024LL;
}

/// `kept`: bytes kept for backward, in training.
void report(const command& c, const std::vector<double>& milliseconds, idx kept) {
  if (!c.json) {
    std::vector<double> sorted = milliseconds;
    std::ranges::sort(sorted);
    std::printf("%s: median %.2f ms, fastest %.2f ms of %zu %s, %d thread%s; at most %.1f MB of memory\n",
                c.network.c_str(), sorted[sorted.size() / 2], sorted[0], sorted.size(),
                c.train ? "training steps" : "calls", c.runner.threads, c.runner.threads == 1 ? "" : "s",
                static_cast<double>(peak_bytes()) / 1e6);
    if (c.train) std::printf("kept for backward: %.1f MB\n", static_cast<double>(kept) / 1e6);
    return;
  }
  std::printf("{\"network\": \"%s\", \"threads\": %d, \"milliseconds\": [", c.network.c_str(), c.runner.threads);
  for (std::size_t i = 0; i < milliseconds.size(); ++i) std::printf("%s%.4f", i ? ", " : "", milliseconds[i]);
  std::printf("], \"peak_bytes\": %lld", peak_bytes());
  if (c.train) std::printf(", \"kept_bytes\": %lld", static_cast<long long>(kept));
  std::printf("}\n");
}

result<void> measure(const command& c, const networks::registered_network& entry, networks::network_runner& network) {
  if (c.weights.empty())
    network.initialise(1);
  else if (auto ok = load_weights(c, network); !ok)
    return ok;
  const shape item = networks::timed_input(entry, c.runner.time);
  std::vector<float> values(static_cast<std::size_t>(c.batch * item.size()));
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<float>(2 * uniform(9001, i) - 1);
  const view<const float> x{values.data(), c.batch, item};
  std::vector<double> milliseconds;
  for (int i = 0; i <= c.repeat; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    auto ok = c.train ? network.train(x) : network.run(networks::form::deployed, x);
    if (!ok) return ok;
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begin;
    if (i > 0) milliseconds.push_back(took.count());  // the first one warms up
  }
  report(c, milliseconds, c.train ? network.kept_bytes(c.batch, item) : 0);
  return {};
}

}  // namespace

int apply(int argc, char** argv, std::span<const networks::registered_network> registered) {
  command c;
  CLI::App app{
      "Runs a network on the array 'x' (PyTorch's layout, batch first) of a safetensors file, or times it with "
      "--repeat.\nNetworks: " +
      networks::network_names(registered)};
  app.add_option("network", c.network, "name of the network")->required();
  auto* weights = app.add_option("--weights", c.weights, "safetensors file: a checkpoint or a model file");
  auto* input = app.add_option("--input", c.input, "safetensors file with the array 'x'");
  auto* output = app.add_option("--output", c.output, "safetensors file for the named outputs");
  app.add_option("--backend", c.runner.backend, "cpu (default), reference or cuda")
      ->transform(CLI::CheckedTransformer(networks::backend_names).description(""));
  app.add_option("--threads", c.runner.threads, "threads, default 1")->check(CLI::Range(1, 1024));
  app.add_option("--time-mode", c.runner.time,
                 "of the soft-label networks: A (default), every frame stays; B, blocks pool in time and embeddings "
                 "are held; C, on a "
                 "10 ms grid, stretched to --frames")
      ->transform(CLI::CheckedTransformer(networks::time_mode_names).description(""));
  app.add_option("--frames", c.runner.frames, "of the outputs in time mode C, default 200")
      ->check(CLI::Range(1, 1'000'000));
  std::vector<std::string> options;
  app.add_option("--option", options, "NAME=VALUE, of the network: attention=code (default) or paper, of 2apae")
      ->check([](const std::string& o) {
        return o.find('=') == o.npos || o[0] == '=' ? "expected NAME=VALUE, got '" + o + "'" : std::string();
      });
  auto* repeat =
      app.add_option("--repeat", c.repeat,
                     "time this many calls of the product form, after one to warm up; without --weights, random ones")
          ->check(CLI::Range(1, 1'000'000));
  auto* batch = app.add_option("--batch", c.batch, "items of the timed batch, default 1")->check(CLI::Range(1, 65536));
  auto* train = app.add_flag("--train", c.train, "time training steps (mean-square loss, Adam) instead of inference");
  auto* replay = app.add_flag("--replay", c.runner.replay,
                              "with --backend cuda: time replays of the call or step, recorded as CUDA graphs");
  auto* deployed = app.add_flag("--deployed", c.deployed, "compute the outputs with the product form of the network");
  app.add_flag("--json", c.json, "print all times as JSON")->needs(repeat);
  for (auto* o : {input, output, deployed}) repeat->excludes(o);
  for (auto* o : {batch, train, replay}) o->needs(repeat);
  CLI11_PARSE(app, argc, argv);
  for (const std::string& o : options) c.runner.options[o.substr(0, o.find('='))] = o.substr(o.find('=') + 1);

  const auto fail = [](const message& text) {
    std::fprintf(stderr, "apply: %s\n", text.c_str());
    return 1;
  };
  const networks::registered_network* entry = networks::find_network(c.network, registered);
  if (!entry)
    return fail(error{"no such network",
                      {},
                      message::of("one of ", networks::network_names(registered)),
                      message::of("'", c.network, "'")}
                    .text());
  if (!*repeat && !(*weights && *input && *output)) return fail("either --weights, --input and --output, or --repeat");
  try {
    const auto network = entry->make(c.runner);
    const auto done = *repeat ? measure(c, *entry, *network) : run_once(c, *network);
    return done ? 0 : fail(done.error().text());
  } catch (const std::exception& e) {  // no memory, no threads
    return fail(e.what());
  }
}
