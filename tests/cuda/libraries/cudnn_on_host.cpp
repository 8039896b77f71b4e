// The functions of cuDNN that need a GPU, on the host. Graphs, kernels and plans are cuDNN's own, for the GPU that a
// test describes; what `cudnnBackendExecute` would run is computed from the descriptors that the plan was made of.
#include <cudnn.h>
#include <dlfcn.h>

#include <array>
#include <cstring>
#include <map>
#include <vector>

#include "cuda/libraries/cudnn_on_host.hpp"
#include "cuda/libraries/device_on_host.hpp"
#include "support/catch.hpp"

/// Looking for a GPU, cuBLAS loses memory that is not ours to miss.
extern "C" const char* __lsan_default_suppressions() { return "leak:libcublasLt\n"; }
/// cuDNN closes its parts at the end, and with them what points to their memory: they stay.
extern "C" int dlclose(void*) noexcept { return 0; }

namespace {

/// cuDNN's own function behind the one of this name here.
template <class F>
F behind(F, const char* name) {
  return reinterpret_cast<F>(dlsym(RTLD_NEXT, name));
}

/// What a descriptor was told.
struct record {
  cudnnBackendDescriptorType_t type;
  std::map<cudnnBackendAttributeName_t, std::vector<unsigned char>> values;

  template <class V>
  std::vector<V> all(cudnnBackendAttributeName_t name) const {
    const auto& bytes = values.at(name);
    std::vector<V> v(bytes.size() / sizeof(V));
    std::memcpy(v.data(), bytes.data(), bytes.size());
    return v;
  }
  template <class V>
  V one(cudnnBackendAttributeName_t name) const {
    V v;
    REQUIRE(values.at(name).size() == sizeof v);
    std::memcpy(&v, values.at(name).data(), sizeof v);
    return v;
  }
};
std::map<cudnnBackendDescriptor_t, record> records;
const record& record_of(cudnnBackendDescriptor_t d) { return records.at(d); }
const record& part(const record& r, cudnnBackendAttributeName_t name) {
  return record_of(r.one<cudnnBackendDescriptor_t>(name));
}

std::size_t size_of(cudnnBackendAttributeType_t type) {
  switch (type) {
    case CUDNN_TYPE_INT64:
    case CUDNN_TYPE_VOID_PTR:
    case CUDNN_TYPE_BACKEND_DESCRIPTOR:
    case CUDNN_TYPE_HANDLE:
      return 8;
    case CUDNN_TYPE_BOOLEAN:
    case CUDNN_TYPE_CHAR:
      return 1;
    default:
      return 4;  // enumerations and floats
  }
}

/// Where the graph's tensors lie; those that are never stored have values of their own.
struct memory {
  std::map<std::int64_t, float*> given;
  std::map<std::int64_t, std::vector<double>> intermediate;
};

/// A tensor by the four indices of its descriptor.
class tensor {
 public:
  tensor(const record& r, memory& m) {
    const auto extents = r.all<std::int64_t>(CUDNN_ATTR_TENSOR_DIMENSIONS);
    const auto strides = r.all<std::int64_t>(CUDNN_ATTR_TENSOR_STRIDES);
    REQUIRE((extents.size() == 4 && strides.size() == 4));
    REQUIRE(r.one<cudnnDataType_t>(CUDNN_ATTR_TENSOR_DATA_TYPE) == CUDNN_DATA_FLOAT);
    std::int64_t behind_last = 1;
    for (std::size_t i = 0; i < 4; ++i) {
      extent[i] = extents[i], stride_[i] = strides[i];
      behind_last += (extents[i] - 1) * strides[i];
    }
    const auto name = r.one<std::int64_t>(CUDNN_ATTR_TENSOR_UNIQUE_ID);
    if (r.one<bool>(CUDNN_ATTR_TENSOR_IS_VIRTUAL)) {
      values_ = &m.intermediate[name];
      values_->resize(static_cast<std::size_t>(behind_last));
    } else {
      p_ = m.given.at(name);
      const auto alignment = r.one<std::int64_t>(CUDNN_ATTR_TENSOR_BYTE_ALIGNMENT);
      REQUIRE(reinterpret_cast<std::uintptr_t>(p_) % static_cast<std::uintptr_t>(alignment) == 0);
    }
  }
  double operator()(std::array<std::int64_t, 4> i) const {
    return p_ ? static_cast<double>(p_[at(i)]) : (*values_)[at(i)];
  }
  void set(std::array<std::int64_t, 4> i, double v) {
    if (p_)
      p_[at(i)] = static_cast<float>(v);
    else
      (*values_)[at(i)] = v;
  }
  template <class F>
  void fill(const F& f) {
    for (std::int64_t a = 0; a < extent[0]; ++a)
      for (std::int64_t b = 0; b < extent[1]; ++b)
        for (std::int64_t c = 0; c < extent[2]; ++c)
          for (std::int64_t d = 0; d < extent[3]; ++d) set({a, b, c, d}, f(std::array{a, b, c, d}));
  }
  std::array<std::int64_t, 4> extent;

