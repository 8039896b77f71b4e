#pragma once

namespace auris {

/// The version of the library, in one place: CMake reads it from this line.
inline constexpr struct { int major, minor, patch; } version{0, 1, 0};

}  // namespace auris
