#include "panels.hpp"

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <auris/io/file.hpp>
#include <cstdio>
#include <networks/largest_first.hpp>

using namespace auris;

namespace weak_labels {

result<explained_clip> explained_clip::of(const clip_batch& one, std::span<const named_tensor> outputs,
                                          const model_description& d) {
  explained_clip c;
  c.frames = one.frames, c.bands = one.bands, c.hop = d.hop, c.classes = d.classes;
  c.input = one.features;
  const std::size_t map = static_cast<std::size_t>(c.frames * c.bands), classes = c.classes.size();
  const std::size_t row = static_cast<std::size_t>(c.frames);
  for (const auto& [name, to, size] : {std::tuple{"x_rec", &c.reconstruction, map},
                                       {"mel_attw", &c.mel_attention, classes * map},
                                       {"mel_x", &c.heard_in_frames, classes * row},
                                       {"time_attw", &c.time_attention, classes * row},
                                       {"y_pred", &c.scores, classes}}) {
    const auto at = std::ranges::find(outputs, name, &named_tensor::name);
    if (at == outputs.end() || static_cast<std::size_t>(at->count()) < size)
      return error{"this network does not explain itself", d.network.c_str(), "2apae", {}};
    *to = at->floats();
    to->resize(size);  // classes that the model has no names for stand behind
  }
  c.by_score = networks::largest_first(c.scores);
  return c;
}

namespace {

/// Text between single quotes of gnuplot.
std::string quoted(std::string text) {
  for (std::size_t i = 0; (i = text.find('\'', i)) != text.npos; i += 2) text.insert(i, 1, '\'');
  return '\'' + text + '\'';
}
std::string plain(std::string name) {
  std::ranges::replace(name, '_', ' ');
  return name;
}

/// A matrix as a gnuplot data block, one line for each of its rows; value(row, frame).
template <class Value>
std::string block(const char* name, idx rows, idx frames, const Value& value) {
  std::string s = std::string("$") + name + " << EOD\n";
  char digits[32];
  for (idx r = 0; r < rows; ++r) {
    for (idx t = 0; t < frames; ++t) {
      std::snprintf(digits, sizeof digits, "%.4g ", static_cast<double>(value(r, t)));
      s += digits;
    }
    s += "\n";
  }
  return s + "EOD\n";
}

std::string class_tics(const std::vector<std::string>& classes, const char* axis) {
  std::string s = std::string("set ") + axis + "tics (";
  for (std::size_t k = 0; k < classes.size(); ++k)
    s += (k ? ", " : "") + quoted(plain(classes[k])) + " " + std::to_string(k);
  return s + ") font ',9'\n";
}

/// The labelled events as outlines in the rows of their classes.
std::string outlines(const explained_clip& c, const std::vector<event>& labelled) {
  std::string s;
  for (const event& e : labelled) {
    const idx k = class_index(c.classes, e.label);
    if (k < 0) continue;
    s += message::of("set object rectangle from ", e.onset, ",", static_cast<double>(k) - 0.48, " to ", e.offset, ",",
                     static_cast<double>(k) + 0.48, " front fillstyle empty border lc rgb '#ff2d2d' lw 2\n")
             .c_str();
  }
  return s;
}

class panel_script {
 public:
  explicit panel_script(const explained_clip& c) : c_(c) {}

