#pragma once
#include <auris/op/batch_norm.hpp>

#include "op/table.hpp"

namespace table {

struct batch_norm {
  using test = op::batch_norm::size;
  static constexpr const char* name = "batch_norm";
  static std::string describe(const test& s) { return text(s.outer, " x ", s.channels, " x ", s.inner); }
  static std::vector<test> tests() {
    return {{0, 3, 1},   {1, 1, 1},   {1, 5, 1},    {2, 1, 1},    {5, 7, 1},   {9, 8, 1}, {6, 15, 1},
            {40, 16, 1}, {7, 17, 1},  {3, 31, 1},   {300, 33, 1}, {4, 3, 2},   {5, 8, 7}, {3, 16, 16},
            {2, 5, 33},  {1, 4, 300}, {4200, 1, 1}, {530, 36, 1}, {2, 3, 2100}};
  }
  static std::vector<test> benchmarks() { return {{12800, 64, 1}, {6400, 128, 1}, {1600, 512, 1}, {200, 64, 1}}; }
  static std::vector<test> of_batches() { return {{64 * 12800, 64, 1}, {64 * 1600, 512, 1}}; }

  template <class Backend, class T>
  static std::vector<call<T>> calls(const test& s) {
    using k = kernel_of<op::batch_norm, Backend, T>;
    const idx all = s.outer * s.channels * s.inner, each = s.outer * s.inner;
    const argument x = input("x", all), weight = input("weight", s.channels).filled(values::positive);
    const argument bias = input("bias", s.channels), y = output("y", all);
    const argument mean = input("mean", s.channels), variance = input("variance", s.channels).filled(values::positive);
    const argument saved_mean = output("saved_mean", s.channels), saved_scale = output("saved_scale", s.channels);
    const auto kept = [&](argument a) { return a.how = each > 0 ? role::output : role::updated, a.or_null(); };
    const auto backward = [&](bool constant, int gradient_of) {
      return call<T>{.name = constant ? "backward of forward" : "backward of train",
                     .arguments = {x, weight, input("saved_mean", s.channels),
                                   input("saved_scale", s.channels).filled(values::positive), input("dy", all),
                                   output("dx", all).or_null(), updated("dweight", s.channels).or_null(),
                                   updated("dbias", s.channels).or_null()},
                     .run =
                         [s, constant](executor& e, T* w, T* const* p) {
                           k::backward(on<Backend>(e, w), s, constant, p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7]);
                         },
                     .workspace = backward_scratch<op::batch_norm, Backend, T>(s),
                     .depth = 4 * each,
                     .gradient_of = gradient_of};
    };
    return {
        {.name = "train",
         .arguments = {x, weight, bias, updated("running_mean", s.channels),
                       updated("running_variance", s.channels).filled(values::positive), kept(saved_mean),
                       kept(saved_scale), y},
         .run = [s](executor& e, T* w,
                    T* const* p) { k::train(on<Backend>(e, w), s, p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7]); },
         .workspace = forward_scratch<op::batch_norm, Backend, T>(s),
         .depth = 4 * each},
        backward(false, 0),
        {.name = "forward",
         .arguments = {x, weight, bias, mean, variance, saved_mean.or_null(), saved_scale.or_null(), y},
         .run = [s](executor& e, T* w,
                    T* const* p) { k::forward(on<Backend>(e, w), s, p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7]); },
         .workspace = forward_scratch<op::batch_norm, Backend, T>(s),
         .in_place = {"x", "y"}},
        backward(true, 2),
        {.name = "again",
         .arguments = {x, weight, bias, mean, variance, y},
         .run = [s](executor& e, T* w,
                    T* const* p) { k::again(on<Backend>(e, w), s, p[0], p[1], p[2], p[3], p[4], p[5]); },
         .workspace = forward_scratch<op::batch_norm, Backend, T>(s),
         .in_place = {"x", "y"}}};
  }
};

struct scale_shift {
  using test = op::scale_shift::size;
  static constexpr const char* name = "scale_shift";
  static std::string describe(const test& s) { return text(s.outer, " x ", s.channels, " x ", s.inner); }
  static std::vector<test> tests() {
    return {{0, 3, 1}, {1, 1, 1},   {5, 7, 1},   {3, 16, 1},   {9, 33, 1},
            {4, 3, 2}, {2, 15, 17}, {2, 2, 100}, {300, 36, 1}, {2, 5, 1100}};
  }
  static std::vector<test> benchmarks() { return {{12800, 64, 1}, {200, 64, 64}}; }
  static std::vector<test> of_batches() { return {{64 * 12800, 64, 1}, {64 * 200, 64, 64}}; }

  template <class Backend, class T>
  static std::vector<call<T>> calls(const test& s) {
    using k = kernel_of<op::scale_shift, Backend, T>;
    const idx all = s.outer * s.channels * s.inner;
    return {{.name = "forward",
             .arguments = {input("x", all), input("scale", s.channels), input("shift", s.channels), output("y", all)},
             .run = [s](executor& e, T* w, T* const* p) { k::forward(on<Backend>(e, w), s, p[0], p[1], p[2], p[3]); },
             .workspace = forward_scratch<op::scale_shift, Backend, T>(s),
             .in_place = {"x", "y"}}};
  }
};

}  // namespace table
