// expect: our own kernels and cuFFT's compute in full precision
#include <auris/backend/cuda/choice.hpp>
using namespace auris;
cuda_backend<precision::tf32, matrix_product::own> backend;
