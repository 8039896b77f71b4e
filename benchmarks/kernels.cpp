// Times the kernels of the table of operations (tests/op/table): each row at the sizes that the soft-label networks
// have for a clip of 200 frames, and a whole front-end. Choose with --benchmark_filter, such as cpu/conv2d/forward.
//
// Each has its shares of what the processor at hand does (cpu_speed.hpp): of_peak of its multiplications and additions, of_copy of
// the bytes that a copy of as much memory as its arrays have moves; more than 1 where the caches hold them.
//
// Built with AURIS_CUDA, those for GPUs too, beside those of NVIDIA's libraries, with their shares of what the GPU at hand
// does (gpu_speed.hpp).
#include <benchmark/benchmark.h>

#include <algorithm>
#include <auris/audio/front_end.hpp>
#include <auris/audio/presets.hpp>
#include <auris/backend/cpu.hpp>
#include <auris/backend/cpu/thread_pool.hpp>
#include <auris/backend/reference.hpp>
#include <memory>
#include <string>
#include <thread>

#include "cpu_speed.hpp"
#include "op/table/all.hpp"
#include "op/table/bf16.hpp"
#include "op/values.hpp"
#if defined(AURIS_WITH_CUDA)
#include <auris/backend/cuda/choice.hpp>

#include "gpu_speed.hpp"
#endif
#if defined(AURIS_WITH_CUFFT)
#include <auris/backend/cufft.hpp>
#endif
#if defined(AURIS_WITH_CUDNN)
#include <auris/backend/cudnn.hpp>
#endif

namespace {
using namespace auris;

/// All arrays of a call, filled once: large ones by the same values again and again.
struct memory {
  std::vector<std::vector<float>> arrays;
  std::vector<float*> p;
  std::vector<float> workspace;
  idx bytes = 0;

  memory(const table::call<float>& c, int workers) : workspace(static_cast<std::size_t>(c.workspace(workers))) {
    for (const table::argument& a : c.arguments) {
      table::argument some = a;
      some.count = std::min(a.count, idx{1} << 20);
      const std::vector<double> x = table::made(some, arrays.size());
      auto& to = arrays.emplace_back(static_cast<std::size_t>(a.count));
      for (std::size_t i = 0; i < to.size(); ++i) to[i] = static_cast<float>(x[i % x.size()]);
      const int passes = a.how == table::role::updated ? 2 : a.read ? 1 : 0;
      bytes += passes * a.count * static_cast<idx>(sizeof(float));
    }
    for (auto& a : arrays) p.push_back(a.data());
  }
};

/// An executor, and what the processor does with as many threads at best.
struct processor {
  executor& queue;
  cpu_speed most = cpu_speed::measured(queue);

