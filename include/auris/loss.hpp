// All losses and their weighted sum.
#pragma once
#include <auris/loss/binary_cross_entropy.hpp>
#include <auris/loss/cross_entropy.hpp>
#include <auris/loss/mean_squared_error.hpp>
#include <auris/loss/one_of.hpp>
#include <auris/loss/weighted_soft_label.hpp>
#include <auris/loss/weighted_sum.hpp>
