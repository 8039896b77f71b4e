#pragma once
#include <auris/op/activation.hpp>
#include <auris/op/dropout.hpp>
#include <auris/op/softmax.hpp>

#include "op/table.hpp"

namespace table {

/// Rows of all element-wise functions. Backward needs x or y.
template <class Operation, bool SlopeFromX = false>
struct elementwise {
  using test = typename Operation::size;
  static std::string describe(const test& s) { return text(s.count, " values"); }
  static std::vector<test> tests() { return {{0}, {1}, {7}, {8}, {15}, {16}, {17}, {31}, {33}, {1000}, {20011}}; }
  static std::vector<test> benchmarks() { return {{12800 * 64}, {200 * 17}}; }
  static std::vector<test> of_batches() { return {{64 * 12800 * 64}}; }

  template <class Backend, class T>
  static std::vector<call<T>> calls(const test& s) {
    using k = kernel_of<Operation, Backend, T>;
    const argument x = input("x", s.count).filled(values::apart_from_zero);
    return {{.name = "forward",
             .arguments = {x, output("y", s.count)},
             .run = [s](executor& e, T* w, T* const* p) { k::forward(on<Backend>(e, w), s, p[0], p[1]); },
             .workspace = forward_scratch<Operation, Backend, T>(s),
             .in_place = {"x", "y"}},
            {.name = "backward",
             .arguments = {x.read_if(SlopeFromX), input("y", s.count).read_if(!SlopeFromX), input("dy", s.count),
                           output("dx", s.count)},
             .run = [s](executor& e, T* w, T* const* p) { k::backward(on<Backend>(e, w), s, p[0], p[1], p[2], p[3]); },
             .workspace = backward_scratch<Operation, Backend, T>(s),
             .gradient_of = 0,
             .in_place = {"dy", "dx"}}};
  }
};
struct relu : elementwise<op::relu> {
  static constexpr const char* name = "relu";
};
struct sigmoid : elementwise<op::sigmoid> {
  static constexpr const char* name = "sigmoid";
};
struct tanh : elementwise<op::tanh> {
  static constexpr const char* name = "tanh";
};
struct gelu : elementwise<op::gelu, true> {
  static constexpr const char* name = "gelu";
};

template <class Operation>
struct over_axis {
  using test = typename Operation::size;
  static std::string describe(const test& s) { return text(s.outer, " x ", s.length, " x ", s.inner); }
  static std::vector<test> tests() {
    return {{0, 3, 2},   {2, 3, 0},    {1, 1, 1},    {3, 7, 1},   {2, 8, 1},    {2, 15, 1},  {2, 16, 1},  {5, 17, 1},
            {2, 31, 1},  {2, 33, 1},   {1, 5, 7},    {2, 4, 8},   {2, 3, 17},   {3, 9, 33},  {2, 100, 3}, {300, 17, 1},
            {3, 300, 1}, {2, 1100, 1}, {2, 1101, 1}, {70, 3, 36}, {1, 20, 300}, {2, 70, 64}, {2, 300, 5}};
  }
};
template <class Operation>
struct softmax_row : over_axis<Operation> {
  using test = typename Operation::size;
  static std::vector<test> benchmarks() { return {{200, 17, 1}, {64, 512, 1}}; }

  template <class Backend, class T>
  static std::vector<call<T>> calls(const test& s) {
    using k = kernel_of<Operation, Backend, T>;
    const idx all = s.outer * s.length * s.inner;
    return {{.name = "forward",
             .arguments = {input("x", all), output("y", all)},
             .run = [s](executor& e, T* w, T* const* p) { k::forward(on<Backend>(e, w), s, p[0], p[1]); },
             .workspace = forward_scratch<Operation, Backend, T>(s),
             .depth = s.length},
            {.name = "backward",
             .arguments = {input("y", all), input("dy", all), output("dx", all)},
             .run = [s](executor& e, T* w, T* const* p) { k::backward(on<Backend>(e, w), s, p[0], p[1], p[2]); },
             .workspace = backward_scratch<Operation, Backend, T>(s),
             .depth = s.length,
             .gradient_of = 0}};
  }
};
struct softmax : softmax_row<op::softmax> {
  static constexpr const char* name = "softmax";
};
struct log_softmax : softmax_row<op::log_softmax> {
  static constexpr const char* name = "log_softmax";
};

struct dropout {
  struct test {
    op::dropout::size size;
    random_key key;
  };
  static constexpr const char* name = "dropout";
  static std::string describe(const test& t) {
    return text(t.size.items, " x ", t.size.count, ", probability ", t.size.probability);
  }
  static std::vector<test> tests() {
    return {{{0, 5, 0.2}, {1}},        {{3, 0, 0.2}, {1}},
            {{1, 1, 0.5}, {1}},        {{2, 7, 0.5}, {2, 3}},
            {{3, 16, 0.2}, {3, 4, 5}}, {{2, 33, 0.9}, {3, 4, 5, 6}},
            {{1, 1000, 0}, {3, 4, 5}}, {{5, 2001, 0.3}, {7, 1, 2, 3}}};
  }
  static std::vector<test> benchmarks() { return {{{1, 12800 * 64, 0.2}, {1}}}; }
  static std::vector<test> of_batches() { return {{{64, 12800 * 64, 0.2}, {1}}}; }

  template <class Backend, class T>
  static std::vector<call<T>> calls(const test& t) {
    using k = kernel_of<op::dropout, Backend, T>;
    const idx all = t.size.items * t.size.count;
    return {{.name = "forward",
             .arguments = {input("x", all), output("y", all)},
             .run = [t](executor& e, T* w, T* const* p) { k::forward(on<Backend>(e, w), t.size, t.key, p[0], p[1]); },
             .workspace = forward_scratch<op::dropout, Backend, T>(t.size),
             .in_place = {"x", "y"}}};
  }
};

}  // namespace table
