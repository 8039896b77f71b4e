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

template <class Network>
constexpr time_mode time_mode_of() {
  if constexpr (requires { Network::sizes.time; })
    return Network::sizes.time;
  else
    return time_mode::whole;
}

/// An input in PyTorch's layout as the network reads it: an image of one channel, (batch, 1, time, mel), without its axis of channels;
/// with time first where the network says that mel stands first.
template <class Network>
struct network_input {
  std::vector<idx> shape;
  std::vector<float> values;

  explicit network_input(const named_tensor& x) : shape(x.shape), values(x.floats()) {
    if (shape.size() == static_cast<std::size_t>(Network::in_shape.rank) + 2 && shape[1] == 1)
      shape.erase(shape.begin() + 1);
    if constexpr (requires { Network::mel_stands_first; })
      if (shape.size() == 3) put_time_first();
  }

 private:
  void put_time_first() {
    const std::vector<float> from = values;
    auto to = values.begin();
    const idx mels = shape[1], frames = shape[2];
    for (idx n = 0; n < shape[0]; ++n)
      for (idx t = 0; t < frames; ++t)
        for (idx m = 0; m < mels; ++m) *to++ = from[static_cast<std::size_t>((n * mels + m) * frames + t)];
    std::swap(shape[1], shape[2]);
  }
};

/// The sessions of a network, full and deployed, made when they are first called.
template <class Network, class Backend>
class session_pair {
 public:
  explicit session_pair(const runner_options& o) : replay_(o.replay) {}
  /// What was prepared of the weights is not theirs any more.
  void forget() { deployed_.reset(); }
  void forget_all() {
    full_.reset();
    deployed_.reset();
  }
  /// collect(name, view) for every output.
  template <class Full, class Collect>
  result<void> call(form f, const weights<Full>& w, typename Backend::queue q, view<const float> x, Collect collect) {
    return f == form::full ? call_session(full_, w, q, x, collect) : call_session(deployed_, w, q, x, collect);
  }

 private:
  template <class Session, class Full, class Collect>
  result<void> call_session(std::optional<Session>& s, const weights<Full>& w, typename Backend::queue q,
                            view<const float> x, Collect collect) {
    if (!s) {
      s.emplace(w, q);
      if constexpr (records_calls<Backend>)  // calls of other sizes run as they come
        if (replay_)
          if (auto ok = s->record(x.n, x.s); !ok) return ok;
    }
    const auto y = (*s)(x);
    if (!y) return y.error();
    for (std::size_t i = 0; i < Network::output_count; ++i) collect(Network::outputs()[i].name, y->at(i));
    return {};
  }
  bool replay_;
  std::optional<session<Network, Backend>> full_;
  std::optional<session<deployed<Network>, Backend>> deployed_;
};

/// `Product` is what is timed and trained of a network that shows more; `Calls` are made as `session_pair` makes them.
template <class Network, class Backend, class Product, template <class, class> class Calls>
class network_runner_of final : public network_runner {
  using objective = typename detail::mean_of_squares<Product>::objective;
  using trainer_type = trainer<Product, objective, adam, Backend>;
  static constexpr bool can_replay = records_calls<Backend>, shows_more = !std::is_same_v<Network, Product>;

 public:
  explicit network_runner_of(const runner_options& o) : replay_(o.replay), calls_(o), product_calls_(o) {
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
    load_options options;
    if constexpr (requires { Network::ignored_tensors; }) options.ignored = Network::ignored_tensors;
    return auris::load(weights_, file, options);
  }

