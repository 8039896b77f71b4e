// The one implementation of `system`, for any network with an output "y_pred" and perhaps "x_rec".
#pragma once
#include <auris/backend/cpu/thread_pool.hpp>
#include <auris/io/checkpoint.hpp>
#include <auris/io/progress.hpp>
#include <auris/loss.hpp>
#include <auris/optim.hpp>
#include <auris/train/trainer.hpp>
#include <networks/weak_baselines.hpp>
#include <numeric>

#include "scoring.hpp"
#include "system.hpp"

namespace weak_labels {

using namespace auris;
using auris::networks::with_backend;

/// Labels alone.
using label_objective = weighted_sum<term<"y_pred", binary_cross_entropy_with<from_probabilities>>>;

/// `Product` is what is trained of the network: the outputs of the objective.
template <class Network, class Product, class Objective>
class system_of final : public system {
  static constexpr idx width = Network::template shape_of<"y_pred">[-1];
  static constexpr bool reconstructs = Objective::count == 2;

 public:
  explicit system_of(const system_options& o)
      : weights_(o.seed), seed_(o.seed), backend_(o.backend), pool_(o.threads) {}

  idx parameters() const override { return Network::parameters; }
  idx outputs() const override { return width; }
  result<training_report> train(const clip_batch& training, const clip_batch& validation,
                                const training_request& request) override {
    if (auto ok = fits(training); !ok) return ok.error();
    if (auto ok = fits(validation); !ok) return ok.error();
    if (request.batch < 1 || request.epochs < 1)
      return error{"bad option", "training", "1 or more epochs, batches of 1 or more clips",
                   message::of(request.epochs, " epochs, batches of ", request.batch)};
    return with_backend(backend_, train_on_backend{*this, training, validation, request});
  }
  result<std::vector<float>> predict(const clip_batch& clips) override {
    if (auto ok = fits(clips); !ok) return ok.error();
    return with_backend(backend_, predict_on_backend{*this, clips});
  }
  result<std::vector<named_tensor>> outputs_of(const clip_batch& clips, idx clip) override {
    if (auto ok = fits(clips); !ok) return ok.error();
    return with_backend(backend_, outputs_on_backend{*this, clips, clip});
  }
  result<void> save(const std::filesystem::path& path, const model_description& d) const override {
    return save_model(path, weights_, d);
  }
  result<void> load(const tensor_file& file) override { return auris::load(weights_, file); }

 private:
  static result<void> fits(const clip_batch& c) {
    if (c.classes <= width) return {};
    return error{
        "more classes than the network has outputs", {}, message::of("at most ", width), message::of(c.classes)};
  }

  struct predict_on_backend {
    system_of& self;
    const clip_batch& clips;

    template <class Backend>
    requires(!std::is_same_v<Backend, reference>) result<std::vector<float>>
    operator()(std::type_identity<Backend>) const {
      constexpr idx most = 8;  // clips at once
      session<deployed<only<Network, "y_pred">>, Backend> run(self.weights_, networks::queue_of<Backend>(self.pool_));
      std::vector<float> all;
      for (idx first = 0; first < clips.count; first += most) {
        const idx n = std::min(most, clips.count - first);
        const float* x = clips.features.data() + first * clips.frames * clips.bands;
        const auto y = run({x, n, dims(clips.frames, clips.bands)});
        if (!y) return y.error();
        const float* p = y->template get<"y_pred">().p;
        for (idx i = 0; i < n; ++i) all.insert(all.end(), p + i * width, p + i * width + clips.classes);
      }
      return all;
    }
  };

  struct outputs_on_backend {
    system_of& self;
    const clip_batch& clips;
    idx clip;

    template <class Backend>
    requires(!std::is_same_v<Backend, reference>) result<std::vector<named_tensor>>
    operator()(std::type_identity<Backend>) const {
      session<deployed<Network>, Backend> run(self.weights_, networks::queue_of<Backend>(self.pool_));
      const idx item = clips.frames * clips.bands;
      const auto y = run({clips.features.data() + clip * item, 1, dims(clips.frames, clips.bands)});
      if (!y) return y.error();
      std::vector<named_tensor> all;
      for (std::size_t i = 0; i < Network::output_count; ++i) {
        const view<const float> v = y->at(i);
        all.push_back(tensor_of<float>(Network::outputs()[i].name.text, {v.s.extent, v.s.extent + v.s.rank},
                                       {v.p, static_cast<std::size_t>(v.size())}));
      }
      return all;
    }
  };

