#pragma once
#include <auris/op/stft.hpp>

#include "op/table.hpp"

namespace table {

struct stft {
  using test = op::stft::size;
  static constexpr const char* name = "stft";
  static std::string describe(const test& s) {
    return text(s.frames, " frames of ", s.fft, ", hop ", s.hop, s.power ? ", power" : ", magnitude");
  }
  static std::vector<test> tests() {
    return {{0, 16, 4},   {3, 1, 1},   {2, 2, 3},     {5, 3, 1, false}, {17, 63, 20, false},    {9, 60, 7},
            {2, 286, 50}, {1, 143, 1}, {3, 512, 100}, {2, 840, 441},    {2, 1000, 1000, false}, {8200, 4, 3, true}};
  }
  static std::vector<test> benchmarks() { return {{50, 17640, 8820}, {400, 1024, 512}}; }
  /// Of the formula; a fast transform needs far fewer.
  static idx multiply_adds(const test& s) { return 2 * s.frames * s.bins() * s.fft; }

  template <class Backend, class T>
  static std::vector<call<T>> calls(const test& s) {
    using k = kernel_of<op::stft, Backend, T>;
    std::vector<T> table(static_cast<std::size_t>(2 * s.fft));
    op::stft::make_table(s.fft, table.data());
    const constant roots(std::move(table), memory_of<Backend>());
    return {{.name = "forward",
             .arguments = {input("x", s.samples()), input("window", s.fft), output("y", s.frames * s.bins())},
             .run = [s, roots](executor& e, T* w,
                               T* const* p) { k::forward(on<Backend>(e, w), s, p[0], p[1], roots.data(), p[2]); },
             .workspace = forward_scratch<op::stft, Backend, T>(s),
             .depth = s.fft}};
  }
};

}  // namespace table
