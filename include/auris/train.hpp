// Training: single steps, and epochs over data sources; `fit` comes along where nlohmann-json is installed.
#pragma once
#include <auris/train/augmented_source.hpp>
#include <auris/train/endless_batches.hpp>
#include <auris/train/memory_source.hpp>
#include <auris/train/sequence_source.hpp>
#include <auris/train/trainer.hpp>
#if __has_include(<nlohmann/json.hpp>)
#include <auris/train/fit.hpp>
#endif
