// Bytes inside of a page.
#pragma once
#include <string>
#include <string_view>

namespace page {

/// RFC 4648, with padding.
std::string base64(std::string_view bytes);

/// `data:image/png;base64,...`
std::string data_uri(std::string_view media_type, std::string_view bytes);

}  // namespace page
