#pragma once
#include <auris/op/weighted_mean.hpp>

#include "op/table/activation.hpp"

namespace table {

struct weighted_mean : over_axis<op::weighted_mean> {
  static constexpr const char* name = "weighted_mean";
  static std::vector<test> benchmarks() { return {{1, 311 * 64, 41}, {1, 311, 41}}; }
  static std::vector<test> of_batches() { return {{24, 311 * 64, 41}}; }

  template <class Backend, class T>
  static std::vector<call<T>> calls(const test& s) {
    using k = kernel_of<op::weighted_mean, Backend, T>;
    const idx all = s.outer * s.length * s.inner, some = s.outer * s.inner;
    const argument x = input("x", all), weight = input("weight", all).filled(values::positive);
    return {{.name = "forward",
             .arguments = {x, weight, output("y", some)},
             .run = [s](executor& e, T* w, T* const* p) { k::forward(on<Backend>(e, w), s, p[0], p[1], p[2]); },
             .workspace = forward_scratch<op::weighted_mean, Backend, T>(s),
             .depth = s.length},
            {.name = "backward",
             .arguments = {x, weight, input("dy", some), output("dx", all).or_null(), output("dweight", all).or_null()},
             .run = [s](executor& e, T* w,
                        T* const* p) { k::backward(on<Backend>(e, w), s, p[0], p[1], p[2], p[3], p[4]); },
             .workspace = backward_scratch<op::weighted_mean, Backend, T>(s),
             .depth = s.length,
             .gradient_of = 0}};
  }
};

}  // namespace table