  std::string text(const std::vector<event>& labelled, const std::string& title, const std::string& picture) {
    const std::size_t first = c_.by_score[0], second = c_.by_score[c_.by_score.size() > 1 ? 1 : 0];
    const auto band = [&](const std::vector<float>& x) {
      return [&x, this](idx b, idx t) { return x[static_cast<std::size_t>(t * c_.bands + b)]; };
    };
    const auto attention = [&](std::size_t k) { return [k, this](idx b, idx t) { return c_.mel_weight(k, t, b); }; };
    const auto of_class = [&](const std::vector<float>& x) {
      return [&x, this](idx k, idx t) { return x[static_cast<std::size_t>(k * c_.frames + t)]; };
    };
    std::string s = "set terminal pngcairo noenhanced size 1200,2000 font 'Sans,10'\nset output " + quoted(picture) +
                    "\n" + block("input", c_.bands, c_.frames, band(c_.input)) +
                    block("output", c_.bands, c_.frames, band(c_.reconstruction)) +
                    block("first", c_.bands, c_.frames, attention(first)) +
                    block("second", c_.bands, c_.frames, attention(second)) +
                    block("frames", classes(), c_.frames, of_class(c_.heard_in_frames)) +
                    block("times", classes(), c_.frames, of_class(c_.time_attention)) + scores() +
                    "set multiplot layout 7,1 title " + quoted(title) +
                    " font ',12'\nset lmargin 20\nset rmargin 14\nset tics out nomirror\nset xrange [0:" +
                    number(static_cast<double>(c_.frames) * c_.hop) +
                    "]\nset xlabel 'seconds' offset 0,0.6\n"
                    "set palette defined (0 '#440154', 0.25 '#3b528b', 0.5 '#21918c', 0.75 '#5ec962', 1 '#fde725')\n"
                    "set ylabel 'mel band'\nset ytics " +
                    std::to_string(c_.bands / 4) + "\n";
    s += image("1  standardised log-mel", "input", c_.bands);
    s += image("2  the decoder's reconstruction", "output", c_.bands);
    s +=
        image("3  attention to mel bands, step one, of the highest class: " + name_and_score(first), "first", c_.bands);
    s += image("4  the same of the second highest: " + name_and_score(second), "second", c_.bands);
    s += "unset ylabel\n" + class_tics(c_.classes, "y") + outlines(c_, labelled);
    const std::string outlined = labelled.empty() ? "" : " (red: labelled events)";
    s += image("5  what step one hears in each frame" + outlined, "frames", classes());
    s += image("6  attention to frames, step two" + outlined, "times", classes());
    s += "unset object\nunset colorbox\nset xlabel 'class'\nset ylabel 'probability'\nset xrange [-0.5:" +
         number(static_cast<double>(classes()) - 0.5) + "]\nset yrange [0:1]\nset ytics 0.25\n" +
         class_tics(c_.classes, "x") + (c_.classes.size() > 10 ? "set xtics rotate by -45\n" : "") +
         "set title '7  scores of the clip'\n"
         "plot $scores using 1:2 with linespoints pt 7 lw 2 lc rgb '#21918c' notitle\nunset multiplot\n";
    return s;
  }

 private:
  static std::string number(double v) { return message::of(v).c_str(); }
  idx classes() const { return static_cast<idx>(c_.classes.size()); }
  std::string name_and_score(std::size_t k) const {
    char digits[32];
    std::snprintf(digits, sizeof digits, " (%.3f)", static_cast<double>(c_.scores[k]));
    return plain(c_.classes[k]) + digits;
  }
  std::string scores() const {
    std::string s = "$scores << EOD\n";
    for (std::size_t k = 0; k < c_.classes.size(); ++k)
      s += message::of(k, " ", static_cast<double>(c_.scores[k]), "\n").c_str();
    return s + "EOD\n";
  }
  std::string image(const std::string& title, const char* data, idx rows) const {
    return "set title " + quoted(title) + "\nset yrange [-0.5:" + number(static_cast<double>(rows) - 0.5) +
           "]\nplot $" + data + " matrix using (($1+0.5)*" + number(c_.hop) + "):2:3 with image notitle\n";
  }
  const explained_clip& c_;
};

/// The exit code of a program, 127 where there is none.
int run(std::string program, std::string argument) {
  char* const arguments[]{program.data(), argument.data(), nullptr};
  pid_t process = 0;
  int status = 0;
  if (posix_spawnp(&process, program.c_str(), nullptr, nullptr, arguments, environ) != 0 ||
      waitpid(process, &status, 0) != process)
    return 127;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

}  // namespace

result<void> draw_panels(const explained_clip& c, const std::vector<event>& labelled, const std::string& title,
                         const std::filesystem::path& picture) {
  if (c.classes.empty()) return error{"no classes to draw", picture.c_str()};
  auto script = picture;
  script.replace_extension(".gnuplot");
  if (auto ok = write_file(script, panel_script(c).text(labelled, title, picture.string())); !ok) return ok;
  if (const int status = run("gnuplot", script.string()); status != 0)
    return error{"the picture was not drawn", picture.c_str(), message::of("gnuplot that draws ", script),
                 message::of("status ", status)};
  return {};
}

}  // namespace weak_labels
