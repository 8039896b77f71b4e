#pragma once
#include <auris/op/logarithm.hpp>

#include "op/table.hpp"

namespace table {

struct logarithm {
  using test = op::logarithm::size;
  static constexpr const char* name = "logarithm";
  static std::string describe(const test& s) {
    return text(s.count, " values, floor ", s.floor, ", offset ", s.offset, ", scale ", s.scale, ", low ", s.low);
  }
  static std::vector<test> tests() {
    constexpr double decibel = op::logarithm::decibel;
    return {{0, 0.01, 0, 1},        {1, 0.01, 0, 1},      {7, 0.01, 0, decibel}, {16, 1e-10, 0, decibel},
            {33, 0, 1e-5, 1},       {33, -0.5, 0.75, 2},  {1000, 0.01, 0, 1},    {5000, 1e-10, 0, 2 * decibel},
            {20011, 0.01, 0.5, -1}, {40, 0.5, 0, 1, 0.75}};
  }
  static std::vector<test> benchmarks() { return {{200 * 64, 1e-10, 0, op::logarithm::decibel}}; }

  template <class Backend, class T>
  static std::vector<call<T>> calls(const test& s) {
    using k = kernel_of<op::logarithm, Backend, T>;
    return {{.name = "forward",
             .arguments = {input("x", s.count), output("y", s.count)},
             .run = [s](executor& e, T* w, T* const* p) { k::forward(on<Backend>(e, w), s, p[0], p[1]); },
             .workspace = forward_scratch<op::logarithm, Backend, T>(s),
             .in_place = {"x", "y"}}};
  }
};

}  // namespace table
