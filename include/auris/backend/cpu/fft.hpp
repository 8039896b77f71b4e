#pragma once
#include <auris/backend/cpu/vector.hpp>
#include <auris/backend/fft_plan.hpp>

namespace auris::detail {

/// A complex number per vector lane.
template <class T>
struct complex_vector {
  vec<T> real, imaginary;
};
template <class T>
[[gnu::always_inline]] inline complex_vector<T> operator+(const complex_vector<T>& a, const complex_vector<T>& b) {
  return {a.real + b.real, a.imaginary + b.imaginary};
}
template <class T>
[[gnu::always_inline]] inline complex_vector<T> operator-(const complex_vector<T>& a, const complex_vector<T>& b) {
  return {a.real - b.real, a.imaginary - b.imaginary};
}
/// a times w[0] + i w[1]
template <class T>
[[gnu::always_inline]] inline complex_vector<T> times(const complex_vector<T>& a, const T* w) {
  return {a.real * w[0] - a.imaginary * w[1], a.real * w[1] + a.imaginary * w[0]};
}
/// a times -i
template <class T>
[[gnu::always_inline]] inline complex_vector<T> turned(const complex_vector<T>& a) {
  return {a.imaginary, -a.real};
}

/// Fourier transform of `plan.length` complex numbers in each lane, by decimation in time with mixed radices, depth
/// first: what a short transform made is combined while it is still near.
template <class T, class Source>
class fft_run {
 public:
  using complex = complex_vector<T>;

  fft_run(const fft_plan& plan, const Source& source, const T* table, idx roots, T* scratch)
      : plan_(plan), source_(source), table_(table), roots_(roots), scratch_(scratch) {}

  /// The transform of source(first), source(first + stride), ...: `length` numbers to out (length, 2, lanes).
  void run(T* out, idx first, idx stride, int level, idx length) const {
    switch (plan_.factors[level]) {
      case 1:
        return put(out, 0, source_(first));
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
  static constexpr idx lane_count = lanes<T>;
  static complex get(const T* out, idx k) {
    return {load(out + 2 * k * lane_count), load(out + (2 * k + 1) * lane_count)};
  }
  static void put(T* out, idx k, const complex& z) {
    store(out + 2 * k * lane_count, z.real);
    store(out + (2 * k + 1) * lane_count, z.imaginary);
  }
  /// exp(-2 pi i k / length)
  const T* root(idx k, idx length) const { return table_ + 2 * k * (roots_ / length); }

  template <int P>
  void radix(T* out, idx first, idx stride, int level, idx length) const {
    complex z[P];
    if (length == P) {
#pragma GCC unroll 7
      for (int j = 0; j < P; ++j) z[j] = source_(first + j * stride);
      combine(z);
#pragma GCC unroll 7
      for (int j = 0; j < P; ++j) put(out, j, z[j]);
      return;
    }
    const idx part = length / P;
    for (int j = 0; j < P; ++j) run(out + 2 * j * part * lane_count, first + j * stride, stride * P, level + 1, part);
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
        const T* w = root(j * k % P, P);  // cos and -sin
        even.real += sum[j - 1].real * w[0];
        even.imaginary += sum[j - 1].imaginary * w[0];
        odd.real -= difference[j - 1].imaginary * w[1];
        odd.imaginary += difference[j - 1].real * w[1];
      }
      z[k] = even + odd;
      z[P - k] = even - odd;
    }
  }

  void any_radix(T* out, idx first, idx stride, int level, idx length) const {
    const idx p = plan_.factors[level], part = length / p;
    if (part == 1)
      for (idx j = 0; j < p; ++j) put(out, j, source_(first + j * stride));
    else
      for (idx j = 0; j < p; ++j) run(out + 2 * j * part * lane_count, first + j * stride, stride * p, level + 1, part);
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
  const Source& source_;
  const T* table_;
  idx roots_;
  T* scratch_;
};

/// out (length, 2, lanes) = the transform of source(0), source(1), ...: `source` gives a complex_vector. `table` holds
/// `roots` roots of unity (op::stft::make_table), a multiple of the length; scratch (largest factor, 2, lanes).
template <class T, class Source>
inline void fft(const fft_plan& plan, const Source& source, const T* table, idx roots, T* out, T* scratch) {
  fft_run<T, Source>(plan, source, table, roots, scratch).run(out, 0, 1, 0, plan.length);
}

}  // namespace auris::detail
