#pragma once
#include <auris/op/attention_pool.hpp>

#include "op/table.hpp"

namespace table {

struct attention_pool {
  using test = op::attention_pool::size;
  static constexpr const char* name = "attention_pool";
  static std::string describe(const test& s) {
    return text(s.items, " x ", s.before, " x ", s.length, " x ", s.inner,
                s.how == op::attention_pool::form::code ? " (code)" : " (paper)");
  }
  static std::vector<test> tests() {
    constexpr auto paper = op::attention_pool::form::paper;
    return {{0, 2, 3, 4},          {2, 0, 3, 4},  {1, 3, 2, 0, paper},   {1, 1, 1, 1},
            {1, 1, 1, 1, paper},   {2, 3, 8, 5},  {2, 1, 16, 5},         {2, 3, 8, 5, paper},
            {2, 1, 16, 5, paper},  {1, 2, 7, 17}, {1, 3, 15, 16, paper}, {3, 1, 33, 3},
            {1, 2, 17, 33, paper}, {2, 5, 9, 41}, {1, 1, 70, 2, paper},  {5, 1, 40, 41}};
  }
  static std::vector<test> benchmarks() { return {{1, 311, 64, 41}, {1, 1, 311, 41}}; }
  static std::vector<test> of_batches() { return {{24, 311, 64, 41}, {24, 1, 311, 41}}; }
  static idx multiply_adds(const test& s) { return s.multiply_adds(); }

  template <class Backend, class T>
  static std::vector<call<T>> calls(const test& s) {
    using k = kernel_of<op::attention_pool, Backend, T>;
    const idx columns = s.columns(), all = columns * s.length;
    const std::vector<argument> inputs{input("x", all), input("value", s.length * s.length),
                                       input("value_bias", s.length), input("attention", s.length * s.length),
                                       input("attention_bias", s.length)};
    std::vector<argument> forward = inputs, backward = inputs;
    forward.push_back(output("y", columns).or_null());
    forward.push_back(output("a", all).or_null());
    backward.push_back(input("dy", columns).or_null());
    backward.push_back(input("da", all).or_null());
    backward.push_back(output("dx", all).or_null());
    backward.push_back(updated("dvalue", s.length * s.length).or_null());  // null stands for all gradients of weights
    for (const auto& [part, count] :
         {std::pair("dvalue_bias", s.length), {"dattention", s.length * s.length}, {"dattention_bias", s.length}})
      backward.push_back(updated(part, count));
    return {{.name = "forward",
             .arguments = forward,
             .run =
                 [s](executor& e, T* w, T* const* p) {
                   k::forward(on<Backend>(e, w), s, p[0], {p[1], p[2], p[3], p[4]}, p[5], p[6]);
                 },
             .workspace = forward_scratch<op::attention_pool, Backend, T>(s),
             .depth = 2 * s.length},
            {.name = "backward",
             .arguments = backward,
             .run =
                 [s](executor& e, T* w, T* const* p) {
                   const op::attention_pool::weights<T> gradients{p[8], p[9], p[10], p[11]};
                   k::backward(on<Backend>(e, w), s, p[0], {p[1], p[2], p[3], p[4]}, p[5], p[6], p[7],
                               p[8] ? &gradients : nullptr);
                 },
             .workspace = backward_scratch<op::attention_pool, Backend, T>(s),
             .depth = 4 * s.length + columns,
             .gradient_of = 0}};
  }
};

}  // namespace table
