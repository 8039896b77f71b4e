#pragma once
#include <auris/core/executor.hpp>
#include <auris/core/transfer.hpp>
#include <auris/nn/compose/deployed.hpp>
#include <auris/nn/weights.hpp>

namespace auris {

/// The outputs of one call by name: views into memory of the session, valid until its next call.
template <class Network, class T>
struct outputs {
  std::array<T*, Network::output_count> pointers{};
  idx items = 0;
  shape input = {};

  template <label Name>
  view<const T> get() const {
    return at(Network::template index_of<Name>);
  }
  view<const T> at(std::size_t i) const { return {pointers[i], items, Network::outputs(input)[i].s}; }
};

/// Whether a network takes items of this shape.
template <class Network>
result<void> check_input(idx items, shape s) {
  bool fits = items >= 0 && s.rank == Network::in_shape.rank;
  for (int i = 0; fits && i < s.rank; ++i)
    fits = s[i] >= 0 && (Network::in_shape[i] == dyn || Network::in_shape[i] == s[i]);
  if (!fits)
    return error{"wrong shape of the input", "network", message::of(Network::in_shape), message::of(items, " x ", s)};
  constexpr idx most = idx{1} << 40;  // scalars; more would overflow the sizes of arenas
  idx size = items;
  for (int i = 0; i < s.rank; ++i) {
    if (s[i] > 0 && size > most / s[i])
      return error{"the input is too large", "network", {}, message::of(items, " x ", s)};
    size *= s[i];
  }
  if (!Network::spec_type::accepts(s))
    return error{"the input is too short for the network", "network", {}, message::of(s)};
  return {};
}

/// Backends that can keep the work of a call and replay it at once.
template <class Backend>
concept records_calls = requires {
  typename Backend::graph;
};

namespace detail {

/// A call that was recorded, if any.
template <class Backend>
struct recording {};
template <records_calls Backend>
struct recording<Backend> {
  typename Backend::graph graph;
  idx items = 0;
  shape item = {};
};

/// What sessions and streams share: the weights they read, and memory that grows to the largest call.
template <class Network, class Backend, class T>
class network_caller {
 public:
  static constexpr bool is_deployed = requires { typename Network::source; };
  using context_type = context<Backend, T, std::conditional_t<is_deployed, deployment, inference>>;
  using output_type = outputs<Network, T>;

  /// Reads the weights again: for deployed networks and for backends with memory of their own, whose copy is made when the
  /// session is.
  void prepare() {
    if constexpr (memory::on_host) {
      if constexpr (is_deployed) Network::template prepare<context_type>(params_, buffers_, params_copy_.data());
    } else {
      if constexpr (is_deployed) {
        auto prepared = arena<T>::make(prepared_size).value();
        Network::template prepare<context_type>(params_, buffers_, prepared.data());
        memory::upload(queue_, prepared.size(), prepared.data(), params_copy_.data());
      } else {
        memory::upload(queue_, Network::parameters, params_, params_copy_.data());
        memory::upload(queue_, Network::buffers, buffers_, buffers_copy_.data());
      }
    }
  }
  /// Memory for calls of this size.
  result<void> reserve(idx items, shape item) {
    if (auto ok = check_input<Network>(items, item); !ok) return ok;
    const footprint f = Network::template need<context_type>({items, item, Backend::workers(queue_)});
    const idx size = Network::output_size(items, item);
    if (workspace_.size() >= f.workspace && input_.holds(items * item.size()) && outputs_.size() >= size) return {};
    recorded_ = {};  // its memory moves
    if (auto ok = workspace_.reserve(f.workspace); !ok) return ok;
    if (auto ok = input_.reserve(items * item.size()); !ok) return ok;
    if (auto ok = outputs_on_host_.reserve(size); !ok) return ok;
    return outputs_.reserve(size);
  }

