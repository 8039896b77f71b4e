#pragma once
#include <auris/backend/composed_bands.hpp>

namespace auris {

template <class T>
struct kernel<op::bands, reference, T> : detail::composed_bands<reference, T> {};

}  // namespace auris
