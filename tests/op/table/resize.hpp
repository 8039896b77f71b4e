#pragma once
#include <auris/op/resize.hpp>

#include "op/table.hpp"

namespace table {

template <class Operation>
struct resize_row {
  using test = typename Operation::size;
  static std::string describe(const test& s) { return text(s.outer, " x ", s.length, " x ", s.inner, " -> ", s.out); }

  template <class Backend, class T>
  static std::vector<call<T>> calls(const test& s) {
    using k = kernel_of<Operation, Backend, T>;
    const idx before = s.outer * s.length * s.inner, after = s.outer * s.out * s.inner;
    return {{.name = "forward",
             .arguments = {input("x", before), output("y", after)},
             .run = [s](executor& e, T* w, T* const* p) { k::forward(on<Backend>(e, w), s, p[0], p[1]); },
             .workspace = forward_scratch<Operation, Backend, T>(s),
             .depth = s.length},
            {.name = "backward",
             .arguments = {input("dy", after), output("dx", before)},
             .run = [s](executor& e, T* w, T* const* p) { k::backward(on<Backend>(e, w), s, p[0], p[1]); },
             .workspace = backward_scratch<Operation, Backend, T>(s),
             .depth = s.out,
             .gradient_of = 0}};
  }
};
struct repeat : resize_row<op::repeat> {
  static constexpr const char* name = "repeat";
  static std::vector<test> tests() {
    return {{0, 2, 3, 2, 4},   {2, 3, 4, 1, 0},  {1, 1, 1, 1, 1},  {2, 5, 6, 2, 10}, {1, 3, 17, 8, 24},
            {2, 7, 16, 5, 35}, {2, 6, 4, 8, 50}, {3, 5, 3, 4, 13}, {1, 1, 2, 3, 9}};
  }
  static std::vector<test> benchmarks() { return {{1, 12, 512, 16, 200}}; }
};
struct adaptive_avg_pool : resize_row<op::adaptive_avg_pool> {
  static constexpr const char* name = "adaptive_avg_pool";
  static std::vector<test> tests() {
    return {{0, 2, 3, 2}, {1, 1, 1, 1}, {2, 5, 6, 7}, {1, 7, 17, 5},  {2, 9, 16, 3},
            {3, 4, 1, 1}, {1, 3, 2, 9}, {2, 3, 4, 0}, {1, 64, 5, 37}, {3, 37, 33, 64}};
  }
  static std::vector<test> benchmarks() { return {{1, 311, 512, 200}}; }
};
struct interpolate : resize_row<op::interpolate> {
  static constexpr const char* name = "interpolate";
  static std::vector<test> tests() {
    return {{0, 2, 3, 2},          {1, 1, 1, 1},        {2, 5, 6, 7},        {1, 7, 17, 5},       {2, 9, 16, 3},
            {1, 1, 1, 4, true},    {2, 5, 6, 7, true},  {1, 7, 17, 5, true}, {2, 3, 16, 9, true}, {1, 9, 1, 1, true},
            {2, 3, 4, 0},          {2, 3, 4, 0, true},  {1, 64, 5, 37},      {3, 37, 33, 64},     {1, 64, 5, 37, true},
            {3, 37, 33, 64, true}, {1, 3, 2, 200, true}};
  }
  static std::vector<test> benchmarks() { return {{1, 31, 527, 992, true}}; }
};

}  // namespace table
