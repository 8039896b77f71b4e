// Expected values: written down in the tests, or from the golden files.
#pragma once
#include <array>
#include <auris/core/shape.hpp>
#include <cstdint>
#include <string>
#include <vector>

namespace table {
using auris::idx;
using floats = std::vector<float>;

/// Every value within tolerance, absolute or relative, whichever is larger.
void check_close(const floats& got, const std::vector<double>& expected, double tolerance = 1e-6);

/// The golden files' numbers: float32((2 u(seed, i) - 1) * scale).
floats golden_input(std::uint64_t seed, idx count, double scale = 1);
/// Values in the order of PyTorch against a record of tests/golden: the first 64, the sum and the sum of magnitudes.
void check_golden(const char* file, const std::string& record, const floats& got);

/// The axes of x (sizes) in another order: axis i of the result is axis order[i] of x.
floats permuted(const floats& x, std::array<idx, 4> sizes, std::array<int, 4> order);
/// (item, channel, time, mel) to (item, time, mel, channel), and back.
floats channels_last(const floats& x, idx items, idx channels, idx time, idx mel);
floats channels_first(const floats& x, idx items, idx time, idx mel, idx channels);

}  // namespace table
