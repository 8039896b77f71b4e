// Fourier transforms of as many frames at once as a vector has lanes; frames lie side by side in lines of 16.

namespace auris::detail::AURIS_SET {

/// A complex number per vector lane.
struct complex_vector {
  vec real, imaginary;
};
[[gnu::always_inline]] inline complex_vector operator+(const complex_vector& a, const complex_vector& b) {
  return {a.real + b.real, a.imaginary + b.imaginary};
}
[[gnu::always_inline]] inline complex_vector operator-(const complex_vector& a, const complex_vector& b) {
  return {a.real - b.real, a.imaginary - b.imaginary};
}
/// a times w[0] + i w[1]
[[gnu::always_inline]] inline complex_vector times(const complex_vector& a, const float* w) {
  return {a.real * w[0] - a.imaginary * w[1], a.real * w[1] + a.imaginary * w[0]};
}
/// a times -i
[[gnu::always_inline]] inline complex_vector turned(const complex_vector& a) { return {a.imaginary, -a.real}; }

/// Fourier transform of `plan.length` complex numbers in each lane, by decimation in time with mixed radices, depth
/// first: what a short transform made is combined while it is still near.
class fft_run {
 public:
  using complex = complex_vector;

  fft_run(const fft_plan& plan, const fft_source& source, const float* table, idx roots, float* scratch)
      : plan_(plan), source_(source), table_(table), roots_(roots), scratch_(scratch) {}

  /// The transform of source(first), source(first + stride), ...: `length` numbers to out (length, 2, lanes).
  void run(float* out, idx first, idx stride, int level, idx length) const {
    switch (plan_.factors[level]) {
      case 1:
        return put(out, 0, source(first));
      case 2:
        return radix<2>(out, first, stride, level, length);
      case 3:
        return radix<3>(out, first, stride, level, length);
      case 4:
        return radix<4>(out, first, stride, level, length);
      case 5:
        return radix<5>(out, first, stride, level, length);
      case 7:
        return radix<7>(out, first, stride, level, length);
      default:
        return any_radix(out, first, stride, level, length);
    }
  }

 private:
  /// Number n: frame's samples 2 n and 2 n + 1 as real and imaginary part, or sample n, under the window.
  [[gnu::always_inline]] complex source(idx n) const {
    if (!source_.paired) return {load(source_.frame + n * line) * source_.window[n], vec{}};
    const float *at = source_.frame + 2 * n * line, *w = source_.window + 2 * n;
    return {load(at) * w[0], load(at + line) * w[1]};
  }
  static complex get(const float* out, idx k) { return {load(out + 2 * k * line), load(out + (2 * k + 1) * line)}; }
  static void put(float* out, idx k, const complex& z) {
    store(out + 2 * k * line, z.real);
    store(out + (2 * k + 1) * line, z.imaginary);
  }
  /// exp(-2 pi i k / length)
  const float* root(idx k, idx length) const { return table_ + 2 * k * (roots_ / length); }

  template <int P>
  void radix(float* out, idx first, idx stride, int level, idx length) const {
    complex z[P];
    if (length == P) {
#pragma GCC unroll 7
      for (int j = 0; j < P; ++j) z[j] = source(first + j * stride);
      combine(z);
#pragma GCC unroll 7
      for (int j = 0; j < P; ++j) put(out, j, z[j]);
      return;
    }
    const idx part = length / P;
    for (int j = 0; j < P; ++j) run(out + 2 * j * part * line, first + j * stride, stride * P, level + 1, part);
    for (idx k = 0; k < part; ++k) {
      z[0] = get(out, k);
#pragma GCC unroll 7
      for (int j = 1; j < P; ++j) z[j] = times(get(out, j * part + k), root(j * k, length));
      combine(z);
#pragma GCC unroll 7
      for (int j = 0; j < P; ++j) put(out, j * part + k, z[j]);
    }
  }

