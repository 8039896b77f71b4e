// Everything for the CPU. What needs a further library (libsndfile: sound files; nlohmann-json: safetensors and `fit`) comes
// along where its header is installed; each is one header that can be included by name.
#pragma once
#include <auris/nn/compose/verdict.hpp>  // first: fewer "included from" lines in front of an error

#include <auris/audio.hpp>
#include <auris/backend/cpu.hpp>
#include <auris/backend/cpu/thread_pool.hpp>
#include <auris/core/version.hpp>
#include <auris/data.hpp>
#include <auris/io.hpp>
#include <auris/loss.hpp>
#include <auris/metric.hpp>
#include <auris/nn.hpp>
#include <auris/optim.hpp>
#include <auris/train.hpp>