 private:
  std::size_t at(std::array<std::int64_t, 4> i) const {
    std::int64_t sum = 0;
    for (std::size_t k = 0; k < 4; ++k)
      if (extent[k] > 1) sum += i[k] * stride_[k];  // else repeated
    return static_cast<std::size_t>(sum);
  }
  std::array<std::int64_t, 4> stride_;
  float* p_ = nullptr;
  std::vector<double>* values_ = nullptr;
};

/// A convolution's geometry: visits the pairs of x and y that a weight joins.
struct geometry {
  std::vector<std::int64_t> before, after, stride, dilation;
  explicit geometry(const record& r)
      : before(r.all<std::int64_t>(CUDNN_ATTR_CONVOLUTION_PRE_PADDINGS)),
        after(r.all<std::int64_t>(CUDNN_ATTR_CONVOLUTION_POST_PADDINGS)),
        stride(r.all<std::int64_t>(CUDNN_ATTR_CONVOLUTION_FILTER_STRIDES)),
        dilation(r.all<std::int64_t>(CUDNN_ATTR_CONVOLUTION_DILATIONS)) {
    REQUIRE(r.one<cudnnConvolutionMode_t>(CUDNN_ATTR_CONVOLUTION_CONV_MODE) == CUDNN_CROSS_CORRELATION);
  }
  template <class F>
  void visit(const tensor& x, const tensor& w, const tensor& y, const F& f) const {
    for (std::size_t k = 0; k < 2; ++k)
      REQUIRE(y.extent[2 + k] ==
              (x.extent[2 + k] + before[k] + after[k] - dilation[k] * (w.extent[2 + k] - 1) - 1) / stride[k] + 1);
    REQUIRE((x.extent[0] == y.extent[0] && x.extent[1] == w.extent[1] && y.extent[1] == w.extent[0]));
    for (std::int64_t p = 0; p < y.extent[2]; ++p)
      for (std::int64_t q = 0; q < y.extent[3]; ++q)
        for (std::int64_t r = 0; r < w.extent[2]; ++r)
          for (std::int64_t s = 0; s < w.extent[3]; ++s) {
            const std::int64_t h = p * stride[0] + r * dilation[0] - before[0];
            const std::int64_t v = q * stride[1] + s * dilation[1] - before[1];
            if (h < 0 || h >= x.extent[2] || v < 0 || v >= x.extent[3]) continue;
            for (std::int64_t n = 0; n < x.extent[0]; ++n)
              for (std::int64_t c = 0; c < x.extent[1]; ++c)
                for (std::int64_t k = 0; k < y.extent[1]; ++k)
                  f(std::array{n, c, h, v}, std::array{k, c, r, s}, std::array{n, k, p, q});
          }
  }
};

/// Sums in double, in a dense array.
class sums {
 public:
  explicit sums(tensor& to) : to_(to) {
    for (const auto e : to.extent) size_ *= static_cast<std::size_t>(e);
    all_.resize(size_);
  }
  ~sums() {
    to_.fill([&](auto i) { return (*this)[i]; });
  }
  sums(const sums&) = delete;
  sums& operator=(const sums&) = delete;
  double& operator[](std::array<std::int64_t, 4> i) {
    const auto& e = to_.extent;
    return all_[static_cast<std::size_t>(((i[0] * e[1] + i[1]) * e[2] + i[2]) * e[3] + i[3])];
  }

