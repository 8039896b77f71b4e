#pragma once
#include <auris/audio/features.hpp>
#include <auris/audio/front_end_options.hpp>
#include <auris/core/kernel.hpp>
#include <auris/op/dct.hpp>
#include <auris/op/filter_bank.hpp>
#include <auris/op/stft.hpp>
#include <memory>
#include <span>

namespace auris {

template <class Backend>
class front_end_stream;

namespace detail {

/// The index of the first sample that is no finite number, or -1.
inline idx non_finite(std::span<const float> x) {
  for (std::size_t i = 0; i < x.size(); ++i)
    if (!std::isfinite(x[i])) return static_cast<idx>(i);
  return -1;
}

/// y[n] = x[n + 1] - factor x[n], n = 0..count-1
inline void pre_emphasise(const float* x, idx count, double factor, float* y) {
  const float f = static_cast<float>(factor);
  for (idx n = 0; n < count; ++n) y[n] = x[n + 1] - f * x[n];
}

}  // namespace detail

/// Turns sound into features, as `front_end_options` describe: pre-emphasis, padding, `op::stft`, `op::filter_bank`,
/// `op::logarithm`, `op::dct`. Its tables are made once and shared by copies; `run` may be called from several threads.
///
/// Shape      N samples -> (frames, bands), with p = floor(fft/2) on both sides, or p = 0 without padding:
///            frames = 1 + floor((N + 2 p - fft) / hop), which is 1 + floor(N/hop) for an even, padded transform.
/// Memory     tables; while running, a padded copy of the sound, the spectra of about 2^20 / fft frames and the
///            kernels' workspace.
/// Streaming  `front_end_stream` gives the same bits, whatever the chunks.
/// Errors     `create`: an option out of its range. `run`: a sample that is not finite; too few samples for one frame;
///            samples so large that the features overflow.
///
///     const auto mels = front_end<cpu>::create(preset::panns_log_mel).value();
///     const features f = mels.run(std::vector<float>(32000)).value();          // 101 frames of 64 bands, all -100 dB
template <class Backend = cpu>
class front_end {
 public:
  using queue = typename Backend::queue;

  static result<front_end> create(const front_end_options& options) {
    if (const auto checked = options.check(); !checked) return checked.error();
    auto bank = make_filter_bank({options.rate, options.fft, options.bands, options.lowest, options.highest,
                                  options.scale, options.area_normalised, options.axis});
    if (!bank) return bank.error();
    return front_end(options, std::move(*bank));
  }

  const front_end_options& options() const { return tables_->options; }
  /// Columns of the features: bands, or coefficients.
  idx bands() const { return options().coefficients ? options().coefficients : options().bands; }
  /// The fewest samples that give a frame.
  idx shortest() const {
    const front_end_options& o = options();
    const idx samples = o.padding == padding_kind::none ? o.fft : o.padding == padding_kind::reflect ? pad() + 1 : 1;
    return samples + (o.pre_emphasis != 0);
  }
  /// Frames that come of `samples`.
  idx frames(idx samples) const {
    if (samples < shortest()) return 0;
    return 1 + (samples - (options().pre_emphasis != 0) + 2 * pad() - options().fft) / options().hop;
  }

  result<features> run(std::span<const float> samples, queue q = Backend::default_queue()) const {
    const idx count = static_cast<idx>(samples.size());
    if (const idx i = detail::non_finite(samples); i >= 0)
      return error{"non-finite sample", message::of("front-end, sample ", i)};
    if (count < shortest()) return too_short(count);
    constexpr idx most = idx(1) << 32;
    if (frames(count) > most / bands())
      return error{"too many features", "front-end", message::of("at most ", most),
                   message::of(frames(count), " frames of ", bands())};

    const idx n = count - (options().pre_emphasis != 0), p = pad();
    std::vector<float> padded(static_cast<std::size_t>(n + 2 * p));
    float* x = padded.data() + p;
    if (options().pre_emphasis != 0)
      detail::pre_emphasise(samples.data(), n, options().pre_emphasis, x);
    else
      std::copy(samples.begin(), samples.end(), x);
    if (options().padding == padding_kind::reflect)
      for (idx k = 1; k <= p; ++k) x[-k] = x[k], x[n - 1 + k] = x[n - 1 - k];
    scratch s;
    return transform(padded.data(), frames(count), q, s);
  }

