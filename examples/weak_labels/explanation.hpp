// What 2APAE heard in a clip, as a page.
#pragma once
#include "hearing.hpp"
#include "panels.hpp"

namespace weak_labels {

/// One HTML file: the panels of `draw_panels` above each other, with the sound, the events and, if there are any, the labelled ones.
auris::result<void> write_page(const explained_clip&, const hearing&, const std::vector<auris::event>& labelled,
                               const std::filesystem::path& sound, const std::filesystem::path& to);

}  // namespace weak_labels
