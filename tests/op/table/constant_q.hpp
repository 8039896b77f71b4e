#pragma once
#include <auris/op/constant_q.hpp>

#include "op/table.hpp"

namespace table {

struct constant_q {
  /// Bands of 0 to `widest` samples.
  struct test {
    idx frames, length, hop, bands, widest;
    bool power;
    idx width(idx band) const { return band * 7 % (widest + 1); }
    idx first(idx band) const { return band * 13 % (length - width(band) + 1); }
  };
  static constexpr const char* name = "constant_q";
  static std::string describe(const test& s) {
    return text(s.frames, " frames of ", s.length, ", hop ", s.hop, s.power ? ", power, " : ", magnitude, ", s.bands,
                " bands of up to ", s.widest);
  }
  static std::vector<test> tests() {
    return {{0, 5, 2, 2, 3, true},         {3, 5, 1, 0, 3, false},   {1, 1, 1, 2, 1, true},
            {7, 9, 4, 3, 4, false},        {8, 40, 50, 9, 33, true}, {9, 70, 13, 17, 64, true},
            {37, 200, 64, 20, 150, false}, {5, 33, 1, 34, 33, true}};
  }
  static std::vector<test> benchmarks() { return {{25, 10206, 8820, 64, 10000, false}}; }

  template <class Backend, class T>
  static std::vector<call<T>> calls(const test& s) {
    using k = kernel_of<op::constant_q, Backend, T>;
    std::vector<idx> firsts, offsets{0};
    for (idx b = 0; b < s.bands; ++b) firsts.push_back(s.first(b)), offsets.push_back(offsets.back() + s.width(b));
    const idx weights = offsets.back();
    const constant first(std::move(firsts), memory_of<Backend>()), offset(std::move(offsets), memory_of<Backend>());
    const op::constant_q::size size{s.frames, s.length, s.hop, s.bands, weights, s.power};
    return {{.name = "forward",
             .arguments = {input("x", size.samples()), input("weight", 2 * weights), output("y", s.frames * s.bands)},
             .run =
                 [size, first, offset](executor& e, T* w, T* const* p) {
                   k::forward(on<Backend>(e, w), size, p[0], first.data(), offset.data(), p[1], p[2]);
                 },
             .workspace = forward_scratch<op::constant_q, Backend, T>(size),
             .depth = s.widest}};
  }
};

}  // namespace table
