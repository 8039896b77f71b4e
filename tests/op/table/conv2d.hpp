#pragma once
#include <auris/op/conv2d.hpp>

#include "op/table.hpp"

namespace table {

struct conv2d {
  using test = op::conv2d::size;
  static constexpr const char* name = "conv2d";
  static std::string describe(const test& s) {
    const auto axis = [](const op::conv2d::axis& a) {
      return text(a.kernel, a.stride != 1 ? text(" stride ", a.stride) : "",
                  a.dilation != 1 ? text(" dilation ", a.dilation) : "", " padding ", a.before, "+", a.after);
    };
    return text(
        s.items, " x ", s.time.extent, " x ", s.mel.extent, " x ", s.in, " -> ", s.out, " (", axis(s.time), " by ",
        axis(s.mel), s.rectify ? " rectified" : "",
        s.pool.places() > 1 ? text(s.pool.average ? " mean of " : " largest of ", s.pool.time, " x ", s.pool.mel) : "",
        ")");
  }
  /// Odd kernel, same size, as most networks use it.
  static test same(idx items, idx time, idx mel, idx in, idx out, idx kernel = 3, idx dilation = 1) {
    const idx half = kernel / 2 * dilation;
    return {items, in, out, {time, kernel, 1, half, half, dilation}, {mel, kernel, 1, half, half, dilation}};
  }
  static test rectified(test s) { return s.rectify = true, s; }
  static test largest_of(idx time, idx mel, test s) { return s.pool = {time, mel, false}, s; }
  static test mean_of(idx time, idx mel, test s) { return s.pool = {time, mel, true}, s; }
  static std::vector<test> tests() {
    const op::conv2d::axis causal{9, 3, 1, 2, 0}, causal_dilated{9, 3, 1, 4, 0, 2}, mel{5, 3, 1, 1, 1};
    return {same(0, 4, 4, 2, 3),
            same(1, 1, 1, 1, 1),
            same(1, 1, 8, 1, 7),
            same(2, 5, 4, 3, 2),
            same(1, 6, 7, 1, 16),
            same(1, 4, 4, 7, 8),
            same(1, 4, 5, 8, 15),
            same(2, 3, 9, 16, 17),
            same(1, 8, 8, 17, 31),
            same(1, 9, 16, 33, 33),
            same(1, 13, 11, 32, 32),
            same(2, 17, 10, 8, 64),
            same(2, 20, 16, 4, 8),
            same(1, 3, 5, 64, 68),
            same(1, 3, 5, 2, 3, 5, 2),
            same(1, 2, 2, 3, 4, 7),
            same(1, 6, 5, 4, 6, 1),
            rectified(same(1, 7, 6, 1, 8)),
            rectified(same(2, 9, 8, 16, 16)),
            same(2, 9, 6, 48, 32),  // Winograd's on cpu, as what follows
            rectified(same(1, 5, 3, 32, 80)),
            same(1, 32, 24, 32, 16),
            rectified(same(4, 40, 2, 32, 16)),  // a narrow mel
            rectified(same(1, 3, 4, 64, 128)),  // few rows for large weights
            same(3, 4, 4, 64, 128),             // not so few
            {2, 48, 48, {17, 3, 1, 2, 0}, {19, 3, 1, 0, 3}},
            {1, 32, 32, causal, mel},
            {1, 32, 48, {6, 3, 1, 0, 2}, {9, 3, 1, 2, 0}},
            {1, 64, 32, {2, 3, 1, 0, 0}, {9, 3, 1, 1, 1}},  // no output
            same(2, 7, 14, 1, 64),                          // one channel
            {1, 1, 96, {9, 3, 2, 1, 1}, {20, 5, 1, 2, 5, 2}, true},
            {1, 1, 32, {9, 3, 2, 1, 1}, {20, 5, 1, 2, 5, 2}},
            {1, 1, 32, {9, 3, 1, 1, 1}, {9, 3, 1, 0, 0, 5}},
            {1, 3, 4, causal, mel},
            {2, 2, 5, causal_dilated, mel},
            {1, 16, 16, causal, mel},
            {1, 3, 5, {9, 3, 2, 1, 1}, {8, 3, 2, 1, 1}},
            {2, 2, 9, {10, 4, 3, 0, 0}, {7, 2, 2, 1, 0}},
            {1, 3, 4, {6, 3, 1, 0, 0}, {5, 3, 1, 0, 0}},   // no padding
            {1, 16, 8, {6, 3, 1, 0, 2}, {9, 3, 1, 2, 0}},  // asymmetric on both axes
            {1, 2, 3, {2, 5, 1, 0, 0}, {4, 3, 1, 1, 1}},   // kernel larger than the input: no output
            {1, 2, 3, {1, 1, 1, 0, 0}, {9, 9, 1, 0, 0}},   // one column
            {1, 2, 3, {5, 1, 1, 2, 2}, {4, 1, 1, 0, 3}},   // outputs that see padding alone
            // pooled
            largest_of(1, 5, rectified(same(2, 7, 14, 1, 64))),
            mean_of(2, 3, same(1, 9, 8, 1, 23)),
            mean_of(2, 2, rectified(same(2, 9, 6, 48, 32))),
            largest_of(1, 2, same(1, 5, 7, 32, 80)),
            mean_of(3, 1, same(1, 11, 9, 32, 16)),
            mean_of(4, 1, same(1, 11, 4, 32, 16)),
            largest_of(4, 2, same(1, 9, 2, 32, 16)),
            largest_of(4, 4, rectified(same(0, 8, 8, 32, 16))),
            mean_of(2, 2, same(1, 1, 5, 32, 16)),  // no whole window
            mean_of(2, 2, same(1, 4, 6, 64, 16)),  // its depth is split on cuda
            largest_of(2, 1, same(1, 5, 6, 3, 8)),
            mean_of(2, 2, rectified(same(1, 7, 6, 3, 8)))};
  }
  static std::vector<test> benchmarks() {
    return {same(1, 200, 64, 1, 64),    same(1, 200, 64, 64, 64),   same(1, 200, 32, 64, 128),
            same(1, 200, 32, 128, 128), same(1, 200, 16, 128, 256), same(1, 200, 16, 256, 256),
            same(1, 200, 8, 256, 512),  same(1, 200, 8, 512, 512),  same(1, 200, 64, 1, 128),
            same(1, 200, 12, 128, 128), same(1, 200, 6, 128, 128),  same(8, 200, 32, 128, 128),
            same(1, 3, 4, 384, 384)};
  }
  static idx multiply_adds(const test& s) { return s.multiply_adds(); }

