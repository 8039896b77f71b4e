#pragma once
#include <auris/backend/cuda/elementwise.cuh>
#include <auris/backend/cuda/int_divisor.cuh>
#include <auris/op/conv2d.hpp>

namespace auris::detail::gpu {

/// The convolution as a product, whose matrix of (places, taps and channels) is never stored: channels lie innermost, then
/// taps along mel. Tap i of place t lies at (t * scale + offset + i * step) / divide of x, and nowhere if that is no whole
/// number. Where places are pooled, those of a window follow each other, and the axes count windows.
template <class T>
struct conv_window {
  using value = T;
  struct axis {
    int_divisor places, taps;
    int extent, scale, offset, step;
    int_divisor divide;

    __device__ int at(int position) const {  ///< in x, or -1
      if (divide.value() > 1) {
        const int whole = position < 0 ? -1 : position / divide;
        if (whole * divide.value() != position) return -1;
        position = whole;
      }
      return position >= 0 && position < extent ? position : -1;
    }
  };
  struct place {
    int item, time, mel;  ///< item: in steps of time
  };
  struct tap {
    int time, mel, channel;
  };

  struct pool {
    int_divisor places, mel;  ///< of a window; along mel
    int time;
  };

  const T* x;
  int_divisor channels;
  axis time, mel;
  pool window = {int_divisor(1), int_divisor(1), 1};

  /// For forward: places of y, taps over x.
  static conv_window forward(const op::conv2d::size& s, const T* x) {
    conv_window w{x, int_divisor(s.in), forward(s.time), forward(s.mel)};
    w.time.places = int_divisor(s.pooled_time()), w.mel.places = int_divisor(s.pooled_mel());
    w.window = {int_divisor(s.pool.places()), int_divisor(s.pool.mel), static_cast<int>(s.pool.time)};
    return w;
  }
  /// For the gradient of x: places of x, taps over dy.
  static conv_window backward(const op::conv2d::size& s, const T* dy) {
    return {dy, int_divisor(s.out), backward(s.time), backward(s.mel)};
  }

  __device__ place place_at(int i) const {
    const bool pools = window.places.value() > 1;
    const int w = pools ? i / window.places : i, line = w / mel.places, item = line / time.places;
    int t = line - item * time.places.value(), f = w - line * mel.places.value();
    if (pools) {
      const int inside = i - w * window.places.value(), down = inside / window.mel;
      t = t * window.time + down;
      f = f * window.mel.value() + inside - down * window.mel.value();
    }
    return {item * time.extent, t * time.scale + time.offset, f * mel.scale + mel.offset};
  }
  __device__ tap tap_at(int i) const {
    const int all = i / channels, line = all / mel.taps;
    return {line * time.step, (all - line * mel.taps.value()) * mel.step, i - all * channels.value()};
  }
  __device__ const T* at(const place& p, const tap& t) const {
    const int at_time = time.at(p.time + t.time), at_mel = mel.at(p.mel + t.mel);
    if (at_time < 0 || at_mel < 0) return nullptr;
    return x + (static_cast<idx>((p.item + at_time) * mel.extent + at_mel) * channels.value() + t.channel);
  }
  template <int Width>
  bool packs(idx) const {
    return aligned_for_packs<Width>(x) && channels.value() % Width == 0;
  }

 private:
  static axis forward(const op::conv2d::axis& a) {
    return along(a.outputs(), a, a.extent, a.stride, -a.before, a.dilation, 1);
  }
  static axis backward(const op::conv2d::axis& a) {
    return along(a.extent, a, a.outputs(), 1, a.before, -a.dilation, a.stride);
  }
  static axis along(idx places, const op::conv2d::axis& a, idx extent, idx scale, idx offset, idx step, idx divide) {
    return {int_divisor(places),      int_divisor(a.kernel),  static_cast<int>(extent), static_cast<int>(scale),
            static_cast<int>(offset), static_cast<int>(step), int_divisor(divide)};
  }
};

/// As an operand: lines are places, taps the depth.
template <class T>
struct conv_places : conv_window<T> {
  static constexpr bool along_depth = true;
  using line = typename conv_window<T>::place;

  __device__ line line_at(int i) const { return this->place_at(i); }
  __device__ const T* at(const line& l, int k) const { return conv_window<T>::at(l, this->tap_at(k)); }
};
/// As an operand: lines are taps, places the depth.
template <class T>
struct conv_taps : conv_window<T> {
  static constexpr bool along_depth = false;
  using line = typename conv_window<T>::tap;

  __device__ line line_at(int i) const { return this->tap_at(i); }
  __device__ const T* at(const line& l, int k) const { return conv_window<T>::at(this->place_at(k), l); }
};

/// weight (taps, in, out) as an operand whose lines are inputs, its depth (taps, out).
template <class T>
struct conv_input_weights {
  static constexpr bool along_depth = true;
  using value = T;
  using line = const T*;
  const T* weight;
  idx tap;  ///< from the last output of a tap to the first of the next
  int_divisor out;

  static conv_input_weights of(const op::conv2d::size& s, const T* weight) {
    return {weight, (s.in - 1) * s.out, int_divisor(s.out)};
  }
  __device__ line line_at(int i) const { return weight + static_cast<idx>(i) * out.value(); }
  __device__ const T* at(line l, int k) const { return l + (k + k / out * tap); }
  template <int Width>
  bool packs(idx) const {
    return aligned_for_packs<Width>(weight) && out.value() % Width == 0;
  }
};

}  // namespace auris::detail::gpu
