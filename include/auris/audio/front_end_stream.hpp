#pragma once
#include <auris/audio/front_end.hpp>

namespace auris {

/// A front-end fed with chunks of any size: each frame comes out with the chunk that completes it, the last ones, which
/// need the padding behind the sound, from `finish`. Together they are bit for bit what `front_end::run` makes of the
/// whole sound.
///
/// Latency    a frame is complete when the last sample that it covers has come; with reflect padding the first frames
///            also need floor(frame/2) + 1 samples.
/// Memory     at most one frame or hop of samples, and the chunk; workspace is kept from call to call.
/// Errors     `push`: a sample that is not finite (the chunk is not taken), features that overflow. `finish`: fewer
///            samples than `front_end::shortest`; the stream is then ready for the next sound all the same.
///
///     front_end_stream<cpu> stream(front_end<cpu>::create(preset::panns_log_mel).value());
///     const std::vector<float> chunk(4000);
///     const features now = stream.push(chunk).value();                 // 11 frames
///     const features rest = stream.finish().value();                   // 2 frames
template <class Backend = cpu>
class front_end_stream {
 public:
  explicit front_end_stream(front_end<Backend> f, typename Backend::queue q = Backend::default_queue())
      : front_end_(std::move(f)), queue_(q) {
    reset();
  }

  /// The frames that this chunk completes, often none.
  result<features> push(std::span<const float> chunk) {
    if (const idx i = detail::non_finite(chunk.data(), static_cast<idx>(chunk.size())); i >= 0)
      return error{"non-finite sample", message::of("front-end stream, sample ", received_ + i)};
    pending_.insert(pending_.end(), chunk.begin(), chunk.end());
    received_ += static_cast<idx>(chunk.size());
    const front_end_options& o = front_end_.options();
    const idx reach =
        front_end_.pad() + length() - front_end_.frame();  // where the last frame may start, in the padded sound
    if (reach < 0 || (o.padding == padding_kind::reflect && received_ < front_end_.shortest())) return nothing_yet();
    return make_frames(1 + reach / o.hop, 0);
  }

  /// The frames that reach into the padding behind the sound. Afterwards the stream starts anew.
  result<features> finish() {
    if (received_ < front_end_.shortest()) {
      const error e = front_end_.too_short(received_);
      reset();
      return e;
    }
    auto rest = make_frames(front_end_.frames(received_), front_end_.pad());
    reset();
    return rest;
  }

  /// Forgets the sound so far.
  void reset() {
    pending_.clear();
    origin_ = received_ = made_ = 0;
  }

 private:
  /// Samples so far, behind pre-emphasis.
  idx length() const { return received_ - (front_end_.options().pre_emphasis != 0); }
  features nothing_yet() const { return {{}, 0, front_end_.bands()}; }

  /// Makes the frames up to `until`, with padding behind what came, and drops what no later frame and no reflection
  /// needs.
  result<features> make_frames(idx until, idx after) {
    if (until <= made_) return nothing_yet();
    const idx hop = front_end_.options().hop, p = front_end_.pad();
    const idx begin = made_ * hop - p, before = begin < 0 ? -begin : 0;  // negative: in the padding before the sound
    const op::pad::size sound = front_end_.padded(1, static_cast<idx>(pending_.size()), before, after);
    detail::finite_check none;
    auto made = front_end_.features_of({sound, begin + before - origin_, until - made_}, pending_.data(), queue_,
                                       scratch_, none);
    made_ = until;
    const idx next = made_ * hop - p, mirrored = length() - p - 1;
    const idx drop = (next < mirrored ? next : mirrored) - origin_;
    if (drop > 0) {
      pending_.erase(pending_.begin(), pending_.begin() + drop);
      origin_ += drop;
    }
    return made;
  }

  front_end<Backend> front_end_;
  typename Backend::queue queue_;
  typename front_end<Backend>::scratch scratch_;
  std::vector<float> pending_;  // of the sound, from sample `origin_` on
  idx origin_, received_, made_;
};

}  // namespace auris
