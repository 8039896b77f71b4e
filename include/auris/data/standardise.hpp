#pragma once
#include <auris/core/result.hpp>
#include <auris/data/frame_matrix.hpp>
#include <cmath>
#include <span>
#include <vector>

namespace auris {

/// Standardisation of features per band: y = (x - mean) / deviation. Two plain vectors, to be stored with a model.
///
///     const standardisation s{{1, 2}, {2, 4}};                         // two bands
///     std::vector<float> x{3, 2, 1, 6};                                // two frames
///     s.apply(x).value();                                              // 1, 0, 0, 1
struct standardisation {
  std::vector<double> mean, deviation;

  /// Standardises rows of as many numbers as there are bands, in place.
  ///
  /// Errors  no band; vectors of different lengths; a deviation that is not above 0; a count of numbers that is no
  ///         multiple of the bands. Then x stays as it is.
  result<void> apply(std::span<float> x) const {
    constexpr const char* where = "standardisation";
    const std::size_t bands = mean.size();
    if (bands == 0 || deviation.size() != bands)
      return error{"bad standardisation", where, "as many deviations as means, at least 1",
                   message::of(deviation.size(), " and ", bands)};
    for (double d : deviation)
      if (!(d > 0)) return error{"bad standardisation", where, "deviations above 0", message::of(d)};
    if (x.size() % bands != 0)
      return error{"features do not fit", where, message::of("rows of ", bands), message::of(x.size(), " numbers")};
    for (std::size_t i = 0; i < x.size(); ++i)
      x[i] = static_cast<float>((static_cast<double>(x[i]) - mean[i % bands]) / deviation[i % bands]);
    return {};
  }
  result<void> apply(frame_matrix& m) const {
    if (m.width != static_cast<idx>(mean.size()))
      return error{"features do not fit", "standardisation", message::of(mean.size(), " bands"), message::of(m.width)};
    return apply(std::span<float>(m.values));
  }
};

namespace detail {
/// Of rows of `width` numbers: the mean of each band, and the sum of squares around it. Two passes, in double precision.
struct band_moments {
  std::vector<double> mean, square;

  band_moments(std::span<const float> x, std::size_t width) : mean(width), square(width) {
    const std::size_t frames = x.size() / width;
    const double rows = static_cast<double>(frames);
    for (std::size_t i = 0; i < x.size(); ++i) mean[i % width] += static_cast<double>(x[i]);
    if (rows > 0)
      for (double& m : mean) m /= rows;
    for (std::size_t i = 0; i < x.size(); ++i) {
      const double d = static_cast<double>(x[i]) - mean[i % width];
      square[i % width] += d * d;
    }
  }
};
}  // namespace detail

/// Standardisation of one clip by itself: every band less its mean over time, divided by its deviation.
///
///     y[t, b] = (x[t, b] - mean_b) / max(deviation_b, least),  deviation_b^2 = sum over t of (x[t, b] - mean_b)^2 / (frames - 1)
///
/// Shape   rows of `bands` numbers, in place. Of one frame the deviation is `least`.
/// Errors  no band; a count of numbers that is no multiple of the bands; a deviation that is not above 0. Then x stays as it is.
/// Source  the code of Jung et al. 2021 (DcaseNet), with 0.001
///
///     std::vector<float> x{1, 5, 3, 5};                                // two frames of two bands
///     standardise_clip(x, 2).value();                                  // -0.7071, 0, 0.7071, 0
inline result<void> standardise_clip(std::span<float> x, idx bands, double least = 0.001) {
  constexpr const char* where = "standardise_clip";
  if (!(least > 0)) return error{"bad standardisation", where, "deviations above 0", message::of(least)};
  const auto width = static_cast<std::size_t>(bands);
  if (bands < 1 || x.size() % width != 0)
    return error{"features do not fit", where, message::of("rows of ", bands), message::of(x.size(), " numbers")};
  const std::size_t frames = x.size() / width;
  detail::band_moments moments(x, width);
  for (double& d : moments.square) {
    d = frames > 1 ? std::sqrt(d / static_cast<double>(frames - 1)) : 0;
    d = d < least ? least : d;
  }
  for (std::size_t i = 0; i < x.size(); ++i)
    x[i] = static_cast<float>((static_cast<double>(x[i]) - moments.mean[i % width]) / moments.square[i % width]);
  return {};
}

/// Mean and population deviation (divided by n) per band over many recordings, one at a time.
///
/// Each recording's moments are taken in two passes in double precision; recordings are joined by
/// m = m_a + d n_b/n, s = s_a + s_b + d^2 n_a n_b/n with d = m_b - m_a (Chan, Golub & LeVeque 1979).
///
///     frame_matrix a(2, 1), b(1, 1);
///     a.values = {1, 2}, b.values = {6};
///     standardisation_fit fit;
///     fit.add(a).value();
///     fit.add(b).value();
///     const standardisation s = fit.get().value();                     // mean 3, deviation sqrt(14/3)
class standardisation_fit {
 public:
  /// Errors  a width that differs from the first recording's; a number that is not finite. Then nothing is added.
  result<void> add(const frame_matrix& x) {
    const auto width = static_cast<std::size_t>(x.width);
    if (width == 0 || (!mean_.empty() && mean_.size() != width))
      return error{"features do not fit", "standardisation_fit",
                   mean_.empty() ? message("1 or more bands") : message::of(mean_.size(), " bands"),
                   message::of(x.width)};
    for (idx t = 0; t < x.frames; ++t)
      for (std::size_t b = 0; b < width; ++b)
        if (!std::isfinite(x.row(t)[b]))
          return error{"non-finite feature", message::of("standardisation_fit, frame ", t, ", band ", b)};
    if (x.frames == 0) return {};
    const double n_b = static_cast<double>(x.frames), n_a = frames_, n = n_a + n_b;
    const auto [mean, square] = detail::band_moments(x.values, width);
    mean_.resize(width), square_.resize(width);
    for (std::size_t b = 0; b < width; ++b) {
      const double d = mean[b] - mean_[b];
      mean_[b] += d * n_b / n;
      square_[b] += square[b] + d * d * n_a * n_b / n;
    }
    frames_ = n;
    return {};
  }

  /// A band that never changes gets deviation 1.
  ///
  /// Errors  no frame was added.
  result<standardisation> get() const {
    if (frames_ == 0) return error{"no frame to standardise by", "standardisation_fit"};
    standardisation s{mean_, square_};
    for (double& d : s.deviation) d = d > 0 ? std::sqrt(d / frames_) : 1;
    return s;
  }

 private:
  std::vector<double> mean_, square_;
  double frames_ = 0;
};

}  // namespace auris
