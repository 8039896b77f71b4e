// Memory of the device, and what is refused while it is kept apart from the host's.
#include <cstring>

#include "cuda/support.hpp"

namespace device_memory_test {

using namespace cuda_test;
using auris::cuda_device, auris::cuda_memory;

namespace {
template <int = 0>
__global__ void twice(const float* x, float* y) {
  y[threadIdx.x] = 2 * x[threadIdx.x];
}
float* on_device(const std::vector<float>& x) {
  auto* p = static_cast<float*>(cuda_memory::allocate(x.size() * sizeof(float)));
  cuda_memory::upload(nullptr, static_cast<auris::idx>(x.size()), x.data(), p);
  return p;
}
std::string found_in_twice(const float* x, float* y) { return launched({"twice", 1, 8, nullptr}, twice<>, x, y); }
}  // namespace

TEST_CASE("Copies to the device and back, with a kernel between", "[device_memory]") {
  const auto check = [] {
    float *x = on_device(counted(8)), *y = on_device(std::vector<float>(8)), back[9] = {};
    CHECK(found_in_twice(x, y) == "");
    cuda_memory::download(nullptr, 8, y, back);
    for (int i = 0; i < 8; ++i) CHECK(back[i] == 2 * static_cast<float>(i));
    CHECK(back[8] == 0);
    cuda_memory::clear(nullptr, 3, y);
    cuda_memory::download(nullptr, 8, y, back);
    for (int i = 0; i < 8; ++i) CHECK(back[i] == (i < 3 ? 0 : 2 * static_cast<float>(i)));
    CHECK(failure() == "");
    cuda_memory::release(x);
    cuda_memory::release(y);
  };
  check();
  const cuda_executor::separate_memory separate;
  check();
}

TEST_CASE("Memory is zero at first, and given back once", "[device_memory]") {
  auto* p = static_cast<float*>(cuda_memory::allocate(5 * sizeof(float)));
  float back[5] = {1, 1, 1, 1, 1};
  cuda_memory::download(nullptr, 5, p, back);
  for (const float v : back) CHECK(v == 0);
  cuda_memory::release(nullptr);
  cuda_memory::release(p);
  CHECK(failure() == "");
  cuda_memory::release(p);
  CHECK(contains(failure(), "release: got not the start of memory of the device"));
}

TEST_CASE("The host's memory is refused where the device's belongs", "[device_memory]") {
  const cuda_executor::separate_memory separate;
  float *of_device = on_device(counted(8)), of_host[8] = {};
  CHECK(found_in_twice(of_device, of_device) == "");
  CHECK(contains(found_in_twice(of_host, of_device), "twice: got an argument points to memory of the host"));
  CHECK(contains(found_in_twice(of_device, of_host), "twice: got an argument points to memory of the host"));
  cuda_memory::clear(nullptr, 8, of_host);
  CHECK(contains(failure(), "clear: got not memory of the device"));
  cuda_memory::upload(nullptr, 8, of_device, of_host);
  CHECK(contains(failure(), "upload: got the target is not memory of the device"));
  cuda_memory::download(nullptr, 8, of_host, of_host);
  CHECK(contains(failure(), "download: got the source is not memory of the device"));
  cuda_memory::release(of_device);
  CHECK(contains(found_in_twice(of_device, of_host), "an argument points to memory of the host"));
}

TEST_CASE("The address sanitizer finds the host in memory of the device", "[device_memory]") {
  if (!cuda_executor::asan::on) return;
  float* p = on_device(counted(8));
  const auto status = [p](bool read) {
    return status_of(start_child([=] {
      const cuda_executor::separate_memory separate;
      return read && *static_cast<volatile float*>(p) != 0 ? 2 : 0;
    }));
  };
  CHECK(status(false) == 0);
  CHECK(status(true) == 1);
  cuda_memory::release(p);
}

}  // namespace device_memory_test
