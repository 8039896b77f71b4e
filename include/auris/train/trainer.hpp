#pragma once
#include <auris/loss/weighted_sum.hpp>
#include <auris/nn/session.hpp>
#include <auris/optim/gradient_norm.hpp>
#include <auris/optim/optimiser.hpp>

namespace auris {

/// What a training step does besides the network: the objective with its run-time weights, the optimiser's method with
/// its options, the largest norm of the gradients (0: no clipping) and the seed of all random numbers.
///
///     using objective = weighted_sum<term<"main", mean_squared_error>>;
///     const train_options<objective, adam> o{.method = {.rate = 0.01}, .seed = 7};
template <class Objective, optimiser_method Method>
struct train_options {
  Objective objective = {};
  Method method = {};
  double largest_norm = 0;
  std::uint64_t seed = 0;
};

/// Single steps of a training: forward, losses, backward, clipping, optimiser. `fit` makes epochs of them.
///
/// Dropout is a function of (seed, step, layer, item, element), so the same bits come out for any number of threads.
///
/// Batches, weights and checkpoints are the host's for every backend. On a GPU a step waits for the losses only: backward
/// and optimiser are still at work when it returns, while the caller prepares the next batch; call `download` before the
/// weights are used.
///
/// Memory      `reserve` allocates all arenas: gradients and the optimiser's state (as large as the parameters),
///             caches, workspace, outputs and their gradients for batches up to that size. Steps within that allocate nothing.
/// Errors      an input of another shape, without an item or too short; missing targets; options out of range; out of
///             memory; a loss that is NaN or infinite: then the parameters are as they were before the step.
///
///     struct net : bind<linear<2>, dims(dyn, 3)> {};
///     using objective = weighted_sum<term<"main", mean_squared_error>>;
///     weights<net> w(1);
///     trainer<net, objective, adam, cpu> t(w, {.method = {.rate = 0.01}});
///     const std::array<float, 4 * 3> x{};
///     const std::array<float, 4 * 2> y{};
///     double loss = t.step({x.data(), 1, dims(4, 3)}, {{{y.data()}}}).value().total;
template <class Network, class Objective, optimiser_method Method, class Backend, class T = float>
class trainer {
 public:
  using checked = typename Objective::template checked<Network>;  // a member: one error, and nothing after it
  using network = Network;
  using objective_type = Objective;
  using method_type = Method;
  using backend = Backend;
  using scalar = T;
  using options_type = train_options<Objective, Method>;
  using losses = typename Objective::losses;
  using targets = typename Objective::template targets<T>;

  /// Trains these weights, which may be those of the network that `Network` was pruned from.
  template <class Full>
  explicit trainer(weights<Full, T>& w, options_type o = {}, typename Backend::queue queue = Backend::default_queue())
      : objective(o.objective),
        optimiser(o.method),
        largest_norm(o.largest_norm),
        seed(o.seed),
        on_host_{w.params(), w.buffers()},
        queue_(queue) {
    static_assert(Full::parameters == Network::parameters && Full::buffers == Network::buffers,
                  "auris: these are the weights of another network");
    if constexpr (!memory::on_host) {
      params_ = arena<T, memory>::make(Network::parameters).value();
      buffers_ = arena<T, memory>::make(Network::buffers).value();
      upload();
    }
  }

  Objective objective;
  auris::optimiser<Network, Method, Backend, T> optimiser;
  double largest_norm;
  std::uint64_t seed;

  /// Memory for batches of this size.
  result<void> reserve(idx items, shape item) {
    if (auto ok = check_input<Network>(items, item); !ok) return ok;
    if (items * item.size() == 0)
      return error{"the batch is empty", "trainer", "an item or more", message::of(items, " x ", item)};
    if (!(largest_norm - largest_norm == 0 && largest_norm >= 0))
      return error{"bad option", "trainer, largest_norm", "0 or more", message::of(largest_norm)};
    if (auto ok = optimiser.reserve(); !ok) return ok;
    const int workers = Backend::workers(queue_);
    const workload w{items, item, workers};
    const footprint f = Network::template need<context_in<training>>(w);
    idx scratch = f.workspace;
    const idx others[] = {Network::template need<context_in<inference>>(w).workspace,
                          Objective::template workspace<Network, context_in<training>>(w), optimiser.workspace(workers),
                          gradient_norm_workspace<Backend, T>(optimiser.ranges(), workers)};
    for (const idx other : others) scratch = scratch > other ? scratch : other;
    const idx outputs = Network::output_size(items, item);
    for (const auto& [to, size] :
         {std::pair{&workspace_, scratch}, std::pair{&cache_, f.cache}, std::pair{&outputs_, outputs},
          std::pair{&output_gradients_, outputs}, std::pair{&gradients_, Network::parameters},
          std::pair{&values_, static_cast<idx>(Objective::count)}, std::pair{&squares_, idx{1}}})
      if (auto ok = to->reserve(size); !ok) return ok;
    if (auto ok = input_.reserve(items * item.size()); !ok) return ok;
    if constexpr (Objective::template fits<Network>)
      for (std::size_t k = 0; k < Objective::count; ++k) {
        const idx size = items * target_shape(k, item).size();
        if (auto ok = target_values_[k].reserve(size); !ok) return ok;
        if (auto ok = target_masks_[k].reserve(size); !ok) return ok;
      }
    return {};
  }

