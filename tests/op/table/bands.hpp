#pragma once
#include <auris/op/bands.hpp>

#include "op/table.hpp"

namespace table {

struct bands {
  /// Bands of 0 to `widest` bins, without a logarithm or with a floor that keeps its slope small.
  struct test {
    op::stft::size spectra;
    idx count, widest;
    bool logarithm;
    idx width(idx band) const { return band * 7 % (widest + 1); }
    idx first(idx band) const { return band * 13 % (spectra.bins() - width(band) + 1); }
    op::bands::size size() const {
      return logarithm ? op::bands::size{spectra, count, 1, 0.5, 2} : op::bands::size{spectra, count};
    }
  };
  static constexpr const char* name = "bands";
  static std::string describe(const test& s) {
    return text(s.spectra.frames, " frames of ", s.spectra.fft, ", hop ", s.spectra.hop,
                s.spectra.power ? ", power, " : ", magnitude, ", s.count, " bands of up to ", s.widest,
                s.logarithm ? ", logarithm" : "");
  }
  static std::vector<test> tests() {
    return {{{0, 16, 4}, 3, 5, true},          {{3, 16, 4}, 0, 5, false},          {{1, 1, 1}, 2, 1, false},
            {{5, 3, 1, false}, 3, 2, false},   {{17, 63, 20, false}, 9, 20, true}, {{70, 64, 7}, 17, 33, true},
            {{37, 128, 128}, 16, 30, true},    {{9, 60, 200}, 20, 31, false},      {{130, 40, 16, false}, 5, 21, true},
            {{2, 286, 50}, 40, 100, true},     {{3, 4410, 2205}, 33, 200, true},   {{2, 2 * 1024, 1000}, 7, 90, true},
            {{1100, 20, 3, true}, 3, 9, false}};
  }
  static std::vector<test> benchmarks() {
    return {{{50, 17640, 8820}, 64, 500, true}, {{400, 1024, 320}, 64, 30, true}};
  }

  template <class Backend, class T>
  static std::vector<call<T>> calls(const test& s) {
    using k = kernel_of<op::bands, Backend, T>;
    std::vector<idx> firsts, offsets{0};
    for (idx b = 0; b < s.count; ++b) firsts.push_back(s.first(b)), offsets.push_back(offsets.back() + s.width(b));
    const idx weights = offsets.back();
    std::vector<T> table(static_cast<std::size_t>(2 * s.spectra.fft));
    op::stft::make_table(s.spectra.fft, table.data());
    const constant first(std::move(firsts), memory_of<Backend>()), offset(std::move(offsets), memory_of<Backend>());
    const constant roots(std::move(table), memory_of<Backend>());
    return {{.name = "forward",
             .arguments = {input("x", s.spectra.samples()), input("window", s.spectra.fft), input("weight", weights),
                           output("y", s.spectra.frames * s.count)},
             .run =
                 [size = s.size(), first, offset, roots](executor& e, T* w, T* const* p) {
                   k::forward(on<Backend>(e, w), size, p[0], p[1], roots.data(), first.data(), offset.data(), p[2],
                              p[3]);
                 },
             .workspace = forward_scratch<op::bands, Backend, T>(s.size()),
             .depth = s.spectra.fft + s.widest}};
  }
};

}  // namespace table
