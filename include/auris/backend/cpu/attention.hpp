#pragma once
#include <auris/backend/cpu/packed_rows.hpp>
#include <auris/op/attention.hpp>

namespace auris {

template <>
struct kernel<op::attention, cpu, float> {
  using R = resources<cpu, float>;
  using size = op::attention::size;

  static constexpr idx forward_workspace(const size& s, int workers) {
    return detail::alignment_slack + at_once(s) * s.heads * packed_head(s) + workers * block_scratch(s);
  }
  static void forward(const R& r, const size& s, const float* x, const float* mask, float* y) noexcept;

 private:
  static constexpr idx columns = detail::product_width;        ///< queries of a block
  static constexpr idx most_keys = 16 * detail::product_rows;  ///< whose scores stay in the first cache
  static constexpr idx packed_at_once = idx(1) << 20;          ///< scalars

  static constexpr idx packed_keys(const size& s) { return detail::packed_rows::size(s.tokens, s.width); }
  /// k in packed rows, v (whole lines of width, tokens, 16), without tokens that do not count.
  static constexpr idx packed_head(const size& s) { return packed_keys(s) + detail::whole_lines(s.width) * s.tokens; }
  /// Items that are packed at once.
  static constexpr idx at_once(const size& s) {
    const idx item = s.heads * packed_head(s), room = item > 0 ? packed_at_once / item : s.items;
    return room < 1 ? 1 : room < s.items ? room : s.items;
  }
  static constexpr idx keys_of_block(const size& s) {
    const idx all = (s.tokens + detail::product_rows - 1) / detail::product_rows * detail::product_rows;
    return all < most_keys ? all : most_keys;
  }
  /// What a worker needs for a block of queries, a column each: q, scores, y and what the softmax keeps of a column.
  static constexpr idx block_scratch(const size& s) {
    return columns * (s.width + keys_of_block(s) + detail::whole_lines(s.width) + 3);
  }

  /// The tokens of an item that count.
  static idx attended(const size& s, const float* mask) noexcept;
  static void pack(const size& s, const float* k, const float* v, const float* mask, float* to) noexcept;
  /// y of `count` queries from `keys` packed keys and values.
  static void attend(const size& s, idx count, const float* q, idx keys, const float* packed, float* own,
                     float* y) noexcept;
};

}  // namespace auris
