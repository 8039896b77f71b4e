// All optimisers, gradient clipping and the schedule of the learning rate.
#pragma once
#include <auris/optim/adam.hpp>
#include <auris/optim/gradient_norm.hpp>
#include <auris/optim/optimiser.hpp>
#include <auris/optim/schedule.hpp>
#include <auris/optim/sgd.hpp>
