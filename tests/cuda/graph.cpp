// Streams and graphs: sessions that replay what they recorded, and what a capture refuses.
#include <auris/core/random.hpp>
#include <auris/nn.hpp>

#include "cuda/support.hpp"

namespace graph_test {

using namespace auris;
using cuda_test::contains;

namespace {

int forward_calls = 0;

/// Gives on what it gets, and counts how often it is called.
struct counted {
  static constexpr bool accepts(shape) { return true; }
  static constexpr shape infer(shape s) { return s; }
  template <shape In>
  struct bind {
    template <class C>
    static void forward(C c, in<C> x, out<C> y) {
      ++forward_calls;
      kernel_in<op::copy, C>::forward(c.work(), {1, x.size(), x.size(), x.size()}, x.p, y.p);
    }
  };
};

struct net_spec : sequential<as_image, conv2d<4>, batch_norm, relu, max_pool<2, 2>, fold, counted,
                             heads<output<"a", linear<3>>, output<"b", bidirectional<gru<4>>>>> {};
struct net : bind<net_spec, dims(dyn, 6)> {};

struct input {
  input(idx n, idx time, std::uint64_t seed) : items(n), frames(time), x(static_cast<std::size_t>(n * time * 6)) {
    for (std::size_t i = 0; i < x.size(); ++i) x[i] = static_cast<float>(2 * uniform(seed, i) - 1);
  }
  operator view<const float>() const { return {x.data(), items, dims(frames, 6)}; }

