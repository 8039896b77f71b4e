#pragma once
#include <algorithm>
#include <auris/core/result.hpp>
#include <auris/data/numpy_shuffle.hpp>
#include <numeric>
#include <vector>

namespace auris {

/// One split of items: indices, each part in rising order.
struct fold_split {
  std::vector<idx> train, test;
};

/// The splits of scikit-learn's KFold(folds, shuffle = True, random_state = seed), number by number: the shuffled indices cut
/// into folds, the first n mod folds of them one item longer; fold k is the test part of split k.
///
/// Errors  fewer than 2 folds; fewer items than folds; 2^32 items or more.
/// Source  scikit-learn; split 0 of (4970, 5, 42) is that of Jung et al. 2021 for DCASE 2019 task 2
///
///     const std::vector<fold_split> splits = shuffled_k_fold(10, 5, 42).value();
///     const idx first = splits[0].test[0];                             // 1; and 8 with it
inline result<std::vector<fold_split>> shuffled_k_fold(idx items, idx folds, std::uint32_t seed) {
  constexpr idx most = idx(1) << 32;
  if (folds < 2 || items < folds || items >= most)
    return error{"cannot split", "k fold", "2 folds or more, and items for each",
                 message::of(items, " items, ", folds, " folds")};
  std::vector<idx> order(static_cast<std::size_t>(items));
  std::iota(order.begin(), order.end(), idx{0});
  numpy_shuffle random(seed);
  random(std::span(order));
  std::vector<fold_split> splits;
  auto begin = order.begin();
  for (idx k = 0; k < folds; ++k) {
    const auto end = begin + items / folds + (k < items % folds);
    fold_split s;
    s.test.assign(begin, end);
    s.train.assign(order.begin(), begin);
    s.train.insert(s.train.end(), end, order.end());
    for (auto* part : {&s.test, &s.train}) std::sort(part->begin(), part->end());
    splits.push_back(std::move(s));
    begin = end;
  }
  return splits;
}

}  // namespace auris
