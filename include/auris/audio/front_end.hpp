#pragma once
#include <auris/audio/features.hpp>
#include <auris/audio/finite_check.hpp>
#include <auris/audio/front_end_piece.hpp>
#include <auris/audio/front_end_tables.hpp>
#include <auris/core/kernel.hpp>
#include <auris/core/transfer.hpp>
#include <auris/core/view.hpp>
#include <auris/op/bands.hpp>
#include <auris/op/constant_q.hpp>
#include <memory>
#include <span>

namespace auris {

template <class Backend>
class front_end_stream;

/// Turns sound into features, as `front_end_options` describe: `op::pad`, `op::bands` or `op::constant_q` and
/// `op::logarithm`, `op::dct`. Its tables are made once and shared by copies; `run` and `queue` may be called from several
/// threads.
///
/// Shape      N samples -> (frames, bands), with `frame` samples in a frame, p = floor(frame/2) on both sides, or p = 0
///            without padding: frames = 1 + floor((N + 2 p - frame) / hop), which is 1 + floor(N/hop) for even, padded frames.
/// Memory     tables; while running, a padded copy of short sounds or of the ends of long ones (on a GPU, of all) and the
///            kernels' workspace: `queue` keeps them in a `scratch` of the caller.
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
    arena<float, memory> samples, padded, bands, workspace, features;
  };

  static result<front_end> create(const front_end_options& options) {
    auto tables = detail::front_end_tables<Backend>::make(options);
    if (!tables) return tables.error();
    return front_end(std::make_shared<const detail::front_end_tables<Backend>>(std::move(*tables)));
  }

  const front_end_options& options() const { return tables_->options; }
  /// Columns of the features: bands, or coefficients.
  idx bands() const { return options().columns(); }
  /// Samples that a frame covers: the transform, or the longest constant-Q band.
  idx frame() const { return tables_->frame; }
  /// The fewest samples that give a frame.
  idx shortest() const {
    const front_end_options& o = options();
    const idx samples = o.padding == padding_kind::none ? frame() : o.padding == padding_kind::reflect ? pad() + 1 : 1;
    return samples + (o.pre_emphasis != 0);
  }
  /// Frames that come of `samples`.
  idx frames(idx samples) const {
    if (samples < shortest()) return 0;
    return 1 + (samples - (options().pre_emphasis != 0) + 2 * pad() - frame()) / options().hop;
  }

  /// Samples and features are the host's.
  result<features> run(std::span<const float> samples, queue_type q = Backend::default_queue()) const {
    const idx count = static_cast<idx>(samples.size());
    if (auto ok = check_size(1, count); !ok) return ok.error();
    scratch s;
    detail::finite_check check(samples);
    auto made = features_of({padded(1, count, pad(), pad()), 0, frames(count)}, samples.data(), q, s, check);
    if (!check.all()) return error{"non-finite sample", message::of("front-end, sample ", check.first_bad())};
    return made;
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
    detail::finite_check none;
    transform(all, samples.p, s.features.data(), q, s, none);
    if (auto ok = detail::status_of<Backend>(); !ok) return ok.error();
    return view<const float>{s.features.data(), y.n, y.s};
  }

 private:
  friend class front_end_stream<Backend>;

  using piece = detail::front_end_piece;
  template <class Operation>
  using kernel_for = kernel_of<Operation, Backend, float>;

  explicit front_end(std::shared_ptr<const detail::front_end_tables<Backend>> tables) : tables_(std::move(tables)) {}

  idx pad() const { return options().padding == padding_kind::none ? 0 : frame() / 2; }
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

  op::bands::size bands_of(idx n) const {
    const front_end_options& o = options();
    const compression& c = o.logarithm;
    return {{n, o.fft, o.hop, o.spectrum == spectrum_kind::power}, o.bands, c.floor, c.offset, c.scale, c.low};
  }
  op::constant_q::size constant_q_of(idx n) const {
    const front_end_options& o = options();
    return {n, frame(), o.hop, o.bands, tables_->weights, o.spectrum == spectrum_kind::power};
  }
  bool has_constant_q() const { return options().transform == transform_kind::constant_q; }
  op::dct::size coefficients_of(idx n) const { return {n, options().bands, options().coefficients}; }

  result<void> reserve(const piece& p, queue_type q, scratch& s) const {
    const front_end_options& o = options();
    const int workers = Backend::workers(q);
    const idx for_bands = has_constant_q()
                              ? forward_workspace<op::constant_q, Backend, float>(constant_q_of(p.frames), workers)
                              : forward_workspace<op::bands, Backend, float>(bands_of(p.frames), workers);
    const idx for_dct = forward_workspace<op::dct, Backend, float>(coefficients_of(p.frames), workers);
    for (const auto& [to, size] :
         {std::pair{&s.padded, copies_all(p) ? p.sounds.items * p.sounds.padded() : p.copied(frame(), o.hop)},
          std::pair{&s.bands, o.coefficients ? p.frames * o.bands : idx{0}},
          std::pair{&s.workspace, for_bands < for_dct ? for_dct : for_bands}})
      if (auto ok = to->reserve(size); !ok) return ok;
    return {};
  }

  /// Sounds are copied and padded as a whole: on a GPU, and where that costs less than to make frames at their ends apart.
  static bool copies_all(const piece& p) { return !memory::on_host || p.small(); }
  void transform(const piece& p, const float* samples, float* y, queue_type q, scratch& s,
                 detail::finite_check& check) const {
    const resources<Backend, float> r{q, s.workspace.data()};
    const idx item = p.frames * bands();
    if (copies_all(p)) {
      if (!check.all()) return;
      kernel_for<op::pad>::forward(r, p.sounds, samples, s.padded.data());
      for (idx i = 0; i < p.sounds.items; ++i)
        transform_frames(r, p.frames, s.padded.data() + i * p.sounds.padded() + p.skip, y + i * item, s);
      return;
    }
    for (idx i = 0; i < p.sounds.items; ++i)
      for (idx t = 0; t < p.frames;) {
        const piece::run run = p.run_from(t, frame(), options().hop);
        if (!check.up_to(run.last)) return;
        const float* x = samples + i * p.sounds.count + run.first;
        if (run.copied) kernel_for<op::pad>::forward(r, run.part, x, s.padded.data());
        transform_frames(r, run.frames, (run.copied ? s.padded.data() : x) + run.skip, y + i * item + t * bands(), s);
        t += run.frames;
      }
  }
  void transform_frames(const resources<Backend, float>& r, idx n, const float* x, float* y, scratch& s) const {
    const detail::front_end_tables<Backend>& t = *tables_;
    float* bank = options().coefficients ? s.bands.data() : y;
    const op::bands::size bands = bands_of(n);
    if (has_constant_q()) {
      kernel_for<op::constant_q>::forward(r, constant_q_of(n), x, t.first.data(), t.offset.data(), t.weight.data(),
                                          bank);
      if (bands.scale != 0)
        kernel_for<op::logarithm>::forward(r, {n * bands.bands, bands.floor, bands.offset, bands.scale, bands.low},
                                           bank, bank);
    } else
      kernel_for<op::bands>::forward(r, bands, x, t.window.data(), t.roots.data(), t.first.data(), t.offset.data(),
                                     t.weight.data(), bank);
    if (options().coefficients) kernel_for<op::dct>::forward(r, coefficients_of(n), bank, t.cosines.data(), y);
  }

  /// From samples of the host to features of the host.
  result<features> features_of(const piece& p, const float* samples, queue_type q, scratch& s,
                               detail::finite_check& check) const {
    const idx count = p.frames * bands();
    features f{std::vector<float>(static_cast<std::size_t>(count)), p.frames, bands()};
    if (auto ok = reserve(p, q, s); !ok) return ok.error();
    if constexpr (memory::on_host)
      transform(p, samples, f.values.data(), q, s, check);
    else {
      if (auto ok = s.samples.reserve(p.sounds.count); !ok) return ok.error();
      if (auto ok = s.features.reserve(count); !ok) return ok.error();
      memory::upload(q, p.sounds.count, samples, s.samples.data());
      transform(p, s.samples.data(), s.features.data(), q, s, check);
      memory::download(q, count, s.features.data(), f.values.data());
      if (auto ok = detail::status_of<Backend>(); !ok) return ok.error();
    }
    if (const idx i = detail::non_finite(f.values.data(), static_cast<idx>(f.values.size())); i >= 0)
      return error{"the features overflow", message::of("front-end, frame ", i / bands()), "samples in about [-1, 1]"};
    return f;
  }

  std::shared_ptr<const detail::front_end_tables<Backend>> tables_;
};

}  // namespace auris
