// What the processor does at best, measured: what kernels are compared with.
#pragma once
#include <algorithm>
#include <auris/core/executor.hpp>
#include <chrono>
#include <cstring>
#include <utility>
#include <vector>

struct cpu_speed {
  /// Floating-point operations per second of products added to registers, with the widest vectors that the processor has.
  double operations = 0;
  /// Read and written per second by a copy of 256 MiB.
  double bytes = 0;

  /// Of all threads of an executor together.
  static cpu_speed measured(auris::executor& e) { return {operations_of(e), bytes_of(e)}; }
  static const char* widest_vectors() { return loop_of_widest().vectors; }

 private:
  using loop_function = double (*)(long steps, float factor);
  struct loop {
    const char* vectors;
    int operations;  // of a step
    loop_function run;
  };
  // Enough sums side by side to hide the four cycles that one takes on two units.
  static constexpr int sums = 12;

  template <class Vector, std::size_t... I>
  [[gnu::always_inline]] static inline double add_products(long steps, float factor, std::index_sequence<I...>) {
    Vector sum[sums] = {(Vector{} + static_cast<float>(I))...};
    const Vector a = Vector{} + factor, b = Vector{} + (1 - factor);
    for (long i = 0; i < steps; ++i) ((sum[I] = sum[I] * a + b), ...);
    const Vector all = (sum[I] + ...);
    return static_cast<double>(all[0]);
  }
  template <int Floats>
  struct vector {
    typedef float type __attribute__((vector_size(Floats * sizeof(float))));
  };
  template <int Floats>
  static constexpr loop loop_with(const char* vectors, loop_function f) {
    return {vectors, 2 * Floats * sums, f};
  }
  static double plain(long steps, float factor) {
    return add_products<vector<4>::type>(steps, factor, std::make_index_sequence<sums>{});
  }
#if defined(__x86_64__)
  // Compiled for an instruction set of their own, so that the peak does not depend on how this program is compiled.
  [[gnu::target("avx2,fma")]] static double avx2(long steps, float factor) {
    return add_products<vector<8>::type>(steps, factor, std::make_index_sequence<sums>{});
  }
#if defined(__clang__)
  [[clang::min_vector_width(512)]]  // for some processors it halves them
#endif
  [[gnu::target("avx512f")]] static double
  avx512(long steps, float factor) {
    return add_products<vector<16>::type>(steps, factor, std::make_index_sequence<sums>{});
  }
#endif
  static loop loop_of_widest() {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f")) return loop_with<16>("AVX-512", avx512);
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return loop_with<8>("AVX2", avx2);
#endif
    return loop_with<4>("128 bits", plain);
  }

  /// Seconds of the fastest of several runs of `work(part)`, a part on each thread at the same time.
  template <class Work>
  static double fastest(auris::executor& e, int runs, const Work& work) {
    double best = 1e9;
    for (int i = 0; i < runs; ++i) {
      const auto begin = std::chrono::steady_clock::now();
      auris::for_blocks(e, e.workers(), [&](auris::idx part, int) { work(part); });
      const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
      best = std::min(best, took.count());
    }
    return best;
  }
  static double operations_of(auris::executor& e) {
    const loop widest = loop_of_widest();
    constexpr long steps = 250'000;  // a millisecond, in which nothing else may run
    volatile float factor = 0.5f;    // not known to the compiler
    std::vector<double> results(static_cast<std::size_t>(e.workers()));
    const double seconds =
        fastest(e, 100, [&](auris::idx part) { results[static_cast<std::size_t>(part)] = widest.run(steps, factor); });
    volatile double read = results[0];
    static_cast<void>(read);
    return e.workers() * static_cast<double>(widest.operations) * steps / seconds;
  }
  static double bytes_of(auris::executor& e) {
    constexpr std::size_t size = std::size_t(256) << 20;
    const std::vector<char> from(size, 1);
    std::vector<char> to(size);
    const std::size_t share = size / static_cast<std::size_t>(e.workers());
    const double seconds = fastest(e, 8, [&](auris::idx part) {
      const std::size_t begin = static_cast<std::size_t>(part) * share;
      std::memcpy(to.data() + begin, from.data() + begin, share);
    });
    return 2.0 * static_cast<double>(share) * e.workers() / seconds;
  }
};
