#pragma once
#include <auris/op/linear.hpp>

#include "op/table.hpp"

namespace table {

struct linear {
  using test = op::linear::size;
  static constexpr const char* name = "linear";
  static std::string describe(const test& s) { return text(s.rows, " x ", s.in, " -> ", s.out); }
  static std::vector<test> tests() {
    return {{0, 3, 2},     {1, 1, 1},   {1, 7, 8},    {2, 8, 7},     {3, 15, 16},   {5, 16, 17},
            {7, 17, 15},   {8, 31, 33}, {17, 33, 1},  {33, 1, 31},   {13, 64, 40},  {3, 200, 5},
            {1, 40, 180},  {6, 50, 70}, {1, 800, 33}, {12, 400, 32}, {130, 20, 67}, {4, 0, 3},
            {132, 68, 72}, {3, 600, 5}, {600, 4, 12}, {3, 4400, 5},  {17, 5, 168}};
  }
  static std::vector<test> benchmarks() {
    return {{200, 512, 17},  {200, 64, 32},    {200, 32, 17},   {200, 512, 768}, {1600, 512, 768},
            {1, 256, 768},   {1, 768, 768},    {8, 768, 768},   {1, 768, 3072},  {8, 768, 3072},
            {498, 768, 768}, {498, 768, 3072}, {498, 3072, 768}};
  }
  static idx multiply_adds(const test& s) { return s.multiply_adds(); }

  template <class Backend, class T>
  static std::vector<call<T>> calls(const test& s) {
    using k = kernel_of<op::linear, Backend, T>;
    const argument x = input("x", s.rows * s.in), weight = input("weight", s.out * s.in);
    std::vector<call<T>> all{
        {.name = "forward",
         .arguments = {x, weight, input("bias", s.out).or_null(), output("y", s.rows * s.out)},
         .run = [s](executor& e, T* w, T* const* p) { k::forward(on<Backend>(e, w), s, p[0], p[1], p[2], p[3]); },
         .workspace = forward_scratch<op::linear, Backend, T>(s),
         .depth = s.in},
        {.name = "backward",
         .arguments = {x, weight, input("dy", s.rows * s.out), output("dx", x.count).or_null(),
                       updated("dweight", weight.count).or_null(), updated("dbias", s.out).or_null()},
         .run = [s](executor& e, T* w,
                    T* const* p) { k::backward(on<Backend>(e, w), s, p[0], p[1], p[2], p[3], p[4], p[5]); },
         .workspace = backward_scratch<op::linear, Backend, T>(s),
         .depth = s.rows + s.out,
         .gradient_of = 0}};
    add_forward_prepared<op::linear, Backend, T>(s, all);
    return all;
  }
};

}  // namespace table
