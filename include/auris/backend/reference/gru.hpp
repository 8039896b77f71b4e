#pragma once
#include <auris/op/gru.hpp>
#include <cmath>

namespace auris {

template <class T>
struct kernel<op::gru, reference, T> {
  using R = resources<reference, T>;

  /// One h.
  static constexpr idx forward_workspace(const op::gru::size& s, int) { return s.hidden; }
  /// d loss / d h, and d loss / d of what r, z, n apply their functions to, and of q.
  static constexpr idx backward_workspace(const op::gru::size& s, int) { return 5 * s.hidden; }

  static void forward(const R& resource, const op::gru::size& s, const T* x, const op::gru::weights<const T>* w,
                      T* state, T* y, T* cache) noexcept {
    const idx h = s.hidden;
    T* last = resource.workspace;
    for (idx d = 0; d < s.directions; ++d)
      for (idx n = 0; n < s.items; ++n) {
        T* kept = state ? state + (n * s.directions + d) * h : nullptr;
        for (idx k = 0; k < h; ++k) last[k] = kept ? kept[k] : T(0);
        for (idx step = 0; step < s.time; ++step) {
          const idx t = d == 0 ? step : s.time - 1 - step;
          const T* frame = x + (n * s.time + t) * s.in;
          T* now = y + ((n * s.time + t) * s.directions + d) * h;
          for (idx k = 0; k < h; ++k) {
            T from_input[3], from_last[3];
            for (idx gate = 0; gate < 3; ++gate) {
              const idx row = gate * h + k;
              from_input[gate] = w[d].input_bias[row] + dot(s.in, w[d].input + row * s.in, frame);
              from_last[gate] = w[d].recurrent_bias[row] + dot(h, w[d].recurrent + row * h, last);
            }
            const T r = sigmoid(from_input[0] + from_last[0]), z = sigmoid(from_input[1] + from_last[1]);
            const T q = from_last[2], candidate = std::tanh(from_input[2] + r * q);
            now[k] = (1 - z) * candidate + z * last[k];
            if (cache) {
              T* c = cache + ((d * s.items + n) * s.time + t) * 4 * h + k;
              c[0] = r, c[h] = z, c[2 * h] = candidate, c[3 * h] = q;
            }
          }
          for (idx k = 0; k < h; ++k) last[k] = now[k];
        }
        if (kept)
          for (idx k = 0; k < h; ++k) kept[k] = last[k];
      }
  }

  static void backward(const R& resource, const op::gru::size& s, const T* x, const op::gru::weights<const T>* w,
                       const T* y, const T* cache, const T* dy, T* dx, const op::gru::weights<T>* gradients) noexcept {
    const idx h = s.hidden;
    T *dh = resource.workspace, *dr = dh + h, *dz = dr + h, *dn = dz + h, *dq = dn + h;
    if (dx)
      for (idx k = 0; k < s.items * s.time * s.in; ++k) dx[k] = T(0);
    for (idx d = 0; d < s.directions; ++d)
      for (idx n = 0; n < s.items; ++n) {
        for (idx k = 0; k < h; ++k) dh[k] = T(0);
        for (idx step = s.time - 1; step >= 0; --step) {
          const idx t = d == 0 ? step : s.time - 1 - step, before = d == 0 ? t - 1 : t + 1;
          const idx at = (n * s.time + t) * s.directions + d;
          const T* last = step > 0 ? y + ((n * s.time + before) * s.directions + d) * h : nullptr;
          const T* c = cache + ((d * s.items + n) * s.time + t) * 4 * h;
          for (idx k = 0; k < h; ++k) {
            const T r = c[k], z = c[h + k], candidate = c[2 * h + k], q = c[3 * h + k];
            const T g = dh[k] + dy[at * h + k];
            dn[k] = g * (1 - z) * (1 - candidate * candidate);
            dq[k] = dn[k] * r;
            dr[k] = dn[k] * q * r * (1 - r);
            dz[k] = g * ((last ? last[k] : T(0)) - candidate) * z * (1 - z);
            dh[k] = g * z;
          }
          const T *by_input[3] = {dr, dz, dn}, *by_last[3] = {dr, dz, dq};
          for (idx gate = 0; gate < 3; ++gate)
            for (idx k = 0; k < h; ++k) {
              const idx row = gate * h + k;
              const T gi = by_input[gate][k], gl = by_last[gate][k];
              if (dx) add(s.in, gi, w[d].input + row * s.in, dx + (n * s.time + t) * s.in);
              add(h, gl, w[d].recurrent + row * h, dh);
              if (!gradients) continue;
              const op::gru::weights<T>& dw = gradients[d];
              add(s.in, gi, x + (n * s.time + t) * s.in, dw.input + row * s.in);
              if (last) add(h, gl, last, dw.recurrent + row * h);
              dw.input_bias[row] += gi;
              dw.recurrent_bias[row] += gl;
            }
        }
      }
  }

 private:
  static T sigmoid(T x) noexcept { return 1 / (1 + std::exp(-x)); }
  static T dot(idx n, const T* a, const T* b) noexcept {
    T sum = 0;
    for (idx k = 0; k < n; ++k) sum += a[k] * b[k];
    return sum;
  }
  static void add(idx n, T factor, const T* a, T* to) noexcept {
    for (idx k = 0; k < n; ++k) to[k] += factor * a[k];
  }
};

}  // namespace auris
