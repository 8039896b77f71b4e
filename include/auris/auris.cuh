// Everything for the CPU and for NVIDIA GPUs: for files that nvcc compiles.
#pragma once
#include <auris/auris.hpp>
#include <auris/backend/cuda.cuh>
