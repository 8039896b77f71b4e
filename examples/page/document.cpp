#include "document.hpp"

#include "escape.hpp"

namespace page {

namespace {

constexpr const char* style = R"(
:root { color-scheme: light; --names: 9.5rem; --row-height: 1.15rem; --ink: #1d2733; --faint: #5b6875; --rule: #dde3e9; }
* { box-sizing: border-box; }
body { margin: 0; background: #fff; color: var(--ink); font: 16px/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; }
main, header { max-width: 68rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 2rem; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0; overflow-wrap: anywhere; }
header p { color: var(--faint); margin: .4rem 0 1rem; overflow-wrap: anywhere; }
nav { display: flex; flex-wrap: wrap; gap: .35rem 1.25rem; padding: .7rem 0; border-block: 1px solid var(--rule); }
nav a { color: #0b5cad; text-decoration: none; }
nav a:hover { text-decoration: underline; }
h2 { font-size: 1.35rem; margin: 2.6rem 0 .6rem; }
h3 { font-size: 1.05rem; margin: 1.8rem 0 .4rem; overflow-wrap: anywhere; }
p { max-width: 46rem; margin: .5rem 0; }
.note { padding: .6rem .9rem; border-left: 4px solid #c8500a; background: #fdf3ec; }
.wide { overflow-x: auto; margin: .9rem 0; }
table { border-collapse: collapse; font-size: .92rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--faint); padding-bottom: .35rem; }
th, td { padding: .3rem .75rem; text-align: left; border-bottom: 1px solid var(--rule); }
thead th { border-bottom: 2px solid #b9c4cf; font-weight: 600; }
.number { text-align: right; white-space: nowrap; }
tbody tr:hover { background: #f4f8fc; }
.confusion th, .confusion td { padding-inline: .45rem; }
.confusion td { min-width: 3.4rem; border: 1px solid #fff; }
.confusion th.number { white-space: normal; max-width: 7rem; vertical-align: bottom; line-height: 1.2; }
.confusion td.strong { color: #fff; }
.confusion small { display: block; opacity: .85; line-height: 1.1; }
.confusion thead th:first-child { font-weight: 400; color: var(--faint); max-width: 8rem; line-height: 1.2; }
figure { margin: 1.2rem 0 1.8rem; }
figcaption { font-weight: 600; overflow-wrap: anywhere; }
.beside { display: flex; flex-wrap: wrap; gap: 0 2rem; }
.beside > * { max-width: 100%; min-width: 0; }
.beside > .chart { flex: 1 1 26rem; }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: .1rem 1.1rem; margin: .2rem 0 .5rem; padding: 0; font-size: .88rem; }
.legend svg { width: 1.6rem; height: .5rem; margin-right: .4rem; vertical-align: middle; }
.chart path { fill: none; stroke-width: 2; vector-effect: non-scaling-stroke; stroke-linejoin: round; stroke-linecap: round; }
.chart path.dashed { stroke-dasharray: 5 4; }
.plot { position: relative; height: 15rem; margin: .5rem .5rem 1.6rem 3.4rem; border-left: 1px solid #b9c4cf; border-bottom: 1px solid #b9c4cf; }
.plot > svg { position: absolute; width: 100%; height: 100%; overflow: visible; }
.grid line { stroke: var(--rule); stroke-width: 1; vector-effect: non-scaling-stroke; }
.plot span { position: absolute; font-size: .78rem; color: var(--faint); white-space: nowrap; }
.plot .y { right: calc(100% + .45rem); transform: translateY(-50%); }
.plot .x { top: calc(100% + .2rem); transform: translateX(-50%); }
.axes { display: flex; justify-content: space-between; max-width: none; margin: -.2rem .5rem 0 0; font-size: .82rem; color: var(--faint); }
.axes span:first-child::before { content: "\2191\00a0"; }
.axes span:last-child::after { content: "\00a0\2192"; }
.legend .mark { display: inline-block; width: 3px; height: .9rem; margin-right: .5rem; vertical-align: middle; background: #c8500a; }
.bars { display: grid; grid-template-columns: minmax(6rem, max-content) 1fr max-content; gap: .3rem .8rem; align-items: center; font-size: .9rem; }
.bars .bar { position: relative; height: 1.1rem; background: #f1f4f7; }
.bars .bar i { position: absolute; inset: 0 auto 0 0; background: #6aa7db; }
.bars .bar b { position: absolute; top: -.15rem; bottom: -.15rem; width: 3px; margin-left: -1px; background: #c8500a; }
audio { display: block; width: 100%; height: 2.4rem; margin: .5rem 0; }
.tracks { position: relative; }
.panel { display: grid; grid-template-columns: var(--names) minmax(0, 1fr); margin-bottom: .5rem; }
.panel h4 { grid-column: 2; margin: 0 0 .15rem; font-size: .84rem; font-weight: 600; color: var(--faint); }
.names { grid-column: 1; padding-right: .6rem; text-align: right; font-size: .78rem; }
.names span { display: block; height: var(--row-height); line-height: var(--row-height); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.view { grid-column: 2; position: relative; height: calc(var(--rows) * var(--row-height)); background: repeating-linear-gradient(#f6f8fa 0 var(--row-height), #edf1f5 var(--row-height) calc(2 * var(--row-height))); overflow: hidden; }
.view.spectrum { height: 9rem; }
.view img { display: block; height: 100%; image-rendering: pixelated; }
.view p { margin: 0; padding: .3rem; font-size: .8rem; }
.view i { position: absolute; top: calc(var(--row) * var(--row-height) + 2px); height: calc(var(--row-height) - 4px); min-width: 2px; border-radius: 2px; background: #1c64b2; }
.times { grid-column: 2; position: relative; height: 1.3rem; font-size: .78rem; color: var(--faint); border-top: 1px solid #b9c4cf; }
.times span { position: absolute; transform: translateX(-50%); white-space: nowrap; }
.times span:first-child { transform: none; }
.sheet { position: absolute; inset: 0 0 0 var(--names); pointer-events: none; }
.cursor { position: absolute; top: 0; bottom: 0; width: 2px; background: #c8500a; display: none; }
footer { height: 3rem; }
@media (max-width: 40rem) {
  :root { --names: 6.4rem; }
  body { font-size: 15px; }
  main, header { padding-inline: .9rem; }
  h1 { font-size: 1.5rem; }
  th, td { padding: .3rem .5rem; }
  .plot { height: 12rem; }
  .view.spectrum { height: 7rem; }
}
)";

// A line through all panels at the sound's time; a click in a panel goes there.
constexpr const char* script = R"(
for (const figure of document.querySelectorAll('.timeline')) {
  const audio = figure.querySelector('audio'), tracks = figure.querySelector('.tracks'),
        sheet = figure.querySelector('.sheet'), cursor = figure.querySelector('.cursor'),
        seconds = Number(tracks.dataset.seconds);
  if (!audio || !(seconds > 0)) continue;
  const show = () => { cursor.style.display = 'block'; cursor.style.left = 100 * Math.min(1, audio.currentTime / seconds) + '%'; };
  const follow = () => { show(); if (!audio.paused) requestAnimationFrame(follow); };
  audio.addEventListener('play', follow);
  audio.addEventListener('seeked', show);
  tracks.addEventListener('click', e => {
    const box = sheet.getBoundingClientRect(), at = (e.clientX - box.left) / box.width;
    if (at >= 0 && at <= 1) audio.currentTime = at * seconds;
  });
}
)";

}  // namespace

document::document(std::string_view title, std::string_view subtitle)
    : title_(escape(title)), subtitle_(escape(subtitle)) {}

void document::section(std::string_view title) {
  const std::string name = "section-" + std::to_string(++sections_), text = escape(title);
  contents_ += "<a href=\"#" + name + "\">" + text + "</a>";
  body_ += "<h2 id=\"" + name + "\">" + text + "</h2>\n";
}
void document::heading(std::string_view title) { body_ += "<h3>" + escape(title) + "</h3>\n"; }
void document::text(std::string_view words) { body_ += "<p>" + escape(words) + "</p>\n"; }
void document::note(std::string_view words) { body_ += "<p class=\"note\">" + escape(words) + "</p>\n"; }

std::string document::html() const {
  // The policy keeps the promise that nothing is loaded.
  return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
         "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
         "script-src 'unsafe-inline'; img-src data:; media-src data:\">\n<title>" +
         title_ + "</title>\n<style>" + style + "</style></head>\n<body><header><h1>" + title_ + "</h1>" +
         (subtitle_.empty() ? std::string() : "<p>" + subtitle_ + "</p>") +
         (contents_.empty() ? std::string() : "<nav>" + contents_ + "</nav>") + "</header>\n<main>\n" + body_ +
         "</main><footer></footer>\n<script>" + script + "</script></body></html>\n";
}

}  // namespace page
