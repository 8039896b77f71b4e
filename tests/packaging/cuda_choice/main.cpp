#include <auris/backend/cublas.hpp>
#include <auris/backend/cudnn.hpp>

#include "../cuda_network.hpp"
using namespace auris;

int main() { return compare_backends<cuda, cuda_backend<convolution::cudnn, matrix_product::cublas>>(); }
