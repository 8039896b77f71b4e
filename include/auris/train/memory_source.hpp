#pragma once
#include <algorithm>
#include <auris/train/data_source.hpp>
#include <vector>

namespace auris {

/// Plain arrays as training material.
///
/// Memory      the arrays; a batch is copied out of them.
/// Errors      from `fill`: arrays whose sizes fit neither the count nor the network's outputs; an index out of range.
///
///     memory_source<float, 1> source{.items = 2, .shape_of_item = dims(5, 64)};     // two items of 5 frames
///     source.inputs.resize(2 * 5 * 64);
///     source.terms[0].values.resize(2 * 5 * 17);                                   // labels of 17 classes
///     source.terms[0].mask = {1, 1, 1, 0, 0, 1, 1, 1, 1, 1};                       // or empty: all frames count
///     source.terms[0].class_mask.resize(2 * 17, 1);                                // or empty: all classes count
///     source.terms[0].class_mask[17 + 4] = 0;                                      // class 4 is not annotated in item 1
template <class T, std::size_t Terms>
struct memory_source {
  struct term_arrays {
    std::vector<T> values = {};      ///< (items, rows, classes); may be empty for a term that is switched off
    std::vector<T> mask = {};        ///< (items, rows), or empty
    std::vector<T> class_mask = {};  ///< (items, classes), or empty
  };
  idx items = 0;
  shape shape_of_item = {};
  std::vector<T> inputs = {};  ///< (items, item)
  std::array<term_arrays, Terms> terms{};

  idx count() const { return items; }
  shape item() const { return shape_of_item; }

  result<void> fill(std::span<const idx> indices, const batch<T, Terms>& b) const {
    if (auto ok = expect("inputs", inputs.size(), shape_of_item.size()); !ok) return ok;
    if (auto ok = copy(indices, inputs, shape_of_item.size(), b.x.p); !ok) return ok;
    for (std::size_t k = 0; k < Terms; ++k) {
      const batch_target<T>& t = b.targets[k];
      if (!terms[k].values.empty()) {
        if (auto ok = expect("values of a term", terms[k].values.size(), t.rows * t.classes); !ok) return ok;
        if (auto ok = copy(indices, terms[k].values, t.rows * t.classes, t.values); !ok) return ok;
      } else
        std::fill_n(t.values, b.x.n * t.rows * t.classes, T(0));
      if (!terms[k].mask.empty()) {
        if (auto ok = expect("mask of a term", terms[k].mask.size(), t.rows); !ok) return ok;
        if (auto ok = copy(indices, terms[k].mask, t.rows, t.mask); !ok) return ok;
      }
      if (!terms[k].class_mask.empty()) {
        if (auto ok = expect("class mask of a term", terms[k].class_mask.size(), t.classes); !ok) return ok;
        if (auto ok = copy(indices, terms[k].class_mask, t.classes, t.class_mask); !ok) return ok;
      }
    }
    return {};
  }

 private:
  result<void> expect(const char* what, std::size_t size, idx per_item) const {
    if (static_cast<idx>(size) == items * per_item) return {};
    return error{"wrong size of an array", message::of("memory_source, ", what),
                 message::of(items, " x ", per_item, " numbers"), message::of(size)};
  }
  result<void> copy(std::span<const idx> indices, const std::vector<T>& from, idx per_item, T* to) const {
    for (const idx i : indices) {
      if (i < 0 || i >= items)
        return error{"no such item", "memory_source", message::of("an index below ", items), message::of(i)};
      to = std::copy_n(from.data() + i * per_item, per_item, to);
    }
    return {};
  }
};

}  // namespace auris
