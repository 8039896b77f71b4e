#pragma once
#include <auris/op/spec_augment.hpp>

#include "op/table.hpp"

namespace table {

struct spec_augment {
  struct test {
    op::spec_augment::size size;
    random_key key;
  };
  static constexpr const char* name = "spec_augment";
  static std::string describe(const test& t) {
    const auto& s = t.size;
    return text(s.items, " x ", s.time, " x ", s.mel, " x ", s.channels, ", ", s.in_time.count, " below ",
                s.in_time.widest, ", ", s.in_mel.count, " below ", s.in_mel.widest);
  }
  static std::vector<test> tests() {
    return {{{0, 5, 4, 1, {1, 3}, {1, 2}}, {1}},
            {{2, 0, 4, 1, {1, 3}, {1, 2}}, {1}},
            {{2, 5, 0, 1, {1, 3}, {1, 2}}, {1}},
            {{1, 1, 1, 1, {2, 64}, {2, 8}}, {1}},
            {{3, 9, 7, 2, {2, 4}, {0, 1}}, {2, 3}},
            {{3, 9, 7, 2, {0, 1}, {2, 3}}, {2, 3, 4}},
            {{4, 70, 16, 1, {2, 64}, {2, 8}}, {7, 1, 2, 3}},
            {{2, 33, 5, 3, {1, 1}, {3, 99}}, {5, 1}}};
  }
  static std::vector<test> benchmarks() { return {{{8, 1001, 64, 1, {2, 64}, {2, 8}}, {1}}}; }

  template <class Backend, class T>
  static std::vector<call<T>> calls(const test& t) {
    using k = kernel_of<op::spec_augment, Backend, T>;
    const auto& s = t.size;
    const idx all = s.items * s.time * s.mel * s.channels;
    return {{.name = "forward",
             .arguments = {input("x", all), output("y", all)},
             .run = [t](executor& e, T* w, T* const* p) { k::forward(on<Backend>(e, w), t.size, t.key, p[0], p[1]); },
             .workspace = forward_scratch<op::spec_augment, Backend, T>(s),
             .in_place = {"x", "y"}}};
  }
};

}  // namespace table
