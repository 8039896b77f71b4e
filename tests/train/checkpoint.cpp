#include <auris/train/checkpoint.hpp>

#include <cstdlib>

#include "data/temporary_folder.hpp"
#include "support/catch.hpp"
#include "train/toy.hpp"

#if !defined(_WIN32)
#include <sys/wait.h>
#endif

using namespace auris;
using toy::net;

namespace {
struct outcome {
  std::vector<float> params, buffers;
  fit_report report;
};
bool same_numbers(const outcome& a, const outcome& b) {
  if (a.params != b.params || a.buffers != b.buffers || a.report.epochs.size() != b.report.epochs.size()) return false;
  for (std::size_t i = 0; i < a.report.epochs.size(); ++i) {
    const epoch_record &x = a.report.epochs[i], &y = b.report.epochs[i];
    if (x.loss != y.loss || x.validation_loss != y.validation_loss || x.terms != y.terms || x.rate != y.rate ||
        x.validation_terms != y.validation_terms || x.best != y.best || x.epoch != y.epoch)
      return false;
  }
  return a.report.best_epoch == b.report.best_epoch && a.report.best_loss == b.report.best_loss;
}
fit_options with(const std::filesystem::path& checkpoint, int epochs = 8) {
  fit_options o = toy::options(epochs);
  o.schedule.rate_patience = 1;
  o.checkpoint = checkpoint;
  return o;
}
// A training of eight epochs, from scratch or from what the checkpoint says.
template <class Method, class Source>
outcome train(const fit_options& o, const Source& training, std::uint64_t seed = 7) {
  weights<net> w(1);
  toy::trainer_of<Method> t(w, {.method = {.rate = 0.05}, .largest_norm = 1, .seed = seed});
  auto report = fit(t, training, toy::make(6, 2), o).value();
  return {toy::params(w), toy::buffers(w), std::move(report)};
}
std::string refused(const fit_options& o, const train_options<toy::objective, adam>& options,
                    const toy::source& training) {
  weights<net> w(1);
  toy::trainer_of<adam> t(w, options);
  const auto before = toy::params(w);
  const auto r = fit(t, training, toy::make(6, 2), o);
  if (!r) CHECK(toy::params(w) == before);
  return r ? std::string("not refused") : std::string(r.error().text().c_str());
}
}  // namespace

TEMPLATE_TEST_CASE("checkpoint: stopped and continued gives the same numbers as without the stop", "", adam, sgd) {
  const temporary_folder folder;
  const auto training = toy::make(10, 1);
  const outcome whole = train<TestType>(with({}), training);
  REQUIRE(whole.report.epochs.size() == 8);
  for (const int every : {1, 2}) {
    fit_options o = with(folder / ("every" + std::to_string(every)).c_str());
    o.checkpoint_every = every;
    o.log = folder / "log.csv";
    o.should_stop = [](const epoch_record& e) { return e.epoch == 3; };
    CHECK(train<TestType>(o, training).report.epochs.size() == 3);
    o.should_stop = {};
    const outcome continued = train<TestType>(o, training);
    CHECK(continued.report.resumed_after_epoch == (every == 1 ? 3 : 2));
    CHECK(same_numbers(continued, whole));
    CHECK(read_file(o.log).value() == history_csv(toy::objective::names, continued.report.epochs));
  }
}

