// One HTML file with everything in it: it loads nothing from anywhere, and may be mailed or kept.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace page {

/// Sections one below the other, listed at the top. All text is escaped.
class document {
 public:
  explicit document(std::string_view title, std::string_view subtitle = {});

  void section(std::string_view title);
  void heading(std::string_view title);  ///< within a section
  void text(std::string_view);
  void note(std::string_view);  ///< text that nobody should miss

  /// A table, a chart, a timeline: whatever has a function `to_html`.
  template <class Part>
  void add(const Part& part) {
    body_ += to_html(part);
  }
  /// Several of them beside each other, where the window is wide enough.
  template <class Part>
  void add(const std::vector<Part>& parts) {
    body_ += "<div class=\"beside\">";
    for (const Part& part : parts) add(part);
    body_ += "</div>\n";
  }

  std::string html() const;

 private:
  std::string title_, subtitle_, contents_, body_;
  int sections_ = 0;
};

}  // namespace page
