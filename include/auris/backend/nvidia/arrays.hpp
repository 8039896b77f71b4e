#pragma once
#include <auris/core/shape.hpp>
#include <cstdint>

namespace auris::detail::nvidia {

/// What every array that a library is given is aligned to, in bytes: cuDNN's kernels read four floats at once, cuFFT's
/// complex numbers.
inline constexpr std::size_t tensor_alignment = 16;

template <class... P>
bool aligned(const P*... p) {
  return ((reinterpret_cast<std::uintptr_t>(p) % tensor_alignment == 0) && ...);
}

// Arrays in the workspace, each aligned: `slack` more scalars than their sum of `whole(count)`.
inline constexpr idx lanes = tensor_alignment / sizeof(float), slack = lanes - 1;
constexpr idx whole(idx count) { return (count + slack) / lanes * lanes; }
inline float* first_aligned(float* p) {
  const auto behind = reinterpret_cast<std::uintptr_t>(p) % tensor_alignment / sizeof(float);
  return behind == 0 ? p : p + (static_cast<std::uintptr_t>(lanes) - behind);
}

}  // namespace auris::detail::nvidia
