// The one implementation of `network_runner`; each network is compiled in a file of its own.
#pragma once
#include <auris/backend/cpu/thread_pool.hpp>
#include <auris/backend/cuda/queue.hpp>
#include <auris/io/checkpoint.hpp>
#include <auris/loss.hpp>
#include <auris/optim.hpp>
#include <auris/train/trainer.hpp>
#include <optional>
#include <variant>

#include "network_runner.hpp"

namespace auris::networks {

namespace detail {
template <class Network, class Index = std::make_index_sequence<Network::output_count>>
struct mean_of_squares;
template <class Network, std::size_t... I>
struct mean_of_squares<Network, std::index_sequence<I...>> {
  using objective = weighted_sum<term<Network::outputs()[I].name, mean_squared_error>...>;
};
}  // namespace detail

template <class Network, class Backend>
class network_runner_of final : public network_runner {
  using objective = typename detail::mean_of_squares<Network>::objective;
  using trainer_type = trainer<Network, objective, adam, Backend>;
  static constexpr bool can_replay = records_calls<Backend>;

 public:
  explicit network_runner_of(const runner_options& o) : replay_(o.replay) {
    if (o.threads > 1) pool_.emplace(o.threads);
    if constexpr (can_replay) {
      if (replay_) stream_.emplace(cuda_queue::make().value());
    } else if (replay_)
      throw failure({"this backend records no calls", "network_runner", "cuda"});
  }

  idx parameters() const override { return Network::parameters; }
  void initialise(std::uint64_t seed) override {
    forget();
    weights_.initialise(seed);
  }
  result<void> load(const tensor_file& file) override {
    forget();
    return auris::load(weights_, file);
  }

  result<std::vector<named_tensor>> apply(form f, const named_tensor& x) override {
    constexpr std::size_t rank = static_cast<std::size_t>(Network::in_shape.rank);
    if (x.shape.size() != rank + 1 || !is_real(x.type))
      return error{"wrong input", x.name.c_str(), message::of("reals, batch x ", Network::in_shape),
                   message::of(name_of(x.type), " ", describe(x.shape))};
    shape item{{}, Network::in_shape.rank};
    for (std::size_t i = 0; i < rank; ++i) item.extent[i] = x.shape[i + 1];
    const std::vector<float> values = x.floats();
    const view<const float> in{values.data(), x.shape[0], item};
    std::vector<named_tensor> all;
    const auto collect = [&](const auto& y) {
      const auto shapes = Network::outputs(item);
      for (std::size_t i = 0; i < shapes.size(); ++i) {
        const view<const float> v = y.at(i);
        std::vector<idx> s{v.n};
        s.insert(s.end(), v.s.extent, v.s.extent + v.s.rank);
        all.push_back(tensor_of<float>(shapes[i].name.text, s, {v.p, static_cast<std::size_t>(v.size())}));
      }
    };
    if (auto ok = call(f, in, collect); !ok) return ok.error();
    return all;
  }
  result<void> run(form f, view<const float> x) override {
    return call(f, x, [](const auto&) {});
  }

  result<void> train(view<const float> x) override {
    if constexpr (!std::is_same_v<Backend, reference>) {
      if (!trainer_) {
        trainer_.emplace(weights_, typename trainer_type::options_type{}, queue());
        if constexpr (can_replay)
          if (replay_)
            if (auto ok = trainer_->record(x.n, x.s); !ok) return ok;
      }
      deployed_.reset();  // it has a copy of the weights of before
      typename trainer_type::targets targets;
      const auto outputs = Network::outputs(x.s);
      for (std::size_t k = 0; k < outputs.size(); ++k) {
        zeros_[k].resize(static_cast<std::size_t>(x.n * outputs[k].s.size()));
        targets[k] = {zeros_[k].data(), nullptr};
      }
      if (auto step = trainer_->step(x, targets); !step) return step.error();
      return {};
    } else
      return error{"this backend does not train here", "network_runner", "cpu or cuda", "reference"};
  }

 private:
  auto queue() {
    if constexpr (can_replay)
      return stream_ ? static_cast<cuda_stream>(*stream_) : Backend::default_queue();
    else
      return pool_ ? static_cast<executor*>(&*pool_) : Backend::default_queue();
  }
  void forget() {
    full_.reset();
    deployed_.reset();
    trainer_.reset();
  }
  template <class Collect>
  result<void> call(form f, view<const float> x, Collect collect) {
    return f == form::full ? call_session(full_, x, collect) : call_session(deployed_, x, collect);
  }
  template <class Session, class Collect>
  result<void> call_session(std::optional<Session>& s, view<const float> x, Collect collect) {
    if (!s) {
      s.emplace(weights_, queue());
      if constexpr (can_replay)  // calls of other sizes run as they come
        if (replay_)
          if (auto ok = s->record(x.n, x.s); !ok) return ok;
    }
    const auto y = (*s)(x);
    if (!y) return y.error();
    collect(*y);
    return {};
  }
  weights<Network> weights_{0};
  std::optional<thread_pool> pool_;
  bool replay_;
  std::conditional_t<can_replay, std::optional<cuda_queue>, std::monostate>
      stream_;  // CUDA cannot capture the default one
  std::optional<session<Network, Backend>> full_;
  std::optional<session<deployed<Network>, Backend>> deployed_;
  std::optional<trainer_type> trainer_;
  std::array<std::vector<float>, Network::output_count> zeros_;
};

/// What a network's source file exports. Throws where the program has not the backend.
template <class Network>
std::unique_ptr<network_runner> make_runner(const runner_options& o) {
  return with_backend(o.backend, [&]<class Backend>(std::type_identity<Backend>) -> std::unique_ptr<network_runner> {
    return std::make_unique<network_runner_of<Network, Backend>>(o);
  });
}

}  // namespace auris::networks
