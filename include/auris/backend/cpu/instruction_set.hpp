// The instruction sets that the loops of the CPU backend are compiled for, and the one that this process uses.
#pragma once
#include <cstdlib>

// What compiles a stretch of a file for an instruction set, whatever the compiler was told. nvcc hands them on to g++.
#define AURIS_PRAGMA(...) _Pragma(#__VA_ARGS__)
#if defined(__clang__)
#define AURIS_BEGIN_SET(SET) AURIS_PRAGMA(clang attribute push(__attribute__((target(SET))), apply_to = function))
#define AURIS_END_SET AURIS_PRAGMA(clang attribute pop)
#else
#define AURIS_BEGIN_SET(SET) AURIS_PRAGMA(GCC push_options) AURIS_PRAGMA(GCC target(SET))
#define AURIS_END_SET AURIS_PRAGMA(GCC pop_options)
#endif

// The level that the compiler was told to count on (-march): no loop is compiled for less, since nothing else of the program runs on less.
#if defined(__AVX512F__) && defined(__AVX512BW__) && defined(__AVX512DQ__) && defined(__AVX512VL__)
#define AURIS_LEAST_SET 4
#elif defined(__AVX2__) && defined(__FMA__) && defined(__BMI2__) && defined(__F16C__)
#define AURIS_LEAST_SET 3
#else
#define AURIS_LEAST_SET 2
#endif

namespace auris::detail {

/// The levels of x86-64; other processors have one set, that of the compiler's options.
enum class instruction_set { v2, v3, v4 };

/// What the processor has, or less where the environment's AURIS_MAX_ISA says "v2" or "v3".
inline instruction_set choose_instruction_set() noexcept {
#if defined(__x86_64__)
  const char* most = std::getenv("AURIS_MAX_ISA");
  const char level = most && most[0] == 'v' ? most[1] : '4';
  if (level >= '4' && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl"))
    return instruction_set::v4;
  if (level >= '3' && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi2"))
    return instruction_set::v3;
#endif
  return instruction_set::v2;
}
/// Chosen when the program starts; v2, which is right too, until then.
inline const instruction_set instruction_set_in_use = choose_instruction_set();

/// One loop, compiled for every instruction set; a call runs the one for this process.
template <class... P>
struct loop {
  using function = void (*)(P...) noexcept;
#if defined(__x86_64__)
  function v2, v3, v4;
  function best() const noexcept {
    return instruction_set_in_use == instruction_set::v4 ? v4 : instruction_set_in_use == instruction_set::v3 ? v3 : v2;
  }
#else
  function only;
  function best() const noexcept { return only; }
#endif
  void operator()(P... p) const noexcept { best()(p...); }
};
#if defined(__x86_64__)
template <class... P>
loop(void (*)(P...) noexcept, void (*)(P...) noexcept, void (*)(P...) noexcept) -> loop<P...>;
#else
template <class... P>
loop(void (*)(P...) noexcept) -> loop<P...>;
#endif

}  // namespace auris::detail

/// Declares the loop NAME, which every set has in its namespace, in `auris::detail::loops`.
#if defined(__x86_64__)
#define AURIS_LOOP(NAME) \
  inline constexpr loop NAME { v2::NAME, v3::NAME, v4::NAME }
#else
#define AURIS_LOOP(NAME) \
  inline constexpr loop NAME { one_set::NAME }
#endif
/// The same of a loop that is a template over how packed weights are stored: float or bf16_pair.
#if defined(__x86_64__)
#define AURIS_LOOP_OF_STORED(NAME)                       \
  template <class Stored>                                \
  inline constexpr loop NAME {                           \
    v2::NAME<Stored>, v3::NAME<Stored>, v4::NAME<Stored> \
  }
#else
#define AURIS_LOOP_OF_STORED(NAME) \
  template <class Stored>          \
  inline constexpr loop NAME {     \
    one_set::NAME<Stored>          \
  }
#endif
