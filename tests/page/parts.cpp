#include <limits>
#include <page/axis.hpp>
#include <page/bar_chart.hpp>
#include <page/document.hpp>
#include <page/line_chart.hpp>
#include <page/table.hpp>
#include <page/timeline.hpp>

#include "support/catch.hpp"

using auris::frame_matrix;

namespace {

constexpr const char* hostile = "<img src=x onerror='alert(\"1\")'>&";
const float not_a_number = std::numeric_limits<float>::quiet_NaN();

bool holds(const std::string& text, const std::string& part) { return text.find(part) != text.npos; }

}  // namespace

TEST_CASE("page: no name becomes markup, wherever it stands") {
  page::document d(hostile, hostile);
  d.section(hostile);
  d.heading(hostile);
  d.text(hostile);
  d.note(hostile);
  d.add(page::table{{{hostile, false}, {hostile}}, {{hostile, hostile}}, hostile});
  d.add(page::confusion{{hostile, "b"}, {1, 2, 0, 0}, hostile});
  d.add(page::line_chart{hostile, hostile, hostile, {{hostile, {1, 2}, {1, 2}}}});
  d.add(page::bar_chart{hostile, {{hostile, 1, hostile, 2}}, hostile});
  d.add(page::timeline{hostile,
                       2,
                       {page::image_panel{hostile, frame_matrix(4, 1), 0.5, {hostile}},
                        page::event_panel{hostile, {hostile}, {{0, 1, hostile}}}}});
  const std::string html = d.html();
  CHECK_FALSE(holds(html, "<img src=x"));
  CHECK_FALSE(holds(html, "onerror='"));
  CHECK(holds(html, "&lt;img src=x onerror=&#39;alert(&quot;1&quot;)&#39;&gt;&amp;"));
}

TEST_CASE("page: nothing is loaded from elsewhere") {
  page::document d("title");
  d.add(page::timeline{"clip", 1, {page::image_panel{"mel", frame_matrix(2, 2), 0.5}}, {{0, 1}, 8000}});
  const std::string html = d.html();
  CHECK(holds(html, "default-src 'none'"));
  CHECK_FALSE(holds(html, "http:"));
  CHECK_FALSE(holds(html, "https:"));
  CHECK(holds(html, "src=\"data:image/png;base64,"));
  CHECK(holds(html, "src=\"data:audio/wav;base64,"));
}

TEST_CASE("page: an axis has round numbers within, and a place for each") {
  const page::axis a = page::axis_of({0.13, 0.87, not_a_number}, 5);
  CHECK(a.low == 0);
  CHECK(a.high == 0.87);
  CHECK(a.ticks == std::vector<double>{0, 0.2, 0.4, 3 * 0.2, 0.8});
  CHECK(a.place(0.87) == 1);
  const page::axis epochs = page::axis_of({1, 30}, 6);
  CHECK(epochs.ticks == std::vector<double>{0, 5, 10, 15, 20, 25, 30});
  const page::axis powers = page::axis_of({0, -1, 0.001, 10}, 5, true);
  CHECK(powers.logarithmic);
  CHECK(powers.place(0.1) == Approx(0.5));
  REQUIRE(powers.ticks.size() == 5);
  CHECK(powers.ticks[2] == Approx(0.1));
}

TEST_CASE("page: an axis of one number, of none, of huge ones") {
  const page::axis one = page::axis_of({3}, 5), none = page::axis_of({not_a_number}, 5, true);
  CHECK(one.place(3) == Approx(0.5));
  CHECK(none.low == 0);
  CHECK(none.high == 1);
  CHECK_FALSE(none.logarithmic);
  CHECK(page::axis_of({1e300, -1e300}, 5).ticks.size() < 12);
  CHECK(page::axis_of({1, 1 + 1e-15}, 5).ticks.size() < 12);
  CHECK(page::round_numbers(0, 60, 6) == std::vector<double>{0, 10, 20, 30, 40, 50, 60});
  CHECK(page::round_numbers(1, 1, 6).empty());
}

TEST_CASE("page: a curve is interrupted where it has no number") {
  const std::string html = to_html(page::line_chart{"t", "x", "y", {{"a", {0, 1, 2, 3}, {0, 1, not_a_number, 1}}}});
  CHECK(holds(html, "d=\"M0.0 1000.0h0L333.3 38.5M1000.0 38.5h0\""));
}

TEST_CASE("page: a confusion is shaded by shares of its rows, which may be empty") {
  page::confusion m{{"a", "b"}, {0, 0, 0, 0}};
  m.add(0, 0), m.add(0, 0), m.add(0, 0), m.add(0, 1);
  const std::string html = to_html(m);
  CHECK(holds(html, "0.750)\">3<small>75 %</small>"));
  CHECK(holds(html, "0.250)\">1<small>25 %</small>"));
  CHECK(holds(html, "<tr><th>b</th><td class=\"number\" style=\"background:rgb(11 92 173/0.000)\">0</td>"));
}

TEST_CASE("page: frames become shades, from the bottom or from the top") {
  frame_matrix m(2, 3);
  m.row(0)[0] = 1, m.row(1)[2] = 2, m.row(1)[1] = not_a_number;
  const page::indexed_image up = page::shades_of(m, 0, 2, false), down = page::shades_of(m, 0, 2, true);
  CHECK(up.width == 2);
  CHECK(up.height == 3);
  CHECK(up.pixels == std::vector<std::uint8_t>{0, 255, 0, 0, 128, 0});
  CHECK(down.pixels == std::vector<std::uint8_t>{128, 0, 0, 0, 0, 255});
  CHECK(page::shades_of(m, 1, 1, true).pixels == std::vector<std::uint8_t>(6, 0));
}

TEST_CASE("page: events stand at their shares of the clip; those of other names are left out") {
  const std::string html = to_html(page::timeline{
      "t", 8, {page::event_panel{"events", {"car", "dog"}, {{2, 4, "dog"}, {6, 99, "car"}, {0, 1, "cat"}}}}});
  CHECK(holds(html, "left:25.000%;width:25.000%;--row:1\" title=\"dog, 2 s to 4 s\""));
  CHECK(holds(html, "left:75.000%;width:100.000%;--row:0"));
  CHECK_FALSE(holds(html, "cat"));
}

TEST_CASE("page: panels of nothing, and a clip of no length") {
  const std::string html = to_html(
      page::timeline{"t", 0, {page::image_panel{"mel", frame_matrix(0, 64), 0.2}, page::event_panel{"e", {}, {}}}});
  CHECK(holds(html, "no frames"));
  CHECK_FALSE(holds(html, "nan"));
  CHECK_FALSE(holds(html, "<audio"));
}

TEST_CASE("page: long clips are shown by means of frames, in the whole width") {
  frame_matrix m(5000, 1);
  const std::string html = to_html(page::timeline{"t", 50, {page::image_panel{"mel", std::move(m), 0.01}}});
  CHECK(holds(html, "width:100.000%"));
  CHECK(html.size() < 8000);
}
