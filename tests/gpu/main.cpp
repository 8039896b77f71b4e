// The main function of the tests that need a GPU. Without one all of them are skipped.
#define CATCH_CONFIG_RUNNER
#include <cuda_runtime_api.h>

#include <cstdio>

#include "op/checks.hpp"

int main(int count, char* arguments[]) {
  int devices = 0;
  if (cudaGetDeviceCount(&devices) != cudaSuccess || devices == 0) {
    std::puts("skipped: there is no GPU");
    return 77;
  }
  table::repeated.executors = 1;  // they differ in nothing that a GPU would see
  return Catch::Session().run(count, arguments);
}