 protected:
  template <class Full>
  network_caller(const weights<Full, T>& w, typename Backend::queue queue)
      : queue_(queue), params_(w.params()), buffers_(w.buffers()) {
    static_assert(Full::parameters == Network::parameters && Full::buffers == Network::buffers,
                  "auris: these are the weights of another network");
    if constexpr (is_deployed)
      params_copy_ = arena<T, memory>::make(prepared_size).value();
    else if constexpr (!memory::on_host) {
      params_copy_ = arena<T, memory>::make(Network::parameters).value();
      buffers_copy_ = arena<T, memory>::make(Network::buffers).value();
    }
    prepare();
  }
  /// x and the outputs are the host's; returns when they have arrived.
  result<output_type> call(view<const T> x, T* state) {
    if (auto ok = ready(x); !ok) return ok.error();
    const T* all = arrived_outputs(x, state);
    if (auto ok = status_of<Backend>(); !ok) return ok.error();
    return output_type{Network::place(const_cast<T*>(all), x.n, x.s), x.n, x.s};
  }
  /// x and the outputs lie in the backend's memory; returns when all is queued.
  result<output_type> queue_call(view<const T> x, T* state) {
    if (auto ok = ready(x); !ok) return ok.error();
    const output_type y = run(x, state);
    if (auto ok = status_of<Backend>(); !ok) return ok.error();
    return y;
  }

  /// From here on, calls of this size replay what a call without state queues.
  result<void> record_call(idx items, shape item) {
    if (auto ok = reserve(items, item); !ok) return ok;
    const auto work = [&] {
      run({input_.send(queue_, items * item.size()), items, item}, nullptr);
      outputs_on_host_.fetch(queue_, Network::output_size(items, item), outputs_.data());
    };
    work();  // a kernel's first launch loads it
    memory::wait(queue_);
    if (auto ok = status_of<Backend>(); !ok) return ok;
    auto graph = Backend::graph::capture(queue_, work);
    if (!graph) return graph.error();
    recorded_ = {static_cast<typename Backend::graph&&>(*graph), items, item};
    return {};
  }

  using memory = typename Backend::memory;
  typename Backend::queue queue_;

 private:
  static constexpr idx prepared_size = Network::layer::template prepared<context_type>();

  result<void> ready(view<const T> x) {
    if (auto ok = reserve(x.n, x.s); !ok) return ok;
    if (!x.p && x.size() > 0) return error{"null pointer", "network input"};
    return {};
  }
  const T* arrived_outputs(view<const T> x, T* state) {
    if constexpr (records_calls<Backend>)
      if (recorded_.graph && recorded_.items == x.n && recorded_.item == x.s) {
        input_.stage(x.size(), x.p);
        recorded_.graph.launch(queue_);
        return outputs_on_host_.arrived(queue_);
      }
    run({input_(queue_, x.size(), x.p), x.n, x.s}, state);
    return outputs_on_host_(queue_, Network::output_size(x.n, x.s), outputs_.data());
  }
  output_type run(view<const T> x, T* state) {
    output_type y{Network::place(outputs_.data(), x.n, x.s), x.n, x.s};
    constexpr bool copied = is_deployed || !memory::on_host;
    context_type c;
    c.params = copied ? params_copy_.data() : params_;
    c.buffers = memory::on_host ? const_cast<T*>(buffers_) : buffers_copy_.data();  // inference reads them only
    c.state = state;
    c.workspace = workspace_.data();
    c.outputs = y.pointers.data();
    c.queue = queue_;
    Network::forward(c, x);
    return y;
  }

