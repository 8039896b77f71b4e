#pragma once
#include <auris/audio/front_end.hpp>

namespace auris {

/// A front-end fed with chunks of any size: each frame comes out with the chunk that completes it, the last ones, which
/// need the padding behind the sound, from `finish`. Together they are bit for bit what `front_end::run` makes of the
/// whole sound.
///
/// Latency    a frame is complete when the last sample that it covers has come; with reflect padding the first frames
///            also need floor(fft/2) + 1 samples.
/// Memory     at most one transform or hop of samples, and the chunk; workspace is kept from call to call.
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
  using queue = typename Backend::queue;

  explicit front_end_stream(front_end<Backend> f, queue q = Backend::default_queue())
      : front_end_(std::move(f)), queue_(q) {
    reset();
  }

  /// The frames that this chunk completes, often none.
  result<features> push(std::span<const float> chunk) {
    if (const idx i = detail::non_finite(chunk); i >= 0)
      return error{"non-finite sample", message::of("front-end stream, sample ", received_ + i)};
    const idx p = front_end_.pad();
    append(chunk);
    received_ += static_cast<idx>(chunk.size());
    if (!started_) {
      if (padding() == padding_kind::reflect && size() < p + 1) return nothing_yet();
      std::vector<float> before(static_cast<std::size_t>(p));
      if (padding() == padding_kind::reflect)
        for (idx k = 1; k <= p; ++k) before[static_cast<std::size_t>(p - k)] = pending_[static_cast<std::size_t>(k)];
      pending_.insert(pending_.begin(), before.begin(), before.end());
      started_ = true;
    }
    const idx reach = origin_ + size() - front_end_.options().fft;
    return make_frames(reach < 0 ? 0 : 1 + reach / front_end_.options().hop);
  }

  /// The frames that reach into the padding behind the sound. Afterwards the stream starts anew.
  result<features> finish() {
    if (received_ < front_end_.shortest()) {
      const error e = front_end_.too_short(received_);
      reset();
      return e;
    }
    const idx p = front_end_.pad(), last = size() - 1;
    for (idx k = 1; k <= p; ++k)
      pending_.push_back(padding() == padding_kind::reflect ? pending_[static_cast<std::size_t>(last - k)] : 0);
    auto rest = make_frames(front_end_.frames(received_));
    reset();
    return rest;
  }

  /// Forgets the sound so far.
  void reset() {
    pending_.clear();
    origin_ = received_ = made_ = 0;
    started_ = false;
  }

 private:
  padding_kind padding() const { return front_end_.options().padding; }
  idx size() const { return static_cast<idx>(pending_.size()); }
  features nothing_yet() const { return {{}, 0, front_end_.bands()}; }

  void append(std::span<const float> chunk) {
    const double factor = front_end_.options().pre_emphasis;
    if (factor == 0) {
      pending_.insert(pending_.end(), chunk.begin(), chunk.end());
    } else if (!chunk.empty()) {
      std::vector<float> x;
      if (received_ > 0) x.push_back(last_);
      x.insert(x.end(), chunk.begin(), chunk.end());
      const std::size_t at = pending_.size(), count = x.size() - 1;
      pending_.resize(at + count);
      detail::pre_emphasise(x.data(), static_cast<idx>(count), factor, pending_.data() + at);
      last_ = chunk.back();
    }
  }

  /// Makes the frames up to `until` and drops what no later frame and no reflection needs.
  result<features> make_frames(idx until) {
    if (until <= made_) return nothing_yet();
    const idx hop = front_end_.options().hop;
    auto made = front_end_.transform(pending_.data() + (made_ * hop - origin_), until - made_, queue_, scratch_);
    made_ = until;
    const idx mirrored = size() - front_end_.pad() - 1, next = made_ * hop - origin_;
    const idx drop = next < mirrored ? next : mirrored;
    if (drop > 0) {
      pending_.erase(pending_.begin(), pending_.begin() + drop);
      origin_ += drop;
    }
    return made;
  }

  front_end<Backend> front_end_;
  queue queue_;
  typename front_end<Backend>::scratch scratch_;
  std::vector<float> pending_;  // of the padded sound, from sample `origin_` on
  idx origin_, received_, made_;
  bool started_;
  float last_ = 0;  // the last sample before pre-emphasis
};

}  // namespace auris
