#include <array>
#include <auris/backend/cpu/thread_pool.hpp>
#include <auris/io/file.hpp>
#include <auris/io/table.hpp>
#include <cmath>
#include <cstdio>
#include <map>
#include <mutex>
#include <optional>
#include <tuple>

#include "commands.hpp"
#include "published.hpp"
#include "results.hpp"

using namespace auris;

namespace weak_labels {

namespace {

/// One training, and the figures of its held-out fold.
struct run_key {
  std::string network;
  double alpha, snr;
  int fold;
  bool operator==(const run_key&) const = default;
  bool operator<(const run_key& o) const {
    return std::tie(network, alpha, snr, fold) < std::tie(o.network, o.alpha, o.snr, o.fold);
  }
};
using finished_runs = std::map<run_key, scores>;

constexpr const char* runs_header = "network,alpha,snr,fold,micro_precision,macro_precision,roc_auc,seconds";

std::string line_of(const run_key& k, const scores& s, double seconds) {
  char line[200];
  std::snprintf(line, sizeof line, "%s,%g,%g,%d,%.6f,%.6f,%.6f,%.1f\n", k.network.c_str(), k.alpha, k.snr, k.fold,
                s.micro_precision, s.macro_precision, s.roc_auc, seconds);
  return line;
}

/// What an earlier call has finished.
result<finished_runs> read_runs(const std::filesystem::path& file) {
  finished_runs runs;
  std::error_code problem;
  if (!std::filesystem::exists(file, problem)) return runs;
  const auto rows = read_table(file, ',');
  if (!rows) return rows.error();
  for (std::size_t i = 1; i < rows->size(); ++i) {
    const table_row& r = (*rows)[i];
    if (r.fields.size() != 8)
      return error{"bad row", message::of(file, ", line ", r.line), runs_header,
                   message::of(r.fields.size(), " fields")};
    std::array<double, 8> v{};
    for (std::size_t c = 1; c < 8; ++c) {
      const bool undefined = r.fields[c] == "nan" || r.fields[c] == "-nan";
      const auto number = undefined ? result<double>(std::nan("")) : parse_number(r.fields[c], file, r.line);
      if (!number) return number.error();
      v[c] = *number;
    }
    runs[{r.fields[0], v[1], v[2], static_cast<int>(v[3])}] = {v[4], v[5], v[6]};
  }
  return runs;
}

/// What decides the figures, in words: a folder holds runs of one kind.
std::string settings_of(const table_command& o) {
  const auto folder = [](const std::filesystem::path& p) { return p.empty() ? std::string("synthetic") : p.string(); };
  return message::of(o.data.clips, " clips of ", o.data.classes, " classes, events ", folder(o.data.events),
                     ", scenes ", folder(o.data.scenes), ", mixed with seed ", o.data.seed, "; ",
                     o.system.reduced ? "reduced" : "full", " networks of seed ", o.system.seed, ", ", o.request.epochs,
                     " epochs at ", o.request.rate, " with patience ", o.request.patience, ", batches of ",
                     o.request.batch)
      .c_str();
}
result<void> check_settings(const std::filesystem::path& file, const std::string& settings) {
  std::error_code problem;
  if (!std::filesystem::exists(file, problem)) return write_file(file, settings);
  const auto there = read_file(file);
  if (!there) return there.error();
  if (*there != settings)
    return error{"the folder holds a table of other settings", file.c_str(), there->c_str(), settings.c_str()};
  return {};
}

/// The clips of all SNRs, generated where they are not there yet.
result<std::map<double, weak_set>> clip_sets(const table_command& o) {
  std::map<double, weak_set> sets;
  for (double snr : published_snrs) {
    generate_command g = o.data;
    g.data = o.output / message::of("clips_", snr, "db").c_str();
    g.snr = snr;
    std::error_code problem;
    if (!std::filesystem::exists(g.data, problem))
      if (auto ok = generate(g); !ok) return ok.error();
    auto set = read_set(g.data, o.output / "features", o.system.threads, resolution_of(o.system.reduced));
    if (!set) return set.error();
    sets.emplace(snr, std::move(*set));
  }
  return sets;
}

/// Trains on three folds; the figures of the weights that were the best on the fourth, as published.
result<scores> train_run(const table_command& o, const run_key& k, const weak_set& set) {
  system_options alone = o.system;
  alone.threads = 1;
  auto network = make_system(k.network, alone);
  if (!network) return network.error();
  const auto standard = standardisation_without(set, k.fold);
  if (!standard) return standard.error();
  const auto training = clips_of(set, k.fold, false, *standard), held_out = clips_of(set, k.fold, true, *standard);
  if (!training) return training.error();
  if (!held_out) return held_out.error();
  training_request request = o.request;
  request.alpha = k.alpha;
  request.progress = false;
  if (const auto report = (*network)->train(*training, *held_out, request); !report) return report.error();
  const auto predicted = (*network)->predict(*held_out);
  if (!predicted) return predicted.error();
  return score(*held_out, *predicted);
}

/// All trainings of both tables, each once; those of one fold behind each other, so that a table that was stopped has all rows.
std::vector<run_key> all_runs() {
  std::vector<run_key> all;
  for (int fold = 1; fold <= folds; ++fold)
    for (double snr : published_snrs) {
      for (const published_row& r : published_networks) all.push_back({r.network, r.alpha, snr, fold});
      for (const published_row& r : published_alphas)
        if (run_key k{r.network, r.alpha, snr, fold}; std::ranges::find(all, k) == all.end()) all.push_back(k);
    }
  return all;
}

/// Trains what is missing, as many at once as there are threads; each training is in the file when it ends.
result<void> train_all(const table_command& o, const std::map<double, weak_set>& sets,
                       const std::filesystem::path& file, finished_runs& runs) {
  std::string lines = std::string(runs_header) + "\n";
  if (!runs.empty()) {
    const auto there = read_file(file);
    if (!there) return there.error();
    lines = *there;
  }
  std::vector<run_key> missing = all_runs();
  const std::size_t all = missing.size();
  std::erase_if(missing, [&](const run_key& k) { return runs.contains(k); });
  std::optional<error> first;
  std::mutex one_at_a_time;  // of all that the trainings share
  const auto train_one = [&](const run_key& k) -> result<void> {
    const auto begin = std::chrono::steady_clock::now();
    const auto s = train_run(o, k, sets.at(k.snr));
    if (!s) return s.error();
    const std::string line =
        line_of(k, *s, std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
    const std::lock_guard guard(one_at_a_time);
    runs[k] = *s;
    lines += line;
    std::printf("%2zu/%zu %s", runs.size(), all, line.c_str());
    std::fflush(stdout);
    return write_file(file, lines);
  };
  thread_pool pool(o.system.threads);
  for_blocks(pool, static_cast<idx>(missing.size()), [&](idx i, int) {
    {
      const std::lock_guard guard(one_at_a_time);
      if (first) return;
    }
    result<void> done;
    try {
      done = train_one(missing[static_cast<std::size_t>(i)]);
    } catch (const std::exception& e) {  // no memory, no such backend
      done = error{e.what(), missing[static_cast<std::size_t>(i)].network.c_str()};
    }
    const std::lock_guard guard(one_at_a_time);
    if (!done && !first) first = done.error();
  });
  if (first) return *first;
  return {};
}

struct cell {
  scores mean{0, 0, 0};
  int folds = 0;
};
cell mean_over_folds(const finished_runs& runs, const published_row& r, double snr) {
  cell c;
  for (const auto& [k, s] : runs)
    if (k.network == r.network && k.alpha == r.alpha && k.snr == snr) {
      c.mean.micro_precision += s.micro_precision, c.mean.macro_precision += s.macro_precision;
      c.mean.roc_auc += s.roc_auc, ++c.folds;
    }
  const double n = c.folds;
  return {{c.mean.micro_precision / n, c.mean.macro_precision / n, c.mean.roc_auc / n}, c.folds};
}

/// In how many pairs of rows the one is better in micro-P that is better in the paper.
void print_order(std::span<const published_row> rows, const finished_runs& runs, std::size_t snr) {
  int pairs = 0, alike = 0;
  for (std::size_t i = 0; i < rows.size(); ++i)
    for (std::size_t j = 0; j < i; ++j) {
      const double ours = mean_over_folds(runs, rows[i], published_snrs[snr]).mean.micro_precision -
                          mean_over_folds(runs, rows[j], published_snrs[snr]).mean.micro_precision;
      const double theirs = rows[i].at[snr].micro_precision - rows[j].at[snr].micro_precision;
      ++pairs, alike += ours * theirs > 0;
    }
  std::printf("%d of %d pairs stand in the paper's order of micro-P\n", alike, pairs);
}

struct outputs {
  std::string csv =
      "table,snr,name,folds,micro_precision,macro_precision,roc_auc,paper_micro_precision,"
      "paper_macro_precision,paper_roc_auc\n";
  std::string json;
};

void add_table(const char* name, std::span<const published_row> rows, const finished_runs& runs, outputs& to) {
  for (std::size_t k = 0; k < std::size(published_snrs); ++k) {
    std::printf("\n%-12s %2g dB %9s %7s %9s %7s %7s %7s\n", name, published_snrs[k], "micro-P", "paper", "macro-P",
                "paper", "AUC", "paper");
    for (const published_row& r : rows) {
      const cell c = mean_over_folds(runs, r, published_snrs[k]);
      const scores &s = c.mean, &p = r.at[k];
      std::printf("%-18s %9.4f %7.4f %9.4f %7.4f %7.4f %7.4f\n", r.name, s.micro_precision, p.micro_precision,
                  s.macro_precision, p.macro_precision, s.roc_auc, p.roc_auc);
      char line[300];
      std::snprintf(line, sizeof line, "%s,%g,%s,%d,%.6f,%.6f,%.6f,%.4f,%.4f,%.4f\n", name, published_snrs[k], r.name,
                    c.folds, s.micro_precision, s.macro_precision, s.roc_auc, p.micro_precision, p.macro_precision,
                    p.roc_auc);
      to.csv += line;
      std::snprintf(line, sizeof line, "{\"table\":\"%s\",\"snr\":%g,\"name\":\"%s\",\"folds\":%d,", name,
                    published_snrs[k], r.name, c.folds);
      to.json +=
          (to.json.empty() ? "\n " : ",\n ") + (line + json_figures(s)) + ",\"paper\":{" + json_figures(p) + "}}";
    }
    print_order(rows, runs, k);
  }
}

}  // namespace

result<void> table(const table_command& o) {
  const std::string settings = settings_of(o);
  if (auto ok = check_settings(o.output / "settings.txt", settings); !ok) return ok;
  const auto file = o.output / "runs.csv";
  auto runs = read_runs(file);
  if (!runs) return runs.error();
  if (o.system.reduced) std::puts(reduced_banner);
  std::puts(settings.c_str());
  const auto sets = clip_sets(o);
  if (!sets) return sets.error();
  if (!runs->empty()) std::printf("%zu trainings are there from before\n", runs->size());
  if (auto ok = train_all(o, *sets, file, *runs); !ok) return ok;
  outputs to;
  add_table("networks", published_networks, *runs, to);
  add_table("alpha", published_alphas, *runs, to);
  if (auto ok = write_file(o.output / "table.csv", to.csv); !ok) return ok;
  if (auto ok = write_file(o.output / "table.json", "{\"reduced\":" + std::string(o.system.reduced ? "true" : "false") +
                                                        ",\"rows\":[" + to.json + "\n]}\n");
      !ok)
    return ok;
  std::printf("\nwrote table.csv and table.json to %s\n", o.output.c_str());
  return {};
}

}  // namespace weak_labels
