#pragma once
#include <algorithm>
#include <auris/io/progress.hpp>
#include <auris/train/checkpoint.hpp>
#include <auris/train/data_source.hpp>
#include <auris/train/trainer.hpp>
#include <functional>

namespace auris {

/// How a training runs. The defaults are those of the paper (32 sequences a batch, up to 150 epochs).
///
///     fit_options o;
///     o.batch = 16;
///     o.schedule.epochs = 20;
///     o.log = "out/training.csv";
///     o.checkpoint = "out/training.safetensors";
struct fit_options {
  idx batch = 32;  ///< items; the last batch of an epoch may be smaller
  plateau_options schedule = {};
  std::filesystem::path log = {};         ///< comma-separated, one line an epoch (`history_csv`); none when empty
  std::filesystem::path checkpoint = {};  ///< read when it exists, to go on from there; none when empty
  std::string setting = {};               ///< what else a checkpoint belongs to, such as the data; another is refused
  int checkpoint_every = 1;               ///< epochs
  bool progress = true;                   ///< a bar on standard error, where that is a terminal
  bool record = false;                    ///< on cuda: steps on whole batches replay one that is recorded at first
  /// Called after every epoch, when log and checkpoint are written; true ends the training. May be empty.
  std::function<bool(const epoch_record&)> should_stop = {};
};

/// What a training came to, with all its epochs, those before it was resumed too.
struct fit_report {
  std::vector<epoch_record> epochs;
  int best_epoch = 0;
  double best_loss = 0;         ///< the lowest validation loss
  int resumed_after_epoch = 0;  ///< 0: started anew
};

namespace detail {

/// The mean losses of an epoch.
template <class Losses>
struct mean_losses {
  Losses sum = {};
  idx batches = 0;
  void add(const Losses& l) {
    sum.total += l.total;
    for (std::size_t k = 0; k < l.terms.size(); ++k) sum.terms[k] += l.terms[k];
    ++batches;
  }
  Losses mean() const {
    Losses m = sum;
    m.total /= static_cast<double>(batches);
    for (double& v : m.terms) v /= static_cast<double>(batches);
    return m;
  }
};

inline result<void> check_fit(const fit_options& o) {
  const auto bad = [](const char* which, const char* expected, auto got) {
    return error{"bad option", message::of("fit, ", which), expected, message::of(got)};
  };
  if (o.batch < 1) return bad("batch", "1 or more", o.batch);
  if (o.checkpoint_every < 1) return bad("checkpoint_every", "1 or more", o.checkpoint_every);
  if (o.schedule.epochs < 1) return bad("schedule.epochs", "1 or more", o.schedule.epochs);
  if (o.schedule.rate_patience < 0) return bad("schedule.rate_patience", "0 or more", o.schedule.rate_patience);
  if (o.schedule.stop_patience < 0) return bad("schedule.stop_patience", "0 or more", o.schedule.stop_patience);
  if (!(is_finite(o.schedule.divisor) && o.schedule.divisor > 0))
    return bad("schedule.divisor", "above 0", o.schedule.divisor);
  return {};
}

template <class Network, class Source>
result<void> check_source(const char* name, const Source& source) {
  const idx count = source.count();
  if (count < 1) return error{"the data source is empty", name, "an item or more", message::of(count)};
  if (auto ok = check_input<Network>(count, source.item()); !ok) {
    error e = ok.error();
    e.where = message::of(name, " data");
    return e;
  }
  return {};
}

/// The class mask of a term in a batch; null where all are 1, so that losses do without.
template <class T>
const T* class_mask_of(const batch_target<T>& t, idx items) {
  const bool all = std::all_of(t.class_mask, t.class_mask + items * t.classes, [](T weight) { return weight == 1; });
  return all ? nullptr : t.class_mask;
}

/// Steps over all items of a source in an epoch (counted from 1), or, with 0, evaluates.
template <class Trainer, class Memory, class Source>
result<typename Trainer::losses> pass(Trainer& t, Memory& memory, const Source& source, idx batch_size,
                                      const std::vector<idx>& order, int epoch, progress_bar& bar, const char* name) {
  mean_losses<typename Trainer::losses> mean;
  const idx count = static_cast<idx>(order.size());
  for (idx begin = 0; begin < count; begin += batch_size) {
    const idx n = std::min(batch_size, count - begin);
    auto b = memory.get(n, source.item());
    if (!b) return b.error();
    const std::span indices = std::span(order).subspan(static_cast<std::size_t>(begin), static_cast<std::size_t>(n));
    const auto filled = [&]() -> result<void> {
      if constexpr (requires { source.fill(indices, *b, epoch); })
        if (epoch > 0) return source.fill(indices, *b, epoch);
      return source.fill(indices, *b);
    };
    if (auto ok = filled(); !ok) return ok.error();
    typename Trainer::targets targets;
    for (std::size_t k = 0; k < targets.size(); ++k)
      targets[k] = {b->targets[k].values, b->targets[k].mask, class_mask_of(b->targets[k], n)};
    auto l = epoch > 0 ? t.step(b->x, targets) : t.evaluate(b->x, targets);
    if (!l) return l.error();
    mean.add(*l);
    if (epoch > 0) bar.show(name, mean.batches);
  }
  return mean.mean();
}

}  // namespace detail

/// Trains: epochs of shuffled batches, each followed by a validation, until the plateau schedule ends it. The weights
/// of the epoch with the lowest validation loss (mean over the validation's batches) are in place at the end.
///
/// The order of an epoch is a function of seed and epoch; with dropout a function of seed and step, a training gives
/// the same bits for any number of threads, and, with a checkpoint, when it is killed and started again.
///
/// Parameters  sources as `data_source` says, which may have different shapes; everything else from the trainer (its
///             optimiser's rate is the first one, and is put back at the end).
/// Memory      one batch, a copy of the best weights, and what the trainer reserves.
/// Errors      options out of range; an empty source or one that does not fit the network; what a source reports; a
///             loss that is not finite, with step or epoch; a checkpoint that is damaged or of another training; a file
///             that cannot be written. Then the weights are those of the moment, and the last checkpoint stays.
/// Source      DCASE 2023 task 4B baseline; Khandelwal & Das 2023
///
///     struct net : bind<linear<2>, dims(dyn, 3)> {};
///     using objective = weighted_sum<term<"main", mean_squared_error>>;
///     weights<net> w(1);
///     trainer<net, objective, adam, cpu> t(w, {.seed = 1});
///     memory_source<float, 1> data{.items = 1, .shape_of_item = dims(4, 3)};
///     data.inputs.resize(4 * 3);
///     data.terms[0].values.resize(4 * 2);
///     fit_options o;
///     o.schedule.epochs = 3;
///     const fit_report report = fit(t, data, data, o).value();
template <class Trainer, class Training, class Validation>
requires(data_source<Training, typename Trainer::scalar, Trainer::objective_type::count>&&
             data_source<Validation, typename Trainer::scalar, Trainer::objective_type::count>)
    result<fit_report> fit(Trainer& t, const Training& training, const Validation& validation,
                           const fit_options& options = {}) {
  using network = typename Trainer::network;
  using objective = typename Trainer::objective_type;
  using T = typename Trainer::scalar;
  if (auto ok = detail::check_fit(options); !ok) return ok.error();
  if (auto ok = detail::check_source<network>("training", training); !ok) return ok.error();
  if (auto ok = detail::check_source<network>("validation", validation); !ok) return ok.error();
  if (auto ok = t.reserve(std::min(options.batch, idx(training.count())), training.item()); !ok) return ok.error();
  if (auto ok = t.reserve(std::min(options.batch, idx(validation.count())), validation.item()); !ok) return ok.error();
  if (options.record) {
    if constexpr (requires { t.record(idx{1}, shape{}); }) {
      if (auto ok = t.record(std::min(options.batch, idx(training.count())), training.item()); !ok) return ok.error();
    } else
      return error{"this backend records no steps", "fit, record", "false", "true"};
  }

  const double first_rate = t.optimiser.method.rate;
  struct put_back {
    double &rate, value;
    ~put_back() { rate = value; }
  } const rate_guard{t.optimiser.method.rate, first_rate};
  struct bring_back {
    Trainer& trainer;
    ~bring_back() { trainer.download(); }
  } const weights_guard{t};

  const detail::training_identity this_training =
      detail::identity_of(t, options.batch, options.schedule, options.setting, training, validation);
  detail::fit_state<T> state{{options.schedule, first_rate}, {}, {}, {}};
  fit_report report;
  if (!options.checkpoint.empty()) {
    auto resumed = detail::load_checkpoint(options.checkpoint, t, state, this_training);
    if (!resumed) return resumed.error();
    if (*resumed) report.resumed_after_epoch = state.schedule.epochs;
  }

  detail::batch_memory<network, objective, T> memory;
  std::vector<idx> order(static_cast<std::size_t>(training.count())),
      in_order(static_cast<std::size_t>(validation.count()));
  for (std::size_t i = 0; i < in_order.size(); ++i) in_order[i] = static_cast<idx>(i);
  const idx batches = (static_cast<idx>(order.size()) + options.batch - 1) / options.batch;

  bool stop = state.schedule.stopped();
  while (!stop) {
    const auto begin = std::chrono::steady_clock::now();
    epoch_record record;
    record.epoch = state.schedule.epochs + 1;
    record.rate = t.optimiser.method.rate = state.schedule.rate;
    const std::string name = "epoch " + std::to_string(record.epoch) + "/" + std::to_string(options.schedule.epochs);
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<idx>(i);
    // A stream of its own: those of the layers count from 0.
    random_sequence random(random_key{t.seed, static_cast<std::uint64_t>(record.epoch), ~std::uint64_t{0}, 0});
    shuffle(order.data(), static_cast<idx>(order.size()), random);

    progress_bar bar(batches, options.progress);
    auto trained = detail::pass(t, memory, training, options.batch, order, record.epoch, bar, name.c_str());
    if (!trained) return trained.error();
    auto validated = detail::pass(t, memory, validation, options.batch, in_order, 0, bar, name.c_str());
    if (!validated) {
      error e = validated.error();
      e.where = message::of("validation of epoch ", record.epoch, e.where.empty() ? "" : ": ", e.where);
      return e;
    }
    record.loss = trained->total;
    record.terms.assign(trained->terms.begin(), trained->terms.end());
    record.validation_loss = validated->total;
    record.validation_terms.assign(validated->terms.begin(), validated->terms.end());
    const plateau_schedule::verdict verdict = state.schedule.epoch(record.validation_loss);
    record.best = verdict.improved;
    stop = verdict.stop;
    if (verdict.improved) state.keep_best(t);
    record.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    state.history.push_back(record);
    bar.finish(message::of(name, ": loss ", record.loss, ", validation ", record.validation_loss, ", rate ",
                           record.rate, record.best ? ", best" : "")
                   .c_str());

    if (!options.log.empty())
      if (auto ok = write_file(options.log, history_csv(objective::names, state.history)); !ok) return ok.error();
    if (!options.checkpoint.empty() && (stop || record.epoch % options.checkpoint_every == 0))
      if (auto ok = detail::save_checkpoint(options.checkpoint, t, state, this_training); !ok) return ok.error();
    if (options.should_stop && options.should_stop(record)) stop = true;
  }

  state.give_best(t);
  report.best_loss = state.schedule.best;
  for (const epoch_record& e : state.history)
    if (e.best) report.best_epoch = e.epoch;
  report.epochs = std::move(state.history);
  return report;
}

}  // namespace auris
