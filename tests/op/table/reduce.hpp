#pragma once
#include <auris/op/reduce.hpp>

#include "op/table/activation.hpp"

namespace table {

struct mean_axis : over_axis<op::mean_axis> {
  static constexpr const char* name = "mean_axis";
  static std::vector<test> benchmarks() { return {{200, 4, 512}, {200, 2, 128}}; }

  template <class Backend, class T>
  static std::vector<call<T>> calls(const test& s) {
    using k = kernel_of<op::mean_axis, Backend, T>;
    const idx all = s.outer * s.length * s.inner, some = s.outer * s.inner;
    return {{.name = "forward",
             .arguments = {input("x", all), output("y", some)},
             .run = [s](executor& e, T* w, T* const* p) { k::forward(on<Backend>(e, w), s, p[0], p[1]); },
             .workspace = forward_scratch<op::mean_axis, Backend, T>(s),
             .depth = s.length},
            {.name = "backward",
             .arguments = {input("dy", some), output("dx", all)},
             .run = [s](executor& e, T* w, T* const* p) { k::backward(on<Backend>(e, w), s, p[0], p[1]); },
             .workspace = backward_scratch<op::mean_axis, Backend, T>(s),
             .gradient_of = 0}};
  }
};

struct max_axis : over_axis<op::max_axis> {
  static constexpr const char* name = "max_axis";
  static std::vector<test> benchmarks() { return {{1, 31, 2048}}; }

  template <class Backend, class T>
  static std::vector<call<T>> calls(const test& s) {
    using k = kernel_of<op::max_axis, Backend, T>;
    const argument x = input("x", s.outer * s.length * s.inner).filled(values::distinct);
    const idx some = s.outer * s.inner;
    return {{.name = "forward",
             .arguments = {x, output("y", some)},
             .run = [s](executor& e, T* w, T* const* p) { k::forward(on<Backend>(e, w), s, p[0], p[1]); },
             .workspace = forward_scratch<op::max_axis, Backend, T>(s)},
            {.name = "backward",
             .arguments = {x, input("dy", some), output("dx", x.count)},
             .run = [s](executor& e, T* w, T* const* p) { k::backward(on<Backend>(e, w), s, p[0], p[1], p[2]); },
             .workspace = backward_scratch<op::max_axis, Backend, T>(s),
             .gradient_of = 0}};
  }
};

}  // namespace table
