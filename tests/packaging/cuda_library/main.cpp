#include <auris/backend/cpu.hpp>
#if defined(WITH_GPU)
#include <auris/backend/cuda.hpp>
using second = auris::cuda;
#else
using second = auris::reference;
#endif

#include "../cuda_network.hpp"

int main() { return compare_backends<auris::cpu, second>(); }
