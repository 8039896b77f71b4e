// Text of users in a page: names of classes and files may hold anything.
#pragma once
#include <string>
#include <string_view>

namespace page {

/// Text for HTML, in elements and in attributes: & < > " ' as entities; bytes that are no UTF-8 and control characters
/// (but tab and new line) as U+FFFD.
std::string escape(std::string_view);

}  // namespace page