  const T *params_, *buffers_;  // of the host
  arena<T, memory> params_copy_, buffers_copy_, workspace_, outputs_;
  uploaded<T, memory> input_;
  downloaded<T, memory> outputs_on_host_;
  recording<Backend> recorded_;
};

}  // namespace detail

/// Runs a network on whole clips for one caller: reads the weights, owns the scratch memory and the outputs. One set of
/// weights serves any number of sessions at the same time.
///
/// For a `deployed` network the session prepares its own copy of what it reads; call `prepare` again when the weights changed.
///
/// Clips and outputs are the host's for every backend: on a GPU a call copies them there and back and returns when they
/// have arrived; `queue` takes and gives what lies there already.
///
/// Memory      workspace, outputs (and prepared; on a GPU parameters and input too) for the largest call so far; `reserve` allocates ahead, and calls
///             within what is reserved allocate nothing.
/// Errors      an input of another shape, or too short for the network; out of memory.
///
///     struct network : bind<sequential<linear<32>, relu, linear<17>>, dims(dyn, 64)> {};
///     weights<network> w(1);
///     session<network, cpu> run(w);
///     std::array<float, 5 * 64> x{};
///     view<const float> y = run({x.data(), 1, dims(5, 64)}).value().get<"main">();      // (5, 17)
template <class Network, class Backend, class T = float>
class session : public detail::network_caller<Network, Backend, T> {
  using base = detail::network_caller<Network, Backend, T>;

 public:
  template <class Full>
  explicit session(const weights<Full, T>& w, typename Backend::queue queue = Backend::default_queue())
      : base(w, queue) {}

  result<typename base::output_type> operator()(view<const T> x) { return base::call(x, nullptr); }
  /// For backends with memory of their own: x lies there, and so do the outputs; returns when the work is queued. Whatever
  /// is queued behind it finds the outputs done.
  result<typename base::output_type> queue(view<const T> x) { return base::queue_call(x, nullptr); }
  /// For backends that record calls: keeps what a call for `items` of this shape queues, its copies too, and lets later
  /// calls of this size replay it at once; others run as before. Runs the network once. Holds until a call needs more
  /// memory; new weights that `prepare` reads are seen.
  ///
  /// Errors      as a call; work that cannot be captured, on a GPU that of the default stream: see `cuda_queue`.
  result<void> record(idx items, shape item) requires records_calls<Backend> { return base::record_call(items, item); }
  result<void> record(idx items, shape item) requires(!records_calls<Backend>) = delete;
};

/// Runs a network on a clip that comes piece by piece: what layers carry between calls stands in its state, so that any
/// pieces give what the whole clip gives (up to rounding of products of other sizes).
///
/// Memory      as a session, and the state.
/// Errors      a layer that needs frames to come does not compile: `cannot_stream<Layer>`; else as a session.
///
///     struct network : bind<sequential<linear<32>, gru<16>, linear<17>>, dims(dyn, 64)> {};
///     weights<network> w(1);
///     stream<network, cpu> run(w);
///     std::array<float, 2 * 64> two_frames{};
///     view<const float> y = run({two_frames.data(), 1, dims(2, 64)}).value().get<"main">();      // (2, 17)
///     run.reset();                                                                               // the next clip
template <class Network, class Backend, class T = float>
class stream : public detail::network_caller<Network, Backend, T> {
  using base = detail::network_caller<Network, Backend, T>;

 public:
  using streamable = std::bool_constant<check<decltype(Network::layer::stream_verdict())>::ok>;

  /// For `items` clips at the same time.
  template <class Full>
  explicit stream(const weights<Full, T>& w, idx items = 1, typename Backend::queue queue = Backend::default_queue())
      : base(w, queue), items_(items) {
    workload none{items, Network::in_shape, 1};
    for (int i = 0; i < none.item.rank; ++i)
      if (none.item[i] == dyn) none.item = none.item.with(i, 1);
    state_ = state_arena::make(Network::template need<typename base::context_type>(none).state).value();
  }

  result<typename base::output_type> operator()(view<const T> x) {
    if (x.n != items_) return error{"wrong number of clips", "stream", message::of(items_), message::of(x.n)};
    return base::call(x, state_.data());
  }
  /// Forgets what was heard.
  void reset() { Backend::memory::clear(base::queue_, state_.size(), state_.data()); }

 private:
  using state_arena = arena<T, typename Backend::memory>;
  idx items_;
  state_arena state_;
};

}  // namespace auris
