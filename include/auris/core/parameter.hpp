#pragma once
#include <array>
#include <auris/core/label.hpp>
#include <auris/core/shape.hpp>
#include <cstring>
#include <tuple>
#include <utility>

namespace auris {

/// How a parameter starts: zeros, ones, or uniform in +-1 / sqrt(fan), PyTorch's defaults; he_uniform: in +-sqrt(6 / fan).
struct initial {
  enum kind { zeros, ones, symmetric, he_uniform } how = zeros;
  idx fan = 0;
};

/// One parameter or buffer of a layer: its name in a checkpoint, its shape and order in memory, and how they differ
/// from PyTorch's.
struct parameter {
  label name;
  shape stored;
  initial start = {};
  std::array<int, 4> order = {0, 1, 2, 3};  ///< axis k of the checkpoint's tensor is axis order[k] in memory
  int input_axis = -1;                      ///< the axis in memory that runs over the features of the layer's input

  constexpr shape checkpoint() const {
    shape s = stored;
    for (int k = 0; k < s.rank; ++k) s.extent[k] = stored.extent[order[static_cast<std::size_t>(k)]];
    return s;
  }
};

/// A name and a shape: a named output.
struct named_shape {
  label name;
  shape s;
  bool on_the_side = false;  ///< nothing else needs it: where no memory is given for it, it is not computed
};

template <class E, std::size_t... N>
constexpr auto join(const std::array<E, N>&... lists) {
  return std::apply([](auto... e) { return std::array<E, (N + ... + 0)>{e...}; }, std::tuple_cat(lists...));
}

template <std::size_t N>
constexpr idx total(const std::array<parameter, N>& list) {
  idx n = 0;
  for (const auto& p : list) n += p.stored.size();
  return n;
}
template <std::size_t N>
constexpr idx total(const std::array<named_shape, N>& list) {
  idx n = 0;
  for (const auto& p : list) n += p.s.size();
  return n;
}

/// Where a parameter stands in a network. Names given by `named` replace the positions of all unnamed composites around
/// them; where there is no name, positions are spelled: "conv_block1.bn1.weight", "3.0.weight".
class parameter_path {
 public:
  parameter_path named(const label& name) const {
    parameter_path p = *this;
    p.cut();
    p.add(name.text);
    p.fixed_ = p.length_;
    return p;
  }
  parameter_path position(std::size_t i) const {
    parameter_path p = *this;
    char digits[8];
    int n = 0;
    for (std::size_t v = i;; v /= 10) {
      digits[n++] = static_cast<char>('0' + v % 10);
      if (v < 10) break;
    }
    char ordered[8] = {};
    for (int k = 0; k < n; ++k) ordered[k] = digits[n - 1 - k];
    p.add(ordered);
    return p;
  }
  parameter_path leaf(const label& name) const {
    parameter_path p = *this;
    p.add(name.text);
    return p;
  }
  /// Up to the last name, for a layer whose own parameters have names that say enough.
  parameter_path without_positions() const {
    parameter_path p = *this;
    p.cut();
    return p;
  }
  const char* c_str() const { return text_; }

 private:
  void cut() { text_[length_ = fixed_] = 0; }
  void add(const char* s) {
    if (length_ && length_ + 1 < capacity) text_[length_++] = '.';
    for (; *s && length_ + 1 < capacity; ++s) text_[length_++] = *s;
    text_[length_] = 0;
  }
  static constexpr std::size_t capacity = 160;
  char text_[capacity] = {};
  std::size_t length_ = 0, fixed_ = 0;
};

/// One row of a network's table of parameters: what loading, saving, initialisers and reports walk over.
struct table_entry {
  const char* name;          ///< in the checkpoint; valid during the visit
  shape stored;              ///< axes in memory; may be split finer than the checkpoint's
  std::array<int, 4> order;  ///< axis k of the checkpoint (split alike) is axis order[k] in memory
  shape checkpoint;          ///< the tensor's shape in the checkpoint
  idx offset;                ///< in its arena
  initial start;
  int input_axis;
  bool is_buffer, trains, used;  ///< in `buffers`; changed by the optimiser; read by this (perhaps pruned) network

  /// Where in memory (from `offset`) the i-th value of the checkpoint's tensor stands.
  constexpr idx place(idx i) const {
    idx at = 0;
    for (int k = stored.rank - 1; k >= 0; --k) {
      const int axis = order[static_cast<std::size_t>(k)];
      at += i % stored.extent[axis] * stored.count(axis + 1, stored.rank);
      i /= stored.extent[axis];
    }
    return at;
  }
};

struct table_visitor {
  virtual void operator()(const table_entry&) = 0;

 protected:
  ~table_visitor() = default;
};

}  // namespace auris
