// Libraries of NVIDIA without a GPU: their descriptors are real, what they would run on the device is computed on the
// host, from the descriptors alone. Our own kernels run on the executor (own_kernels.cpp).
#pragma once
#include <auris/backend/cuda/device.hpp>
#include <string>

namespace on_host {

/// What a test wants of the device and of the library.
struct settings {
  bool captured = false;      ///< streams are being captured
  bool has_kernels = true;    ///< the library finds a kernel for whatever it is asked for
  bool makes_handles = true;  ///< else creating one fails
  int calls = 0;              ///< that the library has computed
};
inline settings now;

/// Runs a test with other settings.
class restored_settings {
 public:
  restored_settings() : before_(now) { now = {}; }
  ~restored_settings() { now = before_; }
  restored_settings(const restored_settings&) = delete;
  restored_settings& operator=(const restored_settings&) = delete;

 private:
  settings before_;
};

/// What the device says of the calls since the last time; empty where all is well.
inline std::string failure() {
  const auto status = auris::cuda_device<>::status();
  return status ? "" : status.error().text().c_str();
}

}  // namespace on_host
