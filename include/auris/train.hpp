// Training: single steps, and epochs over data sources.
#pragma once
#include <auris/train/fit.hpp>
#include <auris/train/memory_source.hpp>
#include <auris/train/sequence_source.hpp>
#include <auris/train/trainer.hpp>
