// expect: cuda_with<
// expect: fourier_transform::cufft needs #include <auris/backend/cufft.hpp>
#include <auris/backend/cuda/choice.hpp>
using namespace auris;
cuda_backend<fourier_transform::cufft> backend;