 private:
  tensor& to_;
  std::size_t size_ = 1;
  std::vector<double> all_;
};

void run(const record& step, memory& m) {
  const auto get = [&](cudnnBackendAttributeName_t name) { return tensor(part(step, name), m); };
  const auto plain = [&](cudnnBackendAttributeName_t scale, cudnnBackendAttributeName_t kept) {
    REQUIRE((step.one<float>(scale) == 1 && step.one<float>(kept) == 0));
  };
  switch (step.type) {
    case CUDNN_BACKEND_OPERATION_CONVOLUTION_FORWARD_DESCRIPTOR: {
      plain(CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_ALPHA, CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_BETA);
      tensor x = get(CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_X), w = get(CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_W);
      tensor y = get(CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_Y);
      sums all(y);
      geometry(part(step, CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_CONV_DESC))
          .visit(x, w, y, [&](auto i, auto k, auto o) { all[o] += x(i) * w(k); });
      return;
    }
    case CUDNN_BACKEND_OPERATION_CONVOLUTION_BACKWARD_DATA_DESCRIPTOR: {
      plain(CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_DATA_ALPHA, CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_DATA_BETA);
      tensor x = get(CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_DATA_DX),
             w = get(CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_DATA_W);
      tensor y = get(CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_DATA_DY);
      sums all(x);
      geometry(part(step, CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_DATA_CONV_DESC))
          .visit(x, w, y, [&](auto i, auto k, auto o) { all[i] += y(o) * w(k); });
      return;
    }
    case CUDNN_BACKEND_OPERATION_CONVOLUTION_BACKWARD_FILTER_DESCRIPTOR: {
      plain(CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_ALPHA, CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_BETA);
      tensor x = get(CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_X);
      tensor w = get(CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_DW);
      tensor y = get(CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_DY);
      sums all(w);
      geometry(part(step, CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_CONV_DESC))
          .visit(x, w, y, [&](auto i, auto k, auto o) { all[k] += y(o) * x(i); });
      return;
    }
    case CUDNN_BACKEND_OPERATION_POINTWISE_DESCRIPTOR: {
      const auto mode =
          part(step, CUDNN_ATTR_OPERATION_POINTWISE_PW_DESCRIPTOR).one<cudnnPointwiseMode_t>(CUDNN_ATTR_POINTWISE_MODE);
      tensor x = get(CUDNN_ATTR_OPERATION_POINTWISE_XDESC), y = get(CUDNN_ATTR_OPERATION_POINTWISE_YDESC);
      if (mode == CUDNN_POINTWISE_RELU_FWD) return y.fill([&](auto i) { return x(i) < 0 ? 0 : x(i); });
      REQUIRE(mode == CUDNN_POINTWISE_ADD);
      const tensor b = get(CUDNN_ATTR_OPERATION_POINTWISE_BDESC);
      return y.fill([&](auto i) { return x(i) + b(i); });
    }
    default:
      FAIL("an operation that the host does not know");
  }
}

}  // namespace

cudnnStatus_t cudnnCreate(cudnnHandle_t* handle) {
  if (!on_host::now.makes_handles) return CUDNN_STATUS_NOT_INITIALIZED;
  *handle = reinterpret_cast<cudnnHandle_t>(&on_host::now);
  return CUDNN_STATUS_SUCCESS;
}
cudnnStatus_t cudnnDestroy(cudnnHandle_t) { return CUDNN_STATUS_SUCCESS; }
cudnnStatus_t cudnnSetStream(cudnnHandle_t, cudaStream_t) { return CUDNN_STATUS_SUCCESS; }

