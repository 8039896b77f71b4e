// Fourier transforms by cuFFT, for the backends that `cuda_backend<fourier_transform::cufft, ...>` names. It needs no
// nvcc, cuFFT's headers, and at link time libcufft and libcudart: the target auris::cufft.
#pragma once
#include <auris/backend/cuda.hpp>
#include <auris/backend/cuda/choice.hpp>
#include <auris/backend/nvidia/stft.hpp>
