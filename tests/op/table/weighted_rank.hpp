#pragma once
#include <auris/op/weighted_rank.hpp>

#include "op/table.hpp"

namespace table {

struct weighted_rank {
  using test = op::weighted_rank::size;
  static constexpr const char* name = "weighted_rank";
  static std::string describe(const test& s) {
    return text(s.outer, " x ", s.length, " x ", s.inner, ", ratio ", s.ratio);
  }
  static std::vector<test> tests() {
    return {{0, 3, 2, 0.5},   {2, 3, 0, 0.5},   {1, 1, 1, 0.5},    {2, 7, 1, 0},      {2, 8, 3, 1},
            {1, 15, 17, 0.9}, {3, 16, 2, 0.99}, {2, 33, 5, 0.998}, {1, 257, 2, 0.95}, {1, 1000, 3, 0.9998}};
  }
  static std::vector<test> benchmarks() { return {{1, 311 * 64, 41, 0.9998}}; }

  template <class Backend, class T>
  static std::vector<call<T>> calls(const test& s) {
    using k = kernel_of<op::weighted_rank, Backend, T>;
    const idx all = s.outer * s.length * s.inner, some = s.outer * s.inner;
    return {{.name = "forward",
             .arguments = {input("x", all).filled(values::distinct), output("y", some).or_null(),
                           output("share", all).or_null()},
             .run = [s](executor& e, T* w, T* const* p) { k::forward(on<Backend>(e, w), s, p[0], p[1], p[2]); },
             .workspace = forward_scratch<op::weighted_rank, Backend, T>(s),
             .depth = s.length},
            {.name = "backward",
             .arguments = {input("share", all), input("dy", some), output("dx", all)},
             .run = [s](executor& e, T* w, T* const* p) { k::backward(on<Backend>(e, w), s, p[0], p[1], p[2]); },
             .workspace = backward_scratch<op::weighted_rank, Backend, T>(s),
             .gradient_of = 0}};
  }
};

}  // namespace table
