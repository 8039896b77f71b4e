#pragma once
#include <auris/audio/features.hpp>
#include <auris/audio/front_end_tables.hpp>
#include <auris/core/kernel.hpp>
#include <auris/core/transfer.hpp>
#include <auris/core/view.hpp>
#include <auris/op/filter_bank.hpp>
#include <auris/op/pad.hpp>
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

}  // namespace detail

/// Turns sound into features, as `front_end_options` describe: `op::pad`, `op::stft`, `op::filter_bank`,
/// `op::logarithm`, `op::dct`. Its tables are made once and shared by copies; `run` and `queue` may be called from
/// several threads.
///
/// Shape      N samples -> (frames, bands), with p = floor(fft/2) on both sides, or p = 0 without padding:
///            frames = 1 + floor((N + 2 p - fft) / hop), which is 1 + floor(N/hop) for an even, padded transform.
/// Memory     tables; while running, a padded copy of the sound, the spectra of a block of frames and the kernels'
///            workspace: `queue` keeps them in a `scratch` of the caller.
/// Streaming  `front_end_stream` gives the same bits, whatever the chunks.
/// Errors     `create`: an option out of its range. `run`: a sample that is not finite; too few samples for one frame;
///            samples so large that the features overflow. Both and `queue`: out of memory.
///
///     const auto mels = front_end<cpu>::create(preset::panns_log_mel).value();
///     const features f = mels.run(std::vector<float>(32000)).value();          // 101 frames of 64 bands, all -100 dB
template <class Backend = cpu>
class front_end {
  using memory = typename Backend::memory;
  using queue_type = typename Backend::queue;

 public:
  /// Memory of calls of `queue` one after another, and what the last of them gave: as large as the largest needed.
  class scratch {
    friend front_end;
    arena<float, memory> samples, padded, spectrum, bands, workspace, features;
  };

