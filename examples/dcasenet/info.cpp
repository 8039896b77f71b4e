#include <algorithm>
#include <auris/io/checkpoint.hpp>
#include <chrono>
#include <cstdio>
#include <networks/dcasenet.hpp>

#include "commands.hpp"

using namespace auris;

namespace dcasenet {

namespace {

using network = networks::dcasenet_v3;

/// The network pruned to some of the tasks: what lives of it, what it takes, how long it works on one item.
template <class Pruned>
result<void> print(const char* tasks, const weights<network>& w, idx frames) {
  struct counter : layer_visitor {
    idx work = 0;
    void operator()(const layer_row& r) override { work += r.multiply_adds; }
  } all;
  const shape item = dims(frames, bands);
  Pruned::visit_layers(all, item);
  const footprint f = deployed<Pruned>::template need<context<cpu, float, deployment>>({1, item, 1});
  session<deployed<Pruned>, cpu> run(w);
  const std::vector<float> x(static_cast<std::size_t>(item.size()), 0.5f);
  double shortest = 1e9;
  for (int k = 0; k < 4; ++k) {
    const auto begin = std::chrono::steady_clock::now();
    if (const auto y = run({x.data(), 1, item}); !y) return y.error();
    shortest = std::min(shortest, std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
  }
  std::printf("%-6s %12td %16td %12.2f %10.2f\n", tasks, Pruned::live_parameters, all.work,
              static_cast<double>(f.workspace) * sizeof(float) / (1 << 20), 1000 * shortest);
  return {};
}

}  // namespace

result<void> info(const info_command& o) {
  const weights<network> w(1);
  std::printf("dcasenet_v3, one item of %td frames (%.2f s), one thread\n\n%-6s %12s %16s %12s %10s\n", o.frames,
              static_cast<double>(o.frames) * hop / sample_rate, "tasks", "parameters", "multiply-adds", "memory, MiB",
              "time, ms");
  if (auto ok = print<only<network, "asc">>("A", w, o.frames); !ok) return ok;
  if (auto ok = print<only<network, "tag">>("T", w, o.frames); !ok) return ok;
  if (auto ok = print<only<network, "sed">>("S", w, o.frames); !ok) return ok;
  if (auto ok = print<only<network, "asc", "tag">>("AT", w, o.frames); !ok) return ok;
  if (auto ok = print<only<network, "asc", "sed">>("AS", w, o.frames); !ok) return ok;
  if (auto ok = print<only<network, "sed", "tag">>("TS", w, o.frames); !ok) return ok;
  return print<network>("ATS", w, o.frames);
}

}  // namespace dcasenet
