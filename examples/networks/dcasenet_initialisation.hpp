// How the code of DcaseNet starts its weights.
#pragma once
#include <auris/core/distributions.hpp>
#include <auris/nn/weights.hpp>
#include <cmath>
#include <string_view>
#include <vector>

namespace auris::networks {

namespace detail {

/// n rows of n numbers, each row orthogonal to the others and of length 1: random ones by Gram and Schmidt.
inline std::vector<double> orthogonal_rows(idx n, random_sequence& random) {
  std::vector<double> q(static_cast<std::size_t>(n * n));
  for (idx i = 0; i < n; ++i) {
    double* const row = q.data() + i * n;
    for (double length = 0; length < 1e-3;) {  // again where what is left of a row is mostly rounding
      for (idx k = 0; k < n; ++k) row[k] = draw_normal(random);
      for (int pass = 0; pass < 2; ++pass)
        for (idx j = 0; j < i; ++j) {
          const double* const other = q.data() + j * n;
          double along = 0;
          for (idx k = 0; k < n; ++k) along += row[k] * other[k];
          for (idx k = 0; k < n; ++k) row[k] -= along * other[k];
        }
      length = 0;
      for (idx k = 0; k < n; ++k) length += row[k] * row[k];
      length = std::sqrt(length);
      for (idx k = 0; k < n; ++k) row[k] /= length;
    }
  }
  return q;
}

template <class T>
struct dcasenet_initialiser : table_visitor {
  T* params;
  std::uint64_t seed, stream = std::uint64_t{1} << 32;  // beyond those of the defaults
  dcasenet_initialiser(T* to, std::uint64_t of) : params(to), seed(of) {}

  void operator()(const table_entry& e) override {
    const std::string_view name = e.name;
    random_sequence random(random_key{seed, 0, ++stream, 0});
    if (e.is_buffer) return;
    const bool convolves = name.starts_with("conv_block"), detects = name.starts_with("event_fc");
    if ((convolves || detects) && name.ends_with(".bias"))
      fill(e, [] { return 0.0; });
    else if (convolves && name.find(".bn") != name.npos)
      fill(e, [&] { return 1 + 0.02 * draw_normal(random); });
    else if (convolves || detects)
      fill(e, [&, bound = std::sqrt(6.0 / fan(e))] { return random.uniform(-bound, bound); });
    else if (name.starts_with("gru") && !name.ends_with("_reverse"))
      recurrent(e, name, random);
  }

 private:
  static double fan(const table_entry& e) {
    return static_cast<double>(e.stored.size()) / static_cast<double>(e.checkpoint[0]);
  }
  /// Number by number in the order of the checkpoint.
  template <class Draw>
  void fill(const table_entry& e, const Draw& draw) {
    for (idx i = 0; i < e.stored.size(); ++i) params[e.offset + e.place(i)] = static_cast<T>(draw());
  }
  void recurrent(const table_entry& e, std::string_view name, random_sequence& random) {
    if (name.find("bias") != name.npos) return fill(e, [] { return 0.0; });
    const double bound = std::sqrt(3.0 / fan(e));
    fill(e, [&] { return random.uniform(-bound, bound); });
    if (name.find("weight_hh") == name.npos) return;
    const idx hidden = e.checkpoint[1];
    const std::vector<double> third = detail::orthogonal_rows(hidden, random);
    for (idx i = 0; i < hidden * hidden; ++i)
      params[e.offset + e.place(2 * hidden * hidden + i)] = static_cast<T>(third[static_cast<std::size_t>(i)]);
  }
};

}  // namespace detail

/// The published start of a DcaseNet; a function of the seed alone.
///
///     conv_block*     convolutions He uniform; batch normalisation with weights of N(1, 0.02^2)
///     gru*            the forward direction: input weights and the first two recurrent gates uniform in +-sqrt(3 / fan), the third
///                     recurrent gate orthogonal, biases 0
///     event_fc        He uniform, biases 0
///
/// and PyTorch's defaults for all else.
///
/// Source      the code of Jung et al. 2021
///
///     weights<dcasenet_v3> w;
///     initialise_dcasenet(w, 1);
template <class Network, class T>
void initialise_dcasenet(weights<Network, T>& w, std::uint64_t seed) {
  w.initialise(seed);
  detail::dcasenet_initialiser<T> visitor(w.params(), seed);
  Network::visit_parameters(visitor);
}

}  // namespace auris::networks
