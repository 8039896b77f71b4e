// Convolutions and recurrent layers by cuDNN, for the backends that `cuda_backend<convolution::cudnn, ...>` names. It
// needs no nvcc, cuDNN's headers (9.8 or later), and at link time libcudnn and libcudart: the target auris::cudnn.
#pragma once
#include <auris/backend/cuda.hpp>
#include <auris/backend/cuda/choice.hpp>
#include <auris/backend/nvidia/conv2d.hpp>
#include <auris/backend/nvidia/gru.hpp>
