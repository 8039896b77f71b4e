#pragma once
#include <auris/op/optimiser.hpp>

#include "op/table.hpp"

namespace table {

template <class Operation>
struct step_row {
  using test = typename Operation::size;
  static std::string describe(const test& s) { return text(s.count, " parameters, step ", s.step); }
};
struct adam : step_row<op::adam> {
  static constexpr const char* name = "adam";
  static std::vector<test> tests() {
    return {{0, 1},
            {1, 1},
            {7, 2},
            {8, 3},
            {15, 1},
            {17, 1000},
            {33, 5, 0.1, 0.8, 0.99, 1e-6, 0.01},
            {31, 5, 0.1, 0.8, 0.99, 1e-6, 0.01, true},
            {20011, 7}};
  }
  static std::vector<test> benchmarks() { return {{1000000, 10}}; }

  template <class Backend, class T>
  static std::vector<call<T>> calls(const test& s) {
    using k = kernel_of<op::adam, Backend, T>;
    return {{.name = "step",
             .arguments = {input("g", s.count), updated("m", s.count), updated("v", s.count).filled(values::positive),
                           updated("w", s.count)},
             .run = [s](executor& e, T* w, T* const* p) { k::step(on<Backend>(e, w), s, p[0], p[1], p[2], p[3]); },
             .workspace = forward_scratch<op::adam, Backend, T>(s)}};
  }
};
struct sgd : step_row<op::sgd> {
  static constexpr const char* name = "sgd";
  static std::vector<test> tests() {
    return {{0, 1},
            {1, 1},
            {7, 2, 0.1},
            {15, 1, 0.1, 0.9},
            {17, 2, 0.1, 0.9},
            {33, 3, 0.1, 0.9, 0.01, true},
            {31, 1, 0.1, 0.9, 0.01, true},
            {20011, 7, 0.1, 0.5, 0.1}};
  }
  static std::vector<test> benchmarks() { return {{1000000, 10, 0.1, 0.9}}; }

  template <class Backend, class T>
  static std::vector<call<T>> calls(const test& s) {
    using k = kernel_of<op::sgd, Backend, T>;
    const argument m = updated("m", s.count);
    return {{.name = "step",
             .arguments = {input("g", s.count), s.momentum == 0 ? m.or_null() : m, updated("w", s.count)},
             .run = [s](executor& e, T* w, T* const* p) { k::step(on<Backend>(e, w), s, p[0], p[1], p[2]); },
             .workspace = forward_scratch<op::sgd, Backend, T>(s)}};
  }
};

struct squared_norm {
  using test = op::squared_norm::size;
  static constexpr const char* name = "squared_norm";
  static std::string describe(const test& s) { return text(s.count, " values"); }
  static std::vector<test> tests() { return {{0}, {1}, {7}, {16}, {33}, {1000}, {20011}}; }
  static std::vector<test> benchmarks() { return {{1000000}}; }
  template <class Backend, class T>
  static std::vector<call<T>> calls(const test& s) {
    using k = kernel_of<op::squared_norm, Backend, T>;
    return {{.name = "forward",
             .arguments = {input("x", s.count), updated("value", 1)},
             .run = [s](executor& e, T* w, T* const* p) { k::forward(on<Backend>(e, w), s, p[0], p[1]); },
             .workspace = forward_scratch<op::squared_norm, Backend, T>(s),
             .depth = s.count}};
  }
};
struct clip {
  using test = op::clip::size;
  static constexpr const char* name = "clip";
  static std::string describe(const test& s) { return text(s.count, " values, norm 1 to ", s.largest); }
  static std::vector<test> tests() { return {{0, 0.5}, {1, 0.5}, {7, 2}, {16, 0}, {33, 0.75}, {20011, 0.1}}; }
  static std::vector<test> benchmarks() { return {{1000000, 1}}; }  // by 0.999999: repeated, any other ends in zeros

  template <class Backend, class T>
  static std::vector<call<T>> calls(const test& s) {
    using k = kernel_of<op::clip, Backend, T>;
    return {{.name = "forward",
             .arguments = {input("squares", 1).filled(values::weights), updated("x", s.count)},
             .run = [s](executor& e, T* w, T* const* p) { k::forward(on<Backend>(e, w), s, p[0], p[1]); },
             .workspace = forward_scratch<op::clip, Backend, T>(s)}};
  }
};

}  // namespace table
