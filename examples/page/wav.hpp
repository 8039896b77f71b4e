// Sound that a browser plays.
#pragma once
#include <auris/audio/recording.hpp>
#include <string>

namespace page {

/// A wav file of one channel and 16 bits. Samples outside of [-1, 1] are cut, those that are not finite are silence.
std::string encode_wav(const auris::recording&);

}  // namespace page
