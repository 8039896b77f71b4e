#pragma once
#include <auris/op/transpose.hpp>

#include "op/table.hpp"

namespace table {

struct transpose {
  using test = op::transpose::size;
  static constexpr const char* name = "transpose";
  static std::string describe(const test& s) { return text(s.items, " x ", s.rows, " x ", s.columns); }
  static std::vector<test> tests() {
    return {{0, 3, 2},   {2, 0, 3},   {2, 3, 0},  {1, 1, 1},  {2, 31, 33},  {1, 32, 32},
            {3, 16, 17}, {1, 70, 65}, {2, 1, 40}, {2, 40, 1}, {1, 1000, 41}};
  }
  static std::vector<test> benchmarks() { return {{1, 311 * 64, 41}}; }

  template <class Backend, class T>
  static std::vector<call<T>> calls(const test& s) {
    using k = kernel_of<op::transpose, Backend, T>;
    const idx all = s.items * s.rows * s.columns;
    const op::transpose::size back{s.items, s.columns, s.rows};
    return {{.name = "forward",
             .arguments = {input("x", all), output("y", all)},
             .run = [s](executor& e, T* w, T* const* p) { k::forward(on<Backend>(e, w), s, p[0], p[1]); },
             .workspace = forward_scratch<op::transpose, Backend, T>(s)},
            {.name = "backward",
             .arguments = {input("dy", all), output("dx", all)},
             .run = [back](executor& e, T* w, T* const* p) { k::forward(on<Backend>(e, w), back, p[0], p[1]); },
             .workspace = forward_scratch<op::transpose, Backend, T>(back),
             .gradient_of = 0}};
  }
};

}  // namespace table
