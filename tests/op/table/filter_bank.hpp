#pragma once
#include <auris/op/filter_bank.hpp>

#include "op/table.hpp"

namespace table {

struct filter_bank {
  /// Bands of 0 to `widest` bins.
  struct test {
    idx frames, bins, bands, widest;
    idx width(idx band) const { return band * 7 % (widest + 1); }
    idx first(idx band) const { return band * 13 % (bins - width(band) + 1); }
  };
  static constexpr const char* name = "filter_bank";
  static std::string describe(const test& s) {
    return text(s.frames, " x ", s.bins, " -> ", s.bands, " of up to ", s.widest);
  }
  static std::vector<test> tests() {
    return {{0, 5, 2, 3},   {3, 5, 0, 3},    {1, 1, 2, 1},      {7, 9, 3, 4},
            {8, 40, 9, 33}, {9, 70, 17, 64}, {37, 200, 20, 150}};
  }
  static std::vector<test> benchmarks() { return {{50, 8821, 64, 500}, {400, 513, 40, 30}}; }

  template <class Backend, class T>
  static std::vector<call<T>> calls(const test& s) {
    using k = kernel_of<op::filter_bank, Backend, T>;
    std::vector<idx> firsts, offsets{0};
    for (idx b = 0; b < s.bands; ++b) firsts.push_back(s.first(b)), offsets.push_back(offsets.back() + s.width(b));
    const idx weights = offsets.back();
    const constant first(std::move(firsts), memory_of<Backend>()), offset(std::move(offsets), memory_of<Backend>());
    const op::filter_bank::size size{s.frames, s.bins, s.bands};
    return {{.name = "forward",
             .arguments = {input("x", s.frames * s.bins), input("weight", weights), output("y", s.frames * s.bands)},
             .run =
                 [size, first, offset](executor& e, T* w, T* const* p) {
                   k::forward(on<Backend>(e, w), size, p[0], first.data(), offset.data(), p[1], p[2]);
                 },
             .workspace = forward_scratch<op::filter_bank, Backend, T>(size),
             .depth = s.widest}};
  }
};

}  // namespace table
