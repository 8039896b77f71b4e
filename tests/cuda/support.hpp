// What the executor's own tests share.
#pragma once
#include <sys/wait.h>
#include <unistd.h>

#include <auris/backend/cuda.cuh>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <type_traits>
#include <vector>

#include "support/catch.hpp"

namespace cuda_test {
using cuda_executor::order, cuda_executor::settings;
namespace gpu = auris::detail::gpu;

/// Runs a test with other settings.
class restored_settings {
 public:
  restored_settings() : before_(settings) {}
  ~restored_settings() { settings = before_; }
  restored_settings(const restored_settings&) = delete;
  restored_settings& operator=(const restored_settings&) = delete;

 private:
  cuda_executor::choices before_;
};

/// What the device says of the launches since the last call; empty where all is well.
inline std::string failure() {
  const auto status = auris::cuda_device<>::status();
  return status ? "" : status.error().text().c_str();
}
/// Launches a kernel and says what failed.
template <class... P>
std::string launched(const gpu::launch_options& o, void (*kernel)(P...), std::type_identity_t<P>... p) {
  gpu::launch(o, kernel, p...);
  return failure();
}
template <class... P>
std::string launched_together(const gpu::launch_options& o, void (*kernel)(P...), std::type_identity_t<P>... p) {
  gpu::launch_together(o, kernel, p...);
  return failure();
}
inline bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// work() forward, in reverse and in random orders.
template <class Work>
void in_all_orders(const Work& work) {
  const restored_settings restored;
  for (const order o : {order::forward, order::reverse, order::random})
    for (settings.order = o, settings.seed = 1; settings.seed <= (o == order::random ? 3u : 1u); ++settings.seed)
      work();
}

/// Starts a process, whose output nobody sees and which ends with what work() returns, or after a minute.
template <class Work>
pid_t start_child(const Work& work) {
  std::fflush(nullptr);
  const pid_t child = fork();
  if (child != 0) return child;
  for (std::FILE* output : {stdout, stderr})
    if (!std::freopen("/dev/null", "w", output)) std::abort();
  alarm(60);
  _exit(work());
}
/// What a process ends with; -1 where it did not end by itself.
inline int status_of(pid_t child) {
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

inline std::vector<float> counted(std::size_t count) {
  std::vector<float> x;
  for (std::size_t i = 0; i < count; ++i) x.push_back(static_cast<float>(i));
  return x;
}

}  // namespace cuda_test
