#pragma once
#include <auris/op/merge.hpp>

#include "op/table.hpp"

namespace table {

/// Between the rows of y nothing may be written: they are `updated` as a whole.
struct copy {
  using test = op::copy::size;
  static constexpr const char* name = "copy";
  static std::string describe(const test& s) {
    return text(s.rows, " rows of ", s.count, ", every ", s.x_stride, " to every ", s.y_stride);
  }
  static std::vector<test> tests() {
    return {{0, 3, 3, 3}, {1, 0, 0, 0},    {1, 17, 0, 0},     {3, 5, 5, 9},    {4, 7, 12, 7},    {2, 16, 16, 33},
            {9, 1, 3, 2}, {1, 5000, 0, 0}, {70, 64, 64, 130}, {5, 33, 40, 50}, {100, 12, 16, 24}};
  }
  static std::vector<test> benchmarks() { return {{200, 512, 512, 1024}, {1, 200 * 64 * 64, 0, 0}}; }
  static idx reach(const test& s, idx stride) { return s.rows > 0 ? (s.rows - 1) * stride + s.count : 0; }

  template <class Backend, class T>
  static std::vector<call<T>> calls(const test& s) {
    using k = kernel_of<op::copy, Backend, T>;
    return {{.name = "forward",
             .arguments = {input("x", reach(s, s.x_stride)), updated("y", reach(s, s.y_stride))},
             .run = [s](executor& e, T* w, T* const* p) { k::forward(on<Backend>(e, w), s, p[0], p[1]); },
             .workspace = forward_scratch<op::copy, Backend, T>(s)}};
  }
};

template <class Operation>
struct merge_row {
  using test = typename Operation::size;
  static std::string describe(const test& s) {
    return text(s.items, " x ", s.repeat, " x ", s.last, s.repeated ? ", one repeated" : "");
  }
  static std::vector<test> tests() {
    return {{0, 2, 3, true},    {1, 1, 1},         {1, 1, 1, true},  {2, 3, 7},        {2, 3, 7, true},
            {1, 5, 8, true},    {3, 4, 15},        {3, 4, 15, true}, {2, 9, 16, true}, {2, 2, 17, true},
            {1, 300, 33, true}, {3, 50, 16, true}, {1, 1, 20011}};
  }
  static std::vector<test> benchmarks() { return {{1, 200, 512, true}, {1, 1, 200 * 512, false}}; }
  static std::vector<test> of_batches() { return {{1, 1, 64 * 12800 * 64, false}}; }
  static idx all(const test& s) { return s.items * s.repeat * s.last; }
  static idx second(const test& s) { return s.repeated ? s.items * s.last : all(s); }
};
struct add : merge_row<op::add> {
  static constexpr const char* name = "add";
  template <class Backend, class T>
  static std::vector<call<T>> calls(const test& s) {
    using k = kernel_of<op::add, Backend, T>;
    return {{.name = "forward",
             .arguments = {input("b", second(s)), updated("y", all(s))},
             .run = [s](executor& e, T* w, T* const* p) { k::forward(on<Backend>(e, w), s, p[0], p[1]); },
             .workspace = forward_scratch<op::add, Backend, T>(s)},
            {.name = "backward",
             .arguments = {input("dy", all(s)), output("db", second(s))},
             .run = [s](executor& e, T* w, T* const* p) { k::backward(on<Backend>(e, w), s, p[0], p[1]); },
             .workspace = backward_scratch<op::add, Backend, T>(s),
             .depth = s.repeat,
             .gradient_of = 0}};
  }
};
struct multiply : merge_row<op::multiply> {
  static constexpr const char* name = "multiply";
  template <class Backend, class T>
  static std::vector<call<T>> calls(const test& s) {
    using k = kernel_of<op::multiply, Backend, T>;
    const argument a = input("a", all(s)), b = input("b", second(s));
    return {{.name = "forward",
             .arguments = {a, b, output("y", all(s))},
             .run = [s](executor& e, T* w, T* const* p) { k::forward(on<Backend>(e, w), s, p[0], p[1], p[2]); },
             .workspace = forward_scratch<op::multiply, Backend, T>(s)},
            {.name = "backward",
             .arguments = {a, b, input("dy", all(s)), output("da", a.count).or_null(), output("db", b.count).or_null()},
             .run = [s](executor& e, T* w,
                        T* const* p) { k::backward(on<Backend>(e, w), s, p[0], p[1], p[2], p[3], p[4]); },
             .workspace = backward_scratch<op::multiply, Backend, T>(s),
             .depth = s.repeat,
             .gradient_of = 0}};
  }
};

}  // namespace table
