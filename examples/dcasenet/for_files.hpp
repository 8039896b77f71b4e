// The same work for many files, by several threads.
#pragma once
#include <auris/core/executor.hpp>
#include <auris/core/result.hpp>
#include <auris/io/progress.hpp>
#include <filesystem>
#include <mutex>
#include <optional>
#include <vector>

namespace dcasenet {

/// work(i) for every file; the first error in the order of the files.
template <class Work>
auris::result<void> for_files(auris::executor& threads, const char* what,
                              const std::vector<std::filesystem::path>& files, const Work& work) {
  const auto count = static_cast<auris::idx>(files.size());
  std::vector<std::optional<auris::error>> errors(files.size());
  auris::progress_bar bar(count, true);
  std::mutex of_the_bar;
  auris::idx done = 0;
  auris::for_blocks(threads, count, [&](auris::idx block, int) {
    const auto i = static_cast<std::size_t>(block);
    try {
      if (auto ok = work(i); !ok) errors[i] = ok.error();
    } catch (const std::exception& e) {  // no memory
      errors[i] = auris::error{e.what(), files[i].c_str()};
    }
    const std::lock_guard guard(of_the_bar);
    bar.show(what, ++done);
  });
  bar.finish(auris::message::of(what, ": ", count, " files").c_str());
  for (const auto& e : errors)
    if (e) return *e;
  return {};
}

}  // namespace dcasenet
