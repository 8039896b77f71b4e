#include <auris/backend/cublas.hpp>
#include <auris/backend/cudnn.hpp>

#include "../cuda_network.hpp"
using namespace auris;

int main() {
  using libraries = cuda_backend<convolution::cudnn, recurrence::cudnn, matrix_product::cublas>;
  return compare_backends<cuda, libraries>();
}
