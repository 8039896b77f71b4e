#pragma once
#include <auris/core/executor.hpp>
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

namespace detail {

/// What sessions and streams share: the weights they read, and memory that grows to the largest call.
template <class Network, class Backend, class T>
class network_caller {
 public:
  static constexpr bool is_deployed = requires { typename Network::source; };
  using context_type = context<Backend, T, std::conditional_t<is_deployed, deployment, inference>>;
  using output_type = outputs<Network, T>;

  /// Reads the weights again: for deployed networks, whose copy is made when the session is.
  void prepare() {
    if constexpr (is_deployed) Network::prepare(params_, buffers_, prepared_.data());
  }
  /// Memory for calls of this size.
  result<void> reserve(idx items, shape item) {
    if (auto ok = check_input<Network>(items, item); !ok) return ok;
    const footprint f = Network::template need<context_type>({items, item, Backend::workers(queue_)});
    if (auto ok = workspace_.reserve(f.workspace); !ok) return ok;
    return outputs_.reserve(Network::output_size(items, item));
  }

 protected:
  template <class Full>
  network_caller(const weights<Full, T>& w, typename Backend::queue queue)
      : params_(w.params()), buffers_(w.buffers()), queue_(queue) {
    static_assert(Full::parameters == Network::parameters && Full::buffers == Network::buffers,
                  "auris: these are the weights of another network");
    if constexpr (is_deployed) prepared_ = arena<T>::make(Network::layer::fixed.prepared).value();
    prepare();
  }
  result<output_type> call(view<const T> x, T* state) {
    if (auto ok = reserve(x.n, x.s); !ok) return ok.error();
    if (!x.p && x.size() > 0) return error{"null pointer", "network input"};
    output_type y{Network::place(outputs_.data(), x.n, x.s), x.n, x.s};
    context_type c;
    c.params = is_deployed ? prepared_.data() : params_;
    c.buffers = const_cast<T*>(buffers_);  // inference reads them only
    c.state = state;
    c.workspace = workspace_.data();
    c.outputs = y.pointers.data();
    c.queue = queue_;
    Network::forward(c, x);
    return y;
  }

 private:
  const T *params_, *buffers_;
  typename Backend::queue queue_;
  arena<T> prepared_, workspace_, outputs_;
};

}  // namespace detail

/// Runs a network on whole clips for one caller: reads the weights, owns the scratch memory and the outputs. One set of
/// weights serves any number of sessions at the same time.
///
/// For a `deployed` network the session prepares its own copy of what it reads; call `prepare` again when the weights changed.
///
/// Memory      workspace, outputs (and prepared) for the largest call so far; `reserve` allocates ahead, and calls
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
    state_ = arena<T>::make(Network::template need<typename base::context_type>(none).state).value();
  }

  result<typename base::output_type> operator()(view<const T> x) {
    if (x.n != items_) return error{"wrong number of clips", "stream", message::of(items_), message::of(x.n)};
    return base::call(x, state_.data());
  }
  /// Forgets what was heard.
  void reset() {
    for (idx i = 0; i < state_.size(); ++i) state_.data()[i] = T(0);
  }

 private:
  idx items_;
  arena<T> state_;
};

}  // namespace auris
