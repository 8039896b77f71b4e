// What a step of a GRU does to one item besides products: see op::gru. `hidden` is whole lines.
namespace auris::detail::AURIS_SET {

/// h becomes h'. p: W x + biases, u: U h, one row for each gate; what the gates were goes to `cache`, unless that is null.
inline void gru_gates(idx hidden, const float* pr, const float* pz, const float* pn, const float* ur, const float* uz,
                      const float* un, const float* candidate_bias, float* h, float* cache_r, float* cache_z,
                      float* cache_n, float* cache_q) noexcept {
  for (idx i = 0; i < hidden; i += lanes) {
    const vec r = logistic(load(pr + i) + load(ur + i));
    const vec z = logistic(load(pz + i) + load(uz + i));
    const vec q = load(un + i) + load(candidate_bias + i);
    const vec n = hyperbolic_tangent(load(pn + i) + r * q);
    store(h + i, n + z * (load(h + i) - n));
    if (cache_r) {
      store(cache_r + i, r);
      store(cache_z + i, z);
      store(cache_n + i, n);
      store(cache_q + i, q);
    }
  }
}

/// dh (the gradient of h' but for dy) becomes the part of h's gradient that passes by the gates; `before` is h, null for zero.
inline void gru_gate_gradients(idx hidden, const float* r, const float* z, const float* n, const float* q,
                               const float* before, const float* dy, float* dh, float* dn, float* dr, float* dz,
                               float* dq) noexcept {
  for (idx i = 0; i < hidden; i += lanes) {
    const vec vr = load(r + i), vz = load(z + i), vn = load(n + i);
    const vec d = load(dh + i) + load(dy + i), by_candidate = d * (1.f - vz) * (1.f - vn * vn);
    const vec by_state = before ? d * (load(before + i) - vn) : -d * vn;
    store(dn + i, by_candidate);
    store(dr + i, by_candidate * load(q + i) * vr * (1.f - vr));
    store(dz + i, by_state * vz * (1.f - vz));
    store(dq + i, by_candidate * vr);
    store(dh + i, d * vz);
  }
}

}  // namespace auris::detail::AURIS_SET
