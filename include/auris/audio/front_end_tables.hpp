#pragma once
#include <auris/audio/constant_q.hpp>
#include <auris/audio/front_end_options.hpp>
#include <auris/core/transfer.hpp>
#include <auris/op/dct.hpp>
#include <auris/op/stft.hpp>
#include <type_traits>
#include <utility>
#include <vector>

namespace auris::detail {

/// Values that a backend reads again and again: the vector itself where it works in the host's memory, else a copy.
template <class T, class Memory>
class constants {
 public:
  template <class Queue>
  result<void> set(const Queue& queue, std::vector<T> values) {
    if constexpr (Memory::on_host)
      values_ = std::move(values);
    else {
      const idx count = static_cast<idx>(values.size());
      if (auto ok = values_.reserve(count); !ok) return ok;
      Memory::upload(queue, count, values.data(), values_.data());
      Memory::wait(queue);
    }
    return {};
  }
  const T* data() const noexcept { return values_.data(); }

 private:
  std::conditional_t<Memory::on_host, std::vector<T>, arena<T, Memory>> values_;
};

/// What the operations of a front-end read besides the sound, in the backend's memory.
template <class Backend>
struct front_end_tables {
  front_end_options options;
  idx frame = 0, weights = 0;  ///< samples that a frame covers; of all constant-Q bands
  constants<float, typename Backend::memory> window, roots, weight, cosines;
  constants<idx, typename Backend::memory> first, offset;

  static result<front_end_tables> make(const front_end_options& o) {
    if (const auto checked = o.check(); !checked) return checked.error();
    front_end_tables t;
    t.options = o;
    if (auto ok = o.transform == transform_kind::fourier ? t.set_fourier(o) : t.set_constant_q(o); !ok)
      return ok.error();
    std::vector<float> cosines(static_cast<std::size_t>(o.coefficients * o.bands));
    op::dct::make_table(o.bands, o.coefficients, cosines.data());
    if (auto ok = t.cosines.set(Backend::default_queue(), std::move(cosines)); !ok) return ok.error();
    if (auto ok = status_of<Backend>(); !ok) return ok.error();
    return static_cast<front_end_tables&&>(t);  // nvcc would copy
  }

 private:
  result<void> set_fourier(const front_end_options& o) {
    auto bank = make_filter_bank({o.rate, o.fft, o.bands, o.lowest, o.highest, o.scale, o.area_normalised, o.axis});
    if (!bank) return bank.error();
    std::vector<float> table(static_cast<std::size_t>(2 * o.fft));
    op::stft::make_table(o.fft, table.data());
    frame = o.fft;
    const auto q = Backend::default_queue();
    if (auto ok = window.set(q, window_of(o)); !ok) return ok;
    if (auto ok = roots.set(q, std::move(table)); !ok) return ok;
    return set_bands(std::move(bank->first), std::move(bank->offset), std::move(bank->weight));
  }
  result<void> set_constant_q(const front_end_options& o) {
    auto kernel = make_constant_q({o.rate, o.bands, o.per_octave, o.lowest});
    if (!kernel) return kernel.error();
    frame = kernel->length;
    weights = kernel->weights();
    return set_bands(std::move(kernel->first), std::move(kernel->offset), std::move(kernel->weight));
  }
  result<void> set_bands(std::vector<idx> firsts, std::vector<idx> offsets, std::vector<float> values) {
    const auto q = Backend::default_queue();
    if (auto ok = first.set(q, std::move(firsts)); !ok) return ok;
    if (auto ok = offset.set(q, std::move(offsets)); !ok) return ok;
    return weight.set(q, std::move(values));
  }
  static std::vector<float> window_of(const front_end_options& o) {
    const auto w =
        centred_window(auris::window(o.window, o.symmetry, o.window_length ? o.window_length : o.fft), o.fft);
    double energy = 0;
    for (double v : w) energy += v * v;
    const double scale = o.unit_energy && energy > 0 ? 1 / std::sqrt(energy) : 1;
    std::vector<float> scaled;
    scaled.reserve(w.size());
    for (double v : w) scaled.push_back(static_cast<float>(v * scale));
    return scaled;
  }
};

}  // namespace auris::detail
