#include <auris/backend/cpu/blocks.hpp>
#include <auris/backend/cpu/loops.hpp>
#include <auris/backend/cpu/weighted_mean.hpp>

namespace auris {
namespace detail {

/// Up to sixteen columns of a (length, inner) matrix.
struct column_lines {
  idx length, inner, first;  ///< `first`: where they start, from the array's beginning
  idx used;

  /// f(rows, stride, p...) over all rows: as they stand, or through padded copies where columns are fewer.
  template <class F, class... P>
  void each(const F& f, P*... p) const noexcept {
    if (used == line) return f(length, inner, moved(p, first)...);
    constexpr idx at_once = 64;
    float copies[sizeof...(P)][at_once * line];
    for (idx k = 0; k < length; k += at_once) {
      const idx rows = length - k < at_once ? length - k : at_once, from = first + k * inner;
      idx i = 0;
      (read(rows, moved(p, from), copies[i++]), ...);
      call(f, rows, copies, std::index_sequence_for<P...>{}, p...);
      i = 0;
      (write(rows, copies[i++], moved(p, from)), ...);
    }
  }

 private:
  template <class F, std::size_t Count, std::size_t N, std::size_t... I, class... P>
  static void call(const F& f, idx rows, float (&copies)[Count][N], std::index_sequence<I...>, P*... p) noexcept {
    f(rows, line, (p ? copies[I] : nullptr)...);
  }
  void read(idx rows, const float* from, float* to) const noexcept {
    for (idx k = 0; from && k < rows; ++k)
      for (idx q = 0; q < line; ++q) to[k * line + q] = q < used ? from[k * inner + q] : 0;
  }
  void read(idx, float*, float*) const noexcept {}
  void write(idx, const float*, const float*) const noexcept {}
  void write(idx rows, const float* from, float* to) const noexcept {
    for (idx k = 0; to && k < rows; ++k)
      for (idx q = 0; q < used; ++q) to[k * inner + q] = from[k * line + q];
  }
};

/// work(lines, number of their first column) for all columns of (outer, length, inner).
template <class Work>
void for_column_lines(executor& e, idx outer, idx length, idx inner, const Work& work) noexcept {
  const idx across = (inner + line - 1) / line;
  for_ranges(e, outer * across, row_grain(length * line), [&](idx begin, idx end, int) {
    for (idx b = begin; b < end; ++b) {
      const idx o = b / across, j = b % across * line;
      work(column_lines{length, inner, o * length * inner + j, inner - j < line ? inner - j : line}, o * inner + j);
    }
  });
}

/// Means and sums of weights of columns.
struct weighted_columns {
  float mean[line], weights[line];

  weighted_columns(const column_lines& c, const float* x, const float* weight) noexcept {
    float sums[2 * line] = {};
    c.each([&](idx rows, idx stride, const float* values,
               const float* w) { loops::add_weighted_rows(rows, stride, values, w, sums); },
           x, weight);
    for (idx q = 0; q < line; ++q) {
      weights[q] = sums[line + q];
      mean[q] = weights[q] == 0 ? 0 : sums[q] / weights[q];
    }
  }
};

}  // namespace detail

AURIS_KERNEL void kernel<op::weighted_mean, cpu, float>::forward(const R& r, const op::weighted_mean::size& s,
                                                                 const float* x, const float* weight,
                                                                 float* y) noexcept {
  detail::for_column_lines(*r.queue, s.outer, s.length, s.inner, [&](const detail::column_lines& c, idx first) {
    const detail::weighted_columns of(c, x, weight);
    for (idx q = 0; q < c.used; ++q) y[first + q] = of.mean[q];
  });
}

AURIS_KERNEL void kernel<op::weighted_mean, cpu, float>::backward(const R& r, const op::weighted_mean::size& s,
                                                                  const float* x, const float* weight, const float* dy,
                                                                  float* dx, float* dweight) noexcept {
  detail::for_column_lines(*r.queue, s.outer, s.length, s.inner, [&](const detail::column_lines& c, idx first) {
    const detail::weighted_columns of(c, x, weight);
    float share[detail::line] = {};
    for (idx q = 0; q < c.used; ++q)
      if (of.weights[q] != 0) share[q] = dy[first + q] / of.weights[q];
    c.each(
        [&](idx rows, idx stride, const float* values, const float* w, float* to_values, float* to_weights) {
          detail::loops::weighted_rows_backward(rows, stride, values, w, share, of.mean, to_values, to_weights);
        },
        x, weight, dx, dweight);
  });
}

}  // namespace auris
