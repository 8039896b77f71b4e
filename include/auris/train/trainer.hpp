#pragma once
#include <auris/loss/weighted_sum.hpp>
#include <auris/nn/session.hpp>
#include <auris/optim/gradient_norm.hpp>
#include <auris/optim/optimiser.hpp>
#include <auris/train/sent_batch.hpp>
#include <auris/train/step_recording.hpp>

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
    const idx outputs = Network::output_size(items, item), terms = static_cast<idx>(Objective::count);
    const std::pair<arena<T, memory>*, idx> arenas[] = {{&workspace_, scratch},
                                                        {&cache_, f.cache},
                                                        {&outputs_, outputs},
                                                        {&output_gradients_, outputs},
                                                        {&gradients_, Network::parameters},
                                                        {&values_, terms},
                                                        {&squares_, 1}};
    bool moves = !batch_.holds(items, item);
    for (const auto& [to, size] : arenas) moves = moves || to->size() < size;
    if (moves) recorded_.forget();
    for (const auto& [to, size] : arenas)
      if (auto ok = to->reserve(size); !ok) return ok;
    if (auto ok = batch_.reserve(items, item); !ok) return ok;
    return losses_on_host_.reserve(terms);
  }

  /// One step on a batch; the losses are those before it.
  result<losses> step(view<const T> x, const targets& t) {
    if (auto ok = ready(x, t); !ok) return ok.error();
    if constexpr (can_record)
      if (recorded_.serves(x.n, x.s, objective, largest_norm)) return replay(x, t);
    accumulated_ = 0;
    auto l = backward(x, t);
    if (!l) return l;
    if (auto ok = queue_update(); !ok) return ok.error();
    return l;
  }

  /// A step on several batches, first half: the gradients of a batch, which add up until `update`. Batches may differ in
  /// size, shape and `objective.weights`, as where each task of a network has data of its own: the objective of the step is
  /// the sum of theirs. Batch normalisation sees them one after the other. After an error there is nothing to update with.
  ///
  ///     struct two : bind<heads<output<"a", linear<2>>, output<"b", linear<1>>>, dims(3)> {};
  ///     using both = weighted_sum<term<"a", mean_squared_error>, term<"b", mean_squared_error>>;
  ///     weights<two> w(1);
  ///     trainer<two, both, adam, cpu> t(w);
  ///     const std::array<float, 4 * 3> x{};
  ///     const std::array<float, 4 * 2> y{};
  ///     t.objective.weights = {1, 0};                        // this batch has targets of "a"
  ///     t.accumulate({x.data(), 4, dims(3)}, {{{y.data()}, {}}}).value();
  ///     t.objective.weights = {0, 1};
  ///     t.accumulate({x.data(), 2, dims(3)}, {{{}, {y.data()}}}).value();
  ///     t.update().value();
  result<losses> accumulate(view<const T> x, const targets& t) {
    if (auto ok = ready(x, t); !ok) {
      accumulated_ = 0;
      return ok.error();
    }
    auto l = backward(x, t);
    accumulated_ = l ? accumulated_ + 1 : 0;
    return l;
  }
  /// Second half: clips what has added up, and steps.
  ///
  /// Errors      no batch since the last step.
  result<void> update() {
    if (accumulated_ == 0) return error{"no gradients", "trainer, update", "a batch or more before"};
    accumulated_ = 0;
    return queue_update();
  }

  /// For backends that record calls: keeps what a step on `items` of this shape queues, its copies too, and lets later
  /// steps of this size replay it: with their own batch, seed, step and options of the method, and with the same bits as
  /// before. Steps of other sizes run as before, and so do all while `objective` or `largest_norm` are others. Changes no
  /// weights. Holds until a step or an evaluation needs more memory.
  ///
  /// Memory      while it runs, other weights and state of an optimiser for a step that nobody misses.
  /// Errors      as `reserve`; work that cannot be captured, on a GPU that of the default stream: see `cuda_queue`.
  result<void> record(idx items, shape item) requires records_steps<Backend, Method, T> {
    if (auto ok = reserve(items, item); !ok) return ok;
    recorded_.forget();
    if (auto ok = recorded_.reserve(); !ok) return ok;
    auto params = arena<T, memory>::make(Network::parameters), buffers = arena<T, memory>::make(Network::buffers);
    for (const auto* made : {&params, &buffers})
      if (!*made) return made->error();
    auris::optimiser<Network, Method, Backend, T> other(optimiser.method);
    if (auto ok = other.reserve(); !ok) return ok;

    view<const T> x{nullptr, items, item};
    const auto place = places(items, item);
    auto c = context_for<training>(place);
    c.random = typename random_of<Backend>::type(recorded_.random_step.there());
    std::array<const T*, Network::output_count> gradients;
    c.output_gradients = gradients.data();
    const auto to_losses = [&] {
      recorded_.random_step.send(queue_, 1);
      recorded_.method.send(queue_, 1);
      const targets expected = batch_.send_staged(objective, queue_, x);
      clear_gradients();
      gradients = queue_to_losses(c, x, expected);
    };
    const auto behind_losses = [&](auto& stepping, T* weights) {
      Network::backward(c, x);
      queue_clipping(c);
      stepping.queue_step(c.work(), gradients_.data(), weights, recorded_.method.there());
    };
    c.params = params->data(), c.buffers = buffers->data();  // a kernel's first launch loads it
    to_losses();
    behind_losses(other, params->data());
    memory::wait(queue_);
    if (auto ok = detail::status_of<Backend>(); !ok) return ok;
    c.params = params_in_use(), c.buffers = buffers_in_use();
    auto first = Backend::graph::capture(queue_, to_losses);
    if (!first) return first.error();
    auto second = Backend::graph::capture(queue_, [&] { behind_losses(optimiser, params_in_use()); });
    if (!second) return second.error();
    recorded_.to_losses = static_cast<typename Backend::graph&&>(*first);
    recorded_.behind_losses = static_cast<typename Backend::graph&&>(*second);
    recorded_.items = items, recorded_.item = item;
    recorded_.objective = objective, recorded_.largest_norm = largest_norm;
    return {};
  }
  result<void> record(idx items, shape item) requires(!records_steps<Backend, Method, T>) = delete;

  /// The losses of a batch in inference: running statistics, no dropout; changes nothing.
  result<losses> evaluate(view<const T> x, const targets& t) {
    if (auto ok = ready(x, t); !ok) return ok.error();
    const auto place = Network::place(outputs_.data(), x.n, x.s);
    const auto c = context_for<inference>(place);
    const targets expected = batch_.send(queue_, x, t);
    Network::forward(c, x);
    std::array<const T*, Network::output_count> none;
    objective.template evaluate<Network>(c, x.n, x.s, expected, values_.data(), static_cast<T*>(nullptr), none);
    losses_on_host_.fetch(queue_, static_cast<idx>(Objective::count), values_.data());
    return arrived_losses([] { return message("evaluation"); });
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
  static constexpr bool can_record = records_steps<Backend, Method, T>;

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
    c.buffers = buffers_in_use();
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
  T* buffers_in_use() noexcept {
    if constexpr (memory::on_host)
      return on_host_.buffers;
    else
      return buffers_.data();
  }
  result<losses> replay(view<const T> x, const targets& t) {
    batch_.stage(objective, x, t);
    recorded_.random_step.stage(1, key_of_step().of_step());
    recorded_.method.stage(1, optimiser.method.template constants<Backend, T>(optimiser.steps() + 1));
    recorded_.to_losses.launch(queue_);
    auto l = losses_of_step();
    if (!l) return l;
    recorded_.behind_losses.launch(queue_);
    optimiser.set_steps(optimiser.steps() + 1);
    if (auto ok = detail::status_of<Backend>(); !ok) return ok.error();
    return l;
  }
  random_key key_of_step() const noexcept {
    constexpr int steps = 48;  // bits; above them stands the number of the batch in the step
    return {seed, static_cast<std::uint64_t>(optimiser.steps() + 1) + (accumulated_ << steps)};
  }
  /// Where outputs go: those whose terms weigh nothing nowhere, if nothing else needs them.
  std::array<T*, Network::output_count> places(idx items, shape item) {
    auto place = Network::place(outputs_.data(), items, item);
    const auto outputs = Network::outputs(item);
    std::array<bool, Network::output_count> has_term{}, weighs{};
    for (std::size_t k = 0; k < Objective::count; ++k)
      if (const std::size_t o = Network::find(Objective::names[k]); o < Network::output_count)
        has_term[o] = true, weighs[o] = weighs[o] || objective.weights[k] != 0;
    for (std::size_t o = 0; o < Network::output_count; ++o)
      if (outputs[o].on_the_side && has_term[o] && !weighs[o]) place[o] = nullptr;
    return place;
  }
  /// Forward and losses, which are on their way to the host then. Gives back the gradients of the outputs.
  std::array<const T*, Network::output_count> queue_to_losses(const context_in<training>& c, view<const T> x,
                                                              const targets& expected) {
    Network::forward(c, x);
    std::array<const T*, Network::output_count> gradients;
    objective.template evaluate<Network>(c, x.n, x.s, expected, values_.data(), output_gradients_.data(), gradients);
    losses_on_host_.fetch(queue_, static_cast<idx>(Objective::count), values_.data());
    return gradients;
  }
  void clear_gradients() noexcept {
    for (const parameter_range& r : optimiser.ranges()) memory::clear(queue_, r.count, gradients_.data() + r.begin);
  }
  /// Forward and backward of a batch; the gradients are added to those of the step's batches before.
  result<losses> backward(view<const T> x, const targets& t) {
    const auto place = places(x.n, x.s);
    auto c = context_for<training>(place);
    c.random = key_of_step();
    const targets expected = batch_.send(queue_, x, t);
    if (accumulated_ == 0) clear_gradients();
    const auto gradients = queue_to_losses(c, x, expected);
    auto l = losses_of_step();
    if (!l) return l;
    c.output_gradients = gradients.data();
    Network::backward(c, x);
    if (auto ok = detail::status_of<Backend>(); !ok) return ok.error();
    return l;
  }
  void queue_clipping(const context_in<training>& c) {
    if (largest_norm > 0)
      clip_gradients(c.work(), optimiser.ranges(), largest_norm, squares_.data(), gradients_.data());
  }
  result<void> queue_update() {
    const std::array<T*, Network::output_count> none{};
    const auto c = context_for<training>(none);
    queue_clipping(c);
    optimiser.step(c.work(), gradients_.data(), params_in_use());
    return detail::status_of<Backend>();
  }
  result<losses> losses_of_step() {
    return arrived_losses([&] { return message::of("training step ", optimiser.steps() + 1); });
  }
  template <class Where>
  result<losses> arrived_losses(const Where& where) {
    const losses l = objective.losses_of(losses_on_host_.arrived(queue_));
    if (auto ok = detail::status_of<Backend>(); !ok) return ok.error();
    if (!detail::is_finite(l.total)) return not_finite(l, where());
    return l;
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
  detail::sent_batch<Network, Objective, T, memory> batch_;
  downloaded<T, memory> losses_on_host_;
  std::uint64_t accumulated_ = 0;  // batches since the last step
  detail::step_recording<Backend, Objective, Method, T> recorded_;
};

}  // namespace auris
