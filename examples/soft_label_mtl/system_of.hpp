// The one implementation of `system`, for any network with an output "sed" and perhaps "asc" and "aec".
#pragma once
#include <auris/backend/cpu/thread_pool.hpp>
#include <auris/io/checkpoint.hpp>
#include <auris/loss.hpp>
#include <auris/optim.hpp>
#include <auris/train/sequence_source.hpp>
#include <auris/train/trainer.hpp>
#include <cmath>
#include <functional>
#include <limits>
#include <networks/soft_label_mtl.hpp>

#include "system.hpp"
#include "windows.hpp"

namespace soft_label {

using namespace auris;
using auris::networks::with_backend;

/// All losses of the events, one chosen at run time: one trainer is compiled for each network.
using events_loss = one_of<weighted_soft_label, weighted_soft_label_with<reduction::mean>, mean_squared_error,
                           mean_squared_error_with<reduction::paper>>;

/// Events only: `crnn_4b`.
struct single_task {
  using objective = weighted_sum<term<"sed", events_loss>>;
  using source = sequence_source<sequence_target::labels>;
};
/// Events, scene and environment.
struct three_tasks {
  using objective =
      weighted_sum<term<"sed", events_loss, 0.85>, term<"asc", cross_entropy, 0.10>, term<"aec", cross_entropy, 0.05>>;
  using source = sequence_source<sequence_target::labels, sequence_target::scene, sequence_target::environment>;
};

template <class Objective>
Objective objective_for(const training_request& request) {
  Objective o;
  if constexpr (Objective::count == 3) o.weights = {request.weights.sed, request.weights.asc, request.weights.aec};
  const bool mean = request.reduction == reduction::mean;
  if (request.loss == sed_loss::wsl && mean) o.template choose<"sed", weighted_soft_label_with<reduction::mean>>();
  if (request.loss == sed_loss::mse && mean) o.template choose<"sed", mean_squared_error>();
  if (request.loss == sed_loss::mse && !mean) o.template choose<"sed", mean_squared_error_with<reduction::paper>>();
  return o;
}

template <class Network>
class system_of final : public system {
  static constexpr bool tasks = Network::output_count == 3;
  using setting = std::conditional_t<tasks, three_tasks, single_task>;
  static constexpr idx finer = [] {
    if constexpr (requires { Network::sizes.time; })
      if (Network::sizes.time == networks::time_mode::stretched) return idx(20);  // 10 ms for labels of 200 ms
    return idx(1);
  }();

 public:
  explicit system_of(const system_options& o) : weights_(o.seed), backend_(o.backend) {}

  idx events() const override { return Network::template shape_of<"sed">[-1]; }
  bool has_tasks() const override { return tasks; }
  idx parameters() const override { return Network::parameters; }
  idx features_per_frame() const override { return finer; }
  idx window() const override {
    if constexpr (finer > 1)
      return Network::sizes.frames;
    else
      return 0;
  }

  result<fit_report> train(const sequence_set& training, const sequence_set& validation,
                           const training_request& request) override {
    predict_ = nullptr;
    return with_backend(backend_, fit_on_backend{weights_, training, validation, request});
  }

  result<prediction> predict(const frame_matrix& features) override {
    if (features.frames == 0) return prediction{frame_matrix(0, events()), {}, {}};
    if (!predict_) predict_ = with_backend(backend_, make_predict{weights_});
    if constexpr (finer > 1)
      return predict_by_windows(features, window(), finer, predict_);
    else
      return predict_(features);
  }

  result<void> save(const std::filesystem::path& path, const model_description& description) const override {
    return save_model(path, weights_, description);
  }
  result<void> load(const tensor_file& file) override {
    predict_ = nullptr;
    return auris::load(weights_, file);
  }
  result<void> start_from(const tensor_file& file) override {
    predict_ = nullptr;
    return auris::load(weights_, file, {.partial = true});
  }

