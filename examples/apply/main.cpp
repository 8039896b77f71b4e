#include "apply/apply.hpp"

int main(int argc, char** argv) { return apply(argc, argv, auris::networks::registry); }
