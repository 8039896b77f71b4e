#pragma once
#include <auris/op/pool.hpp>

#include "op/table.hpp"

namespace table {

struct pool_row {
  using test = op::pool::size;
  static std::string describe(const test& s) {
    const auto axis = [](const op::pool::axis& a) {
      return text(a.kernel, " stride ", a.stride, a.padding ? text(" padding ", a.padding) : "");
    };
    return text(s.items, " x ", s.time.extent, " x ", s.mel.extent, " x ", s.channels, " (", axis(s.time), " by ",
                axis(s.mel), ")");
  }
  static std::vector<test> tests() {
    const auto pairs = [](idx items, idx time, idx mel, idx channels) {
      return test{items, channels, {time, 1, 1}, {mel, 2, 2}};
    };
    return {pairs(0, 4, 4, 3),
            pairs(1, 1, 2, 1),
            pairs(1, 1, 1, 4),  // narrower than the window: no output
            pairs(2, 3, 7, 7),
            pairs(1, 5, 8, 8),
            pairs(1, 3, 4, 15),
            pairs(2, 3, 6, 16),
            pairs(1, 4, 9, 17),
            pairs(1, 2, 4, 33),
            {2, 3, {5, 2, 2}, {4, 2, 2}},
            {1, 5, {9, 5, 5}, {8, 4, 4}},
            {2, 16, {6, 3, 1, 1}, {5, 3, 1, 1}},
            {1, 3, {7, 3, 2, 1}, {6, 3, 2, 1}},
            {1, 31, {1, 3, 1, 1}, {1, 3, 1, 1}},
            {1, 2, {6, 2, 3}, {7, 1, 2}},
            {1, 8, {7, 2, 3}, {7, 1, 2}},
            {2, 4, {8, 3, 3, 1}, {7, 2, 2, 1}},
            {1, 4, {7, 3, 2, 1}, {8, 2, 2}},
            {3, 4, {30, 1, 1}, {20, 5, 5}}};
  }
  static std::vector<test> benchmarks() {
    return {{1, 64, {200, 1, 1}, {64, 2, 2}},
            {1, 512, {200, 1, 1}, {8, 2, 2}},
            {1, 128, {200, 1, 1}, {64, 5, 5}},
            {1, 128, {200, 1, 1}, {12, 2, 2}}};
  }
  static std::vector<test> of_batches() {
    return {{64, 64, {200, 1, 1}, {64, 2, 2}}, {64, 128, {200, 1, 1}, {64, 5, 5}}};
  }
  static idx inputs(const test& s) { return s.items * s.time.extent * s.mel.extent * s.channels; }
  static idx outputs(const test& s) { return s.items * s.time.outputs() * s.mel.outputs() * s.channels; }

  template <class Operation, class Backend, class T>
  static call<T> forward(const test& s) {
    return {.name = "forward",
            .arguments = {input("x", inputs(s)).filled(values::distinct), output("y", outputs(s))},
            .run = [s](executor& e, T* w,
                       T* const* p) { kernel_of<Operation, Backend, T>::forward(on<Backend>(e, w), s, p[0], p[1]); },
            .workspace = forward_scratch<Operation, Backend, T>(s),
            .depth = s.time.kernel * s.mel.kernel};
  }
};

struct max_pool : pool_row {
  static constexpr const char* name = "max_pool";
  template <class Backend, class T>
  static std::vector<call<T>> calls(const test& s) {
    using k = kernel_of<op::max_pool, Backend, T>;
    return {forward<op::max_pool, Backend, T>(s),
            {.name = "backward",
             .arguments = {input("x", inputs(s)).filled(values::distinct), input("dy", outputs(s)),
                           output("dx", inputs(s))},
             .run = [s](executor& e, T* w, T* const* p) { k::backward(on<Backend>(e, w), s, p[0], p[1], p[2]); },
             .workspace = backward_scratch<op::max_pool, Backend, T>(s),
             .depth = s.time.kernel * s.mel.kernel,
             .gradient_of = 0}};
  }
};
struct avg_pool : pool_row {
  static constexpr const char* name = "avg_pool";
  template <class Backend, class T>
  static std::vector<call<T>> calls(const test& s) {
    using k = kernel_of<op::avg_pool, Backend, T>;
    return {forward<op::avg_pool, Backend, T>(s),
            {.name = "backward",
             .arguments = {input("dy", outputs(s)), output("dx", inputs(s))},
             .run = [s](executor& e, T* w, T* const* p) { k::backward(on<Backend>(e, w), s, p[0], p[1]); },
             .workspace = backward_scratch<op::avg_pool, Backend, T>(s),
             .depth = s.time.kernel * s.mel.kernel,
             .gradient_of = 0}};
  }
};

}  // namespace table
