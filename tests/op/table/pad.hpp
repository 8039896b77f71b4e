#pragma once
#include <auris/op/pad.hpp>

#include "op/table.hpp"

namespace table {

struct pad {
  using test = op::pad::size;
  static constexpr const char* name = "pad";
  static std::string describe(const test& s) {
    return text(s.items, " x ", s.count, ", ", s.before, s.reflect ? " mirrored before, " : " zeros before, ", s.after,
                " behind, pre-emphasis ", s.pre_emphasis);
  }
  static std::vector<test> tests() {
    return {{0, 5, 2, 2, true},        {2, 0, 3, 1},
            {1, 1, 0, 0, true},        {1, 1, 0, 0, true, 0.97},
            {2, 7, 3, 0, false},       {3, 8, 0, 5, true},
            {2, 33, 32, 32, true},     {1, 34, 32, 32, true, 0.97},
            {2, 17, 40, 3, false, -1}, {1, 20000, 512, 512, true, 0.5},
            {5, 257, 256, 255, true}};
  }
  static std::vector<test> benchmarks() { return {{1, 320000, 512, 512, true}, {1, 320000, 512, 512, true, 0.97}}; }

  template <class Backend, class T>
  static std::vector<call<T>> calls(const test& s) {
    using k = kernel_of<op::pad, Backend, T>;
    return {{.name = "forward",
             .arguments = {input("x", s.items * s.count), output("y", s.items * s.padded())},
             .run = [s](executor& e, T* w, T* const* p) { k::forward(on<Backend>(e, w), s, p[0], p[1]); },
             .workspace = forward_scratch<op::pad, Backend, T>(s)}};
  }
};

}  // namespace table
