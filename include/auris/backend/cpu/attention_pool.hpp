#pragma once
#include <auris/backend/cpu/column_group.hpp>
#include <auris/op/attention_pool.hpp>

namespace auris {

template <>
struct kernel<op::attention_pool, cpu, float> {
  using R = resources<cpu, float>;
  using size = op::attention_pool::size;
  template <class T>
  using weights = op::attention_pool::weights<T>;

  static constexpr idx forward_workspace(const size& s, int workers) { return workers * 4 * column_block(s); }
  static void forward(const R& r, const size& s, const float* x, const weights<const float>& w, float* y,
                      float* a) noexcept;

  static constexpr idx backward_workspace(const size& s, int workers) {
    return workers * backward_scratch(s) + blocks(s) * gradient_block(s);
  }
  static void backward(const R& r, const size& s, const float* x, const weights<const float>& w, const float* dy,
                       const float* da, float* dx, const weights<float>* gradients) noexcept;

 private:
  using group = detail::column_group;

  /// Sixteen columns side by side.
  static constexpr idx column_block(const size& s) { return s.length * detail::line; }
  static constexpr idx groups(const size& s) { return group::count(s.columns()); }
  static constexpr idx width(const size& s) { return detail::whole_lines(s.length); }
  /// x, u, v, sigmoids and da of a group, and x transposed.
  static constexpr idx backward_scratch(const size& s) { return 5 * column_block(s) + detail::line * width(s); }
  /// What a block of groups adds to the gradients of the weights.
  static constexpr idx gradient_block(const size& s) { return 2 * s.length * (width(s) + 1); }
  static constexpr idx blocks(const size& s) {
    const idx room = (idx(1) << 20) / gradient_block(s), most = room < 4 ? 4 : room > 32 ? 32 : room;
    return groups(s) < most ? groups(s) : most;
  }

  static void pool(const size& s, const group& g, const float* x, const weights<const float>& w, float* columns,
                   float* u, float* v, float* sigmoids, float* y) noexcept;
  static idx map(const size& s, idx column) noexcept;
};

}  // namespace auris
