#pragma once
#include <auris/core/shape.hpp>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <string>

#if defined(_WIN32)
#include <io.h>
#else
#include <unistd.h>
#endif

namespace auris {

/// The text of a progress bar: how much is done, how fast, and how long the rest will take at that speed.
///
///     std::string s = progress_text("epoch 2", 12, 40, 6);
///     // epoch 2 [######..............] 12/40, 2.0/s, 0:14 left
inline std::string progress_text(const char* name, idx done, idx total, double seconds) {
  constexpr idx width = 20;
  const idx filled = total > 0 ? done * width / total : width;
  std::string s = std::string(name) + " [";
  s.append(static_cast<std::size_t>(filled), '#').append(static_cast<std::size_t>(width - filled), '.');
  s += "] " + std::to_string(done) + "/" + std::to_string(total);
  if (done > 0 && seconds > 0) {
    const double rate = static_cast<double>(done) / seconds;
    const long long left = std::llround(static_cast<double>(total - done) / rate);
    char tail[64];
    std::snprintf(tail, sizeof tail, ", %.1f/s, %lld:%02lld left", rate, left / 60, left % 60);
    s += tail;
  }
  return s;
}

/// Whether standard error is a terminal that somebody looks at.
inline bool standard_error_is_terminal() {
#if defined(_WIN32)
  return _isatty(2) != 0;
#else
  return ::isatty(2) != 0;
#endif
}

/// A progress bar on standard error, drawn at most ten times a second; silent where that is no terminal.
///
///     progress_bar bar(40, true);
///     bar.show("epoch 1", 3);
///     bar.finish("epoch 1: loss 0.5");
class progress_bar {
 public:
  progress_bar(idx total, bool wanted) : total_(total), visible_(wanted && standard_error_is_terminal()) {}

  void show(const char* name, idx done) {
    if (!visible_) return;
    const auto now = clock::now();
    if (drawn_ && now - last_ < std::chrono::milliseconds(100)) return;
    last_ = now, drawn_ = true;
    draw(progress_text(name, done, total_, std::chrono::duration<double>(now - start_).count()), "");
  }
  /// Puts one last line in the place of the bar.
  void finish(const std::string& line) {
    if (visible_) draw(line, "\n");
  }

 private:
  using clock = std::chrono::steady_clock;
  static void draw(const std::string& text, const char* end) {
    std::fprintf(stderr, "\r\033[K%s%s", text.c_str(), end);  // the escape clears the line
    std::fflush(stderr);
  }
  idx total_;
  bool visible_, drawn_ = false;
  clock::time_point start_ = clock::now(), last_{};
};

}  // namespace auris