#if !defined(_WIN32)
TEST_CASE("checkpoint: killed in the middle of an epoch and started again gives the same numbers") {
  struct deadly : toy::source {
    mutable int left = 0;
    result<void> fill(std::span<const idx> indices, const batch<float, 2>& b) const {
      if (--left == 0) std::_Exit(9);
      return toy::source::fill(indices, b);
    }
  };
  const temporary_folder folder;
  const outcome whole = train<adam>(with({}), toy::make(10, 1));
  const fit_options o = with(folder / "checkpoint");
  for (const int batches : {1, 5, 13}) {  // an epoch has three
    const pid_t child = ::fork();
    if (child == 0) {
      train<adam>(o, deadly{toy::make(10, 1), batches});
      std::_Exit(0);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    REQUIRE(WEXITSTATUS(status) == 9);
  }
  const outcome continued = train<adam>(o, toy::make(10, 1));
  CHECK(continued.report.resumed_after_epoch == 5);  // 0, 1 and 4 epochs were whole
  CHECK(same_numbers(continued, whole));
}
#endif

TEST_CASE("checkpoint: of a finished training gives its report; a longer one goes on from it") {
  const temporary_folder folder;
  const auto training = toy::make(10, 1);
  const outcome first = train<adam>(with(folder / "checkpoint", 4), training);
  const outcome again = train<adam>(with(folder / "checkpoint", 4), training);
  CHECK(again.report.resumed_after_epoch == 4);
  CHECK(same_numbers(first, again));
  CHECK(same_numbers(train<adam>(with(folder / "checkpoint", 8), training), train<adam>(with({}, 8), training)));
}

TEST_CASE("checkpoint: of another training is refused, and says why") {
  const temporary_folder folder;
  const auto training = toy::make(10, 1);
  const fit_options o = with(folder / "checkpoint");
  const std::string where = o.checkpoint.string();
  train<adam>(o, training);
  const train_options<toy::objective, adam> same{.method = {.rate = 0.05}, .largest_norm = 1, .seed = 7};

  auto other = same;
  other.seed = 8;
  CHECK(refused(o, other, training) == "the checkpoint is of another training: " + where + ", seed: expected 8, got 7");
  other = same;
  other.method.rate = 0.04;
  CHECK(refused(o, other, training).find("optimiser: expected adam (rate 0.04, ") != std::string::npos);
  other = same;
  other.objective.weights[1] = 0.3;
  CHECK(refused(o, other, training).find("objective: expected 0.8 sed: mean squared error (mean) + 0.3 asc") !=
        std::string::npos);
  other = same;
  other.largest_norm = 0;
  CHECK(refused(o, other, training).find("largest norm: expected 0, got 1") != std::string::npos);
  CHECK(refused(o, same, toy::make(9, 1)).find("training data: expected 9 x (4, 3), got 10 x (4, 3)") !=
        std::string::npos);
  fit_options changed = o;
  changed.batch = 5;
  CHECK(refused(changed, same, training).find("batch: expected 5, got 4") != std::string::npos);
  changed = o;
  changed.setting = "fold 2";
  CHECK(refused(changed, same, training).find("setting: expected fold 2") != std::string::npos);

  struct larger : bind<typename net::spec_type, dims(dyn, 4)> {};
  weights<larger> w(1);
  trainer<larger, toy::objective, adam, reference> t(w, {.method = {.rate = 0.05}, .largest_norm = 1, .seed = 7});
  auto wide = training;
  wide.shape_of_item = dims(3, 4);
  const auto r = fit(t, wide, wide, o);
  REQUIRE_FALSE(r);
  CHECK(std::string(r.error().text().c_str()).find("network: expected " + std::to_string(larger::parameters)) !=
        std::string::npos);
}

TEST_CASE("checkpoint: damaged files are refused") {
  const temporary_folder folder;
  const auto training = toy::make(10, 1);
  const fit_options o = with(folder / "checkpoint");
  const train_options<toy::objective, adam> same{.method = {.rate = 0.05}, .largest_norm = 1, .seed = 7};
  train<adam>(o, training);
  const std::string whole = read_file(o.checkpoint).value();
  for (const std::size_t size : {whole.size() - 1, whole.size() / 2, std::size_t{9}, std::size_t{0}}) {
    write_file(o.checkpoint, whole.substr(0, size)).value();
    CHECK(refused(o, same, training) != "not refused");
  }
  const auto changed = [&](auto change) {
    write_file(o.checkpoint, whole).value();
    tensor_file file = read_safetensors(o.checkpoint).value();
    change(file);
    write_safetensors(o.checkpoint, file).value();
    return refused(o, same, training);
  };
  const auto replace_schedule = [&](std::size_t at, double value) {
    return changed([&](tensor_file& file) {
      std::vector<double> numbers(6);
      file.find("schedule")->copy_to(numbers.data());
      numbers[at] = value;
      std::erase_if(file.tensors, [](const named_tensor& t) { return t.name == "schedule"; });
      file.tensors.push_back(tensor_of<double>("schedule", {6}, numbers));
    });
  };
  CHECK(changed([](tensor_file&) {}) == "not refused");
  for (const char* name :
       {"params", "buffers", "optimiser.0", "optimiser.1", "best.params", "best.buffers", "schedule", "history"}) {
    INFO(name);
    const std::string missing =
        changed([&](tensor_file& file) { std::erase_if(file.tensors, [&](auto& t) { return t.name == name; }); });
    CHECK(missing.find(std::string("tensor '") + name + "': expected F") != std::string::npos);
    CHECK(missing.find("got none") != std::string::npos);
    const std::string another = changed([&](tensor_file& file) {
      std::erase_if(file.tensors, [&](auto& t) { return t.name == name; });
      file.tensors.push_back(tensor_of<float>(name, {1}, std::vector<float>(1)));
    });
    CHECK(another.find("got F32 (1)") != std::string::npos);
  }
  CHECK(changed([](tensor_file& file) { file.metadata.erase("format"); }).find("not a checkpoint of a training") == 0);
  CHECK(replace_schedule(0, 0.01) == "not refused");
  CHECK(replace_schedule(0, -1).find("the checkpoint is damaged") == 0);
  for (std::size_t i = 0; i < 6; ++i) CHECK(replace_schedule(i, std::nan("")).find("the checkpoint is damaged") == 0);
  for (std::size_t i = 2; i < 6; ++i) {
    CHECK(replace_schedule(i, 1e300).find("the checkpoint is damaged") == 0);
    CHECK(replace_schedule(i, 2.5).find("the checkpoint is damaged") == 0);
    CHECK(replace_schedule(i, -1).find("the checkpoint is damaged") == 0);
  }
  CHECK(replace_schedule(4, 7).find("tensor 'history': expected F64 (7, 9), got F64 (8, 9)") != std::string::npos);
}