  idx items, frames;
  std::vector<float> x;
};
template <class Session>
std::vector<float> scores(Session& run, const input& x) {
  const auto y = run(x).value();
  std::vector<float> all;
  for (std::size_t k = 0; k < net::output_count; ++k) all.insert(all.end(), y.at(k).p, y.at(k).p + y.at(k).size());
  return all;
}

}  // namespace

TEMPLATE_TEST_CASE("A session replays the call that it recorded, and gives the same bits", "[graph]", net,
                   deployed<net>) {
  const cuda_executor::separate_memory separate;
  const weights<net> w(1);
  const auto queue = cuda_queue::make().value();
  session<TestType, cuda> plain(w), run(w, queue);
  run.record(2, dims(10, 6)).value();
  forward_calls = 0;
  for (const std::uint64_t seed : {1u, 2u, 3u}) {
    const input x(2, 10, seed), shorter(2, 8, seed), one(1, 10, seed);
    const auto expected = scores(plain, x), expected_of_shorter = scores(plain, shorter),
               expected_of_one = scores(plain, one);
    forward_calls = 0;
    CHECK(scores(run, x) == expected);
    CHECK(forward_calls == 0);
    CHECK(scores(run, shorter) == expected_of_shorter);
    CHECK(scores(run, one) == expected_of_one);
    CHECK(forward_calls == 2);
    CHECK(scores(run, x) == expected);
    CHECK(forward_calls == 2);
  }
}

TEST_CASE("A recording is forgotten when memory grows, and another takes its place", "[graph]") {
  const weights<net> w(1);
  const auto queue = cuda_queue::make().value();
  session<net, cuda> plain(w), run(w, queue);
  const input small(1, 10, 1), large(1, 20, 2);
  const auto expected_of_small = scores(plain, small), expected_of_large = scores(plain, large);
  run.record(1, dims(10, 6)).value();
  CHECK(scores(run, large) == expected_of_large);
  forward_calls = 0;
  CHECK(scores(run, small) == expected_of_small);
  CHECK(forward_calls == 1);
  run.record(1, dims(20, 6)).value();
  run.record(1, dims(10, 6)).value();
  forward_calls = 0;
  CHECK(scores(run, small) == expected_of_small);
  CHECK(forward_calls == 0);
  CHECK(scores(run, large) == expected_of_large);
  CHECK(forward_calls == 1);
}

TEMPLATE_TEST_CASE("A replay reads the weights that were prepared last", "[graph]", net, deployed<net>) {
  weights<net> w(1);
  const auto queue = cuda_queue::make().value();
  session<TestType, cuda> run(w, queue);
  run.record(1, dims(10, 6)).value();
  const input x(1, 10, 1);
  const auto before = scores(run, x);
  w.initialise(2);
  CHECK(scores(run, x) == before);
  run.prepare();
  forward_calls = 0;
  const auto after = scores(run, x);
  CHECK(forward_calls == 0);
  session<TestType, cuda> fresh(w);
  CHECK(after == scores(fresh, x));
  CHECK(after != before);
}

TEST_CASE("What cannot be recorded is refused, and the session goes on", "[graph]") {
  const weights<net> w(1);
  session<net, cuda> on_default_stream(w);
  CHECK(on_default_stream.record(1, dims(10, 6)).error().text() ==
        "the default stream cannot be captured: cuda_graph: expected the stream of a cuda_queue");
  const auto queue = cuda_queue::make().value();
  session<net, cuda> run(w, queue);
  CHECK(contains(run.record(1, dims(10, 5)).error().text().c_str(), "wrong shape of the input"));
  const input x(1, 10, 1);
  CHECK(scores(run, x) == scores(on_default_stream, x));
}

TEST_CASE("Captured work runs when its graph is launched, as often as it is, and in order", "[graph]") {
  const auto queue = cuda_queue::make().value();
  auto x = arena<float, cuda_memory>::make(2).value(), y = arena<float, cuda_memory>::make(2).value();
  float from[2] = {1, 2}, to[2] = {9, 9};
  const auto work = [&] {
    cuda_memory::upload(queue, 2, from, x.data());
    kernel<op::copy, cuda, float>::forward({queue, nullptr}, {1, 2, 2, 2}, x.data(), y.data());
    cuda_memory::clear(queue, 1, y.data());
    cuda_memory::queue_download(queue, 2, y.data(), to);
  };
  cuda_graph graph = cuda_graph::capture(queue, work).value();
  queue.wait();
  CHECK(to[1] == 9);
  for (const float v : {3.0f, 4.0f}) {
    from[1] = v;
    graph.launch(queue);
    CHECK(to[1] != v);  // not yet waited for
    queue.wait();
    CHECK(to[0] == 0);
    CHECK(to[1] == v);
  }
  cuda_graph moved = std::move(graph);
  CHECK_FALSE(graph);
  CHECK(moved);
  graph.launch(queue);
  CHECK(cuda_test::failure() == "");
}

TEST_CASE("A capture refuses memory, waiting and other streams", "[graph]") {
  const auto queue = cuda_queue::make().value(), other = cuda_queue::make().value();
  auto x = arena<float, cuda_memory>::make(2).value();
  const auto problem = [&](const auto& work) -> std::string {
    const auto graph = cuda_graph::capture(queue, work);
    CHECK(cuda_test::failure() == "");
    return graph ? "" : graph.error().text().c_str();
  };
  CHECK(problem([&] { cuda_memory::clear(queue, 2, x.data()); }) == "");
  CHECK(contains(problem([&] { cuda_memory::clear(other, 2, x.data()); }), "clear: got not while work is captured"));
  CHECK(contains(problem([&] { cuda_memory::clear(nullptr, 2, x.data()); }), "clear: got not while work is captured"));
  CHECK(contains(problem([&] { queue.wait(); }), "wait: got not while work is captured"));
  CHECK(contains(problem([&] { CHECK_FALSE(x.reserve(3)); }), "allocate: got not while work is captured"));
  CHECK(contains(problem([&] { x = {}; }), "release: got not while work is captured"));
  CHECK(
      contains(problem([&] { CHECK_FALSE(cuda_graph::capture(queue, [] {})); }), "capture: got nothing was captured"));
}

TEST_CASE("A stream that was released is refused", "[graph]") {
  auto x = arena<float, cuda_memory>::make(2).value();
  auto queue = cuda_queue::make().value();
  const cuda_stream before = queue;
  cuda_memory::clear(before, 2, x.data());
  CHECK(cuda_test::failure() == "");
  queue = cuda_queue::make().value();
  cuda_memory::clear(before, 2, x.data());
  CHECK(contains(cuda_test::failure(), "clear: got not a stream, or one that was released"));
  CHECK_FALSE(cuda_graph::capture(before, [] {}));
}

}  // namespace graph_test
