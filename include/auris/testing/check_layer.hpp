#pragma once
#include <algorithm>
#include <auris/core/executor.hpp>
#include <auris/core/result.hpp>
#include <auris/nn/compose/deployed.hpp>
#include <limits>
#include <string>
#include <vector>

namespace auris::testing {

/// What `check_layer` tries a network with.
struct check_options {
  idx items = 2;
  idx frames = 6;           ///< for every axis that is `dyn`
  int samples = 40;         ///< parameters and inputs whose gradient is compared with finite differences; 0: all
  double step = 1e-6;       ///< of the differences
  double tolerance = 1e-6;  ///< of gradients, relative to the largest
  double deployed_tolerance = 1e-10;  ///< of a deployed network's outputs, relative
  std::uint64_t seed = 1;
  long (*allocations)() = nullptr;  ///< counts heap allocations so far, where the caller can tell
};

namespace detail {

/// Everything a call needs, in arenas with guards behind them, filled with NaN where nothing may be read before it is written.
template <class Network, class Backend>
struct laboratory {
  using T = double;
  static constexpr idx guard = 16;
  static constexpr T mark = 42;
  idx n;
  shape s;
  std::vector<T> params, buffers, gradients, workspace, cache, results, result_gradients, x, dx;
  std::array<T*, Network::output_count> y{};
  std::array<const T*, Network::output_count> dy{};
  random_key random;

  static std::vector<T> make(idx size) {
    std::vector<T> v(static_cast<std::size_t>(size + guard), std::numeric_limits<T>::quiet_NaN());
    for (idx i = 0; i < guard; ++i) v[static_cast<std::size_t>(size + i)] = mark;
    return v;
  }
  static bool intact(const std::vector<T>& v) {
    for (auto i = v.end() - guard; i != v.end(); ++i)
      if (*i != mark) return false;
    return true;
  }
  static double noise(std::uint64_t stream, idx i, std::uint64_t seed) {
    return 2 * random_key{seed, 0, stream, 0}.uniform(static_cast<std::uint64_t>(i)) - 1;
  }

