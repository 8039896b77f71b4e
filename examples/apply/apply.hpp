#pragma once
#include <span>

#include "networks/registry.hpp"

/// The whole program `apply`, for the networks that it is given. Returns what main does.
int apply(int argc, char** argv, std::span<const auris::networks::registered_network> networks);
