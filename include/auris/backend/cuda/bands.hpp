#pragma once
#include <auris/backend/composed_bands.hpp>

namespace auris {

struct cuda;

template <class T>
struct kernel<op::bands, cuda, T> : detail::composed_bands<cuda, T> {};

}  // namespace auris
