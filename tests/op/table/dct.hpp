#pragma once
#include <auris/op/dct.hpp>

#include "op/table.hpp"

namespace table {

struct dct {
  using test = op::dct::size;
  static constexpr const char* name = "dct";
  static std::string describe(const test& s) { return text(s.rows, " x ", s.length, " -> ", s.count); }
  static std::vector<test> tests() {
    return {{0, 5, 2}, {3, 5, 0}, {1, 1, 1}, {7, 9, 3}, {8, 32, 4}, {9, 33, 5}, {19, 64, 21}, {33, 100, 100}};
  }
  static std::vector<test> benchmarks() { return {{200, 64, 20}}; }
  static idx multiply_adds(const test& s) { return s.rows * s.length * s.count; }

  template <class Backend, class T>
  static std::vector<call<T>> calls(const test& s) {
    using k = kernel_of<op::dct, Backend, T>;
    return {{.name = "forward",
             .arguments = {input("x", s.rows * s.length), input("table", s.count * s.length),
                           output("y", s.rows * s.count)},
             .run = [s](executor& e, T* w, T* const* p) { k::forward(on<Backend>(e, w), s, p[0], p[1], p[2]); },
             .workspace = forward_scratch<op::dct, Backend, T>(s),
             .depth = s.length}};
  }
};

}  // namespace table
