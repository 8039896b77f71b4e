// The backends whose kernels are tested: one line each.
#pragma once
#include <auris/backend/cpu.hpp>
#include <auris/backend/reference.hpp>
#include <tuple>

namespace table {
using backends = std::tuple<auris::reference,  //
                            auris::cpu>;
}
