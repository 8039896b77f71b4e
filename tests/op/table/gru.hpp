#pragma once
#include <auris/op/gru.hpp>

#include "op/table.hpp"

namespace table {

struct gru {
  using test = op::gru::size;
  static constexpr const char* name = "gru";
  static std::string describe(const test& s) {
    return text(s.items, " x ", s.time, " x ", s.in, " -> ", s.directions, " x ", s.hidden);
  }
  static std::vector<test> tests() {
    return {{0, 3, 2, 4},       {2, 0, 3, 4, 2},   {1, 1, 1, 1},      {1, 1, 3, 7, 2},   {2, 4, 3, 2, 2},
            {1, 5, 8, 8, 2},    {3, 3, 7, 15, 1},  {2, 6, 16, 16, 2}, {1, 9, 17, 17, 2}, {5, 2, 33, 31, 1},
            {1, 4, 9, 32, 2},   {10, 2, 3, 48, 2}, {4, 3, 5, 64, 1},  {1, 3, 6, 96, 1},  {9, 3, 5, 33, 2},
            {1, 20, 12, 64, 1}, {2, 2, 3, 130, 1}};
  }
  static std::vector<test> benchmarks() {
    return {{1, 200, 512, 256, 2}, {8, 200, 512, 256, 2}, {1, 200, 384, 32, 2},  {8, 200, 384, 32, 2},
            {1, 1, 512, 256},      {1, 37, 512, 128, 2},  {16, 200, 512, 256, 2}};
  }
  static idx multiply_adds(const test& s) { return s.multiply_adds(); }

  template <class T, class Pointer>
  static std::vector<op::gru::weights<T>> split(const test& s, Pointer* p) {
    std::vector<op::gru::weights<T>> w;
    for (int d = 0; d < s.directions; ++d) w.push_back({p[4 * d], p[4 * d + 1], p[4 * d + 2], p[4 * d + 3]});
    return w;
  }

  template <class Backend, class T>
  static std::vector<call<T>> calls(const test& s) {
    using k = kernel_of<op::gru, Backend, T>;
    const idx inputs = s.items * s.time * s.in, outputs = s.items * s.time * s.directions * s.hidden;
    std::vector<argument> forward{input("x", inputs)}, backward{input("x", inputs)}, gradients;
    for (int d = 0; d < s.directions; ++d)
      for (const auto& [part, count] : {std::pair("input", 3 * s.hidden * s.in),
                                        {"recurrent", 3 * s.hidden * s.hidden},
                                        {"input_bias", 3 * s.hidden},
                                        {"recurrent_bias", 3 * s.hidden}}) {
        forward.push_back(input(text(part, d), count));
        backward.push_back(input(text(part, d), count));
        gradients.push_back(updated(text("d", part, d), count));
      }
    const int weights = 4 * s.directions;
    forward.push_back(updated("state", s.items * s.directions * s.hidden).or_null());
    forward.push_back(output("y", outputs));
    forward.push_back(output("cache", s.cache()).or_null());
    for (const argument& a :
         {input("y", outputs), input("cache", s.cache()), input("dy", outputs), output("dx", inputs).or_null()})
      backward.push_back(a);
    gradients[0].optional = true;  // null stands for all gradients of weights
    backward.insert(backward.end(), gradients.begin(), gradients.end());

    const idx depth = (s.in + s.hidden) * (s.time + s.items);
    std::vector<call<T>> all{
        {.name = "forward",
         .arguments = forward,
         .run =
             [s, weights](executor& e, T* w, T* const* p) {
               T* const* rest = p + 1 + weights;
               k::forward(on<Backend>(e, w), s, p[0], split<const T>(s, p + 1).data(), rest[0], rest[1], rest[2]);
             },
         .workspace = forward_scratch<op::gru, Backend, T>(s),
         .depth = depth},
        {.name = "backward",
         .arguments = backward,
         .run =
             [s, weights](executor& e, T* w, T* const* p) {
               T* const* rest = p + 1 + weights;
               k::backward(on<Backend>(e, w), s, p[0], split<const T>(s, p + 1).data(), rest[0], rest[1], rest[2],
                           rest[3], rest[4] ? split<T>(s, rest + 4).data() : nullptr);
             },
         .workspace = backward_scratch<op::gru, Backend, T>(s),
         .depth = depth,
         .gradient_of = 0}};
    call<T> c = all[0];
    c.name = "forward_prepared";
    c.arguments.pop_back();  // the cache
    if constexpr (requires { k::prepared(s); }) {
      const prepared_memory<Backend, T> memory(k::prepared(s));
      c.prepare = [s, memory, arguments = c.arguments](T* const* p) {
        std::vector<std::vector<T>> parts;
        std::vector<const T*> where;
        for (std::size_t i = 1; i <= static_cast<std::size_t>(4 * s.directions); ++i)
          where.push_back(parts.emplace_back(fetched<Backend>(p[i], arguments[i].count)).data());
        memory.fill([&](T* to) { k::prepare(s, split<const T>(s, where.data()).data(), to); });
      };
      c.run = [s, weights, memory](executor& e, T* w, T* const* p) {
        k::forward_prepared(on<Backend>(e, w), s, p[0], memory.data(), p[1 + weights], p[2 + weights]);
      };
      c.workspace = [s](int workers) { return k::prepared_workspace(s, workers); };
      all.push_back(c);
    } else if constexpr (std::is_same_v<Backend, reference>) {  // the oracle
      c.run = [s, weights](executor& e, T* w, T* const* p) {
        k::forward(on<Backend>(e, w), s, p[0], split<const T>(s, p + 1).data(), p[1 + weights], p[2 + weights],
                   nullptr);
      };
      all.push_back(c);
    }
    return all;
  }
};

}  // namespace table
