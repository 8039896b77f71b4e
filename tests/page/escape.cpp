#include <page/escape.hpp>

#include "support/catch.hpp"

TEST_CASE("escape: what HTML reads is text, in elements and in attributes") {
  CHECK(page::escape("<script>alert('a & \"b\"')</script>") ==
        "&lt;script&gt;alert(&#39;a &amp; &quot;b&quot;&#39;)&lt;/script&gt;");
  CHECK(page::escape("&amp;") == "&amp;amp;");
  CHECK(page::escape("").empty());
}

TEST_CASE("escape: characters of UTF-8 stay") {
  for (const char* text :
       {"door opens/closes", "T\xC3\xBCr", "\xE2\x82\xAC", "\xF0\x9F\x90\xA6", "\xEE\x80\x80", "a\tb\nc"})
    CHECK(page::escape(text) == text);
}

TEST_CASE("escape: bytes that are no text are replaced, one by one") {
  const std::string r = "\xEF\xBF\xBD";
  CHECK(page::escape("a\xFF"
                     "b") == "a" + r + "b");
  CHECK(page::escape("\xC3") == r);          // cut
  CHECK(page::escape("\xE2\x82") == r + r);  // cut
  CHECK(page::escape("\xC0\xBC") == r + r);  // '<', spelled too long
  CHECK(page::escape("\xE0\x80\xBC") == r + r + r);
  CHECK(page::escape("\xED\xA0\x80") == r + r + r);          // a surrogate
  CHECK(page::escape("\xF4\x90\x80\x80") == r + r + r + r);  // behind the last character
  CHECK(page::escape("\x80<") == r + "&lt;");
  CHECK(page::escape(std::string("\0\x1B\r\x7F", 4)) == r + r + r + r);
}