  void describe() const {
    const std::string name = table::text("peak of ", queue.workers(), queue.workers() == 1 ? " thread" : " threads");
    char line[120];
    std::snprintf(line, sizeof line, "%.1f GFLOP/s (%s), copies %.1f GB/s", most.operations / 1e9,
                  cpu_speed::widest_vectors(), most.bytes / 1e9);
    benchmark::AddCustomContext(name, line);
  }
};

void time_call(benchmark::State& state, const table::call<float>& c, const processor& on, idx multiply_adds) {
  memory m(c, on.queue.workers());
  if (c.prepare) c.prepare(m.p.data());
  const auto begin = std::chrono::steady_clock::now();
  for (auto _ : state) {
    c.run(on.queue, m.workspace.data(), m.p.data());
    benchmark::ClobberMemory();
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  const double each = took.count() / static_cast<double>(state.iterations());
  state.SetBytesProcessed(state.iterations() * m.bytes);
  state.counters["of_copy"] = static_cast<double>(m.bytes) / each / on.most.bytes;
  if (multiply_adds == 0) return;
  const double operations = 2 * static_cast<double>(multiply_adds);
  state.counters["FLOP/s"] = benchmark::Counter(operations, benchmark::Counter::kIsIterationInvariantRate);
  state.counters["of_peak"] = operations / each / on.most.operations;
}

/// PANNs' log-mel spectrogram of a minute of noise.
void time_front_end(benchmark::State& state, executor& e) {
  const auto front_end = auris::front_end<cpu>::create(preset::panns_log_mel).value();
  constexpr int seconds = 60;
  std::vector<float> samples(static_cast<std::size_t>(seconds * front_end.options().rate));
  for (std::size_t i = 0; i < samples.size(); ++i) samples[i] = static_cast<float>(0.2 * uniform(1, i) - 0.1);
  for (auto _ : state) benchmark::DoNotOptimize(front_end.run(samples, &e).value().values.data());
}

template <class Row>
idx multiply_adds_of(const typename Row::test& t) {
  if constexpr (requires { Row::multiply_adds(t); })
    return Row::multiply_adds(t);
  else
    return 0;
}

#if defined(AURIS_WITH_CUDA)
/// Several calls before each wait, so that what a launch costs the host does not count.
template <class Backend>
void time_call_on_gpu(benchmark::State& state, const table::call<float>& c, idx multiply_adds) {
  memory m(c, 1);
  std::vector<table::placed<float>> arrays;
  std::vector<float*> p;
  for (auto& a : m.arrays) p.push_back(arrays.emplace_back(table::memory_of<Backend>(), a.data(), a.size()).data());
  const table::placed<float> workspace(table::memory_of<Backend>(), m.workspace.data(), m.workspace.size());
  if (c.prepare) c.prepare(p.data());
  constexpr int calls = 20;
  double seconds = 0;
  for (auto _ : state) {
    const auto begin = std::chrono::steady_clock::now();
    for (int i = 0; i < calls; ++i) c.run(calling_thread, workspace.data(), p.data());
    Backend::memory::wait(Backend::default_queue());
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    state.SetIterationTime(took.count() / calls);
    seconds += took.count() / calls;
  }
  if (const auto ok = Backend::status(); !ok) return state.SkipWithError(ok.error().text().c_str());
  const gpu_speed& most = gpu_speed::measured();
  const double each = seconds / static_cast<double>(state.iterations());
  state.counters["of_copy"] = static_cast<double>(m.bytes) / each / most.bytes;
  if (multiply_adds > 0) state.counters["of_product"] = 2 * static_cast<double>(multiply_adds) / each / most.operations;
}
#endif

/// The sizes to time. On a GPU also those of batches, which no cache holds: there what is bound by memory shows its share of a
/// copy.
template <class Row, class Backend>
std::vector<typename Row::test> sizes_of() {
  std::vector<typename Row::test> all = Row::benchmarks();
  if constexpr (!Backend::memory::on_host && requires { Row::of_batches(); })
    for (const auto& t : Row::of_batches()) all.push_back(t);
  return all;
}

/// Registers a row on a backend. Sizes that take more multiply-adds than `most` are left out.
template <class Row, class Backend>
void add_row(const std::string& backend, const processor& on, idx most) {
  for (const auto& t : sizes_of<Row, Backend>()) {
    const idx forward = multiply_adds_of<Row>(t);
    if (forward > most) continue;
    for (const auto& c : Row::template calls<Backend, float>(t)) {
      std::string name = table::text(backend, "/", Row::name, "/", c.name, "/", Row::describe(t));
      std::replace(name.begin(), name.end(), ' ', '_');
      const idx operations = c.gradient_of >= 0 ? 2 * forward : forward;
#if defined(AURIS_WITH_CUDA)
      if constexpr (!Backend::memory::on_host) {
        benchmark::RegisterBenchmark(
            name.c_str(), [c, operations](benchmark::State& state) { time_call_on_gpu<Backend>(state, c, operations); })
            ->Unit(benchmark::kMicrosecond)
            ->UseManualTime();
        continue;
      }
#endif
      benchmark::RegisterBenchmark(
          name.c_str(), [c, &on, operations](benchmark::State& state) { time_call(state, c, on, operations); })
          ->Unit(benchmark::kMicrosecond)
          ->UseRealTime();
    }
  }
}

template <class Backend, class... Row>
void add_rows(std::tuple<Row...>*, const std::string& backend, const processor& on, idx most) {
  (add_row<Row, Backend>(backend, on, most), ...);
}
template <class Backend>
void add_backend(const std::string& name, const processor& on, idx most = PTRDIFF_MAX) {
  add_rows<Backend>(static_cast<table::rows*>(nullptr), name, on, most);
}
/// Weights of bf16; `of_copy` counts them as floats.
template <class Backend>
void add_bf16(const std::string& name, const processor& on) {
  add_rows<Backend>(static_cast<table::bf16_rows*>(nullptr), name, on, PTRDIFF_MAX);
}
void add_front_end(const std::string& name, executor& e) {
  benchmark::RegisterBenchmark((name + "/log_mel_60s").c_str(),
                               [&e](benchmark::State& state) { time_front_end(state, e); })
      ->Unit(benchmark::kMillisecond)
      ->UseRealTime();
}

}  // namespace

int main(int argc, char** argv) {
  const int threads = static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
  thread_pool pool(threads);
  const processor one{calling_thread}, all{pool};
  const std::string of_all = table::text("cpu_", threads, "_threads");
  one.describe();
  add_backend<cpu>("cpu", one);
  add_bf16<cpu_bf16>("cpu_bf16", one);
  add_front_end("cpu", one.queue);
  if (threads > 1) {
    all.describe();
    add_backend<cpu>(of_all, all);
    add_bf16<cpu_bf16>(table::text("cpu_bf16_", threads, "_threads"), all);
    add_front_end(of_all, all.queue);
  }
  add_backend<reference>("reference", one, 100'000'000);  // plain loops need seconds for more
#if defined(AURIS_WITH_CUDA)
  if (gpu_speed::there_is_one()) {
    add_backend<cuda>("cuda", one);
    add_bf16<cuda_backend<storage::bf16>>("cuda_bf16", one);
#if defined(AURIS_WITH_CUBLAS)
    add_row<table::linear, cuda_backend<matrix_product::cublas>>("cublas", one, PTRDIFF_MAX);
#endif
#if defined(AURIS_WITH_CUFFT)
    add_row<table::stft, cuda_backend<fourier_transform::cufft>>("cufft", one, PTRDIFF_MAX);
#endif
#if defined(AURIS_WITH_CUDNN)
    add_row<table::conv2d, cuda_backend<convolution::cudnn>>("cudnn", one, PTRDIFF_MAX);
#endif
  }
#endif

  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
}
