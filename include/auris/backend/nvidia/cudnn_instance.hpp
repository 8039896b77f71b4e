#pragma once
#include <auris/backend/nvidia/cudnn_convolution.hpp>
#include <auris/backend/nvidia/cudnn_recurrence.hpp>
#include <auris/backend/nvidia/library.hpp>
#include <map>

namespace auris::detail::cudnn {

/// The handle, what was made ready so far, and scratch memory: of one thread and one GPU.
class instance {
 public:
  instance() : created_(cudnnCreate(&handle_)) {
    if (created_ == CUDNN_STATUS_SUCCESS && !device_.set(CUDNN_ATTR_DEVICEPROP_HANDLE, handle_).finish())
      created_ = device_.status();
  }
  instance(const instance&) = delete;
  instance& operator=(const instance&) = delete;
  ~instance() {
    convolutions_.clear();
    recurrences_.clear();
    if (handle_) cudnnDestroy(handle_);
  }

  /// The handle, for work on a stream; null where cuDNN does not work: then `status` tells.
  cudnnHandle_t on(const char* operation, cuda_stream s) {
    if (!failed(operation, created_) && !failed(operation, cudnnSetStream(handle_, s))) return handle_;
    return nullptr;
  }
  library_memory& memory() { return memory_; }
  // Null while the library may not get ready; then `status` tells.
  const plan* plan_of(const char* operation, cuda_stream s, const convolution_call& call) {
    return known_or_made(convolutions_, call, operation, s, [&] {
      return convolutions_.emplace(call, make_plan(device_, convolution_graph(call).take(), call.least, most)).first;
    });
  }
  recurrence_plan* plan_of(const char* operation, cuda_stream s, const recurrence_call& call) {
    return known_or_made(recurrences_, call, operation, s,
                         [&] { return recurrences_.try_emplace(call, handle_, call).first; });
  }
  static bool failed(const char* operation, cudnnStatus_t s) {
    if (s != CUDNN_STATUS_SUCCESS) cuda_device<>::keep(operation, cudnnGetErrorString(s));
    return s != CUDNN_STATUS_SUCCESS;
  }

 private:
  static constexpr std::size_t most = std::size_t{256} << 20;  // bytes of scratch memory for a kernel
  cudnnHandle_t handle_ = nullptr;
  cudnnStatus_t created_;
  descriptor device_{CUDNN_BACKEND_DEVICEPROP_DESCRIPTOR};
  std::map<convolution_call, plan> convolutions_;
  std::map<recurrence_call, recurrence_plan> recurrences_;
  library_memory memory_;
};

}  // namespace auris::detail::cudnn