  laboratory(idx items, shape item, const check_options& o) : n(items), s(item), random{o.seed, 1, 0, 0} {
    const footprint train = Network::template need<context<Backend, T, training>>({n, s, 1});
    const footprint infer = Network::template need<context<Backend, T, inference>>({n, s, 1});
    params = make(train.params), buffers = make(train.buffers), gradients = make(train.params);
    workspace = make(train.workspace > infer.workspace ? train.workspace : infer.workspace);
    cache = make(train.cache);
    results = make(Network::output_size(n, s)), result_gradients = make(Network::output_size(n, s));
    x = make(n * s.size()), dx = make(n * s.size());
    y = Network::place(results.data(), n, s);
    const auto places = Network::place(result_gradients.data(), n, s);
    for (idx i = 0; i < n * s.size(); ++i) x[static_cast<std::size_t>(i)] = noise(1, i, o.seed);
    for (idx i = 0; i < Network::output_size(n, s); ++i)
      result_gradients[static_cast<std::size_t>(i)] = noise(2, i, o.seed);
    for (std::size_t k = 0; k < y.size(); ++k) dy[k] = places[k];
    struct filler : table_visitor {
      laboratory& to;
      std::uint64_t seed, stream = 3;
      filler(laboratory& l, std::uint64_t seed_) : to(l), seed(seed_) {}
      void operator()(const table_entry& e) override {
        const double bound = e.start.fan > 0 ? 1.5 / __builtin_sqrt(static_cast<double>(e.start.fan)) : 0.3;
        for (idx i = 0; i < e.stored.size(); ++i)
          (e.is_buffer ? to.buffers : to.params)[static_cast<std::size_t>(e.offset + i)] =
              bound * noise(stream, i, seed) + (e.start.how == initial::ones);
        ++stream;
      }
    } fill(*this, o.seed);
    Network::visit_parameters(fill);
    zero_gradients();
  }
  void zero_gradients() {
    for (auto i = gradients.begin(); i != gradients.end() - guard; ++i) *i = 0;
  }
  template <class Mode>
  context<Backend, T, Mode> call() {
    context<Backend, T, Mode> c;
    c.params = params.data(), c.buffers = buffers.data(), c.workspace = workspace.data(), c.cache = cache.data();
    c.outputs = y.data(), c.output_gradients = dy.data(), c.gradients = gradients.data(), c.random = random;
    return c;
  }
  view<const T> input() const { return {x.data(), n, s}; }
  template <class Mode>
  void forward() {
    Network::forward(call<Mode>(), input());
  }
  void backward(bool want_input = true, bool want_parameters = true) {
    // What forward left in the workspace is not there for backward.
    std::fill(workspace.begin(), workspace.end() - guard, std::numeric_limits<T>::quiet_NaN());
    auto c = call<training>();
    if (!want_parameters) c.gradients = nullptr;
    Network::backward(c, input(), {want_input ? dx.data() : nullptr, n, s});
  }
  /// Sum of the outputs times their given gradients. Running statistics are put back: they must not move the differences.
  double functional() {
    const auto statistics = buffers;
    forward<training>();
    buffers = statistics;
    double sum = 0;
    const auto shapes = Network::outputs(s);
    for (std::size_t k = 0; k < shapes.size(); ++k)
      for (idx i = 0; dy[k] && i < n * shapes[k].s.size(); ++i) sum += y[k][i] * dy[k][i];
    return sum;
  }
  const char* overrun() const {
    if (!intact(params)) return "params";
    if (!intact(buffers)) return "buffers";
    if (!intact(gradients)) return "gradients";
    if (!intact(workspace)) return "workspace";
    if (!intact(cache)) return "cache";
    if (!intact(results)) return "outputs";
    if (!intact(x)) return "the input";
    if (!intact(dx)) return "the gradient of the input";
    return nullptr;
  }
};

inline double magnitude(double v) { return v < 0 ? -v : v; }

}  // namespace detail

/// Checks everything the library promises of a layer or network, in double precision: arena bounds (guards, scratch
/// that starts as NaN), no change of input or parameters, gradients of parameters and input against finite differences,
/// gradients accumulate, gradients that are not wanted change nothing, the deployed form gives the same numbers, pieces
/// of a stream give the whole clip (where the layer streams), no allocation (where a counter is given).
///
/// The network should be small: every parameter sample costs two forward passes. Everything that does not hold is
/// listed in the error.
///
///     struct mine : bind<linear<3>, dims(dyn, 4)> {};
///     testing::check_layer<mine, reference>().value();
template <class Network, class Backend>
result<void> check_layer(const check_options& options = {}) {
  using T = double;
  shape item = Network::in_shape;
  for (int i = 0; i < item.rank; ++i)
    if (item[i] == dyn) item = item.with(i, options.frames);
  std::string problems;
  const auto expect = [&](bool ok, const message& what) {
    if (!ok) problems += std::string(problems.empty() ? "" : "\n") + what.c_str();
  };
  detail::laboratory<Network, Backend> lab(options.items, item, options);
  const auto params = lab.params, x = lab.x;
  const auto shapes = Network::outputs(item);
  const auto allocations = [&] { return options.allocations ? options.allocations() : 0; };

  // Forward and backward stay within their arenas, write all they promise, change nothing else, and allocate nothing.
  long before = allocations();
  const auto statistics = lab.buffers;
  lab.template forward<inference>();
  expect(allocations() == before, "inference allocates");
  expect(lab.buffers == statistics, "inference changes the running statistics");
  std::vector<double> whole(lab.results);
  before = allocations();
  lab.template forward<training>();
  lab.backward();
  expect(allocations() == before, "forward or backward in training allocates");
  if (const char* arena = lab.overrun()) expect(false, message::of("writes past the end of ", arena));
  expect(lab.params == params && lab.x == x, "changes its parameters or its input");
  for (std::size_t k = 0; k < shapes.size(); ++k)
    for (idx i = 0; i < lab.n * shapes[k].s.size(); ++i)
      if (!(lab.y[k][i] - lab.y[k][i] == 0)) {
        expect(false, message::of("output ", shapes[k].name, " is not finite at ", i));
        break;
      }

  // Gradients against central differences.
  lab.buffers = statistics;
  lab.zero_gradients();
  lab.functional();
  lab.backward();
  const auto gradients = lab.gradients, dx = lab.dx;
  double scale = 1e-12;
  for (idx i = 0; i < Network::parameters; ++i)
    scale = std::max(scale, detail::magnitude(gradients[static_cast<std::size_t>(i)]));
  for (idx i = 0; i < lab.n * item.size(); ++i)
    scale = std::max(scale, detail::magnitude(dx[static_cast<std::size_t>(i)]));
  const auto difference = [&](T& v) {
    const T old = v;
    v = old + options.step;
    const double up = lab.functional();
    v = old - options.step;
    const double down = lab.functional();
    v = old;
    return (up - down) / (2 * options.step);
  };
  const auto compare = [&](std::vector<T>& values, const std::vector<T>& analytic, idx count, const char* of) {
    const idx samples = options.samples == 0 || options.samples > count ? count : options.samples;
    for (idx k = 0; k < samples; ++k) {
      const auto i = static_cast<std::size_t>(samples == count ? k : k * (count - 1) / (samples - 1));
      const double numeric = difference(values[i]);
      if (detail::magnitude(numeric - analytic[i]) > options.tolerance * scale) {
        expect(false, message::of("gradient of ", of, " ", static_cast<idx>(i), ": ", analytic[i],
                                  ", finite difference ", numeric));
        break;
      }
    }
  };
  compare(lab.params, gradients, Network::parameters, "parameter");
  compare(lab.x, dx, lab.n * item.size(), "input");

  // Gradients that nobody wants are skipped; those of parameters are added.
  lab.buffers = statistics;
  lab.functional();
  lab.backward(true, false);
  expect(lab.gradients == gradients, "adds to parameter gradients that are not wanted");
  lab.backward(false, true);
  expect(lab.dx == dx, "writes an input gradient that is not wanted");
  for (idx i = 0; i < Network::parameters; ++i) {
    const double g = gradients[static_cast<std::size_t>(i)];
    if (detail::magnitude(lab.gradients[static_cast<std::size_t>(i)] - 2 * g) > 1e-9 * scale) {
      expect(false, "parameter gradients are not added");
      break;
    }
  }

  // The deployed form gives the same numbers, also piece by piece.
  using product_form = deployed<Network>;
  using C = context<Backend, T, deployment>;
  const footprint need = product_form::template need<C>({lab.n, item, 1});
  auto prepared = lab.make(need.prepared), workspace = lab.make(need.workspace), state = lab.make(need.state);
  product_form::template prepare<C>(lab.params.data(), statistics.data(), prepared.data());
  C c;
  c.params = prepared.data(), c.workspace = workspace.data(), c.outputs = lab.y.data();
  before = allocations();
  product_form::forward(c, lab.input());
  expect(allocations() == before, "the deployed form allocates");
  expect(lab.intact(prepared) && lab.intact(workspace), "the deployed form writes past the end of an arena");
  const auto same = [&](const std::vector<T>& a, const std::vector<T>& b) {
    const T* first = a.data();
    for (std::size_t k = 0; k < shapes.size(); ++k) {
      const idx at = lab.y[k] - lab.results.data();
      for (idx i = at; i < at + lab.n * shapes[k].s.size(); ++i) {
        const double u = first[i], v = b[static_cast<std::size_t>(i)];
        if (!(detail::magnitude(u - v) <= options.deployed_tolerance * (1 + detail::magnitude(u)))) return false;
      }
    }
    return true;
  };
  expect(same(whole, lab.results), "the deployed form gives other numbers");

  if constexpr (decltype(Network::layer::stream_verdict())::value && Network::in_shape[0] == dyn) {
    for (auto& v : state) v = v == lab.mark ? v : 0;
    std::vector<T> joined(whole.size(), 0), piece(lab.results.size()), frames;
    const idx step = item.size() / item[0];
    for (idx at = 0, count = 1; at < item[0]; at += count, count = count % 3 + 1) {
      if (count > item[0] - at) count = item[0] - at;
      frames.clear();
      for (idx b = 0; b < lab.n; ++b)
        for (idx i = at * step; i < (at + count) * step; ++i)
          frames.push_back(lab.x[static_cast<std::size_t>(b * item.size() + i)]);
      const shape part = item.with(0, count);
      const auto places = product_form::place(piece.data(), lab.n, part);
      const auto part_shapes = Network::outputs(part);
      c.state = state.data();
      c.outputs = places.data();
      product_form::forward(c, {frames.data(), lab.n, part});
      for (std::size_t k = 0; k < shapes.size(); ++k) {
        const idx from = part_shapes[k].s.size(), to = shapes[k].s.size(), row = to / item[0];
        for (idx b = 0; b < lab.n; ++b)
          for (idx i = 0; i < from; ++i)
            joined[static_cast<std::size_t>(lab.y[k] - lab.results.data() + b * to + at * row + i)] =
                places[k][b * from + i];
      }
    }
    expect(same(whole, joined), "pieces of a stream give other numbers than the whole clip");
    expect(lab.intact(state), "writes past the end of its state");
  }
  if (!problems.empty()) return error{"a layer does not keep its promises", {}, {}, message(problems.c_str())};
  return {};
}

}  // namespace auris::testing
