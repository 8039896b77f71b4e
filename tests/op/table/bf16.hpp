#pragma once
#include <algorithm>
#include <tuple>

#include "op/table/conv2d.hpp"
#include "op/table/gru.hpp"
#include "op/table/linear.hpp"

namespace table {

/// The calls of a row that read prepared weights, with weights that bf16 holds: so the oracle's values hold for them, too.
template <class Row>
struct with_bf16_weights : Row {
  template <class Backend, class T>
  static std::vector<call<T>> calls(const typename Row::test& s) {
    std::vector<call<T>> all = Row::template calls<Backend, T>(s);
    std::erase_if(all, [](const call<T>& c) { return c.name != "forward_prepared"; });
    for (call<T>& c : all)
      for (argument& a : c.arguments)
        for (const char* stored : {"weight", "input0", "input1", "recurrent0", "recurrent1"})
          if (a.name == stored) a.kind = values::coarse;
    return all;
  }
};

using bf16_rows = std::tuple<with_bf16_weights<linear>, with_bf16_weights<conv2d>, with_bf16_weights<gru>>;

}  // namespace table
