// What a test may choose, and the barriers by the place where they stand.
#pragma once
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <set>
#include <source_location>
#include <string>

#include "cuda/executor/sanitizers.hpp"

namespace cuda_executor {

#if defined(__cpp_lib_source_location)
using location = std::source_location;
#else
/// std::source_location, without columns, for compilers that lack it.
class location {
 public:
  static constexpr location current(const char* file = __builtin_FILE(), unsigned line = __builtin_LINE()) {
    location l;
    l.file_ = file, l.line_ = line;
    return l;
  }
  constexpr const char* file_name() const { return file_; }
  constexpr unsigned line() const { return line_; }
  constexpr unsigned column() const { return 0; }

 private:
  const char* file_ = "";
  unsigned line_ = 0;
};
#endif

/// A file's name without its folder.
CUDA_EXECUTOR_UNSEEN inline const char* file_of(const location& l) {
  const char* slash = std::strrchr(l.file_name(), '/');
  return slash ? slash + 1 : l.file_name();
}
CUDA_EXECUTOR_UNSEEN inline bool same(const location& a, const location& b) {
  return a.line() == b.line() && a.column() == b.column() &&
         (a.file_name() == b.file_name() || std::strcmp(a.file_name(), b.file_name()) == 0);
}

/// Who goes first of the threads and blocks that can go on.
enum class order { forward, reverse, random };

/// A line of a file, written "gru.cuh:120"; none where it is empty.
class site {
 public:
  site() = default;
  site(const std::string& text) : file_(text.substr(0, text.rfind(':'))) {
    if (const auto colon = text.rfind(':'); colon != std::string::npos)
      line_ = static_cast<unsigned>(std::strtoul(text.c_str() + colon + 1, nullptr, 10));
  }
  CUDA_EXECUTOR_UNSEEN bool empty() const { return line_ == 0; }
  CUDA_EXECUTOR_UNSEEN bool is(const location& l) const {
    return line_ != 0 && line_ == l.line() && std::strcmp(file_.c_str(), file_of(l)) == 0;
  }

 private:
  std::string file_;
  unsigned line_ = 0;
};

/// The barriers that threads came to.
class barrier_log {
 public:
  CUDA_EXECUTOR_UNSEEN void add(const location& l) {
    for (unsigned i = count_; i > 0; --i)
      if (same(at_[i - 1], l)) return;
    if (count_ == most) std::abort();
    at_[count_++] = l;
  }
  /// As "gru.cuh:120".
  std::set<std::string> lines() const {
    std::set<std::string> all;
    for (unsigned i = 0; i < count_; ++i)
      all.insert(std::string(file_of(at_[i])) + ":" + std::to_string(at_[i].line()));
    return all;
  }

 private:
  static constexpr unsigned most = 256;
  location at_[most];
  unsigned count_ = 0;
};

struct choices {
  cuda_executor::order order = order::forward;
  std::uint64_t seed = 1;           ///< of the random order
  unsigned resident_blocks = 4;     ///< blocks that the device holds at the same time, at most 32
  std::size_t shared = 227 * 1024;  ///< bytes of shared memory that a block may ask for
  site left_out;                    ///< a barrier that nobody waits at
  barrier_log* seen = nullptr;      ///< where to note the barriers that threads come to
};
inline choices choices_of_environment() {
  choices c;
  if (const char* barrier = std::getenv("AURIS_CUDA_LEAVE_OUT")) c.left_out = site(barrier);
  return c;
}
inline choices settings = choices_of_environment();

/// Whether a barrier is left out; notes that it was reached.
CUDA_EXECUTOR_UNSEEN inline bool left_out(const location& here) {
  if (settings.seen) settings.seen->add(here);
  return settings.left_out.is(here);
}

}  // namespace cuda_executor
