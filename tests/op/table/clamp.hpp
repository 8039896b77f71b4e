#pragma once
#include <auris/op/clamp.hpp>

#include "op/table.hpp"

namespace table {

struct clamp {
  using test = op::clamp::size;
  static constexpr const char* name = "clamp";
  static std::string describe(const test& s) { return text(s.count, " values to ", s.least, " ... ", s.most); }
  static std::vector<test> tests() {
    return {{0, 0, 1},         {1, 0, 1},   {7, -0.5, 0.5},    {8, 0, 0}, {15, 0.1, 0.9}, {16, 1e-7, 1 - 1e-7},
            {17, -0.25, 0.75}, {33, -2, 2}, {20011, -0.3, 0.3}};
  }
  static std::vector<test> benchmarks() { return {{311 * 64 * 41, 0.1, 0.9}}; }

  template <class Backend, class T>
  static std::vector<call<T>> calls(const test& s) {
    using k = kernel_of<op::clamp, Backend, T>;
    return {{.name = "forward",
             .arguments = {input("x", s.count), output("y", s.count)},
             .run = [s](executor& e, T* w, T* const* p) { k::forward(on<Backend>(e, w), s, p[0], p[1]); },
             .workspace = forward_scratch<op::clamp, Backend, T>(s),
             .in_place = {"x", "y"}},
            {.name = "backward",
             .arguments = {input("x", s.count), input("dy", s.count), output("dx", s.count)},
             .run = [s](executor& e, T* w, T* const* p) { k::backward(on<Backend>(e, w), s, p[0], p[1], p[2]); },
             .workspace = backward_scratch<op::clamp, Backend, T>(s),
             .gradient_of = 0,
             .in_place = {"dy", "dx"}}};
  }
};

}  // namespace table
