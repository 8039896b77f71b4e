// Composition: everything that makes networks out of layers.
#pragma once
#include <auris/nn/compose/bind.hpp>
#include <auris/nn/compose/deployed.hpp>
#include <auris/nn/compose/heads.hpp>
#include <auris/nn/compose/merge.hpp>
#include <auris/nn/compose/named.hpp>
#include <auris/nn/compose/only.hpp>
#include <auris/nn/compose/parallel.hpp>
#include <auris/nn/compose/sequential.hpp>
