#include <auris/train/fit.hpp>

#include <auris/train/memory_source.hpp>
#include <fstream>

#include "data/temporary_folder.hpp"
#include "support/catch.hpp"
#include "train/toy.hpp"

using namespace auris;
using toy::net;

namespace {
// A source that counts and records what is asked of it; validation losses can be made up through `level`.
struct observed : toy::source {
  mutable std::vector<std::vector<idx>> asked{};
  const std::vector<float>* levels = nullptr;  // the label of everything in the n-th epoch

  result<void> fill(std::span<const idx> indices, const batch<float, 2>& b) const {
    asked.emplace_back(indices.begin(), indices.end());
    if (auto ok = toy::source::fill(indices, b); !ok) return ok;
    if (levels)
      for (idx i = 0; i < b.x.n * 8; ++i) b.targets[0].values[i] = (*levels)[asked.size() - 1];
    return {};
  }
};
}  // namespace

TEST_CASE("fit: learns a toy problem and gives back the best weights") {
  weights<net> w(1);
  toy::trainer_of<adam> t(w, {.method = {.rate = 0.02}});
  const auto training = toy::make(32, 1), validation = toy::make(8, 2);
  const fit_report r = fit(t, training, validation, toy::options(60)).value();
  REQUIRE(r.epochs.size() == 60);
  CHECK(r.epochs.front().epoch == 1);
  CHECK(r.epochs.back().validation_terms[0] < r.epochs.front().validation_terms[0] / 3);
  CHECK(r.epochs.back().validation_terms[1] < 0.35);
  double lowest = 1e9;
  for (const epoch_record& e : r.epochs) {
    CHECK(e.best == (e.validation_loss < lowest));
    lowest = std::min(lowest, e.validation_loss);
    CHECK(e.loss == Approx(0.8 * e.terms[0] + 0.2 * e.terms[1]));
  }
  CHECK(r.best_loss == lowest);
  CHECK(r.epochs[static_cast<std::size_t>(r.best_epoch) - 1].validation_loss == lowest);
  CHECK(r.resumed_after_epoch == 0);

  // The weights at the end are those of the best epoch: two batches of four items.
  double again = 0;
  for (idx i = 0; i < 8; i += 4)
    again += t.evaluate({validation.inputs.data() + i * 12, 4, dims(4, 3)},
                        {{{validation.terms[0].values.data() + i * 8},
                          {validation.terms[1].values.data() + i * 8, validation.terms[1].mask.data() + i * 4}}})
                 .value()
                 .total;
  CHECK(again / 2 == lowest);
}

TEST_CASE("fit: class masks hide classes from the losses; of ones they change nothing") {
  const auto trained = [](std::vector<float> class_mask) {
    weights<net> w(1);
    toy::trainer_of<sgd> t(w, {.method = {.rate = 0.1}, .seed = 1});
    auto training = toy::make(8, 1);
    training.terms[0].class_mask = std::move(class_mask);
    if (!training.terms[0].class_mask.empty() && training.terms[0].class_mask[1] == 0)
      for (std::size_t r = 0; r < 32; ++r) training.terms[0].values[2 * r + 1] = std::nanf("");
    fit(t, training, toy::make(4, 2), toy::options(2)).value();
    return toy::params(w);
  };
  const auto repeated = [](float first, float second) {
    std::vector<float> v;
    for (int i = 0; i < 8; ++i) v.insert(v.end(), {first, second});
    return v;
  };
  const auto plain = trained({});
  CHECK(trained(repeated(1, 1)) == plain);
  const auto hidden = trained(repeated(1, 0));
  // "sed" stands behind the trunk (3 x 8, 8; batch_norm 2 x 8): weight (2, 8) and bias (2).
  const weights<net> start(1);
  const auto before = toy::params(start);
  for (std::size_t i = 48; i < 48 + 18; ++i) {
    const bool second = i < 64 ? i >= 56 : i == 65;
    CHECK((hidden[i] == before[i]) == second);
    CHECK(plain[i] != before[i]);
  }
}

