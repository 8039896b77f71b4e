#pragma once
#include <algorithm>
#include <auris/core/distributions.hpp>
#include <auris/train/data_source.hpp>
#include <vector>

namespace auris {

/// How training items are changed before a network reads them; the defaults change nothing.
///
///     augmentation o;
///     o.mixup = 0.5;                                                   // half of the items are mixed with another one
///     o.largest_shift = 100;                                           // frames
///     o.largest_gain = 6, o.gain_response.assign(64, 1.0f);            // decibels; features that are decibels themselves
struct augmentation {
  double mixup = 0;                       ///< the probability with which an item is mixed with another one
  double concentration = 0.2;             ///< a of Beta(a, a), from which the share of the item is drawn
  idx largest_shift = 0;                  ///< frames: items are turned around by up to so many, forth or back
  double largest_gain = 0;                ///< decibels, up or down
  std::vector<float> gain_response = {};  ///< what a decibel adds to each column of the features (`gain_response`)
  std::uint64_t seed = 0;

  message describe() const {
    message m =
        message::of("mixup ", mixup, " of Beta(", concentration, "), shift ", largest_shift, ", gain ", largest_gain,
                    ", seed ", static_cast<idx>(seed >> 32), ".", static_cast<idx>(seed & 0xFFFFFFFFu));
    for (const float v : gain_response) m = message::of(m, " ", v);
    return m;
  }
};

/// A data source whose items are changed anew in every epoch, for training: turned around in time, louder or softer, mixed.
///
///     x'_i = turned(x_i + g r, s)                        gain g in decibels, response r, shift s in frames
///     x_i  = lambda x'_i + (1 - lambda) x'_j             j any item, lambda of Beta(a, a); targets and masks alike
///
/// Targets of one row stay where they are, others are turned by the same share of their rows, rounded; class masks have no
/// time. Targets behind weights of 0 are mixed too, so they have to be numbers. All is a function of
/// (seed, epoch, item): it depends neither on threads, nor on the batch in which an item comes, nor on where a training was
/// resumed. `fill` without an epoch, as in validation, changes nothing.
///
/// PANNs mix elsewhere: a batch of 2 N recordings becomes N items behind `bn0`, whose statistics are therefore those of unmixed
/// spectra. Here an item is mixed with any other one of the data before the network, so a batch stays as large, and `bn0`
/// sees mixed features.
///
/// Memory      one more item, while a batch is filled.
/// Errors      from `fill`: options out of range; a response of another width than the features; what the source reports.
/// Source      Zhang et al. 2018 (mixup); DCASE 2022 task 4 baseline
///
///     memory_source<float, 1> data{.items = 2, .shape_of_item = dims(5, 64)};
///     data.inputs.resize(2 * 5 * 64);
///     const augmented_source louder(data, {.largest_shift = 2, .largest_gain = 6, .gain_response = std::vector<float>(64, 1)});
template <class Source>
class augmented_source {
 public:
  augmented_source(Source source, augmentation options) : source_(std::move(source)), options_(std::move(options)) {}

  idx count() const { return source_.count(); }
  shape item() const { return source_.item(); }
  message describe() const { return options_.describe(); }

  template <class T, std::size_t Terms>
  result<void> fill(std::span<const idx> indices, const batch<T, Terms>& b) const {
    return source_.fill(indices, b);
  }
  /// As the items are in an epoch.
  template <class T, std::size_t Terms>
  result<void> fill(std::span<const idx> indices, const batch<T, Terms>& b, int epoch) const {
    if (auto ok = check(b.x.s); !ok) return ok;
    if (auto ok = source_.fill(indices, b); !ok) return ok;
    other_item<T, Terms> other;
    for (std::size_t k = 0; k < indices.size(); ++k) {
      const batch<T, Terms> one = item_of(b, static_cast<idx>(k));
      random_sequence random(
          random_key{options_.seed, static_cast<std::uint64_t>(epoch), static_cast<std::uint64_t>(indices[k]), 0});
      const bool mixed = random.uniform() < options_.mixup;
      change(one, random);
      if (!mixed) continue;
      const idx partner = random.below(source_.count());
      const T share = static_cast<T>(draw_beta(options_.concentration, options_.concentration, random));
      const batch<T, Terms> with = other.like(one);
      if (auto ok = source_.fill(std::span(&partner, 1), with); !ok) return ok;
      change(with, random);
      mix(one.x.size(), share, with.x.p, one.x.p);
      for (std::size_t i = 0; i < Terms; ++i) {
        const batch_target<T>&from = with.targets[i], &to = one.targets[i];
        mix(to.rows * to.classes, share, from.values, to.values);
        mix(to.rows, share, from.mask, to.mask);
        mix(to.classes, share, from.class_mask, to.class_mask);
      }
    }
    return {};
  }