  template <class Backend, class T>
  static std::vector<call<T>> calls(const test& s) {
    using k = kernel_of<op::conv2d, Backend, T>;
    if (s.pool.places() > 1) {
      if constexpr (requires { k::pools(s); }) {
        if (!k::pools(s)) return {};
      } else
        return {};
    }
    const idx outputs = s.pooled_rows() * s.out;
    const argument x = input("x", s.items * s.time.extent * s.mel.extent * s.in);
    const argument weight = input("weight", s.depth() * s.out);
    std::vector<call<T>> c{
        {.name = "forward",
         .arguments = {x, weight, input("bias", s.out).or_null(), output("y", outputs)},
         .run = [s](executor& e, T* w, T* const* p) { k::forward(on<Backend>(e, w), s, p[0], p[1], p[2], p[3]); },
         .workspace = forward_scratch<op::conv2d, Backend, T>(s),
         .depth = s.depth()}};
    if (!s.rectify && s.pool.places() == 1)  // backward is that of the plain sum
      c.push_back({.name = "backward",
                   .arguments = {x, weight, input("dy", outputs), output("dx", x.count).or_null(),
                                 updated("dweight", weight.count).or_null(), updated("dbias", s.out).or_null()},
                   .run = [s](executor& e, T* w,
                              T* const* p) { k::backward(on<Backend>(e, w), s, p[0], p[1], p[2], p[3], p[4], p[5]); },
                   .workspace = backward_scratch<op::conv2d, Backend, T>(s),
                   .depth = s.rows() + s.depth(),
                   .gradient_of = 0});
    add_forward_prepared<op::conv2d, Backend, T>(s, c);
    return c;
  }
};

}  // namespace table