 private:
  friend class front_end_stream<Backend>;

  struct tables {
    front_end_options options;
    filter_bank bank;
    std::vector<float> window, roots, cosines;
  };
  struct scratch {
    std::vector<float> workspace, spectrum, bands;
  };
  template <class Operation>
  using kernel_for = kernel_of<Operation, Backend, float>;

  front_end(const front_end_options& o, filter_bank bank) {
    tables t{o, std::move(bank), {}, {}, {}};
    const auto window =
        centred_window(auris::window(o.window, o.symmetry, o.window_length ? o.window_length : o.fft), o.fft);
    double energy = 0;
    for (double w : window) energy += w * w;
    const double scale = o.unit_energy && energy > 0 ? 1 / std::sqrt(energy) : 1;
    for (double w : window) t.window.push_back(static_cast<float>(w * scale));
    t.roots.resize(static_cast<std::size_t>(2 * o.fft));
    op::stft::make_table(o.fft, t.roots.data());
    t.cosines.resize(static_cast<std::size_t>(o.coefficients * o.bands));
    op::dct::make_table(o.bands, o.coefficients, t.cosines.data());
    tables_ = std::make_shared<const tables>(std::move(t));
  }

  idx pad() const { return options().padding == padding_kind::none ? 0 : options().fft / 2; }
  error too_short(idx samples) const {
    return {"the sound is too short", "front-end", message::of("at least ", shortest(), " samples"),
            message::of(samples)};
  }
  /// Frames whose spectra are kept at a time.
  idx block() const {
    const idx fit = (idx(1) << 20) / (options().fft / 2 + 1) / 16 * 16;
    return fit < 16 ? 16 : fit > 1024 ? 1024 : fit;
  }

  result<features> transform(const float* padded, idx count, queue q, scratch& s) const {
    const front_end_options& o = options();
    const idx block_frames = count < block() ? count : block();
    const auto grow = [](std::vector<float>& v, idx size) {
      if (static_cast<idx>(v.size()) < size) v.resize(static_cast<std::size_t>(size));
    };
    const auto stft_size = [&](idx n) { return op::stft::size{n, o.fft, o.hop, o.spectrum == spectrum_kind::power}; };
    grow(s.spectrum, block_frames * stft_size(0).bins());
    if (o.coefficients) grow(s.bands, block_frames * o.bands);
    grow(s.workspace, workspace(stft_size(block_frames), q));
    const resources<Backend, float> r{q, s.workspace.data()};

    features f{std::vector<float>(static_cast<std::size_t>(count * bands())), count, bands()};
    for (idx t = 0; t < count; t += block_frames) {
      const idx n = count - t < block_frames ? count - t : block_frames;
      float *out = f.values.data() + t * bands(), *bank = o.coefficients ? s.bands.data() : out;
      kernel_for<op::stft>::forward(r, stft_size(n), padded + t * o.hop, tables_->window.data(), tables_->roots.data(),
                                    s.spectrum.data());
      kernel_for<op::filter_bank>::forward(r, {n, stft_size(n).bins(), o.bands}, s.spectrum.data(),
                                           tables_->bank.first.data(), tables_->bank.offset.data(),
                                           tables_->bank.weight.data(), bank);
      if (const compression& c = o.logarithm; c.scale != 0)
        kernel_for<op::logarithm>::forward(r, {n * o.bands, c.floor, c.offset, c.scale}, bank, bank);
      if (o.coefficients)
        kernel_for<op::dct>::forward(r, {n, o.bands, o.coefficients}, bank, tables_->cosines.data(), out);
    }
    if (const idx i = detail::non_finite(f.values); i >= 0)
      return error{"the features overflow", message::of("front-end, frame ", i / bands()), "samples in about [-1, 1]"};
    return f;
  }

  static idx workspace(const op::stft::size& s, queue q) {
    return forward_workspace<op::stft, Backend, float>(s, Backend::workers(q));
  }

  std::shared_ptr<const tables> tables_;
};

}  // namespace auris
