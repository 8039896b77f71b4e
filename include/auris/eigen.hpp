// Eigen's view of arrays: for programs that go on with Eigen. The library itself does not use it, and nothing else includes this.
#pragma once
#include <Eigen/Core>
#include <auris/core/view.hpp>
#include <type_traits>

namespace auris {

/// A view as a row-major Eigen matrix, whose columns are the last axis and whose rows are all others: (items * time, classes) for
/// the output of a detector. No copy: it is valid as long as the memory of the view, and writes to it where T is not const.
///
/// Needs       Eigen 3.4 on the include path.
///
///     const float scores[2 * 3] = {0.1f, 0.7f, 0.2f, 0.5f, 0.4f, 0.1f};
///     const auto m = as_matrix(view<const float>{scores, 1, dims(2, 3)});      // 2 frames of 3 classes
///     if (m.rows() != 2 || m.row(0).maxCoeff() != 0.7f) std::abort();
template <class T>
auto as_matrix(view<T> v) {
  using plain = Eigen::Matrix<std::remove_const_t<T>, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  using matrix = std::conditional_t<std::is_const_v<T>, const plain, plain>;
  const idx columns = v.s.rank > 0 ? v.s[-1] : 1;
  return Eigen::Map<matrix>(v.p, columns > 0 ? v.size() / columns : 0, columns);
}

}  // namespace auris
