// Products by cuBLAS, for the backends that `cuda_backend<matrix_product::cublas, ...>` names. It needs no nvcc,
// cuBLAS's headers, and at link time libcublasLt and libcudart: the target auris::cublas.
#pragma once
#include <auris/backend/cuda.hpp>
#include <auris/backend/cuda/choice.hpp>
#include <auris/backend/nvidia/linear.hpp>
