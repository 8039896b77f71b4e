#pragma once
#include <auris/backend/cpu/fft.hpp>
#include <auris/core/executor.hpp>
#include <auris/op/stft.hpp>

namespace auris {

/// One frame per vector lane, so that no frame's bits depend on its neighbours and the transform needs no shuffles. An
/// even length is transformed as half as many complex numbers.
template <class T>
struct kernel<op::stft, cpu, T> {
  static constexpr idx forward_workspace(const op::stft::size& s, int workers) {
    return detail::alignment_slack<T> + workers * per_worker(s);
  }

  static void forward(const resources<cpu, T>& r, const op::stft::size& s, const T* x, const T* window, const T* table,
                      T* y) noexcept {
    const detail::fft_plan plan(s.fft % 2 ? s.fft : s.fft / 2);
    T* workspace = detail::aligned(r.workspace);
    for_ranges(*r.queue, s.frames, lanes, [&](idx begin, idx end, int worker) {
      T* frame = workspace + worker * per_worker(s);    // (fft, lanes), later the spectrum (bins, lanes)
      T* spectrum = frame + (s.fft + 1) * lanes;        // (complex numbers, 2, lanes)
      T* scratch = spectrum + 2 * plan.length * lanes;  // (largest prime factor, 2, lanes)
      if (end - begin < lanes)
        for (idx i = 0; i < s.fft * lanes; ++i) frame[i] = T(0);
      detail::transpose(end - begin, s.fft, x + begin * s.hop, s.hop, frame, lanes);
      if (s.fft % 2) {
        const auto source = [&](idx n) { return complex{load(frame + n * lanes) * window[n], {}}; };
        detail::fft(plan, source, table, s.fft, spectrum, scratch);
        for (idx k = 0; k < s.bins(); ++k) put(frame, k, number(spectrum, k));
      } else {
        const auto source = [&](idx n) {
          const T *at = frame + 2 * n * lanes, *w = window + 2 * n;
          return complex{load(at) * w[0], load(at + lanes) * w[1]};
        };
        detail::fft(plan, source, table, s.fft, spectrum, scratch);
        split(plan.length, spectrum, table, frame);
      }
      T* out = y + begin * s.bins();
      detail::transpose(s.bins(), end - begin, frame, lanes, out, s.bins());
      if (!s.power)
        for (idx i = 0; i < (end - begin) * s.bins(); ++i) out[i] = std::sqrt(out[i]);
    });
  }

 private:
  static constexpr idx lanes = detail::lanes<T>;
  using complex = detail::complex_vector<T>;

  static constexpr idx per_worker(const op::stft::size& s) {
    const detail::fft_plan plan(s.fft % 2 ? s.fft : s.fft / 2);
    return (s.fft + 1 + 2 * plan.length + 2 * plan.largest()) * lanes;
  }
  static detail::vec<T> load(const T* p) { return detail::load(p); }
  static complex number(const T* spectrum, idx k) {
    return {load(spectrum + 2 * k * lanes), load(spectrum + (2 * k + 1) * lanes)};
  }
  static void put(T* power, idx k, const complex& z) {
    detail::store<T>(power + k * lanes, z.real * z.real + z.imaginary * z.imaginary);
  }

  /// The power spectrum of 2 `half` real numbers from the transform Z of the even ones plus i times the odd ones:
  /// X[k] = E + w^k O, X[half - k] = conj(E - w^k O), E = (Z[k] + conj Z[half - k]) / 2, O = (Z[k] - conj Z[half - k]) / 2i.
  static void split(idx half, const T* spectrum, const T* table, T* power) {
    constexpr T h = T(0.5);
    for (idx k = 0; 2 * k <= half; ++k) {
      const complex a = number(spectrum, k), b = number(spectrum, k == 0 ? 0 : half - k);
      const complex e{(a.real + b.real) * h, (a.imaginary - b.imaginary) * h};
      const complex o = detail::times(complex{(a.imaginary + b.imaginary) * h, (b.real - a.real) * h}, table + 2 * k);
      put(power, k, e + o);
      put(power, half - k, e - o);
    }
  }
};

}  // namespace auris
