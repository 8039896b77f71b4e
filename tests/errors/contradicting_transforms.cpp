// expect: two contradicting choices of fourier_transform
#include <auris/backend/cuda/choice.hpp>
using namespace auris;
using backend = cuda_backend<fourier_transform::cufft, convolution::own, fourier_transform::own>;
