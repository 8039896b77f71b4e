// One network type on both backends. Without a GPU the second session reports it: then 77.
#include <auris/backend/cpu.hpp>
#include <auris/backend/cuda.cuh>
#include <auris/nn.hpp>

#include "../cuda_network.hpp"

int main() { return compare_backends<auris::cpu, auris::cuda>(); }
