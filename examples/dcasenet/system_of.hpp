// The one implementation of `system`, for any network with outputs "asc", "sed" and "tag".
#pragma once
#include <auris/backend/cpu/thread_pool.hpp>
#include <auris/io/checkpoint.hpp>
#include <auris/loss.hpp>
#include <auris/optim.hpp>
#include <auris/train/trainer.hpp>
#include <functional>
#include <networks/dcasenet.hpp>
#include <networks/dcasenet_initialisation.hpp>

#include "system.hpp"

namespace dcasenet {

using namespace auris;
using auris::networks::with_backend;

/// The sum of the three losses, in the order of the tasks; each is a mean over all elements.
using objective = weighted_sum<term<"asc", cross_entropy>, term<"sed", binary_cross_entropy_with<from_probabilities>>,
                               term<"tag", binary_cross_entropy>>;

/// `Embedding` is the network up to its heads.
template <class Network, class Embedding>
class system_of final : public system {
  using embedding = only<Embedding, "embedding">;

 public:
  explicit system_of(const system_options& o) : weights_(o.seed), backend_(o.backend), pool_(o.threads) {}

  network_sizes sizes() const override {
    return {Network::template shape_of<"asc">[-1], Network::template shape_of<"sed">[-1],
            Network::template shape_of<"tag">[-1]};
  }
  idx parameters() const override { return Network::parameters; }
  idx embedding_size() const override { return embedding::template shape_of<"embedding">[-1]; }
  void initialise(std::uint64_t seed) override {
    forget();
    networks::initialise_dcasenet(weights_, seed);
  }
  std::unique_ptr<stepper> training(std::uint64_t seed) override {
    forget();
    return with_backend(backend_, make_stepper{*this, seed});
  }
  result<answers> predict(view<const float> x) override {
    if (!predict_) predict_ = with_backend(backend_, make_predict{*this});
    return predict_(x);
  }
  result<std::vector<float>> embed(view<const float> x) override {
    if (!embed_) {
      auto made = with_backend(backend_, make_embed{*this});
      if (!made) return made.error();
      embed_ = std::move(*made);
    }
    return embed_(x);
  }
  result<void> save(const std::filesystem::path& path, const model_description& d) const override {
    return save_model(path, weights_, d);
  }
  result<void> load(const tensor_file& file) override {
    forget();
    return auris::load(weights_, file);
  }

 private:
  /// Sessions have copies of the weights.
  void forget() { predict_ = nullptr, embed_ = nullptr; }

  template <class Backend>
  class stepper_on final : public stepper {
   public:
    stepper_on(system_of& s, std::uint64_t seed)
        : system_(s), trainer_(s.weights_, {.seed = seed}, networks::queue_of<Backend>(s.pool_)) {}

    result<double> add(task t, const task_batch& b) override {
      trainer_.objective.weights = {t == task::asc ? 1.0 : 0.0, t == task::sed ? 1.0 : 0.0, t == task::tag ? 1.0 : 0.0};
      typename decltype(trainer_)::targets targets{};
      targets[static_cast<std::size_t>(t)] = {b.y.data()};
      const auto loss = trainer_.accumulate(b.input(), targets);
      if (!loss) return loss.error();
      return loss->total;
    }
    result<void> look_at(const task_batch& b) override {
      trainer_.objective.weights = {0, 0, 0};
      const auto nothing = trainer_.accumulate(b.input(), {});
      if (!nothing) return nothing.error();
      return {};
    }
    result<void> step(double rate) override {
      trainer_.optimiser.method.rate = rate;
      return trainer_.update();
    }
    void finish() override {
      trainer_.download();
      system_.forget();
    }

   private:
    system_of& system_;
    trainer<Network, objective, adam, Backend> trainer_;
  };
  struct make_stepper {
    system_of& self;
    std::uint64_t seed;
    template <class Backend>
    requires(!std::is_same_v<Backend, reference>) std::unique_ptr<stepper>
    operator()(std::type_identity<Backend>) const { return std::make_unique<stepper_on<Backend>>(self, seed); }
  };

  using predict_function = std::function<result<answers>(view<const float>)>;
  struct make_predict {
    system_of& self;
    template <class Backend>
    requires(!std::is_same_v<Backend, reference>) predict_function operator()(std::type_identity<Backend>) const {
      return [run = std::make_shared<session<deployed<Network>, Backend>>(
                  self.weights_, networks::queue_of<Backend>(self.pool_))](view<const float> x) -> result<answers> {
        const auto y = (*run)(x);
        if (!y) return y.error();
        const auto copy = [](view<const float> v) { return std::vector<float>(v.p, v.p + v.size()); };
        const view<const float> events = y->template get<"sed">();
        return answers{x.n, events.s[0], copy(y->template get<"asc">()), copy(events), copy(y->template get<"tag">())};
      };
    }
  };

  using embed_function = std::function<result<std::vector<float>>(view<const float>)>;
  struct make_embed {
    system_of& self;
    template <class Backend>
    requires(!std::is_same_v<Backend, reference>) result<embed_function>
    operator()(std::type_identity<Backend>) const {
      weights<Embedding> trunk;
      if (auto ok = auris::load(trunk, to_tensors(self.weights_), {.partial = true}); !ok) return ok.error();
      return embed_function(
          [run = std::make_shared<session<deployed<embedding>, Backend>>(
               trunk, networks::queue_of<Backend>(self.pool_))](view<const float> x) -> result<std::vector<float>> {
            const auto y = (*run)(x);
            if (!y) return y.error();
            const view<const float> e = y->template get<"embedding">();
            return std::vector<float>(e.p, e.p + e.size());
          });
    }
  };

  weights<Network> weights_;
  backend_kind backend_;
  thread_pool pool_;
  predict_function predict_;
  embed_function embed_;
};

inline constexpr networks::dcasenet_sizes reduced_sizes{.narrower = 4};

}  // namespace dcasenet
