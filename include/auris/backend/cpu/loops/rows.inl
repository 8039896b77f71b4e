// Between rows of values and lines of as many rows as a vector has lanes.
namespace auris::detail::AURIS_SET {

/// x (rows, count; `lanes` rows or fewer) to lines (count, lanes); other lanes are zero.
inline void read_rows(idx rows, idx count, const float* x, float* lines) noexcept {
  idx k = 0;
  if (rows >= lanes)
    for (; k + lanes <= count; k += lanes) transpose_lanes(x + k, count, lines + k * lanes, lanes);
  for (; k < count; ++k)
    for (idx r = 0; r < lanes; ++r) lines[k * lanes + r] = r < rows ? x[r * count + k] : 0;
}
/// The reverse: lines (count, lanes) to y (rows, count).
inline void write_rows(idx rows, idx count, const float* lines, float* y) noexcept {
  idx k = 0;
  if (rows >= lanes)
    for (; k + lanes <= count; k += lanes) transpose_lanes(lines + k * lanes, lanes, y + k, count);
  for (; k < count; ++k)
    for (idx r = 0; r < lanes && r < rows; ++r) y[r * count + k] = lines[k * lanes + r];
}

/// A signal cut into rows of `hop` samples, as columns: at[c * stride + r] = x[r * hop + c], for c < columns, as far as the
/// signal goes. What frames share is moved once.
inline void place_side_by_side(idx samples, const float* x, idx hop, idx rows, idx columns, float* at,
                               idx stride) noexcept {
  for (idx c = 0; c < columns; c += lanes)
    for (idx r = 0; r < rows; r += lanes) {
      const float* from = x + r * hop + c;
      float* to = at + c * stride + r;
      if (r + lanes <= rows && (r + lanes - 1) * hop + c + lanes <= samples) {
        transpose_lanes(from, hop, to, stride);
        continue;
      }
      for (idx i = 0; i < lanes && r + i < rows; ++i)
        for (idx j = 0; j < lanes && (r + i) * hop + c + j < samples; ++j) to[j * stride + i] = from[i * hop + j];
    }
}

}  // namespace auris::detail::AURIS_SET
