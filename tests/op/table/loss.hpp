#pragma once
#include <auris/op/loss.hpp>
#include <auris/op/nt_xent.hpp>

#include "op/table.hpp"

namespace table {

/// Value and gradient come from the same call: its own gradient, with `dprediction` of `value`.
template <class Operation>
struct loss_row {
  struct test {
    typename Operation::size size;
    double scale = 1;
    bool class_mask = true;
  };
  static typename Operation::size in_items(idx items, idx rows, idx classes) {
    typename Operation::size s{rows, classes};
    s.items = items;
    return s;
  }
  static std::string describe(const test& t) {
    return text(t.size.rows, " x ", t.size.classes, ", scale ", t.scale,
                t.class_mask ? text(", class masks of ", t.size.items) : "");
  }
  static std::vector<test> benchmarks() {
    return {{{200, 17}, 1, false}, {{12800, 17}, 1, false}, {in_items(64, 12800, 17)}};
  }
  /// Several items: of one row and one class, of rows and classes that are no multiple of vectors, across blocks.
  static std::vector<test> with_items(std::vector<test> tests) {
    for (const auto& size : {in_items(3, 3, 1), in_items(3, 6, 7), in_items(4, 20, 17), in_items(7, 301, 5)})
      tests.push_back({size, 0.5});
    return tests;
  }

  template <class Backend, class T>
  static std::vector<call<T>> calls(const test& t) {
    using k = kernel_of<Operation, Backend, T>;
    const auto s = t.size;
    const idx all = s.rows * s.classes;
    const T scale = static_cast<T>(t.scale);
    std::vector<argument> arguments{input("prediction", all).filled(values::positive),
                                    input("target", all).filled(values::positive),
                                    input("mask", s.rows).filled(values::weights).or_null(),
                                    updated("value", 1).or_null(), updated("dprediction", all).or_null()};
    if (t.class_mask) arguments.push_back(input("class_mask", s.items * s.classes).filled(values::weights).or_null());
    return {{.name = "evaluate",
             .arguments = arguments,
             .run =
                 [s, scale, masked = t.class_mask](executor& e, T* w, T* const* p) {
                   k::evaluate(on<Backend>(e, w), s, p[0], p[1], p[2], masked ? p[5] : nullptr, scale, p[3], p[4]);
                 },
             .workspace = forward_scratch<Operation, Backend, T>(s),
             .depth = all,
             .gradient_of = 0}};
  }
};
struct mean_squared_error : loss_row<op::mean_squared_error> {
  static constexpr const char* name = "mean_squared_error";
  static std::vector<test> tests() {
    return with_items(
        {{{0, 3}}, {{1, 1}}, {{3, 7}, 0.5}, {{2, 8, true}}, {{5, 17, true}, -2}, {{33, 16}}, {{300, 17}}});
  }
};
struct weighted_soft_label : loss_row<op::weighted_soft_label> {
  static constexpr const char* name = "weighted_soft_label";
  static std::vector<test> tests() {
    return with_items({{{0, 3}},
                       {{1, 1}},
                       {{3, 7, false}, 0.5},
                       {{2, 8}},
                       {{5, 17, true, 0.25}, -2},
                       {{33, 16, false}},
                       {{300, 17}}});
  }
};
struct cross_entropy : loss_row<op::cross_entropy> {
  static constexpr const char* name = "cross_entropy";
  static std::vector<test> tests() {
    return with_items({{{0, 3}},
                       {{1, 1}},
                       {{3, 7}, 0.5},
                       {{2, 8}},
                       {{5, 17}, -2},
                       {{33, 16}},
                       {{300, 5}},
                       {{3, 33}},
                       {{2, 100}},
                       {in_items(2, 34, 70)}});
  }
};
struct binary_cross_entropy : loss_row<op::binary_cross_entropy> {
  static constexpr const char* name = "binary_cross_entropy";
  static std::vector<test> tests() {
    return with_items({{{0, 3}},
                       {{1, 1}},
                       {{1, 1, false}},
                       {{3, 7}, 0.5},
                       {{3, 7, false}, 0.5},
                       {{2, 8, true, true}},
                       {{5, 17, false, true}, -2},
                       {{33, 16}},
                       {{300, 17, false}}});
  }
};

struct nt_xent {
  struct test {
    op::nt_xent::size size;
    int groups;
  };
  static constexpr const char* name = "nt_xent";
  static std::string describe(const test& t) {
    return text(t.size.items, " x ", t.size.length, ", ", t.groups, " recordings");
  }
  static std::vector<test> tests() {
    return {{{0, 3}, 1}, {{1, 4}, 1}, {{3, 4}, 2}, {{8, 7}, 8}, {{17, 33}, 5}, {{40, 12}, 13}, {{70, 36}, 70}};
  }
  static std::vector<test> benchmarks() { return {{{64, 1024}, 60}}; }

  template <class Backend, class T>
  static std::vector<call<T>> calls(const test& t) {
    using k = kernel_of<op::nt_xent, Backend, T>;
    const auto s = t.size;
    std::vector<int> groups;
    for (idx i = 0; i < s.items; ++i) groups.push_back(static_cast<int>(i) % t.groups);
    const constant group(std::move(groups), memory_of<Backend>());
    const argument audio = input("audio", s.items * s.length), words = input("text", s.items * s.length);
    const argument tau = input("tau", 1).filled(values::positive);
    return {{.name = "evaluate",
             .arguments = {audio, words, tau, output("value", 1).or_null(), output("daudio", audio.count).or_null(),
                           output("dtext", words.count).or_null(), output("dtau", 1).or_null()},
             .run =
                 [s, group](executor& e, T* w, T* const* p) {
                   const auto temperature = value_at<Backend>(p[2]);
                   k::evaluate(on<Backend>(e, w), s, p[0], p[1], temperature, group.data(), p[3], p[4], p[5], p[6]);
                 },
             .workspace = forward_scratch<op::nt_xent, Backend, T>(s),
             .depth = s.items * (s.items + s.length),
             .gradient_of = 0}};
  }
};

}  // namespace table
