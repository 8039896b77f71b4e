// What every instruction set has: included once for each, by loops.hpp alone. Each group stands on those before it.
#include <auris/backend/cpu/loops/vector.inl>

#include <auris/backend/cpu/loops/math.inl>

#include <auris/backend/cpu/loops/complex.inl>

#include <auris/backend/cpu/loops/fft.inl>
#include <auris/backend/cpu/loops/gate.inl>
#include <auris/backend/cpu/loops/rows.inl>

#include <auris/backend/cpu/loops/spectrum.inl>

#include <auris/backend/cpu/loops/bands.inl>
#include <auris/backend/cpu/loops/dot.inl>
#include <auris/backend/cpu/loops/elementwise.inl>
#include <auris/backend/cpu/loops/gru.inl>
#include <auris/backend/cpu/loops/loss.inl>
#include <auris/backend/cpu/loops/pool.inl>
#include <auris/backend/cpu/loops/product.inl>
#include <auris/backend/cpu/loops/scores.inl>
#include <auris/backend/cpu/loops/softmax.inl>
#include <auris/backend/cpu/loops/weighted_mean.inl>
#include <auris/backend/cpu/loops/window.inl>
#include <auris/backend/cpu/loops/winograd.inl>

#include <auris/backend/cpu/loops/attention.inl>