  struct train_on_backend {
    system_of& self;
    const clip_batch &training, &validation;
    const training_request& request;

    template <class Backend>
    requires(!std::is_same_v<Backend, reference>) result<training_report>
    operator()(std::type_identity<Backend>) const {
      using trainer_type = trainer<Product, Objective, adam, Backend>;
      trainer_type t(self.weights_, {.method = {.rate = request.rate}, .seed = self.seed_},
                     networks::queue_of<Backend>(self.pool_));
      if constexpr (reconstructs) t.objective.weights[1] = request.alpha;
      score_plateau plateau{request.rate, request.patience};
      training_report report{0, 0, -1, 0};
      std::vector<float> best_params, best_buffers;
      std::string log = "epoch,rate,loss,micro_precision,seconds\n";
      for (int epoch = 1; epoch <= request.epochs; ++epoch) {
        const auto begin = std::chrono::steady_clock::now();
        t.optimiser.method.rate = plateau.rate;
        const auto loss = steps_of_epoch(t, epoch);
        t.download();
        if (!loss) return loss.error();
        const auto predicted = self.predict(validation);
        if (!predicted) return predicted.error();
        const auto figures = score(validation, *predicted);
        if (!figures) return figures.error();
        const double took = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
        report.epochs = epoch, report.seconds += took;
        if (figures->micro_precision > report.best_score) {
          report.best_epoch = epoch, report.best_score = figures->micro_precision;
          best_params.assign(t.params().begin(), t.params().end());
          best_buffers.assign(t.buffers().begin(), t.buffers().end());
        }
        char line[160];
        std::snprintf(line, sizeof line, "%d,%g,%.6f,%.6f,%.3f\n", epoch, plateau.rate, *loss, figures->micro_precision,
                      took);
        log += line;
        if (!request.log.empty())
          if (auto ok = write_file(request.log, log); !ok) return ok.error();
        plateau.epoch(figures->micro_precision);
      }
      std::ranges::copy(best_params, self.weights_.params());
      std::ranges::copy(best_buffers, self.weights_.buffers());
      return report;
    }

    /// Steps over all clips in the order of the epoch; the mean loss of the clips.
    template <class Trainer>
    result<double> steps_of_epoch(Trainer& t, int epoch) const {
      const idx item = training.frames * training.bands;
      std::vector<idx> order(static_cast<std::size_t>(training.count));
      std::iota(order.begin(), order.end(), idx{0});
      random_sequence random(random_key{self.seed_, static_cast<std::uint64_t>(epoch), ~std::uint64_t{0}, 0});
      shuffle(order.data(), training.count, random);
      progress_bar bar((training.count + request.batch - 1) / request.batch, request.progress);
      const std::string name = "epoch " + std::to_string(epoch) + "/" + std::to_string(request.epochs);
      std::vector<float> x, y;
      double sum = 0;
      for (idx first = 0; first < training.count; first += request.batch) {
        const idx n = std::min(request.batch, training.count - first);
        x.clear();
        y.assign(static_cast<std::size_t>(n * width), 0.0f);
        for (idx i = 0; i < n; ++i) {
          const idx clip = order[static_cast<std::size_t>(first + i)];
          x.insert(x.end(), training.features.begin() + clip * item, training.features.begin() + (clip + 1) * item);
          std::copy_n(training.labels.begin() + clip * training.classes, training.classes, y.begin() + i * width);
        }
        typename Trainer::targets targets{{{y.data()}}};
        if constexpr (reconstructs) targets[1] = {x.data()};
        const auto losses = t.step({x.data(), n, dims(training.frames, training.bands)}, targets);
        if (!losses) return losses.error();
        sum += losses->total * static_cast<double>(n);
        bar.show(name.c_str(), first / request.batch + 1);
      }
      bar.finish(message::of(name, ": loss ", sum / static_cast<double>(training.count)).c_str());
      return sum / static_cast<double>(training.count);
    }
  };

  weights<Network> weights_;
  std::uint64_t seed_;
  backend_kind backend_;
  thread_pool pool_;
};

/// Of the baselines, reduced.
inline constexpr networks::weak_sizes reduced_sizes{.mels = reduced_resolution.bands, .channels = 8};

/// In full size or reduced.
template <class Full, class Reduced>
std::unique_ptr<system> make_of_size(const system_options& o) {
  if (o.reduced) return std::make_unique<system_of<Reduced, only<Reduced, "y_pred">, label_objective>>(o);
  return std::make_unique<system_of<Full, only<Full, "y_pred">, label_objective>>(o);
}

}  // namespace weak_labels
