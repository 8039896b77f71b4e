#pragma once
#include <auris/core/config.hpp>

namespace auris::detail {

/// Winograd's convolution (winograd.hpp) of three weights, `Side` outputs at a time, is a product of polynomials from their
/// values at 0, at pairs of points p and -p, and at infinity. All factors of inputs and outputs are exact floats; of a dozen
/// points up to 9/4 that were tried these round least (root mean square): those of four outputs half as much as 1 and 2.
template <int Side>
inline constexpr float winograd_points[1] = {1};
template <>
inline constexpr float winograd_points<4>[2] = {0.625f, 1.5f};
template <>
inline constexpr float winograd_points<6>[3] = {0.5f, 1, 2};

/// What the transforms multiply with.
template <int Side>
struct winograd_factors {
  static constexpr int pairs = Side / 2;
  static constexpr auto& point = winograd_points<Side>;
  float power[pairs][Side] = {};     ///< point^i
  float all[pairs + 1] = {};         ///< the product of (z - point^2), of which z^i has the factor [i]
  float others[pairs][pairs] = {};   ///< that without the pair's own
  float weight[pairs] = {}, zero{};  ///< one over the product of differences to the other points; that of 0

  constexpr winograd_factors() {
    multiply(all, -1);
    zero = 1 / all[0];
    for (int k = 0; k < pairs; ++k) {
      const float square = point[k] * point[k];
      power[k][0] = 1;
      for (int i = 1; i < Side; ++i) power[k][i] = power[k][i - 1] * point[k];
      multiply(others[k], k);
      float at_square = 0;
      for (int i = pairs; i-- > 0;) at_square = at_square * square + others[k][i];
      weight[k] = 1 / (2 * square * at_square);
    }
  }

 private:
  /// Of all pairs but `without`.
  static constexpr void multiply(float* product, int without) {
    product[0] = 1;
    for (int k = 0, degree = 0; k < pairs; ++k) {
      if (k == without) continue;
      const float square = point[k] * point[k];
      for (int i = ++degree; i > 0; --i) product[i] = product[i - 1] - (i < degree ? product[i] * square : 0);
      product[0] *= -square;
    }
  }
};

}  // namespace auris::detail
