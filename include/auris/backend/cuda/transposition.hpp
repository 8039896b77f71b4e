#pragma once
#include <auris/backend/cuda/device.hpp>

namespace auris::detail::gpu {

/// to (columns, rows) is from (rows, columns), transposed; or that is added to it. The arrays do not overlap.
template <class T>
struct transposition {
  static void write(const char* operation, cuda_stream stream, idx rows, idx columns, const T* from, T* to) noexcept;
  static void add(const char* operation, cuda_stream stream, idx rows, idx columns, const T* from, T* to) noexcept;
};

}  // namespace auris::detail::gpu