  [[gnu::always_inline]] void combine(complex (&z)[2]) const {
    const complex a = z[0], b = z[1];
    z[0] = a + b;
    z[1] = a - b;
  }
  [[gnu::always_inline]] void combine(complex (&z)[4]) const {
    const complex a = z[0] + z[2], b = z[0] - z[2], c = z[1] + z[3], d = turned(z[1] - z[3]);
    z[0] = a + c;
    z[1] = b + d;
    z[2] = a - c;
    z[3] = b - d;
  }
  /// Odd lengths, by pairs: X[k], X[P - k] = z[0] + sum_j cos (z[j] + z[P - j]) -+ i sum_j sin (z[j] - z[P - j]).
  template <int P>
  [[gnu::always_inline]] void combine(complex (&z)[P]) const {
    complex sum[P / 2], difference[P / 2];
    complex total = z[0];
#pragma GCC unroll 3
    for (int j = 1; j <= P / 2; ++j) {
      sum[j - 1] = z[j] + z[P - j];
      difference[j - 1] = z[j] - z[P - j];
      total = total + sum[j - 1];
    }
    const complex centre = z[0];
    z[0] = total;
#pragma GCC unroll 3
    for (int k = 1; k <= P / 2; ++k) {
      complex even = centre, odd{};
#pragma GCC unroll 3
      for (int j = 1; j <= P / 2; ++j) {
        const float* w = root(j * k % P, P);  // cos and -sin
        even.real += sum[j - 1].real * w[0];
        even.imaginary += sum[j - 1].imaginary * w[0];
        odd.real -= difference[j - 1].imaginary * w[1];
        odd.imaginary += difference[j - 1].real * w[1];
      }
      z[k] = even + odd;
      z[P - k] = even - odd;
    }
  }

  void any_radix(float* out, idx first, idx stride, int level, idx length) const {
    const idx p = plan_.factors[level], part = length / p;
    if (part == 1)
      for (idx j = 0; j < p; ++j) put(out, j, source(first + j * stride));
    else
      for (idx j = 0; j < p; ++j) run(out + 2 * j * part * line, first + j * stride, stride * p, level + 1, part);
    for (idx k = 0; k < part; ++k) {
      for (idx j = 0; j < p; ++j) put(scratch_, j, times(get(out, j * part + k), root(j * k, length)));
      for (idx q = 0; q < p; ++q) {
        complex sum = get(scratch_, 0);
        for (idx j = 1; j < p; ++j) sum = sum + times(get(scratch_, j), root(j * q % p, p));
        put(out, q * part + k, sum);
      }
    }
  }

  const fft_plan& plan_;
  const fft_source& source_;
  const float* table_;
  idx roots_;
  float* scratch_;
};

/// The power spectrum (bins, 16) of frames (fft, 16) under a window, in place. `table`: op::stft::make_table; spectrum
/// (plan.length, 2, 16); scratch (largest factor, 2, 16). An even length is transformed as half as many complex numbers:
/// X[k] = E + w^k O, X[half - k] = conj(E - w^k O), E = (Z[k] + conj Z[half - k]) / 2, O = (Z[k] - conj Z[half - k]) / 2i.
inline void power_spectra(idx fft, const fft_plan* plan, const float* window, const float* table, float* frames,
                          float* spectrum, float* scratch) noexcept {
  const auto number = [&](idx k) {
    return complex_vector{load(spectrum + 2 * k * line), load(spectrum + (2 * k + 1) * line)};
  };
  for (idx i = 0; i < line; i += lanes, frames += lanes, spectrum += lanes, scratch += lanes) {
    const fft_source source{frames, window, fft % 2 == 0};
    fft_run(*plan, source, table, fft, scratch).run(spectrum, 0, 1, 0, plan->length);
    const auto put = [&](idx k, const complex_vector& z) {
      store(frames + k * line, z.real * z.real + z.imaginary * z.imaginary);
    };
    if (fft % 2) {
      for (idx k = 0; k <= fft / 2; ++k) put(k, number(k));
      continue;
    }
    const idx half = plan->length;
    for (idx k = 0; 2 * k <= half; ++k) {
      const complex_vector a = number(k), b = number(k == 0 ? 0 : half - k);
      const complex_vector e{(a.real + b.real) * 0.5f, (a.imaginary - b.imaginary) * 0.5f};
      const complex_vector o =
          times(complex_vector{(a.imaginary + b.imaginary) * 0.5f, (b.real - a.real) * 0.5f}, table + 2 * k);
      put(k, e + o);
      put(half - k, e - o);
    }
  }
}

}  // namespace auris::detail::AURIS_SET
