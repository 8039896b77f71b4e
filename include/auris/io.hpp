// Files: tables, and safetensors, checkpoints and model files where nlohmann-json is installed.
#pragma once
#include <auris/io/file.hpp>
#include <auris/io/folder.hpp>
#include <auris/io/progress.hpp>
#include <auris/io/table.hpp>
#include <auris/io/tensor_file.hpp>
#include <auris/io/whole_folder.hpp>
#if __has_include(<nlohmann/json.hpp>)
#include <auris/io/checkpoint.hpp>
#include <auris/io/model_file.hpp>
#include <auris/io/pytorch_file.hpp>
#include <auris/io/safetensors.hpp>
#endif