 private:
  result<void> check(shape s) const {
    const augmentation& o = options_;
    const auto bad = [](const char* what, const char* expected, auto got) {
      return error{"bad option", message::of("augmentation, ", what), expected, message::of(got)};
    };
    if (!(o.mixup >= 0 && o.mixup <= 1)) return bad("mixup", "0 to 1", o.mixup);
    if (!(o.concentration > 0 && o.concentration < 1e6)) return bad("concentration", "above 0", o.concentration);
    if (o.largest_shift < 0 || o.largest_shift > idx(1) << 40)
      return bad("largest_shift", "0 to 2^40", o.largest_shift);
    if (!(o.largest_gain >= 0 && o.largest_gain < 1e6)) return bad("largest_gain", "0 or more", o.largest_gain);
    if (o.largest_gain > 0 && (s.rank < 2 || static_cast<idx>(o.gain_response.size()) != s[1]))
      return error{"the gain's response does not fit the features", "augmentation, gain_response",
                   message::of(s.rank < 2 ? 0 : s[1], " numbers"), message::of(o.gain_response.size())};
    return {};
  }
  template <class T, std::size_t Terms>
  static batch<T, Terms> item_of(const batch<T, Terms>& b, idx k) {
    batch<T, Terms> one = b;
    one.x = b.x.item(k);
    for (batch_target<T>& t : one.targets)
      t.values += k * t.rows * t.classes, t.mask += k * t.rows, t.class_mask += k * t.classes;
    return one;
  }
  /// Memory for a second item, with all masks 1.
  template <class T, std::size_t Terms>
  struct other_item {
    std::vector<T> x;
    std::array<std::vector<T>, Terms> values, masks, class_masks;
    batch<T, Terms> like(const batch<T, Terms>& one) {
      batch<T, Terms> b = one;
      x.resize(static_cast<std::size_t>(one.x.size()));
      b.x.p = x.data();
      for (std::size_t i = 0; i < Terms; ++i) {
        batch_target<T>& t = b.targets[i];
        values[i].resize(static_cast<std::size_t>(t.rows * t.classes));
        masks[i].assign(static_cast<std::size_t>(t.rows), T(1));
        class_masks[i].assign(static_cast<std::size_t>(t.classes), T(1));
        t.values = values[i].data(), t.mask = masks[i].data(), t.class_mask = class_masks[i].data();
      }
      return b;
    }
  };

  /// Gain and shift of one item.
  template <class T, std::size_t Terms>
  void change(const batch<T, Terms>& one, random_sequence& random) const {
    const double gain = random.uniform(-options_.largest_gain, options_.largest_gain);
    const idx shift = random.below(2 * options_.largest_shift + 1) - options_.largest_shift;
    const shape s = one.x.s;
    if (options_.largest_gain > 0) {
      const idx inner = s.count(2, s.rank);
      for (idx i = 0; i < one.x.size(); ++i)
        one.x.p[i] += static_cast<T>(
            gain * static_cast<double>(options_.gain_response[static_cast<std::size_t>(i / inner % s[1])]));
    }
    if (s.rank < 1 || s[0] < 1) return;
    turn(one.x.p, s[0], s.count(1, s.rank), shift);
    for (const batch_target<T>& t : one.targets) {
      const idx doubled = 2 * shift * t.rows, rows = (doubled + (doubled < 0 ? -s[0] : s[0])) / (2 * s[0]);
      if (t.rows < 2) continue;
      turn(t.values, t.rows, t.classes, rows);
      turn(t.mask, t.rows, 1, rows);
    }
  }
  /// Rows later by `shift`; those pushed out come in again at the other end.
  template <class T>
  static void turn(T* p, idx rows, idx width, idx shift) {
    const idx back = ((shift % rows) + rows) % rows;
    std::rotate(p, p + (rows - back) % rows * width, p + rows * width);
  }
  template <class T>
  static void mix(idx count, T share, const T* other, T* to) {
    for (idx i = 0; i < count; ++i) to[i] = share * to[i] + (1 - share) * other[i];
  }

  Source source_;
  augmentation options_;
};

}  // namespace auris