  static result<front_end> create(const front_end_options& options) {
    auto tables = detail::front_end_tables<Backend>::make(options);
    if (!tables) return tables.error();
    return front_end(std::make_shared<const detail::front_end_tables<Backend>>(std::move(*tables)));
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

  /// Samples and features are the host's.
  result<features> run(std::span<const float> samples, queue_type q = Backend::default_queue()) const {
    const idx count = static_cast<idx>(samples.size());
    if (const idx i = detail::non_finite(samples); i >= 0)
      return error{"non-finite sample", message::of("front-end, sample ", i)};
    if (auto ok = check_size(1, count); !ok) return ok.error();
    scratch s;
    return features_of({padded(1, count, pad(), pad()), 0, frames(count)}, samples.data(), q, s);
  }

  /// Samples, items of (N), lie in the backend's memory, and so do the features, items of (frames, bands): in `s`,
  /// until its next call. Returns when the work is queued (`Backend::memory::wait` waits for it), so that a session's
  /// `queue` can take the features without a stop on the host. Looks at no sample: what is not finite, or too large,
  /// gives features that are not finite.
  ///
  ///     const auto mels = front_end<cpu>::create(preset::panns_log_mel).value();
  ///     front_end<cpu>::scratch memory;
  ///     const std::vector<float> two_seconds(2 * 32000);
  ///     view<const float> f = mels.queue({two_seconds.data(), 2, dims(32000)}, memory).value();       // 2 x (101, 64)
  result<view<const float>> queue(view<const float> samples, scratch& s,
                                  queue_type q = Backend::default_queue()) const {
    if (samples.s.rank != 1)
      return error{"wrong shape of the samples", "front-end", "(samples)", message::of(samples.s)};
    if (auto ok = check_size(samples.n, samples.s[0]); !ok) return ok.error();
    const view<const float> y{nullptr, samples.n, dims(frames(samples.s[0]), bands())};
    if (samples.n == 0) return y;
    if (!samples.p) return error{"null pointer", "front-end, samples"};
    const piece all{padded(samples.n, samples.s[0], pad(), pad()), 0, y.s[0]};
    if (auto ok = s.features.reserve(y.size()); !ok) return ok.error();
    if (auto ok = reserve(all, q, s); !ok) return ok.error();
    transform(all, samples.p, s.features.data(), q, s);
    if (auto ok = detail::status_of<Backend>(); !ok) return ok.error();
    return view<const float>{s.features.data(), y.n, y.s};
  }

 private:
  friend class front_end_stream<Backend>;

  /// Frames of sounds: the first one starts `skip` samples behind the padding's first.
  struct piece {
    op::pad::size sounds;
    idx skip, frames;
  };
  template <class Operation>
  using kernel_for = kernel_of<Operation, Backend, float>;

  explicit front_end(std::shared_ptr<const detail::front_end_tables<Backend>> tables) : tables_(std::move(tables)) {}

  idx pad() const { return options().padding == padding_kind::none ? 0 : options().fft / 2; }
  op::pad::size padded(idx items, idx count, idx before, idx after) const {
    return {items, count, before, after, options().padding == padding_kind::reflect, options().pre_emphasis};
  }
  error too_short(idx samples) const {
    return {"the sound is too short", "front-end", message::of("at least ", shortest(), " samples"),
            message::of(samples)};
  }
  result<void> check_size(idx items, idx count) const {
    constexpr idx most = idx(1) << 32;
    if (items < 0) return error{"wrong number of sounds", "front-end", "0 or more", message::of(items)};
    if (count < shortest()) return too_short(count);
    if (items > most || frames(count) > most / bands() / (items > 0 ? items : 1))
      return error{"too many features", "front-end", message::of("at most ", most),
                   message::of(items, " x ", frames(count), " frames of ", bands())};
    return {};
  }

  /// Frames whose spectra are kept at a time: as many as a cache of the host holds, and more on a GPU, to fill it.
  idx block() const {
    const idx fit = (idx(1) << 20) / (options().fft / 2 + 1) / 16 * 16;
    const idx most = fit < 16 ? 16 : fit > 1024 ? 1024 : fit;
    return memory::on_host ? most : 8 * most;
  }
  idx block(const piece& p) const { return p.frames < block() ? p.frames : block(); }
  op::stft::size stft_size(idx n) const {
    return {n, options().fft, options().hop, options().spectrum == spectrum_kind::power};
  }

  result<void> reserve(const piece& p, queue_type q, scratch& s) const {
    const op::stft::size spectra = stft_size(block(p));
    for (const auto& [to, size] :
         {std::pair{&s.padded, p.sounds.items * p.sounds.padded()},
          std::pair{&s.spectrum, spectra.frames * spectra.bins()},
          std::pair{&s.bands, options().coefficients ? spectra.frames * options().bands : idx{0}},
          std::pair{&s.workspace, forward_workspace<op::stft, Backend, float>(spectra, Backend::workers(q))}})
      if (auto ok = to->reserve(size); !ok) return ok;
    return {};
  }

  void transform(const piece& p, const float* samples, float* y, queue_type q, scratch& s) const {
    const front_end_options& o = options();
    const detail::front_end_tables<Backend>& tables = *tables_;
    const resources<Backend, float> r{q, s.workspace.data()};
    kernel_for<op::pad>::forward(r, p.sounds, samples, s.padded.data());
    for (idx i = 0; i < p.sounds.items; ++i)
      for (idx t = 0; t < p.frames; t += block(p)) {
        const idx n = p.frames - t < block(p) ? p.frames - t : block(p);
        const float* x = s.padded.data() + i * p.sounds.padded() + p.skip + t * o.hop;
        float *out = y + (i * p.frames + t) * bands(), *bank = o.coefficients ? s.bands.data() : out;
        kernel_for<op::stft>::forward(r, stft_size(n), x, tables.window.data(), tables.roots.data(), s.spectrum.data());
        kernel_for<op::filter_bank>::forward(r, {n, stft_size(n).bins(), o.bands}, s.spectrum.data(),
                                             tables.first.data(), tables.offset.data(), tables.weight.data(), bank);
        if (const compression& c = o.logarithm; c.scale != 0)
          kernel_for<op::logarithm>::forward(r, {n * o.bands, c.floor, c.offset, c.scale}, bank, bank);
        if (o.coefficients)
          kernel_for<op::dct>::forward(r, {n, o.bands, o.coefficients}, bank, tables.cosines.data(), out);
      }
  }

  /// From samples of the host to features of the host.
  result<features> features_of(const piece& p, const float* samples, queue_type q, scratch& s) const {
    const idx count = p.frames * bands();
    features f{std::vector<float>(static_cast<std::size_t>(count)), p.frames, bands()};
    if (auto ok = reserve(p, q, s); !ok) return ok.error();
    if constexpr (memory::on_host)
      transform(p, samples, f.values.data(), q, s);
    else {
      if (auto ok = s.samples.reserve(p.sounds.count); !ok) return ok.error();
      if (auto ok = s.features.reserve(count); !ok) return ok.error();
      memory::upload(q, p.sounds.count, samples, s.samples.data());
      transform(p, s.samples.data(), s.features.data(), q, s);
      memory::download(q, count, s.features.data(), f.values.data());
      if (auto ok = detail::status_of<Backend>(); !ok) return ok.error();
    }
    if (const idx i = detail::non_finite(f.values); i >= 0)
      return error{"the features overflow", message::of("front-end, frame ", i / bands()), "samples in about [-1, 1]"};
    return f;
  }

  std::shared_ptr<const detail::front_end_tables<Backend>> tables_;
};

}  // namespace auris