  result<std::vector<named_tensor>> apply(form f, const named_tensor& given) override {
    constexpr std::size_t rank = static_cast<std::size_t>(Network::in_shape.rank);
    const error wrong{"wrong input", given.name.c_str(), message::of("reals, batch x ", Network::in_shape),
                      message::of(name_of(given.type), " ", describe(given.shape))};
    if (!is_real(given.type)) return wrong;
    const network_input<Network> x(given);
    if (x.shape.size() != rank + 1) return wrong;
    shape item{{}, Network::in_shape.rank};
    for (std::size_t i = 0; i < rank; ++i) item.extent[i] = x.shape[i + 1];
    const view<const float> in{x.values.data(), x.shape[0], item};
    std::vector<named_tensor> all;
    const auto collect = [&](label name, view<const float> v) {
      std::vector<idx> s{v.n};
      s.insert(s.end(), v.s.extent, v.s.extent + v.s.rank);
      all.push_back(tensor_of<float>(name.text, s, {v.p, static_cast<std::size_t>(v.size())}));
    };
    if (auto ok = calls_.call(f, weights_, queue(), in, collect); !ok) return ok.error();
    return all;
  }
  result<void> run(form f, view<const float> x) override {
    const auto drop = [](label, view<const float>) {};
    if constexpr (shows_more)
      return product_calls_.call(f, weights_, queue(), x, drop);
    else
      return calls_.call(f, weights_, queue(), x, drop);
  }

  result<void> train(view<const float> x) override {
    if constexpr (!std::is_same_v<Backend, reference>) {
      if (!trainer_) {
        trainer_.emplace(weights_, typename trainer_type::options_type{}, queue());
        if constexpr (can_replay)
          if (replay_)
            if (auto ok = trainer_->record(x.n, x.s); !ok) return ok;
      }
      calls_.forget();
      product_calls_.forget();
      typename trainer_type::targets targets;
      const auto outputs = Product::outputs(x.s);
      for (std::size_t k = 0; k < outputs.size(); ++k) {
        zeros_[k].resize(static_cast<std::size_t>(x.n * outputs[k].s.size()));
        targets[k] = {zeros_[k].data(), nullptr};
      }
      if (auto step = trainer_->step(x, targets); !step) return step.error();
      return {};
    } else
      return error{"this backend does not train here", "network_runner", "cpu or cuda", "reference"};
  }

  idx kept_bytes(idx items, shape item) const override {
    return static_cast<idx>(sizeof(float)) *
           Product::template need<context<Backend, float, training>>({items, item, 1}).cache;
  }

 private:
  auto queue() {
    if constexpr (can_replay)
      return stream_ ? static_cast<cuda_stream>(*stream_) : Backend::default_queue();
    else
      return pool_ ? static_cast<executor*>(&*pool_) : Backend::default_queue();
  }
  void forget() {
    calls_.forget_all();
    product_calls_.forget_all();
    trainer_.reset();
  }

  struct no_calls {
    explicit no_calls(const runner_options&) {}
    void forget() {}
    void forget_all() {}
  };

  weights<Network> weights_{0};
  std::optional<thread_pool> pool_;
  bool replay_;
  std::conditional_t<can_replay, std::optional<cuda_queue>, std::monostate>
      stream_;  // CUDA cannot capture the default one
  Calls<Network, Backend> calls_;
  std::conditional_t<shows_more, session_pair<Product, Backend>, no_calls> product_calls_;
  std::optional<trainer_type> trainer_;
  std::array<std::vector<float>, Product::output_count> zeros_;
};

/// What a network's source file exports. Throws where the program has not the backend, or the network not the time mode or an
/// option.
template <class Network, class Product = Network, template <class, class> class Calls = session_pair>
std::unique_ptr<network_runner> make_runner(const runner_options& o) {
  if (!o.options.empty())
    throw failure({"this network does not have the option", "network_runner", {}, o.options.begin()->first.c_str()});
  if (o.time != time_mode_of<Network>()) throw failure({"this network does not have the time mode", "network_runner"});
  return with_backend(o.backend, [&]<class Backend>(std::type_identity<Backend>) -> std::unique_ptr<network_runner> {
    return std::make_unique<network_runner_of<Network, Backend, Product, Calls>>(o);
  });
}

}  // namespace auris::networks
