// Fourier transforms by cuFFT: what it is asked for, computed on the host.
#include "op/table/stft.hpp"

#include <auris/audio/front_end.hpp>
#include <auris/audio/presets.hpp>
#include <auris/backend/cufft.hpp>
#include <thread>

#include "audio/signals.hpp"
#include "cuda/libraries/device_on_host.hpp"
#include "op/checks.hpp"

using namespace auris;
using backend = cuda_backend<fourier_transform::cufft>;
using by_cufft = kernel_of<op::stft, backend, float>;

namespace {
std::vector<float> spectrum(const op::stft::size& s, const float* x, cuda_stream stream = nullptr) {
  const std::vector<float> window = noise(s.fft, 2);
  std::vector<float> roots(static_cast<std::size_t>(2 * s.fft)), y(static_cast<std::size_t>(s.frames * s.bins()));
  std::vector<float> workspace(static_cast<std::size_t>(by_cufft::forward_workspace(s, 1)));
  op::stft::make_table(s.fft, roots.data());
  by_cufft::forward({stream, workspace.data()}, s, x, window.data(), roots.data(), y.data());
  return y;
}
}  // namespace

TEST_CASE("cufft: stft keeps its contract", "[cufft]") {
  on_host::restored_settings restored;
  table::check<table::stft, backend>();
  CHECK(on_host::now.calls > 0);
}

TEST_CASE("cufft: stft keeps its contract where cuFFT does not take a length", "[cufft]") {
  // Plans belong to a thread: this one has none yet.
  on_host::restored_settings restored;
  on_host::now.has_kernels = false;
  std::string faults;
  std::thread([&] {
    for (std::size_t i = 0; i < table::stft::tests().size(); ++i)
      faults += table::faults_of_values<table::stft, backend>(i);
  }).join();
  CHECK(faults == "");
  CHECK(on_host::now.calls == 0);
}

TEST_CASE("cufft: a frame's bits do not depend on its place, nor on how many there are", "[cufft]") {
  on_host::restored_settings restored;
  constexpr idx fft = 4, batch = detail::cufft::frame_batch{fft}.frames();
  const op::stft::size s{batch + 3, fft, 3, false};
  const auto x = noise(s.samples(), 1), all = spectrum(s, x.data());
  CHECK(on_host::now.calls == 2);
  for (const idx t : {idx(0), idx(7), batch - 1, batch, batch + 2}) {
    INFO("frame " << t);
    const auto one = spectrum({1, fft, 3, false}, x.data() + t * s.hop);
    CHECK(std::equal(one.begin(), one.end(), all.begin() + t * s.bins()));
  }
  CHECK(on_host::failure() == "");
}

TEST_CASE("cufft: batches fill a row of complex numbers each, and at most 4 MiB", "[cufft]") {
  using detail::cufft::frame_batch;
  for (const idx fft : {1, 2, 3, 63, 1024, 17640, 1 << 19}) {
    INFO("fft " << fft);
    const frame_batch b{fft};
    CHECK(b.row() >= fft);
    CHECK(b.row() == 2 * op::stft::size{1, fft, 1}.bins());
    CHECK(b.size() <= idx(1) << 20);
    CHECK(b.size() + b.row() > idx(1) << 20);
  }
  CHECK(frame_batch{idx(1) << 21}.frames() == 1);
}

namespace {
/// Transforms on a thread of its own, which has no plan yet: what `status` tells, after `use` has run.
template <class Use>
std::string failure_of_transform(const Use& use) {
  std::string failure;
  std::thread([&] {
    const std::vector<float> x = noise(64, 3);
    use([&](cuda_stream stream, idx frames, idx fft) { spectrum({frames, fft, 2}, x.data(), stream); });
    failure = on_host::failure();
  }).join();
  return failure;
}
}  // namespace

TEST_CASE("cufft: what fails is told by status, and tried again", "[cufft]") {
  on_host::restored_settings restored;
  on_host::now.makes_handles = false;
  CHECK_THAT(failure_of_transform([](const auto& transform) { transform(nullptr, 1, 8); }),
             Catch::Contains("stft") && Catch::Contains("CUFFT_SETUP_FAILED"));
  CHECK(failure_of_transform([](const auto& transform) {
          transform(nullptr, 1, 8);
          CHECK(on_host::failure() != "");
          on_host::now.makes_handles = true;
          transform(nullptr, 1, 8);
        }) == "");
  CHECK(on_host::now.calls == 1);
}

TEST_CASE("cufft: lengths that come up while a stream is captured are an error, numbers of frames are not", "[cufft]") {
  on_host::restored_settings restored;
  const cuda_queue stream = cuda_queue::make().value();
  const auto failure = [&](idx fft_before, idx fft_captured) {
    return failure_of_transform([&](const auto& transform) {
      transform(stream, 1, fft_before);
      on_host::now.captured = true;
      transform(stream, 5, fft_captured);
      on_host::now.captured = false;
    });
  };
  CHECK(failure(8, 8) == "");
  CHECK_THAT(failure(8, 9), Catch::Contains("stft") && Catch::Contains("with a call before the capture"));
}

TEST_CASE("cufft: a choice beside others, and double is left to our own kernel", "[cufft]") {
  using other = cuda_backend<recurrence::own, fourier_transform::cufft, matrix_product::own>;
  static_assert(std::is_same_v<other, backend>);
  static_assert(std::is_same_v<kernel_of<op::stft, backend, double>, kernel<op::stft, cuda, double>>);
  static_assert(std::is_same_v<kernel_of<op::linear, backend, float>, kernel<op::linear, cuda, float>>);
  static_assert(!std::is_same_v<by_cufft, kernel<op::stft, cuda, float>>);
}

TEST_CASE("cufft: a front-end needs another backend, and nothing else", "[cufft]") {
  on_host::restored_settings restored;
  const auto sound = noise(8000, 4);
  const auto expected = front_end<reference>::create(preset::panns_log_mel).value().run(sound).value();
  const auto features = front_end<backend>::create(preset::panns_log_mel).value().run(sound).value();
  REQUIRE(features.values.size() == expected.values.size());
  for (std::size_t i = 0; i < expected.values.size(); ++i)
    CHECK(features.values[i] == Approx(expected.values[i]).margin(1e-3));
  CHECK(on_host::now.calls == 1);
}