TEST_CASE("fit: every item once an epoch, shuffled by seed and epoch, the last batch smaller") {
  const auto orders = [](std::uint64_t seed) {
    weights<net> w(1);
    toy::trainer_of<sgd> t(w, {.seed = seed});
    const observed training{toy::make(10, 1)}, validation{toy::make(5, 2)};
    fit(t, training, validation, toy::options(2)).value();
    REQUIRE(training.asked.size() == 6);
    for (int e = 0; e < 2; ++e) {
      std::vector<idx> all;
      for (int b = 0; b < 3; ++b) {
        const auto& asked = training.asked[static_cast<std::size_t>(3 * e + b)];
        CHECK(asked.size() == (b < 2 ? 4 : 2));
        all.insert(all.end(), asked.begin(), asked.end());
      }
      std::sort(all.begin(), all.end());
      CHECK(all == std::vector<idx>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
    }
    CHECK(validation.asked == std::vector<std::vector<idx>>{{0, 1, 2, 3}, {4}, {0, 1, 2, 3}, {4}});
    return training.asked;
  };
  const auto one = orders(1);
  CHECK(one == orders(1));
  CHECK(one != orders(2));
  CHECK(std::vector(one.begin(), one.begin() + 3) != std::vector(one.begin() + 3, one.end()));
}

TEST_CASE("fit: rate and early stop follow the validation loss") {
  // The rate 0 keeps the weights, so a made-up label makes the loss: 0 in epochs 1 to 3, better in 4, then worse.
  weights<net> w(1);
  for (idx i = 0; i < net::parameters; ++i) w.params()[i] = 0;
  toy::objective o;
  o.weights = {1, 0};
  toy::trainer_of<sgd> t(w, {.objective = o, .method = {.rate = 0}});
  const std::vector<float> levels{3, 3, 3, 1, 2, 2, 2, 2, 2, 2, 2, 2};
  observed validation{toy::make(4, 2)};
  validation.levels = &levels;
  fit_options options = toy::options(100);
  options.schedule.rate_patience = 1;
  options.schedule.stop_patience = 4;
  const fit_report r = fit(t, toy::make(4, 1), validation, options).value();
  // since_best after epoch 4 is 1, so it exceeds 4 after epoch 8.
  REQUIRE(r.epochs.size() == 8);
  CHECK(r.best_epoch == 4);
  CHECK(r.best_loss == Approx(1));
  for (const epoch_record& e : r.epochs) CHECK(e.best == (e.epoch == 1 || e.epoch == 4));
}

TEST_CASE("fit: the rate falls on a plateau and is put back at the end") {
  // From weights 0 with so small a rate all predictions are 0 beside the label 5: the loss stays 25.
  weights<net> w(1);
  for (idx i = 0; i < net::parameters; ++i) w.params()[i] = 0;
  toy::objective o;
  o.weights = {1, 0};
  toy::trainer_of<sgd> t(w, {.objective = o, .method = {.rate = 1e-12}});
  const std::vector<float> levels(8, 5.0f);
  observed validation{toy::make(4, 2)};
  validation.levels = &levels;
  fit_options options = toy::options(8);
  options.schedule.rate_patience = 2;
  const fit_report r = fit(t, toy::make(4, 1), validation, options).value();
  REQUIRE(r.epochs.size() == 8);
  for (const epoch_record& e : r.epochs) {
    CHECK(e.validation_loss == 25);
    // since_change exceeds 2 after epochs 3 and 6
    CHECK(e.rate == (e.epoch <= 3 ? 1e-12 : e.epoch <= 6 ? 1e-12 / 10 : 1e-12 / 10 / 10));
  }
  CHECK(t.optimiser.method.rate == 1e-12);
}

TEST_CASE("fit: a batch larger than the data is one batch; sources may differ in shape") {
  weights<net> w(1);
  toy::trainer_of<adam> t(w);
  auto validation = toy::make(6, 2);
  validation.items = 3, validation.shape_of_item = dims(8, 3);  // the same values as 3 items of 8 frames
  fit_options o = toy::options(2);
  o.batch = 1000;
  CHECK(fit(t, toy::make(5, 1), validation, o).value().epochs.size() == 2);
  CHECK(t.optimiser.steps() == 2);
}

TEST_CASE("fit: what cannot be trained is refused") {
  weights<net> w(1);
  toy::trainer_of<adam> t(w);
  const auto good = toy::make(4, 1);
  const auto refused = [&](const toy::source& training, const toy::source& validation, fit_options o) {
    const auto r = fit(t, training, validation, o);
    return r ? std::string() : std::string(r.error().text().c_str());
  };
  CHECK(refused(toy::make(0, 1), good, toy::options(1)) ==
        "the data source is empty: training: expected an item or more, got 0");
  CHECK(refused(good, toy::make(0, 1), toy::options(1)) ==
        "the data source is empty: validation: expected an item or more, got 0");
  auto wide = good;
  wide.shape_of_item = dims(3, 4);
  CHECK(refused(wide, good, toy::options(1)) ==
        "wrong shape of the input: training data: expected (any, 3), got 4 x (3, 4)");
  auto short_of_labels = good;
  short_of_labels.terms[0].values.pop_back();
  CHECK_FALSE(refused(short_of_labels, good, toy::options(1)).empty());
  auto o = toy::options(1);
  o.batch = 0;
  CHECK(refused(good, good, o) == "bad option: fit, batch: expected 1 or more, got 0");
  o = toy::options(0);
  CHECK_FALSE(refused(good, good, o).empty());
  o = toy::options(1);
  o.schedule.divisor = 0;
  CHECK_FALSE(refused(good, good, o).empty());
  o = toy::options(1);
  o.checkpoint_every = 0;
  CHECK_FALSE(refused(good, good, o).empty());
  CHECK(refused(good, good, toy::options(1)).empty());
}

TEST_CASE("fit: a loss that is not finite ends it with the step, or the epoch of the validation") {
  const auto why = [](float bad_training, float bad_validation) {
    weights<net> w(1);
    toy::trainer_of<adam> t(w);
    auto training = toy::make(8, 1), validation = toy::make(4, 2);
    training.terms[0].values[5] += bad_training;
    validation.terms[0].values[5] += bad_validation;
    const auto r = fit(t, training, validation, toy::options(3));
    REQUIRE_FALSE(r);
    CHECK(std::string(r.error().what.c_str()) == "the loss is not finite");
    return std::string(r.error().where.c_str());
  };
  const std::string step = why(std::nanf(""), 0);
  CHECK((step == "training step 1" || step == "training step 2"));
  CHECK(why(0, HUGE_VALF) == "validation of epoch 1: evaluation");
}

TEST_CASE("fit: writes the log, and stops when told") {
  const temporary_folder folder;
  weights<net> w(1);
  toy::trainer_of<adam> t(w);
  fit_options o = toy::options(10);
  o.log = folder / "log.csv";
  o.should_stop = [](const epoch_record& e) { return e.epoch == 3; };
  const fit_report r = fit(t, toy::make(8, 1), toy::make(4, 2), o).value();
  CHECK(r.epochs.size() == 3);
  CHECK(read_file(o.log).value() == history_csv(toy::objective::names, r.epochs));

  o.log = folder / "log.csv/below_a_file.csv";
  const auto failed = fit(t, toy::make(8, 1), toy::make(4, 2), o);
  REQUIRE_FALSE(failed);
  CHECK(std::string(failed.error().what.c_str()) == "cannot write the file");
}

TEST_CASE("fit: a backend that records no steps is told") {
  STATIC_REQUIRE_FALSE(records_steps<reference, adam, float>);
  weights<net> w(1);
  toy::trainer_of<adam> t(w);
  fit_options o = toy::options(1);
  o.record = true;
  const auto training = toy::make(4, 1);
  const auto r = fit(t, training, training, o);
  REQUIRE_FALSE(r);
  CHECK(std::string(r.error().text().c_str()) ==
        "this backend records no steps: fit, record: expected false, got true");
}
