// Atomic operations of 32 and 64 bits, which order nothing else.
#pragma once
#include <bit>
#include <cstdint>
#include <type_traits>

namespace cuda_executor {

template <class T, class F>
T replace(T* p, const F& f) {
  static_assert(sizeof(T) == 4 || sizeof(T) == 8);
  using bits = std::conditional_t<sizeof(T) == 8, std::uint64_t, std::uint32_t>;
  auto* at = reinterpret_cast<bits*>(p);
  bits before = __atomic_load_n(at, __ATOMIC_RELAXED), after;
  do after = std::bit_cast<bits>(f(std::bit_cast<T>(before)));
  while (!__atomic_compare_exchange_n(at, &before, after, false, __ATOMIC_RELAXED, __ATOMIC_RELAXED));
  return std::bit_cast<T>(before);
}

}  // namespace cuda_executor

template <class T>
T atomicAdd(T* p, std::type_identity_t<T> x) {
  return cuda_executor::replace(p, [x](T before) { return static_cast<T>(before + x); });
}
template <class T>
T atomicMax(T* p, std::type_identity_t<T> x) {
  return cuda_executor::replace(p, [x](T before) { return before < x ? x : before; });
}
template <class T>
T atomicMin(T* p, std::type_identity_t<T> x) {
  return cuda_executor::replace(p, [x](T before) { return x < before ? x : before; });
}
template <class T>
T atomicExch(T* p, std::type_identity_t<T> x) {
  return cuda_executor::replace(p, [x](T) { return x; });
}
template <class T>
T atomicCAS(T* p, std::type_identity_t<T> expected, std::type_identity_t<T> x) {
  return cuda_executor::replace(p, [=](T before) { return before == expected ? x : before; });
}