  std::vector<layer_line> layers(idx frames) const override {
    struct collector : layer_visitor {
      std::vector<layer_line> lines;
      void operator()(const layer_row& r) override {
        lines.push_back({r.name, std::string(r.kind, r.kind_length), message::of(r.input).c_str(),
                         message::of(r.output).c_str(), r.parameters, r.multiply_adds});
      }
    } all;
    Network::visit_layers(all, dims(frames * finer, Network::in_shape[1]));
    return all.lines;
  }
  std::vector<memory_line> memory(idx frames) const override {
    const workload one{1, dims(frames * finer, Network::in_shape[1]), 1}, eight{8, one.item, 1};
    const footprint product = deployed<Network>::template need<context<cpu, float, deployment>>(one);
    const footprint training_step = Network::template need<context<cpu, float, training>>(eight);
    const auto bytes = [](idx scalars) { return scalars * static_cast<idx>(sizeof(float)); };
    return {{"parameters and statistics", bytes(Network::parameters + Network::buffers)},
            {"deployed: prepared weights", bytes(product.prepared)},
            {"deployed: workspace, one clip", bytes(product.workspace)},
            {"training: activations kept, batch of 8", bytes(training_step.cache)},
            {"training: workspace, batch of 8", bytes(training_step.workspace)}};
  }

 private:
  using predict_function = std::function<result<prediction>(const frame_matrix& features)>;

  /// A session on a backend, as a function.
  struct make_predict {
    weights<Network>& from;
    template <class Backend>
    requires(!std::is_same_v<Backend, reference>) predict_function operator()(std::type_identity<Backend>) const {
      return [run = std::make_shared<session<deployed<Network>, Backend>>(from)](
                 const frame_matrix& x) -> result<prediction> {
        const auto y = (*run)({x.values.data(), 1, dims(x.frames, x.width)});
        if (!y) return y.error();
        prediction p{rows_of(y->template get<"sed">()), {}, {}};
        if constexpr (tasks) {
          p.asc = probabilities(rows_of(y->template get<"asc">()));
          p.aec = probabilities(rows_of(y->template get<"aec">()));
        }
        return p;
      };
    }
  };

  struct fit_on_backend {
    weights<Network>& to;
    const sequence_set &training, &validation;
    const training_request& request;

    template <class Backend>
    requires(!std::is_same_v<Backend, reference>) result<fit_report>
    operator()(std::type_identity<Backend>) const {
      using objective = typename setting::objective;
      thread_pool pool(request.threads);
      trainer<Network, objective, adam, Backend> t(
          to, {.objective = objective_for<objective>(request), .method = {.rate = request.rate}, .seed = request.seed},
          networks::queue_of<Backend>(pool));
      augmentation changes = request.augmentation;
      changes.seed = request.seed;
      using source = typename setting::source;
      return fit(t, augmented_source(source(training), std::move(changes)), source(validation), request.fit);
    }
  };
  static frame_matrix rows_of(view<const float> y) {
    frame_matrix m(y.n * y.s[0], y.s[1]);
    m.values.assign(y.p, y.p + y.size());
    return m;
  }
  static frame_matrix probabilities(frame_matrix logits) {
    for (idx t = 0; t < logits.frames; ++t) {
      float top = -std::numeric_limits<float>::infinity(), sum = 0;
      for (float v : logits.row(t)) top = std::max(top, v);
      for (float& v : logits.row(t)) sum += v = std::exp(v - top);
      for (float& v : logits.row(t)) v /= sum;
    }
    return logits;
  }

  weights<Network> weights_;
  backend_kind backend_;
  predict_function predict_;
};

/// An eighth of the channels.
inline constexpr networks::soft_label_sizes reduced_sizes{.first_channels = 8, .hidden = 32};

/// A system of 3 to 6 blocks with these sizes otherwise.
template <networks::soft_label_sizes Sizes>
std::unique_ptr<system> make_of_blocks(int blocks, const system_options& o) {
  using networks::soft_label_mtl;
  switch (blocks) {
    case 3:
      return std::make_unique<system_of<soft_label_mtl<Sizes.deep(3)>>>(o);
    case 4:
      return std::make_unique<system_of<soft_label_mtl<Sizes.deep(4)>>>(o);
    case 5:
      return std::make_unique<system_of<soft_label_mtl<Sizes.deep(5)>>>(o);
    default:
      return std::make_unique<system_of<soft_label_mtl<Sizes.deep(6)>>>(o);
  }
}

}  // namespace soft_label