cudnnStatus_t cudnnBackendCreateDescriptor(cudnnBackendDescriptorType_t type, cudnnBackendDescriptor_t* d) {
  static const auto real = behind(&cudnnBackendCreateDescriptor, "cudnnBackendCreateDescriptor");
  const cudnnStatus_t status = real(type, d);
  if (status == CUDNN_STATUS_SUCCESS) records[*d] = {type, {}};
  return status;
}
cudnnStatus_t cudnnBackendDestroyDescriptor(cudnnBackendDescriptor_t d) {
  static const auto real = behind(&cudnnBackendDestroyDescriptor, "cudnnBackendDestroyDescriptor");
  records.erase(d);
  return real(d);
}
cudnnStatus_t cudnnBackendSetAttribute(cudnnBackendDescriptor_t d, cudnnBackendAttributeName_t name,
                                       cudnnBackendAttributeType_t type, int64_t count, const void* values) {
  static const auto real = behind(&cudnnBackendSetAttribute, "cudnnBackendSetAttribute");
  if (name == CUDNN_ATTR_DEVICEPROP_HANDLE)
    return real(d, CUDNN_ATTR_DEVICEPROP_JSON_REPRESENTATION, CUDNN_TYPE_CHAR,
                static_cast<int64_t>(std::strlen(on_host::gpu)), on_host::gpu);
  const auto* const bytes = static_cast<const unsigned char*>(values);
  records.at(d).values[name].assign(bytes, bytes + static_cast<std::size_t>(count) * size_of(type));
  return real(d, name, type, count, values);
}
cudnnStatus_t cudnnBackendFinalize(cudnnBackendDescriptor_t d) {
  static const auto real = behind(&cudnnBackendFinalize, "cudnnBackendFinalize");
  return real(d);
}
cudnnStatus_t cudnnBackendGetAttribute(cudnnBackendDescriptor_t d, cudnnBackendAttributeName_t name,
                                       cudnnBackendAttributeType_t type, int64_t most, int64_t* count, void* values) {
  static const auto real = behind(&cudnnBackendGetAttribute, "cudnnBackendGetAttribute");
  const cudnnStatus_t status = real(d, name, type, most, count, values);
  if (name == CUDNN_ATTR_ENGINEHEUR_RESULTS && values)  // a proposal remembers the graph that it is for
    for (int64_t i = 0; i < *count; ++i)
      records.at(static_cast<cudnnBackendDescriptor_t*>(values)[i]).values[CUDNN_ATTR_ENGINEHEUR_OPERATION_GRAPH] =
          record_of(d).values.at(CUDNN_ATTR_ENGINEHEUR_OPERATION_GRAPH);
  if (name == CUDNN_ATTR_ENGINEHEUR_RESULTS && !on_host::now.has_kernels) *count = 0;
  return status;
}

cudnnStatus_t cudnnBackendExecute(cudnnHandle_t, cudnnBackendDescriptor_t plan, cudnnBackendDescriptor_t arrays) {
  memory m;
  const record& pack = record_of(arrays);
  const auto names = pack.all<std::int64_t>(CUDNN_ATTR_VARIANT_PACK_UNIQUE_IDS);
  const auto places = pack.all<float*>(CUDNN_ATTR_VARIANT_PACK_DATA_POINTERS);
  for (std::size_t i = 0; i < names.size(); ++i) m.given[names[i]] = places.at(i);

  std::int64_t bytes = 0, count = 0;
  REQUIRE(cudnnBackendGetAttribute(plan, CUDNN_ATTR_EXECUTION_PLAN_WORKSPACE_SIZE, CUDNN_TYPE_INT64, 1, &count,
                                   &bytes) == CUDNN_STATUS_SUCCESS);
  if (bytes > 0) std::memset(pack.one<void*>(CUDNN_ATTR_VARIANT_PACK_WORKSPACE), 1, static_cast<std::size_t>(bytes));

  const record& graph =
      part(part(record_of(plan), CUDNN_ATTR_EXECUTION_PLAN_ENGINE_CONFIG), CUDNN_ATTR_ENGINEHEUR_OPERATION_GRAPH);
  for (const cudnnBackendDescriptor_t step : graph.all<cudnnBackendDescriptor_t>(CUDNN_ATTR_OPERATIONGRAPH_OPS))
    run(record_of(step), m);
  ++on_host::now.calls;
  return CUDNN_STATUS_SUCCESS;
}
