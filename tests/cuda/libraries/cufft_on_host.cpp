// The functions of cuFFT that need a GPU, on the host: what a plan was told, it computes.
#include <cufft.h>

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstdint>
#include <map>
#include <numbers>
#include <vector>

#include "cuda/libraries/device_on_host.hpp"
#include "support/catch.hpp"

namespace {

/// What a plan was told.
struct record {
  bool allocates = true, made = false;
  long long length, row, bins, batch;  // extents, and distances in numbers of their kind
  unsigned char* scratch = nullptr;
  std::vector<std::complex<double>> roots;
};
std::map<cufftHandle, record> records;

constexpr std::size_t scratch = 1000;  // bytes that every plan wants

/// y[k] = sum_n x[n] exp(-2 pi i k n / length), the bins from zero to half the length.
void transform(const record& r, const float* x, cufftComplex* y) {
  const auto length = static_cast<std::size_t>(r.length);
  const std::vector<double> values(x, x + length);  // y may be x
  if (std::any_of(values.begin(), values.end(), [](double v) { return std::isnan(v); }))
    FAIL("nobody wrote this frame");
  const bool zero = std::all_of(values.begin(), values.end(), [](double v) { return v == 0; });
  for (std::size_t k = 0; k <= length / 2; ++k) {
    std::complex<double> sum = 0;
    for (std::size_t n = 0, root = 0; !zero && n < length; ++n, root = (root + k) % length)
      sum += values[n] * r.roots[root];
    y[k] = {static_cast<float>(sum.real()), static_cast<float>(sum.imag())};
  }
}

}  // namespace

cufftResult cufftCreate(cufftHandle* handle) {
  static cufftHandle last = 0;
  if (!on_host::now.makes_handles) return CUFFT_SETUP_FAILED;
  records[*handle = ++last] = {};
  return CUFFT_SUCCESS;
}
cufftResult cufftDestroy(cufftHandle handle) { return records.erase(handle) == 1 ? CUFFT_SUCCESS : CUFFT_INVALID_PLAN; }

cufftResult cufftSetAutoAllocation(cufftHandle handle, int allocates) {
  REQUIRE(!records.at(handle).made);
  records.at(handle).allocates = allocates != 0;
  return CUFFT_SUCCESS;
}

cufftResult cufftMakePlanMany64(cufftHandle handle, int rank, long long* length, long long* in, long long in_stride,
                                long long in_distance, long long* out, long long out_stride, long long out_distance,
                                cufftType type, long long batch, size_t* bytes) {
  record& r = records.at(handle);
  REQUIRE_FALSE(r.made);
  REQUIRE((rank == 1 && type == CUFFT_R2C && in && out && in_stride == 1 && out_stride == 1));
  REQUIRE((*length >= 1 && batch >= 1));
  if (!on_host::now.has_kernels) return CUFFT_NOT_SUPPORTED;
  r.made = true;
  r.length = *length, r.row = in_distance, r.bins = out_distance, r.batch = batch;
  REQUIRE((r.row >= r.length && r.bins >= r.length / 2 + 1));
  for (long long k = 0; k < r.length; ++k)
    r.roots.push_back(std::polar(1.0, -2 * std::numbers::pi * static_cast<double>(k) / static_cast<double>(r.length)));
  *bytes = scratch;
  return CUFFT_SUCCESS;
}

cufftResult cufftSetStream(cufftHandle handle, cudaStream_t) {
  return records.at(handle).made ? CUFFT_SUCCESS : CUFFT_INVALID_PLAN;
}
cufftResult cufftSetWorkArea(cufftHandle handle, void* p) {
  records.at(handle).scratch = static_cast<unsigned char*>(p);
  return CUFFT_SUCCESS;
}

cufftResult cufftExecR2C(cufftHandle handle, cufftReal* x, cufftComplex* y) {
  const record& r = records.at(handle);
  REQUIRE((r.made && !r.allocates && r.scratch));
  r.scratch[scratch - 1] = 1;
  for (const void* p : {static_cast<const void*>(x), static_cast<const void*>(y)})
    REQUIRE(reinterpret_cast<std::uintptr_t>(p) % sizeof(cufftComplex) == 0);
  if (static_cast<void*>(x) == static_cast<void*>(y)) REQUIRE(r.row == 2 * r.bins);
  for (long long i = 0; i < r.batch; ++i) transform(r, x + i * r.row, y + i * r.bins);
  ++on_host::now.calls;
  return CUFFT_SUCCESS;
}
