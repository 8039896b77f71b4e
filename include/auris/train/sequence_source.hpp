#pragma once
#include <algorithm>
#include <auris/data/sequence_set.hpp>
#include <auris/train/data_source.hpp>

namespace auris {

/// What a term of the objective is compared with: the soft labels of all frames; or the scene or environment, one-hot,
/// of the frames in which an event takes place.
enum class sequence_target { labels, scene, environment };

/// A sequence_set as training material, with one kind of target for each term of the objective. Refers to the set,
/// which must live on.
///
/// Shape       items (frames * features_per_frame, bands); targets (frames, classes), the classes being those of the network's outputs.
/// Errors      from `fill`: a set whose arrays do not fit its counts; a network whose outputs have other frames or
///             classes; a scene or environment that the output has no class for.
/// Source      Khandelwal & Das 2023
///
///     const sequence_set set;
///     const sequence_source<sequence_target::labels, sequence_target::scene> source(set);
template <sequence_target... Targets>
class sequence_source {
 public:
  static constexpr std::array<sequence_target, sizeof...(Targets)> targets{Targets...};

  explicit sequence_source(const sequence_set& set) : set_(&set) {}

  idx count() const { return set_->count; }
  shape item() const { return dims(set_->frames * set_->features_per_frame, set_->bands); }

  template <class T>
  result<void> fill(std::span<const idx> indices, const batch<T, sizeof...(Targets)>& b) const {
    const sequence_set& s = *set_;
    const idx all = s.count * s.frames;
    if (auto ok = expect("features", s.features.size(), all * s.features_per_frame * s.bands); !ok) return ok;
    for (const idx i : indices)
      if (i < 0 || i >= s.count)
        return error{"no such item", "sequence_source", message::of("an index below ", s.count), message::of(i)};
    T* x = b.x.p;
    for (const idx i : indices) x = std::ranges::copy(s.features_of(i), x).out;
    for (std::size_t k = 0; k < targets.size(); ++k) {
      const batch_target<T>& t = b.targets[k];
      if (t.rows != s.frames)
        return error{"targets do not fit the network's output", "sequence_source, frames", message::of(t.rows),
                     message::of(s.frames)};
      if (targets[k] == sequence_target::labels) {
        if (auto ok = expect("labels", s.labels.size(), all * s.classes); !ok) return ok;
        if (t.classes != s.classes)
          return error{"targets do not fit the network's output", "sequence_source, classes", message::of(t.classes),
                       message::of(s.classes)};
        T* to = t.values;
        for (const idx i : indices) to = std::ranges::copy(s.labels_of(i), to).out;
        continue;
      }
      const bool scene = targets[k] == sequence_target::scene;
      if (auto ok = expect("scene or environment", (scene ? s.scene : s.environment).size(), all); !ok) return ok;
      if (auto ok = expect("active", s.active.size(), all); !ok) return ok;
      T *values = t.values, *mask = t.mask;
      std::fill_n(values, static_cast<idx>(indices.size()) * t.rows * t.classes, T(0));
      for (const idx i : indices) {
        for (const int label : scene ? s.scene_of(i) : s.environment_of(i)) {
          if (label < 0 || label >= t.classes)
            return error{"no such class", message::of("sequence_source, ", scene ? "scene" : "environment"),
                         message::of("below ", t.classes), message::of(label)};
          values[label] = 1;
          values += t.classes;
        }
        mask = std::ranges::copy(s.active_of(i), mask).out;
      }
    }
    return {};
  }

 private:
  static result<void> expect(const char* what, std::size_t size, idx expected) {
    if (static_cast<idx>(size) == expected) return {};
    return error{"wrong size of an array", message::of("sequence_source, ", what), message::of(expected, " numbers"),
                 message::of(size)};
  }
  const sequence_set* set_;
};

}  // namespace auris
