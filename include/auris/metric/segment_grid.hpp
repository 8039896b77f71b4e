#pragma once
#include <auris/core/result.hpp>
#include <auris/metric/frame_range.hpp>
#include <cmath>
#include <span>
#include <vector>

namespace auris {

/// Segments of equal length over a file, segment i = [i s, (i + 1) s), and which frames and events each one meets.
///
/// Multiples of a hop like 0.2 s are not exact in binary (15 x 0.2 > 3), so a plain comparison would let a frame leak
/// into the neighbouring segment. By default all times are compared as whole nanoseconds: boundaries are exact. With
/// `time_decimals` = N frame times and boundaries (not events) are instead rounded as numpy does, multiply by 10^N,
/// round half to even, divide, for parity with sed_scores_eval: its default is 6; with 30, as in the baseline of DCASE
/// 2023 task 4B, the boundary 15 becomes 14.999999999999998 and an event from 14 to 15 s leaks into segment 15.
///
/// Shape   ceil(duration/s) segments.
/// Memory  two numbers; 16 bytes per segment for the frames.
/// Errors  a segment outside of 1e-6 to 1e9 s; a duration outside of 0 to 1e9 s; more than 2^26 segments; decimals
///         outside of -1 to 100; frame times that are negative, not finite, beyond 1e9 s or go back.
///
///     const segment_grid grid = segment_grid::create(1.0, 2.5).value();      // 3 segments
///     const std::vector<double> times{0, 0.5, 1, 1.5, 2, 2.5};
///     const auto frames = grid.frames_of_segments(times).value();            // [0, 2), [2, 4), [4, 5)
///     const frame_range touched = grid.segments_of(0.25, 1.0);               // [0, 1)
class segment_grid {
 public:
  static result<segment_grid> create(double segment, double duration, int time_decimals = -1) {
    constexpr double shortest = 1e-6, longest = 1e9, most = 1 << 26;
    if (!(segment >= shortest) || !(segment <= longest))
      return error{"bad segment length", "segment grid", "1e-6 to 1e9 s", message::of(segment)};
    if (!(duration >= 0) || !(duration <= longest))
      return error{"bad duration", "segment grid", "0 to 1e9 s", message::of(duration)};
    if (time_decimals < -1 || time_decimals > 100)
      return error{"bad number of decimals", "segment grid", "-1 (exact) to 100", message::of(time_decimals)};
    segment_grid grid(segment, time_decimals);
    const double n = std::ceil(duration / segment);
    if (!(n <= most)) return error{"too many segments", "segment grid", "at most 2^26", message::of(n)};
    grid.segments_ = static_cast<idx>(n);
    if (grid.exact()) {  // the quotient may be wrong by one
      while (grid.segments_ > 0 && grid.boundary(grid.segments_ - 1) >= grid.time(duration)) --grid.segments_;
      while (grid.boundary(grid.segments_) < grid.time(duration)) ++grid.segments_;
    }
    return grid;
  }

  idx segments() const { return segments_; }

  /// For each segment the frames that overlap it; frame k lasts from times[k] to times[k + 1].
  result<std::vector<frame_range>> frames_of_segments(std::span<const double> times) const {
    for (std::size_t k = 0; k < times.size(); ++k)
      if (!(times[k] >= (k ? times[k - 1] : 0)) || !(times[k] <= 1e9))
        return error{"bad frame time", message::of("time ", k), "0 to 1e9 s, not before the one before",
                     message::of(times[k])};
    const idx count = static_cast<idx>(times.size()), frames = count > 0 ? count - 1 : 0;
    std::vector<frame_range> found(static_cast<std::size_t>(segments_));
    idx after = 0, until = 0;  // the first times > the segment's start and >= its end
    for (idx i = 0; i < segments_; ++i) {
      while (after < count && !(time(times[static_cast<std::size_t>(after)]) > boundary(i))) ++after;
      while (until < count && !(time(times[static_cast<std::size_t>(until)]) >= boundary(i + 1))) ++until;
      const idx begin = after > 0 ? after - 1 : 0, end = until < frames ? until : frames;
      found[static_cast<std::size_t>(i)] = {begin, begin < end ? end : begin};
    }
    return found;
  }

  /// The segments with onset < segment end and offset > segment start.
  frame_range segments_of(double onset, double offset) const {
    const double begin = exact() ? time(onset) : onset, end = exact() ? time(offset) : offset;
    // The quotient is right but for rounding, so look from one segment beside.
    const double n = static_cast<double>(segments_);
    const double near_begin = std::floor(onset / segment_) - 1, near_end = std::floor(offset / segment_) - 1;
    idx first = near_begin < 0 ? 0 : static_cast<idx>(near_begin < n ? near_begin : n);
    while (first < segments_ && !(begin < boundary(first + 1))) ++first;
    idx last = near_end < static_cast<double>(first) ? first : static_cast<idx>(near_end < n ? near_end : n);
    while (last < segments_ && end > boundary(last)) ++last;
    return {first, last};
  }

 private:
  segment_grid(double segment, int decimals)
      : segment_(segment), scale_(decimals < 0 ? 1e9 : power_of_ten(decimals)), decimals_(decimals) {}

  /// By repeated multiplication as in numpy: from 10^23 on other bits than the rounded power, which decide whether 15 stays 15.
  static double power_of_ten(int n) {
    double power = 1;
    for (int i = 0; i < n; ++i) power *= 10;
    return power;
  }

  bool exact() const { return decimals_ < 0; }
  double time(double t) const { return exact() ? std::nearbyint(t * scale_) : std::nearbyint(t * scale_) / scale_; }
  double boundary(idx i) const { return time(static_cast<double>(i) * segment_); }

  double segment_, scale_;
  int decimals_;
  idx segments_ = 0;
};

}  // namespace auris
