// expect: two contradicting choices of convolution
#include <auris/backend/cuda/choice.hpp>
using namespace auris;
using backend = cuda_backend<convolution::own, precision::full, convolution::cudnn>;
