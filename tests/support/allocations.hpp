// Counts heap allocations of the whole program: malloc and its kin as well as operator new, which calls malloc.
#pragma once

namespace auris::testing {

/// Allocations so far; always 0 under a sanitizer, which has its own malloc.
long allocation_count();
/// Whether they are counted at all.
bool counts_allocations();

}  // namespace auris::testing
