#include <apply/apply.hpp>

#include "benchmark_registry.hpp"

int main(int argc, char** argv) { return apply(argc, argv, auris::networks::benchmark_registry); }
