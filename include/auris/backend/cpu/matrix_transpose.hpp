#pragma once
#include <auris/backend/cpu/loops.hpp>

namespace auris::detail {

/// y (columns, rows; y_stride apart) = the transpose of x (rows, columns; x_stride apart).
[[gnu::noinline]] inline void transpose(idx rows, idx columns, const float* x, idx x_stride, float* y, idx y_stride) {
  for (idx i = 0; i < rows; i += line)
    for (idx j = 0; j < columns; j += line)
      if (i + line <= rows && j + line <= columns)
        loops::transpose_square(x + i * x_stride + j, x_stride, y + j * y_stride + i, y_stride);
      else
        for (idx a = i; a < rows && a < i + line; ++a)
          for (idx b = j; b < columns && b < j + line; ++b) y[b * y_stride + a] = x[a * x_stride + b];
}

}  // namespace auris::detail
