#pragma once
#include <auris/backend/cuda/compat.cuh>
#include <auris/backend/fft_plan.hpp>

namespace auris::detail::gpu {

template <class T>
struct complex {
  T real, imaginary;

  friend __device__ complex operator+(const complex& a, const complex& b) {
    return {a.real + b.real, a.imaginary + b.imaginary};
  }
  friend __device__ complex operator-(const complex& a, const complex& b) {
    return {a.real - b.real, a.imaginary - b.imaginary};
  }
  /// times w[0] + i w[1]
  __device__ complex times(const T* w) const {
    return {real * w[0] - imaginary * w[1], real * w[1] + imaginary * w[0]};
  }
  /// times -i
  __device__ complex turned() const { return {imaginary, -real}; }
};

/// Complex numbers in memory that several threads share: all real parts, then all imaginary ones. The gap behind every 32
/// numbers spreads distances that are powers of two over the banks of shared memory.
template <class T>
struct fft_numbers {
  T *real, *imaginary;

  __device__ fft_numbers(T* p, int length) : real(p), imaginary(p + (length + length / 32)) {}
  __device__ complex<T> get(int i) const { return {real[i + i / 32], imaginary[i + i / 32]}; }
  __device__ void put(int i, const complex<T>& z) const {
    real[i + i / 32] = z.real;
    imaginary[i + i / 32] = z.imaginary;
  }
};

/// exp(-2 pi i / P) to the power of k, 0 < k < P, for the odd P that have a radix of their own.
template <int P, class T>
struct root_of_unity {
  static_assert(P == 3 || P == 5 || P == 7);
  __device__ static constexpr T cosine(int k) {
    constexpr double c3[] = {-0.5};
    constexpr double c5[] = {0.30901699437494742410, -0.80901699437494742410};
    constexpr double c7[] = {0.62348980185873353053, -0.22252093395631440429, -0.90096886790241912624};
    const int i = (k <= P / 2 ? k : P - k) - 1;
    return static_cast<T>(P == 3 ? c3[i] : P == 5 ? c5[i] : c7[i]);
  }
  __device__ static constexpr T minus_sine(int k) {
    constexpr double s3[] = {-0.86602540378443864676};
    constexpr double s5[] = {-0.95105651629515357212, -0.58778525229247312917};
    constexpr double s7[] = {-0.78183148246802980871, -0.97492791218182360702, -0.43388373911755812048};
    const int i = (k <= P / 2 ? k : P - k) - 1;
    const double s = P == 3 ? s3[i] : P == 5 ? s5[i] : s7[i];
    return static_cast<T>(k <= P / 2 ? s : -s);
  }
};

/// Fourier transform of as many complex numbers as a plan says, by decimation in time with mixed radices: the part of one of
/// the threads that share it. `table` holds `roots` roots of unity (op::stft::make_table), a multiple of the length.
template <class T>
class fft {
 public:
  using numbers = fft_numbers<T>;

  __device__ fft(const fft_plan& plan, const T* table, int roots, int thread, int threads)
      : plan_(plan),
        table_(table),
        roots_(roots),
        thread_(thread),
        threads_(threads),
        length_(static_cast<int>(plan.length)) {}

  /// The transform of source(0), source(1), ...: `source` gives a complex number. Returns where it stands: in a, or, if the
  /// plan has factors above 7, which do not work in place, in a or b. All threads of the block call this; those whose number
  /// is not below the length only wait for the others. Behind it, all threads see the result.
  template <class Source>
  __device__ numbers run(const Source& source, numbers a, numbers b) const {
    int level = plan_.count - 1, length = factor(level);
    start(source, a, length);
    __syncthreads();
    while (--level >= 0) {
      const int p = factor(level), part = length;
      length *= p;
      if (p == 2)
        radix<2>(a, part);
      else if (p == 3)
        radix<3>(a, part);
      else if (p == 4)
        radix<4>(a, part);
      else if (p == 5)
        radix<5>(a, part);
      else if (p == 7)
        radix<7>(a, part);
      else {
        any_radix(a, b, p, part);
        const numbers made = b;
        b = a, a = made;
      }
      __syncthreads();
    }
    return a;
  }

 private:
  using value = complex<T>;

  __device__ int factor(int level) const { return static_cast<int>(plan_.factors[level]); }

  /// Where the transform of source(first), source(first + length / p), ... stands, p the last factor.
  __device__ int place_of(int first) const {
    int at = 0, span = length_;
    for (int level = 0; level < plan_.count - 1; ++level) {
      const int p = factor(level);
      span /= p;
      at += first % p * span;
      first /= p;
    }
    return at;
  }