  /// One step on a batch; the losses are those before it.
  result<losses> step(view<const T> x, const targets& t) {
    if (auto ok = ready(x, t); !ok) return ok.error();
    const auto place = Network::place(outputs_.data(), x.n, x.s);
    auto c = context_for<training>(place);
    c.random = {seed, static_cast<std::uint64_t>(optimiser.steps() + 1)};
    for (const parameter_range& r : optimiser.ranges()) memory::clear(queue_, r.count, gradients_.data() + r.begin);
    const targets expected = send(x, t);
    Network::forward(c, x);
    std::array<const T*, Network::output_count> gradients;
    const losses l = objective.template evaluate<Network>(c, x.n, x.s, expected, values_.data(),
                                                          output_gradients_.data(), gradients);
    if (auto ok = detail::status_of<Backend>(); !ok) return ok.error();
    if (!detail::is_finite(l.total)) return not_finite(l, message::of("training step ", optimiser.steps() + 1));
    c.output_gradients = gradients.data();
    Network::backward(c, x);
    if (largest_norm > 0)
      clip_gradients(c.work(), optimiser.ranges(), largest_norm, squares_.data(), gradients_.data());
    optimiser.step(c.work(), gradients_.data(), params_in_use());
    if (auto ok = detail::status_of<Backend>(); !ok) return ok.error();
    return l;
  }

  /// The losses of a batch in inference: running statistics, no dropout; changes nothing.
  result<losses> evaluate(view<const T> x, const targets& t) {
    if (auto ok = ready(x, t); !ok) return ok.error();
    const auto place = Network::place(outputs_.data(), x.n, x.s);
    const auto c = context_for<inference>(place);
    const targets expected = send(x, t);
    Network::forward(c, x);
    std::array<const T*, Network::output_count> none;
    const losses l =
        objective.template evaluate<Network>(c, x.n, x.s, expected, values_.data(), static_cast<T*>(nullptr), none);
    if (auto ok = detail::status_of<Backend>(); !ok) return ok.error();
    if (!detail::is_finite(l.total)) return not_finite(l, "evaluation");
    return l;
  }

  /// The weights that are trained, on the host, for checkpoints. Where the backend has memory of its own they are as they
  /// were when the trainer was made, or at the last `download`; `upload` sends them back.
  std::span<T> params() noexcept { return {on_host_.params, static_cast<std::size_t>(Network::parameters)}; }
  std::span<T> buffers() noexcept { return {on_host_.buffers, static_cast<std::size_t>(Network::buffers)}; }
  /// Of the last step, after clipping, in the backend's memory.
  std::span<const T> gradients() const noexcept {
    return {gradients_.data(), static_cast<std::size_t>(gradients_.size())};
  }
  /// Brings weights and the optimiser's state to the host, where the backend has memory of its own.
  void download() {
    if constexpr (!memory::on_host) {
      memory::download(queue_, params_.size(), params_.data(), on_host_.params);
      memory::download(queue_, buffers_.size(), buffers_.data(), on_host_.buffers);
      optimiser.download(queue_);
    }
  }
  /// The other way round.
  void upload() {
    if constexpr (!memory::on_host) {
      memory::upload(queue_, params_.size(), on_host_.params, params_.data());
      memory::upload(queue_, buffers_.size(), on_host_.buffers, buffers_.data());
      optimiser.upload(queue_);
    }
  }

 private:
  using memory = typename Backend::memory;
  template <class Mode>
  using context_in = context<Backend, T, Mode>;

  result<void> ready(view<const T> x, const targets& t) {
    if (auto ok = objective.check_targets(t); !ok) return ok;
    if (auto ok = reserve(x.n, x.s); !ok) return ok;
    if (!x.p) return error{"null pointer", "trainer, input"};
    return {};
  }
  template <class Mode>
  context_in<Mode> context_for(const std::array<T*, Network::output_count>& outputs) {
    context_in<Mode> c;
    c.params = params_in_use();
    if constexpr (memory::on_host)
      c.buffers = on_host_.buffers;
    else
      c.buffers = buffers_.data();
    c.workspace = workspace_.data();
    c.cache = cache_.data();
    c.outputs = outputs.data();
    c.gradients = gradients_.data();
    c.queue = queue_;
    return c;
  }
  T* params_in_use() noexcept {
    if constexpr (memory::on_host)
      return on_host_.params;
    else
      return params_.data();
  }
  static shape target_shape(std::size_t k, shape item) {
    return Network::outputs(item)[Network::find(Objective::names[k])].s;
  }
  /// A batch to the backend: x, and the targets that are given back.
  targets send(view<const T>& x, const targets& t) {
    targets sent{};
    x.p = input_(queue_, x.size(), x.p);
    if constexpr (Objective::template fits<Network>)
      for (std::size_t k = 0; k < Objective::count; ++k) {
        const shape s = target_shape(k, x.s);
        sent[k] = {target_values_[k](queue_, x.n * s.size(), t[k].values),
                   target_masks_[k](queue_, x.n * s.size() / s[-1], t[k].mask)};
      }
    return sent;
  }
  static error not_finite(const losses& l, const message& where) {
    message got = message::of(l.total, " (");
    for (std::size_t k = 0; k < Objective::count; ++k)
      got = message::of(got, k ? ", " : "", Objective::names[k], " ", l.terms[k]);
    return error{"the loss is not finite", where, "a finite number", message::of(got, ")")};
  }

  struct {
    T *params, *buffers;
  } on_host_;
  typename Backend::queue queue_;
  arena<T, memory> params_, buffers_;  // where the backend has memory of its own
  arena<T, memory> gradients_, cache_, workspace_, outputs_, output_gradients_, values_, squares_;
  uploaded<T, memory> input_;
  std::array<uploaded<T, memory>, Objective::count> target_values_, target_masks_;
};

}  // namespace auris
