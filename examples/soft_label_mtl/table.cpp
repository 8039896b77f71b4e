#include <algorithm>
#include <atomic>
#include <auris/io/safetensors.hpp>
#include <cmath>
#include <cstdio>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include "table_output.hpp"
#include "training.hpp"

using namespace auris;

namespace soft_label {

namespace {

// One training: a row on a fold with a seed.
struct job {
  std::size_t row = 0;
  int fold = 0;
  std::uint64_t seed = 0;
  std::filesystem::path folder;
  train_command training;
  std::string identity;  // of everything that its answers depend on
};

constexpr const char* identity_key = "made with";

job job_of(const table_command& o, const table_row& row, std::size_t index, int fold, std::uint64_t seed) {
  job j{index, fold, seed, {}, {}, {}};
  const std::string of_row =
      (o.sweep ? "sweep_" : "row_") + std::string(index < 9 ? "0" : "") + std::to_string(index + 1);
  j.folder = o.output / of_row / ("fold_" + std::to_string(fold) + "_seed_" + std::to_string(seed));
  train_command& t = j.training;
  const bool panns = row.network != "crnn_4b";
  t.data = o.data, t.features = o.output / "features", t.fold = fold;
  t.network = row.network, t.front_end = row.front_end;
  t.time = panns ? o.time : networks::time_mode::whole;
  t.reduced = o.reduced;
  if (panns) t.init = o.init, t.blocks_alone = true;
  t.backend = o.backend;
  t.request.weights = row.weights, t.request.loss = row.loss, t.request.reduction = row.reduction;
  t.request.seed = seed;
  t.request.fit.batch = o.batch, t.request.fit.schedule.epochs = o.epochs;
  t.request.fit.progress = false;
  t.request.fit.log = j.folder / "log.csv";
  t.request.fit.checkpoint = j.folder / "checkpoint.safetensors";
  j.identity =
      message::of(t.network, ", ", t.reduced ? "reduced" : "full", ", time mode ", name_of(t.time), ", ", t.front_end,
                  ", ", loss_name(row.loss, row.reduction), ", weights ", row.weights.sed, " ", row.weights.asc, " ",
                  row.weights.aec, ", ", o.epochs, " epochs, batch ", o.batch, ", fold ", fold, ", seed ",
                  static_cast<idx>(seed), ", data ", o.data.c_str(), ", init ", t.init.c_str())
          .c_str();
  return j;
}

std::filesystem::path answers_file(const job& j) { return j.folder / "answers.safetensors"; }

// The answers to the fold's test clips that are there already; none: the job has not ended yet.
result<std::optional<std::vector<prediction>>> read_answers(const job& j, const prepared_fold& p) {
  std::optional<std::vector<prediction>> none;
  if (!std::filesystem::exists(answers_file(j))) return none;
  const auto file = read_safetensors(answers_file(j));
  if (!file) return file.error();
  const auto made = file->metadata.find(identity_key);
  if (made == file->metadata.end() || made->second != j.identity)
    return error{"the folder holds results that were made otherwise: remove them, or give another --output",
                 answers_file(j).c_str(), j.identity.c_str(), made == file->metadata.end() ? "" : made->second.c_str()};
  std::vector<prediction> answers;
  for (const idx i : p.split.test) {
    const std::string& clip = p.set.clips[static_cast<std::size_t>(i)].name;
    const auto part = [&](const char* head, frame_matrix& to) {
      for (const named_tensor& t : file->tensors)
        if (t.name == clip + "." + head && t.shape.size() == 2) {
          to = frame_matrix(t.shape[0], t.shape[1]);
          to.values = t.floats();
        }
    };
    prediction answer;
    part("sed", answer.sed), part("asc", answer.asc), part("aec", answer.aec);
    if (answer.sed.frames != p.clips[static_cast<std::size_t>(i)].labels.frames)
      return error{"no answers to a clip: remove the file", answers_file(j).c_str(), clip.c_str()};
    answers.push_back(std::move(answer));
  }
  return std::optional(std::move(answers));
}

result<void> write_answers(const job& j, const prepared_fold& p, const std::vector<prediction>& answers) {
  tensor_file file;
  file.metadata[identity_key] = j.identity;
  for (std::size_t k = 0; k < answers.size(); ++k) {
    const std::string& clip = p.set.clips[static_cast<std::size_t>(p.split.test[k])].name;
    const auto add = [&](const char* head, const frame_matrix& m) {
      if (m.width > 0)
        file.tensors.push_back(tensor_of<float>(clip + "." + head, {m.frames, m.width}, std::span(m.values)));
    };
    add("sed", answers[k].sed), add("asc", answers[k].asc), add("aec", answers[k].aec);
  }
  return write_safetensors(answers_file(j), file);
}

result<std::unique_ptr<system>> network_of(const job& j) {
  const train_command& t = j.training;
  return make_system(t.network, {.time = t.time, .reduced = t.reduced, .seed = j.seed, .backend = t.backend});
}

// Weights that do not fit are told before hours of training.
result<void> check_init(const std::vector<job>& jobs) {
  std::set<std::string> known;
  for (const job& j : jobs) {
    if (j.training.init.empty() || !known.insert(j.training.network).second) continue;
    const auto made = network_of(j);
    if (!made) return made.error();
    if (auto ok = start(**made, j.training); !ok) return ok;
  }
  return {};
}

// Trains, tests, and leaves the answers.
result<double> run(const job& j) {
  const train_command& t = j.training;
  auto made = network_of(j);
  if (!made) return made.error();
  auto p = prepare_fold(t.data, j.fold, t.front_end, {t.features});
  if (!p) return p.error();
  const auto trained = train_fold(**made, *p, t);
  if (!trained) return trained.error();
  if (auto ok = (*made)->save(j.folder / "model.safetensors", trained->description); !ok) return ok.error();
  const auto answers = predict(**made, *p, p->split.test);
  if (!answers) return answers.error();
  if (auto ok = write_answers(j, *p, *answers); !ok) return ok.error();
  std::error_code ignored;
  std::filesystem::remove(t.request.fit.checkpoint, ignored);
  double seconds = 0;
  for (const epoch_record& e : trained->report.epochs) seconds += e.seconds;
  return seconds;
}

// All jobs, some at once. The first error ends it when those that run have ended.
result<void> run_all(const std::vector<job>& jobs, const std::vector<table_row>& rows, int at_once) {
  std::atomic<std::size_t> next = 0;
  std::mutex lock;
  result<void> all;
  std::atomic<bool> failed = false;
  const auto work = [&] {
    for (std::size_t k = next++; k < jobs.size() && !failed; k = next++) {
      const job& j = jobs[k];
      result<double> done = error{};
      try {
        done = run(j);
      } catch (const std::exception& problem) {  // no memory, no such backend
        done = error{problem.what()};
      }
      const std::lock_guard guard(lock);
      const table_row& row = rows[j.row];
      if (done)
        std::printf("[%zu/%zu] row %zu, %s, %s, %s, fold %d, seed %llu: %.1f s of training\n", k + 1, jobs.size(),
                    j.row + 1, row.system.c_str(), row.network.c_str(), row.front_end.c_str(), j.fold,
                    static_cast<unsigned long long>(j.seed), *done);
      else if (!failed.exchange(true)) {
        error e = done.error();
        e.where = message::of(j.folder, e.where.empty() ? "" : ": ", e.where);
        all = e;
      }
      std::fflush(stdout);
    }
  };
  std::vector<std::jthread> workers;
  for (int i = 1; i < at_once; ++i) workers.emplace_back(work);
  work();
  workers.clear();
  return all;
}

four_figures figures_of(const task_4b_result& r) {
  const auto percent = [](double v) { return std::isfinite(v) ? 100 * v : 0.0; };  // nothing detected: 0
  return {r.error_rate_micro, percent(r.f1_micro), percent(r.f1_macro), percent(r.f1_macro_best)};
}

// The data set of runs without one: 25 clips of 40 s in five scenes.
result<void> embedded(const std::filesystem::path& folder) {
  if (std::filesystem::exists(folder / "metadata")) return {};
  generate_options set;
  set.data = folder, set.clips = 25, set.seconds = 40, set.seed = 1;
  return generate(set);
}

result<void> complete(table_command& o) {
  if (o.data.empty()) {
    o.reduced = true;
    o.data = o.output / "data";
    if (auto ok = embedded(o.data); !ok) return ok;
    if (o.folds.empty()) o.folds = {1};
  }
  if (o.epochs == 0) o.epochs = o.reduced ? 3 : 150;
  if (o.batch == 0) o.batch = o.reduced ? 4 : 32;
  const auto set = open_maestro(o.data);
  if (!set) return set.error();
  if (o.folds.empty())
    for (std::size_t f = 1; f <= set->folds.size(); ++f) o.folds.push_back(static_cast<int>(f));
  for (const int f : o.folds)
    if (f < 1 || static_cast<std::size_t>(f) > set->folds.size())
      return error{"no such fold", "--folds", message::of("1 to ", static_cast<idx>(set->folds.size())),
                   message::of(f)};
  const auto once = [](auto& list) {  // sorted: the order says nothing
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
  };
  once(o.folds), once(o.seeds);
  return {};
}

table_head head_of(const table_command& o) {
  table_head head;
  head.sweep = o.sweep;
  std::string folds, seeds;
  for (const int f : o.folds) folds += (folds.empty() ? "" : ", ") + std::to_string(f);
  for (const std::uint64_t s : o.seeds) seeds += (seeds.empty() ? "" : ", ") + std::to_string(s);
  head.conditions = o.data.string() + ": folds " + folds + "; seeds " + seeds + "; at most " +
                    std::to_string(o.epochs) + " epochs, batches of " + std::to_string(o.batch) +
                    (o.init.empty() ? "; random weights at first" : "; blocks of " + o.init.string() + " at first");
  if (o.reduced)
    head.banner = "REDUCED: channels / 8, " + std::to_string(o.epochs) + " epochs, " + std::to_string(o.folds.size()) +
                  (o.folds.size() == 1 ? " fold" : " folds") +
                  ". It shows that every row runs; its figures say nothing about the systems.";
  return head;
}

}  // namespace

result<void> table(const table_command& asked) {
  table_command o = asked;
  if (auto ok = complete(o); !ok) return ok;
  const table_head head = head_of(o);
  if (!head.banner.empty()) std::printf("*** %s ***\n", head.banner.c_str());
  const std::vector<table_row> rows =
      o.sweep ? rows_of_sweep(o.time, o.reduction) : rows_of_tables(o.time, o.reduction);

  // Features of all front-ends, once, by all processors that were asked for; then the folds as answers are compared with them.
  std::map<int, prepared_fold> folds;
  std::vector<std::string> front_ends;
  for (const table_row& r : rows)
    if (std::find(front_ends.begin(), front_ends.end(), r.front_end) == front_ends.end())
      front_ends.push_back(r.front_end);
  for (const std::string& name : front_ends)
    for (const int fold : o.folds) {
      if (name != front_ends[0] && fold != o.folds[0]) continue;
      auto p = prepare_fold(o.data, fold, name, {o.output / "features", o.jobs});
      if (!p) return p.error();
      for (labelled_clip& c : p->clips) c.features = {};
      folds.emplace(fold, std::move(*p));
    }

  std::vector<job> all, left;
  for (std::size_t r = 0; r < rows.size(); ++r)
    for (const std::uint64_t seed : o.seeds)
      for (const int fold : o.folds) {
        all.push_back(job_of(o, rows[r], r, fold, seed));
        const auto there = read_answers(all.back(), folds.at(fold));
        if (!there) return there.error();
        if (!*there) left.push_back(all.back());
      }
  if (left.size() < all.size())
    std::printf("%zu of %zu trainings are there already\n", all.size() - left.size(), all.size());
  if (auto ok = check_init(left); !ok) return ok;
  if (auto ok = run_all(left, rows, o.jobs); !ok) return ok;

  std::vector<row_result> results;
  auto j = all.begin();
  for (const table_row& row : rows) {
    row_result r{row, {}, {}};
    for (std::size_t seed = 0; seed < o.seeds.size(); ++seed) {
      scorer over_folds(folds.begin()->second, -1);
      for (const int fold : o.folds) {
        const prepared_fold& p = folds.at(fold);
        const auto answers = read_answers(*j++, p);
        if (!answers) return answers.error();
        scorer alone(p, -1);
        if (auto ok = over_folds.add_fold(p, p.split.test, **answers); !ok) return ok;
        if (auto ok = alone.add_fold(p, p.split.test, **answers); !ok) return ok;
        r.by_fold.push_back(figures_of(alone.result().events));
      }
      r.by_seed.push_back(figures_of(over_folds.result().events));
    }
    results.push_back(std::move(r));
  }
  std::fputs(("\n" + to_text(head, results)).c_str(), stdout);
  const std::filesystem::path file = o.output / (o.sweep ? "sweep" : "table");
  const auto with = [&](const char* extension) { return std::filesystem::path(file).replace_extension(extension); };
  if (auto ok = write_file(with(".csv"), to_csv(results)); !ok) return ok;
  if (auto ok = write_file(with(".json"), to_json(head, results)); !ok) return ok;
  if (auto ok = write_file(with(".html"), to_html(head, results)); !ok) return ok;
  std::printf("\nwrote %s, .json and .html\n", with(".csv").c_str());
  return {};
}

}  // namespace soft_label
