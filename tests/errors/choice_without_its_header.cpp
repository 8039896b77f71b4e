// expect: cuda_with<
// expect: convolution::cudnn needs #include <auris/backend/cudnn.hpp>
#include <auris/backend/cuda/choice.hpp>
using namespace auris;
cuda_backend<precision::tf32, convolution::cudnn> backend;
