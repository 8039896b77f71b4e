#pragma once
#include <auris/op/layer_norm.hpp>

#include "op/table.hpp"

namespace table {

template <class Operation>
struct rows_row {
  using test = typename Operation::size;
  static std::string describe(const test& s) { return text(s.rows, " x ", s.length); }
  static std::vector<test> tests() {
    return {{0, 3},  {1, 2},  {3, 7},    {2, 8},    {2, 15},   {3, 16},  {5, 17},
            {2, 31}, {7, 33}, {40, 128}, {530, 36}, {3, 1028}, {2, 1101}};
  }
  static std::vector<test> benchmarks() { return {{1000, 768}}; }
  static std::vector<test> of_batches() { return {{64000, 768}}; }
};
struct layer_norm : rows_row<op::layer_norm> {
  static constexpr const char* name = "layer_norm";
  template <class Backend, class T>
  static std::vector<call<T>> calls(const test& s) {
    using k = kernel_of<op::layer_norm, Backend, T>;
    const idx all = s.rows * s.length;
    const argument x = input("x", all), weight = input("weight", s.length).or_null();
    return {{.name = "forward",
             .arguments = {x, weight, input("bias", s.length).or_null(), output("y", all)},
             .run = [s](executor& e, T* w, T* const* p) { k::forward(on<Backend>(e, w), s, p[0], p[1], p[2], p[3]); },
             .workspace = forward_scratch<op::layer_norm, Backend, T>(s),
             .depth = 4 * s.length},
            {.name = "backward",
             .arguments = {x, weight, input("dy", all), output("dx", all).or_null(),
                           updated("dweight", s.length).or_null(), updated("dbias", s.length).or_null()},
             .run = [s](executor& e, T* w,
                        T* const* p) { k::backward(on<Backend>(e, w), s, p[0], p[1], p[2], p[3], p[4], p[5]); },
             .workspace = backward_scratch<op::layer_norm, Backend, T>(s),
             .depth = 4 * (s.length + s.rows),
             .gradient_of = 0}};
  }
};
struct l2_normalize : rows_row<op::l2_normalize> {
  static constexpr const char* name = "l2_normalize";
  template <class Backend, class T>
  static std::vector<call<T>> calls(const test& s) {
    using k = kernel_of<op::l2_normalize, Backend, T>;
    const idx all = s.rows * s.length;
    const argument x = input("x", all).filled(values::apart_from_zero);
    return {{.name = "forward",
             .arguments = {x, output("y", all)},
             .run = [s](executor& e, T* w, T* const* p) { k::forward(on<Backend>(e, w), s, p[0], p[1]); },
             .workspace = forward_scratch<op::l2_normalize, Backend, T>(s),
             .depth = s.length},
            {.name = "backward",
             .arguments = {x, input("dy", all), output("dx", all)},
             .run = [s](executor& e, T* w, T* const* p) { k::backward(on<Backend>(e, w), s, p[0], p[1], p[2]); },
             .workspace = backward_scratch<op::l2_normalize, Backend, T>(s),
             .depth = s.length,
             .gradient_of = 0}};
  }
};

}  // namespace table
