// What clang-tidy reads: every header of the library in one translation unit.
#include <auris/auris.hpp>
#include <auris/testing/check_layer.hpp>

int main() { return 0; }
