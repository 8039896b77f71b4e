// The one header that includes cuDNN.
#pragma once
#include <cudnn.h>

#include <cstdint>
#include <utility>

static_assert(CUDNN_VERSION >= 90800, "auris: cuDNN 9.8 or later is needed");

namespace auris::detail::cudnn {

// What cuDNN calls the type of an attribute. Its descriptors are `void*`, so addresses are `const void*` here.
template <class V>
extern const cudnnBackendAttributeType_t type_of;
template <>
inline constexpr cudnnBackendAttributeType_t type_of<const void*> = CUDNN_TYPE_VOID_PTR;
template <>
inline constexpr cudnnBackendAttributeType_t type_of<std::int64_t> = CUDNN_TYPE_INT64;
template <>
inline constexpr cudnnBackendAttributeType_t type_of<bool> = CUDNN_TYPE_BOOLEAN;
template <>
inline constexpr cudnnBackendAttributeType_t type_of<float> = CUDNN_TYPE_FLOAT;
template <>
inline constexpr cudnnBackendAttributeType_t type_of<cudnnHandle_t> = CUDNN_TYPE_HANDLE;
template <>
inline constexpr cudnnBackendAttributeType_t type_of<cudnnBackendDescriptor_t> = CUDNN_TYPE_BACKEND_DESCRIPTOR;
template <>
inline constexpr cudnnBackendAttributeType_t type_of<cudnnDataType_t> = CUDNN_TYPE_DATA_TYPE;
template <>
inline constexpr cudnnBackendAttributeType_t type_of<cudnnConvolutionMode_t> = CUDNN_TYPE_CONVOLUTION_MODE;
template <>
inline constexpr cudnnBackendAttributeType_t type_of<cudnnPointwiseMode_t> = CUDNN_TYPE_POINTWISE_MODE;
template <>
inline constexpr cudnnBackendAttributeType_t type_of<cudnnBackendHeurMode_t> = CUDNN_TYPE_HEUR_MODE;
template <>
inline constexpr cudnnBackendAttributeType_t type_of<cudnnBackendNumericalNote_t> = CUDNN_TYPE_NUMERICAL_NOTE;

/// A descriptor of cuDNN's graphs, owned: created, set, finished, then used by others. The first failure stays.
class descriptor {
 public:
  explicit descriptor(cudnnBackendDescriptorType_t type) { keep(cudnnBackendCreateDescriptor(type, &p_)); }
  descriptor(descriptor&& o) noexcept : p_(std::exchange(o.p_, nullptr)), status_(o.status_) {}
  descriptor& operator=(descriptor&& o) noexcept {
    std::swap(p_, o.p_);
    std::swap(status_, o.status_);
    return *this;
  }
  ~descriptor() {
    if (p_) cudnnBackendDestroyDescriptor(p_);
  }

  template <class V>
  descriptor& set(cudnnBackendAttributeName_t name, std::int64_t count, const V* values) {
    if (good()) keep(cudnnBackendSetAttribute(p_, name, type_of<V>, count, values));
    return *this;
  }
  template <class V>
  descriptor& set(cudnnBackendAttributeName_t name, const V& value) {
    return set(name, 1, &value);
  }
  template <class V, std::size_t N>
  descriptor& set(cudnnBackendAttributeName_t name, const V (&values)[N]) {
    return set(name, static_cast<std::int64_t>(N), values);
  }
  descriptor& set(cudnnBackendAttributeName_t name, const descriptor& d) { return set(name, d.p_); }
  /// Whether cuDNN accepts all of it.
  bool finish() {
    if (good()) keep(cudnnBackendFinalize(p_));
    return good();
  }

  /// Up to `most` values into `values`; how many there are. Values that are descriptors have been made before.
  template <class V>
  std::int64_t get(cudnnBackendAttributeName_t name, std::int64_t most, V* values) const {
    std::int64_t count = 0;
    const bool ok = cudnnBackendGetAttribute(p_, name, type_of<V>, most, &count, values) == CUDNN_STATUS_SUCCESS;
    return ok ? count : 0;
  }

  bool good() const { return status_ == CUDNN_STATUS_SUCCESS; }
  cudnnStatus_t status() const { return status_; }
  cudnnBackendDescriptor_t get() const { return p_; }

 private:
  void keep(cudnnStatus_t s) {
    if (good()) status_ = s;
  }
  cudnnBackendDescriptor_t p_ = nullptr;
  cudnnStatus_t status_ = CUDNN_STATUS_SUCCESS;
};

}  // namespace auris::detail::cudnn
