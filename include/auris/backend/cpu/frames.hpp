#pragma once
#include <auris/backend/cpu/loops.hpp>
#include <auris/core/executor.hpp>
#include <auris/op/stft.hpp>
#include <new>

namespace auris::detail {

/// How the CPU backend transforms frames: one per vector lane, so that no frame's bits depend on its neighbours and the
/// transform needs no shuffles. The sizes of all memory that this takes; for the arrays see `fft_task`.
struct frame_memory {
  fft_radices radices;
  idx fft, hop;

  constexpr explicit frame_memory(const op::stft::size& s)
      : radices(s.fft % 2 ? s.fft : s.fft / 2), fft(s.fft), hop(s.hop) {}

  /// Samples from one frame to the next, or all of a frame.
  constexpr idx columns() const { return hop < fft ? hop : fft; }
  /// Frames that are moved side by side at a time: more where what they share then stays in a cache.
  constexpr idx block() const { return columns() <= 1024 ? 4 * line : line; }
  constexpr idx rows(idx frames) const { return frames + (hop < fft ? (fft - 1) / hop : 0); }
  constexpr idx stride() const { return block() > line ? whole_lines(rows(block())) : (rows(block()) + 3) / 4 * 4; }
  constexpr idx side_by_side() const { return whole_lines(columns()) * stride(); }
  constexpr idx data() const { return 2 * radices.length * line; }
  constexpr idx power() const { return (fft / 2 + 1) * line; }
  constexpr idx scratch() const { return 2 * radices.largest() * line; }

  constexpr idx shared() const { return alignment_slack + sizes_of_samples(); }
  constexpr idx sizes_of_samples() const { return whole_lines(2 * fft); }

  /// The order of the first pass: samples of numbers r, r + part, r + 2 part, ... for r = 0, 1, ...
  /// Those of an even transform are halved, see `power_of_pair`.
  void order_samples(const float* window, fft_sample* to) const noexcept {
    const idx p = radices.radix[0], part = radices.length / p, of_number = fft % 2 ? 1 : 2;
    const float share = fft % 2 ? 1.f : 0.5f;
    for (idx j = 0, n = 0, row = 0, column = 0; j < p; ++j)
      for (idx r = 0; r < part; ++r)
        for (idx i = 0; i < of_number; ++i, ++n, ++column) {
          if (column == columns()) column = 0, ++row;
          to[(r * p + j) * of_number + i] = {static_cast<int>(column * stride() + row), window[n] * share};
        }
  }

  constexpr idx per_worker() const { return side_by_side() + data() + power() + scratch(); }
};

/// Runs work(begin, end, task, frames, more) over blocks of frames: these stand side by side at `frames`. `more` is memory of
/// `extra` floats for each worker.
template <class Work>
void for_frames(executor& e, const op::stft::size& s, const float* x, const float* window, const float* roots,
                float* workspace, idx extra, const Work& work) noexcept {
  const frame_memory m(s);
  workspace = aligned(workspace);
  auto* samples = ::new (workspace) fft_sample[static_cast<std::size_t>(s.fft)];
  m.order_samples(window, samples);
  workspace += m.sizes_of_samples();
  for_ranges(e, s.frames, m.block(), [&](idx begin, idx end, int worker) {
    float* frames = workspace + worker * (m.per_worker() + extra);
    float *data = frames + m.side_by_side(), *power = data + m.data(), *scratch = power + m.power();
    if ((end - begin) % line != 0)  // lanes without a frame
      for (idx i = 0; i < m.side_by_side(); ++i) frames[i] = 0;
    loops::place_side_by_side(s.samples() - begin * s.hop, x + begin * s.hop, s.hop, m.rows(end - begin), m.columns(),
                              frames, m.stride());
    const fft_task task{s.fft, &m.radices, roots, samples, data, power, scratch};
    work(begin, end, task, frames, scratch + m.scratch());
  });
}

}  // namespace auris::detail
