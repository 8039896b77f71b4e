#pragma once
#include <auris/op/attention.hpp>

#include "op/table.hpp"

namespace table {

struct attention {
  struct test {
    op::attention::size size;
    values mask = values::weights;  ///< a third of the tokens is left out
  };
  static constexpr const char* name = "attention";
  static std::string describe(const test& t) {
    const op::attention::size& s = t.size;
    return text(s.items, " x ", s.tokens, ", ", s.heads, " heads of ", s.width);
  }
  static std::vector<test> tests() {
    return {{{0, 3, 2, 4}},   {{2, 0, 2, 4}},   {{2, 3, 0, 4}},        {{2, 3, 2, 0}},
            {{1, 1, 1, 1}},   {{2, 1, 3, 16}},  {{2, 5, 2, 3}},        {{1, 12, 3, 15}},
            {{3, 16, 1, 16}}, {{2, 17, 2, 17}}, {{2, 33, 3, 33, 0.4}}, {{1, 31, 2, 64}},
            {{1, 64, 2, 8}},  {{2, 96, 1, 40}}, {{1, 200, 2, 100}},    {{1, 392, 1, 20, -3}}};
  }
  // All tokens count.
  static std::vector<test> benchmarks() {
    return {{{1, 498, 12, 64}, values::positive}, {{1, 1212, 12, 64}, values::positive}};
  }
  static std::vector<test> of_batches() { return {test{{16, 498, 12, 64}, values::positive}}; }
  static idx multiply_adds(const test& t) { return t.size.multiply_adds(); }

  template <class Backend, class T>
  static std::vector<call<T>> calls(const test& t) {
    const op::attention::size s = t.size;
    using k = kernel_of<op::attention, Backend, T>;
    const idx all = s.items * s.tokens * s.features();
    return {{.name = "forward",
             .arguments = {input("x", 3 * all), input("mask", s.items * s.tokens).filled(t.mask).or_null(),
                           output("y", all)},
             .run = [s](executor& e, T* w, T* const* p) { k::forward(on<Backend>(e, w), s, p[0], p[1], p[2]); },
             .workspace = forward_scratch<op::attention, Backend, T>(s),
             .depth = s.width + s.tokens}};
  }
};

}  // namespace table
