// Sound to features. Sound files come along where libsndfile is installed.
#pragma once
#include <auris/audio/constant_q.hpp>
#include <auris/audio/features.hpp>
#include <auris/audio/filter_bank.hpp>
#include <auris/audio/front_end.hpp>
#include <auris/audio/front_end_options.hpp>
#include <auris/audio/front_end_stream.hpp>
#include <auris/audio/gain_response.hpp>
#include <auris/audio/mel.hpp>
#include <auris/audio/presets.hpp>
#include <auris/audio/recording.hpp>
#include <auris/audio/resample.hpp>
#include <auris/audio/sound_files.hpp>
#include <auris/audio/window.hpp>
#if __has_include(<sndfile.h>)
#include <auris/audio/sound_file.hpp>
#if __has_include(<nlohmann/json.hpp>)
#include <auris/audio/feature_cache.hpp>
#endif
#endif
