// Front-ends on a device with memory of its own.
#include <auris/audio/front_end_stream.hpp>
#include <auris/audio/presets.hpp>
#include <auris/backend/reference.hpp>
#include <auris/nn.hpp>
#include <limits>

#include "audio/signals.hpp"
#include "cuda/support.hpp"

namespace front_end_test {

using namespace auris;

namespace {

constexpr front_end_options small{.rate = 8000, .fft = 64, .hop = 16, .bands = 8, .highest = 4000};
struct net : bind<sequential<linear<5>, relu, linear<3>>, dims(dyn, 8)> {};

/// Values of the host on the device, and back.
arena<float, cuda_memory> on_device(const std::vector<float>& x, cuda_stream queue = nullptr) {
  auto p = arena<float, cuda_memory>::make(static_cast<idx>(x.size())).value();
  cuda_memory::upload(queue, p.size(), x.data(), p.data());
  return p;
}
std::vector<float> on_host(view<const float> x, cuda_stream queue = nullptr) {
  std::vector<float> y(static_cast<std::size_t>(x.size()));
  cuda_memory::download(queue, x.size(), x.p, y.data());
  return y;
}

/// Each padding, with and without pre-emphasis and cosine transform.
template <class Work>
void for_options(const Work& work) {
  for (const padding_kind padding : {padding_kind::none, padding_kind::zero, padding_kind::reflect})
    for (const double pre_emphasis : {0.0, 0.97}) {
      front_end_options o = small;
      o.padding = padding, o.pre_emphasis = pre_emphasis;
      if (pre_emphasis != 0) o.coefficients = 5;
      work(o);
    }
}

}  // namespace

TEST_CASE("front-end: the device agrees with the host", "[front_end]") {
  const cuda_executor::separate_memory separate;
  for_options([](const front_end_options& o) {
    const auto x = noise(3000, 4);
    const auto expected = front_end<reference>::create(o).value().run(x).value();
    const auto copy = front_end<cuda>::create(o).value();  // shares the tables of one that is gone
    const auto got = copy.run(x).value();
    REQUIRE(got.frames == expected.frames);
    REQUIRE(got.bands == expected.bands);
    for (std::size_t i = 0; i < got.values.size(); ++i) CHECK(got.values[i] == Approx(expected.values[i]).margin(1e-3));
  });
}

TEST_CASE("front-end: on the device, any chunks give the bits of the whole sound", "[front_end]") {
  const cuda_executor::separate_memory separate;
  for_options([](front_end_options o) {
    for (const idx hop : {16, 90}) {
      o.hop = hop;
      const auto f = front_end<cuda>::create(o).value();
      const auto x = noise(400, 1);
      const auto whole = f.run(x).value().values;
      front_end_stream<cuda> stream(f);
      for (const std::size_t chunk : {7u, 100u, 1000u}) {
        std::vector<float> all;
        const auto take = [&](const features& y) { all.insert(all.end(), y.values.begin(), y.values.end()); };
        for (std::size_t at = 0; at < x.size(); at += chunk)
          take(stream.push(std::span(x).subspan(at, std::min(chunk, x.size() - at))).value());
        take(stream.finish().value());
        CHECK(all == whole);
      }
    }
  });
}

TEST_CASE("front-end: samples on the device become features on the device, with the bits of run", "[front_end]") {
  const cuda_executor::separate_memory separate;
  for_options([](const front_end_options& o) {
    const auto f = front_end<cuda>::create(o).value();
    front_end<cuda>::scratch memory;
    for (const idx count : {300, 70}) {
      const auto x = noise(2 * count, 6);
      const auto there = on_device(x);
      const auto y = f.queue({there.data(), 2, dims(count)}, memory).value();
      REQUIRE(y.s == dims(f.frames(count), f.bands()));
      for (idx i = 0; i < 2; ++i)
        CHECK(on_host(y.item(i)) == f.run({x.data() + i * count, static_cast<std::size_t>(count)}).value().values);
    }
  });
}

TEST_CASE("front-end: what is not finite is an error of run, and not of queue", "[front_end]") {
  const auto f = front_end<cuda>::create(small).value();
  std::vector<float> x(200, 0.5f);
  x[70] = 1e30f;
  CHECK(f.run(x).error().what == "the features overflow");
  x[70] = std::numeric_limits<float>::quiet_NaN();
  CHECK(f.run(x).error().text() == message("non-finite sample: front-end, sample 70"));
  front_end<cuda>::scratch memory;
  const auto there = on_device(x);
  const auto y = on_host(f.queue({there.data(), 1, dims(200)}, memory).value());
  CHECK(std::isfinite(y[0]));
  CHECK_FALSE(std::isfinite(y[4 * 8]));
}

TEST_CASE("front-end: from samples to scores without a stop on the host, as one graph", "[front_end]") {
  const cuda_executor::separate_memory separate;
  const auto f = front_end<cuda>::create(small).value();
  const weights<net> w(1);
  const auto queue = cuda_queue::make().value();
  session<net, cuda> plain(w), run(w, queue);
  front_end<cuda>::scratch memory;
  auto samples = arena<float, cuda_memory>::make(300).value();
  view<const float> scores;
  const auto work = [&] {
    scores = run.queue(f.queue({samples.data(), 1, dims(300)}, memory, queue).value()).value().get<"main">();
  };
  work();
  const cuda_graph graph = cuda_graph::capture(queue, work).value();
  for (const std::uint64_t seed : {1u, 2u}) {
    const auto x = noise(300, seed);
    cuda_memory::upload(queue, 300, x.data(), samples.data());
    graph.launch(queue);
    const features expected = f.run(x).value();
    const auto y = plain({expected.values.data(), 1, dims(expected.frames, 8)}).value().get<"main">();
    CHECK(on_host(scores, queue) == std::vector<float>(y.p, y.p + y.size()));
  }
}

}  // namespace front_end_test