  /// The innermost transforms, of the last factor: they read the source, side by side, and put things in their places.
  template <class Source>
  __device__ void start(const Source& source, const numbers& to, int p) const {
    if (p == 1)
      start_radix<1>(source, to);
    else if (p == 2)
      start_radix<2>(source, to);
    else if (p == 3)
      start_radix<3>(source, to);
    else if (p == 4)
      start_radix<4>(source, to);
    else if (p == 5)
      start_radix<5>(source, to);
    else if (p == 7)
      start_radix<7>(source, to);
    else
      start_any_radix(source, to, p);
  }
  template <int P, class Source>
  __device__ void start_radix(const Source& source, const numbers& to) const {
    const int count = length_ / P;
    for (int first = thread_; first < count; first += threads_) {
      value z[P];
      AURIS_UNROLL
      for (int j = 0; j < P; ++j) z[j] = source(first + j * count);
      combine(z);
      const int at = place_of(first);
      AURIS_UNROLL
      for (int j = 0; j < P; ++j) to.put(at + j, z[j]);
    }
  }
  template <class Source>
  __device__ void start_any_radix(const Source& source, const numbers& to, int p) const {
    const int count = length_ / p;
    for (int i = thread_; i < length_; i += threads_) {
      const int first = i / p, k = i % p;
      to.put(place_of(first) + k, sum(p, k, p, [&](int j) { return source(first + j * count); }));
    }
  }

  /// Makes each P neighbouring transforms of `part` numbers one.
  template <int P>
  __device__ void radix(const numbers& a, int part) const {
    const int step = roots_ / (part * P), count = length_ / P;
    for (int i = thread_; i < count; i += threads_) {
      const int group = i / part, k = i - group * part, at = group * part * P + k;
      value z[P];
      z[0] = a.get(at);
      AURIS_UNROLL
      for (int j = 1; j < P; ++j) z[j] = a.get(at + j * part).times(table_ + 2 * (j * k * step));
      combine(z);
      AURIS_UNROLL
      for (int j = 0; j < P; ++j) a.put(at + j * part, z[j]);
    }
  }
  __device__ void any_radix(const numbers& a, const numbers& to, int p, int part) const {
    const int length = part * p;
    for (int i = thread_; i < length_; i += threads_) {
      const int k = i % length, at = i - k + k % part;
      to.put(i, sum(p, k, length, [&](int j) { return a.get(at + j * part); }));
    }
  }
  /// sum_j z(j) exp(-2 pi i j k / length), j = 0..p-1
  template <class Z>
  __device__ value sum(int p, int k, int length, const Z& z) const {
    value all = z(0);
    const int step = roots_ / length;
    for (int j = 1, root = k; j < p; ++j) {
      all = all + z(j).times(table_ + 2 * (root * step));
      root += k;
      if (root >= length) root -= length;
    }
    return all;
  }

  __device__ static void combine(value (&)[1]) {}
  __device__ static void combine(value (&z)[2]) {
    const value a = z[0], b = z[1];
    z[0] = a + b;
    z[1] = a - b;
  }
  __device__ static void combine(value (&z)[4]) {
    const value a = z[0] + z[2], b = z[0] - z[2], c = z[1] + z[3], d = (z[1] - z[3]).turned();
    z[0] = a + c;
    z[1] = b + d;
    z[2] = a - c;
    z[3] = b - d;
  }
  /// Odd lengths, by pairs: X[k], X[P - k] = z[0] + sum_j cos (z[j] + z[P - j]) -+ i sum_j sin (z[j] - z[P - j]).
  template <int P>
  __device__ static void combine(value (&z)[P]) {
    using root = root_of_unity<P, T>;
    value sums[P / 2], differences[P / 2], total = z[0];
    AURIS_UNROLL
    for (int j = 1; j <= P / 2; ++j) {
      sums[j - 1] = z[j] + z[P - j];
      differences[j - 1] = z[j] - z[P - j];
      total = total + sums[j - 1];
    }
    const value centre = z[0];
    z[0] = total;
    AURIS_UNROLL
    for (int k = 1; k <= P / 2; ++k) {
      value even = centre, odd{};
      AURIS_UNROLL
      for (int j = 1; j <= P / 2; ++j) {
        const T c = root::cosine(j * k % P), s = root::minus_sine(j * k % P);
        even.real += sums[j - 1].real * c;
        even.imaginary += sums[j - 1].imaginary * c;
        odd.real -= differences[j - 1].imaginary * s;
        odd.imaginary += differences[j - 1].real * s;
      }
      z[k] = even + odd;
      z[P - k] = even - odd;
    }
  }

  const fft_plan& plan_;
  const T* table_;
  int roots_, thread_, threads_, length_;
};

}  // namespace auris::detail::gpu
