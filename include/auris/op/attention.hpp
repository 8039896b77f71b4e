#pragma once
#include <auris/core/kernel.hpp>
#include <cmath>

namespace auris::op {

/// Scaled dot-product attention of several heads; for item n, head h and token i
///
///     y[n, i, h, :] = sum_j a[j] v[n, j, h, :]         a = softmax over j of (scale * sum_c q[n, i, h, c] k[n, j, h, c])
///
/// x (items, tokens, 3, heads, width): q, k and v beside each other, as one linear layer makes them, PyTorch's
/// qkv(x).view(items, tokens, 3, heads, width). y (items, tokens, heads, width): the next linear layer reads it as it is.
/// mask (items, tokens) or null: tokens j with 0 are left out of the sums and the softmax, neither their k nor their v is read
/// (padding); an item whose tokens are all left out gives zeros. Null: all tokens count. Large scores are no
/// danger: the softmax subtracts the largest one. Forward only: there is no backward yet.
///
///     template <class T> struct kernel<op::attention, Backend, T> {
///       using R = resources<Backend, T>;
///       static void forward(const R&, const op::attention::size&, const T* x, const T* mask, T* y) noexcept;
///     };
struct attention {
  struct size {
    idx items, tokens, heads, width;
    double scale = 0;  ///< of scores; 0 stands for 1 / sqrt(width)

    double scale_of_scores() const { return scale != 0 ? scale : 1 / std::sqrt(static_cast<double>(width)); }
    /// Of a token in y, and in each of q, k and v.
    constexpr idx features() const { return heads * width; }
    constexpr idx multiply_adds() const { return 2 * items * tokens * tokens * features(); }
  };
};

}  // namespace auris::op
