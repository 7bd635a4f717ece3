#include "model/language/markdown.h"

#include <cmark.h>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/base/utf8.h"

namespace cotejo::language {
namespace {

struct NodeDeleter {
  void operator()(cmark_node* node) const { cmark_node_free(node); }
};

struct IterDeleter {
  void operator()(cmark_iter* iter) const { cmark_iter_free(iter); }
};

// Lines [first, last] of the file as bytes; `last` without its line end.
Block LineRange(const base::SourceFile& source, int first, int last) {
  const auto start = [&](int line) {
    const auto index = static_cast<std::size_t>(line - 1);
    return index < source.line_starts.size() ? source.line_starts[index]
                                             : static_cast<std::uint32_t>(source.content.size());
  };
  return {start(first), std::max(start(first), start(last + 1))};
}

std::string Trimmed(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    if (!blank) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

bool IsFence(std::string_view line) {
  const auto begin = line.find_first_not_of(' ');
  return begin != std::string_view::npos &&
         (line.substr(begin, 3) == "```" || line.substr(begin, 3) == "~~~");
}

// The run of one mark that opens a line: "```" of "```norma".
struct Fence {
  char32_t mark = 0;
  std::size_t marks = 0;
  std::string_view rest;
};

Fence FenceOf(std::string_view line) {
  line.remove_prefix(std::min(line.find_first_not_of(" \t>"), line.size()));
  Fence fence{base::FirstCodePoint(line).value, 0, line};
  while (!fence.rest.empty() && base::FirstCodePoint(fence.rest).value == fence.mark) {
    fence.rest.remove_prefix(base::FirstCodePoint(fence.rest).length);
    ++fence.marks;
  }
  return fence;
}

// Whether the line was written to open a norm, well or badly: with marks that look like grave
// accents, too few of them, or anywhere.
bool MeansNorm(const Fence& fence) {
  constexpr std::u32string_view kMarks = U"`~´'\"‘’“”";
  return fence.marks >= 2 && kMarks.find(fence.mark) != std::u32string_view::npos &&
         base::Fold(Trimmed(fence.rest)) == "norma";
}

std::string_view FenceWord(cmark_node* node) {
  const char* info = cmark_node_get_fence_info(node);
  const std::string_view text = info == nullptr ? "" : info;
  return text.substr(0, text.find(' '));
}

void Report(base::Diagnostics& diagnostics, const char* code, base::Span span, base::Text message,
            base::Text hint) {
  diagnostics.Add({code, base::Severity::Error, span, std::move(message), std::move(hint), {}});
}

// A block whose word is nearly «norma» would be taken for prose, and its rules lost.
void CheckMisspelt(std::string_view info, base::Span span, base::Diagnostics& diagnostics) {
  const bool inside = base::Fold(info).find("norma") != std::string::npos;  // ```{.norma}
  if (!inside && base::NearestName(info, {"norma"}).empty()) return;
  Report(diagnostics, "bloque-desconocido", span,
         {"el bloque «" + std::string(info) + "» no se lee como norma",
          "the block '" + std::string(info) + "' is not read as a norm"},
         {"¿quiso decir «norma»?", "did you mean 'norma'?"});
}

// Lines that have been read, refused, or are somebody's example or comment: what opens a norm
// anywhere else is lost.
struct Known {
  int first = 0;
  int last = 0;
  Fence around{};        // what an example shows has another mark than this, or fewer
  bool comment = false;  // of HTML, closed
};

// The same inside a list or a quotation.
void CheckNested(cmark_node* top, const base::SourceMap& sources, base::FileId file,
                 std::vector<Known>& known, base::Diagnostics& diagnostics) {
  const std::unique_ptr<cmark_iter, IterDeleter> iter(cmark_iter_new(top));
  while (cmark_iter_next(iter.get()) != CMARK_EVENT_DONE) {
    cmark_node* node = cmark_iter_get_node(iter.get());
    if (cmark_node_get_type(node) != CMARK_NODE_CODE_BLOCK) continue;
    const int first = cmark_node_get_start_line(node);
    const int last = cmark_node_get_end_line(node);
    known.push_back({first, last, FenceOf(sources.line(file, first))});
    if (FenceWord(node) != "norma") continue;
    const Block range = LineRange(sources.file(file), first, last);
    Report(diagnostics, "bloque-anidado", {file, range.begin, 0},
           {"un bloque «norma» no va dentro de una lista ni de una cita",
            "a 'norma' block does not go inside a list or a quotation"},
           {"sáquelo al margen izquierdo", "move it to the left margin"});
  }
}

// A line that was meant to open a norm and does not: its rules would be gone without a word.
void CheckLost(const base::SourceMap& sources, base::FileId file, const std::vector<Known>& known,
               base::Diagnostics& diagnostics) {
  const int lines = static_cast<int>(sources.file(file).line_starts.size());
  for (int line = 1; line <= lines; ++line) {
    const std::string_view text = sources.line(file, line);
    const Fence fence = FenceOf(text);
    if (!MeansNorm(fence)) continue;
    const auto in = std::find_if(known.begin(), known.end(), [line](const Known& each) {
      return each.first <= line && line <= each.last;
    });
    const base::Span span{file, sources.file(file).line_starts[static_cast<std::size_t>(line) - 1],
                          static_cast<std::uint32_t>(text.size())};
    if (in != known.end() && in->first == line) continue;
    if (in == known.end()) {
      Report(diagnostics, "bloque-perdido", span,
             {"esta línea no abre un bloque «norma», y lo que sigue no se lee",
              "this line does not open a 'norma' block, and what follows is not read"},
             {"escríbala al margen izquierdo, fuera de todo comentario y con tres acentos graves: "
              "```norma",
              "write it at the left margin, outside any comment and with three grave accents: "
              "```norma"});
    } else if (in->comment) {
      diagnostics.Add({"bloque-comentado",
                       base::Severity::Warning,
                       span,
                       {"un bloque «norma» dentro de un comentario no se lee",
                        "a 'norma' block inside a comment is not read"},
                       {},
                       {}});
    } else if (in->around.mark == fence.mark && in->around.marks <= fence.marks) {
      const std::string at = std::to_string(in->first);
      Report(diagnostics, "bloque-perdido", span,
             {"esta línea no abre un bloque «norma»: sigue abierto el de la línea " + at,
              "this line opens no 'norma' block: the one of line " + at + " is still open"},
             {"cierre antes aquél con ```, o quite los que sobran; un ejemplo se abre con ````",
              "close that one first with ```, or take out those left over; an example opens "
              "with ````"});
    }
  }
}

// Markdown ends a line at a lone carriage return and the rest of the tool does not: the
// blocks would be looked for at the wrong lines.
void CheckLineEnds(const base::SourceFile& source, base::FileId file,
                   base::Diagnostics& diagnostics) {
  const std::string_view text = source.content;
  for (auto at = text.find('\r'); at != std::string_view::npos; at = text.find('\r', at + 1)) {
    if (text.substr(at, 2) == "\r\n") continue;
    return Report(
        diagnostics, "fin-de-línea", {file, static_cast<std::uint32_t>(at), 1},
        {"un retorno de carro suelto parte la línea", "a lone carriage return breaks the line"},
        {"guarde el archivo con fines de línea de Unix o de Windows",
         "save the file with Unix or Windows line ends"});
  }
}

// "## Artículo 45 · Faltas leves": the number and what follows it.
bool ReadHeading(std::string_view line, ProvisionText& provision) {
  line = line.substr(std::min(line.find_first_not_of("# "), line.size()));
  const std::string heading = Trimmed(line);
  const auto space = heading.find(' ');
  if (space == std::string::npos || base::Fold(heading.substr(0, space)) != "articulo")
    return false;
  std::size_t end = space + 1;
  while (end < heading.size() && heading[end] >= '0' && heading[end] <= '9') ++end;
  if (end == space + 1) return false;
  provision.number = heading.substr(space + 1, end - space - 1);
  while (end < heading.size() &&
         (heading[end] == ' ' || heading[end] == '.' || heading[end] == '-'))
    ++end;
  if (heading.compare(end, 2, "·") == 0) end += 2;
  provision.heading = Trimmed(std::string_view(heading).substr(end));
  return true;
}

}  // namespace

Outline ReadOutline(const base::SourceMap& sources, base::FileId file,
                    base::Diagnostics& diagnostics) {
  Outline outline;
  const base::SourceFile& source = sources.file(file);
  const std::unique_ptr<cmark_node, NodeDeleter> document(
      cmark_parse_document(source.content.data(), source.content.size(), CMARK_OPT_DEFAULT));
  bool summary_open = false;
  std::vector<Known> known;
  for (cmark_node* node = cmark_node_first_child(document.get()); node != nullptr;
       node = cmark_node_next(node)) {
    const int first = cmark_node_get_start_line(node);
    const int last = cmark_node_get_end_line(node);
    const Block range = LineRange(source, first, last);
    const std::string_view text =
        std::string_view(source.content).substr(range.begin, range.end - range.begin);
    switch (cmark_node_get_type(node)) {
      case CMARK_NODE_HEADING: {
        ProvisionText provision;
        summary_open = ReadHeading(text, provision);
        provision.span = {file, range.begin, range.end - range.begin};
        if (summary_open) outline.provisions.push_back(std::move(provision));
        break;
      }
      case CMARK_NODE_PARAGRAPH:
        if (summary_open) {
          outline.provisions.back().summary = Trimmed(text);
          summary_open = false;
        }
        break;
      case CMARK_NODE_CODE_BLOCK: {
        const std::string_view info = FenceWord(node);
        const std::string_view opening = sources.line(file, first);
        if (info != "norma") {
          constexpr std::size_t kIndented =
              4;  // blanks that make of any line the code of an example
          if (!IsFence(opening) || opening.find_first_not_of(' ') >= kIndented) break;
          known.push_back({first, last, FenceOf(opening)});
          CheckMisspelt(info, {file, range.begin, 0}, diagnostics);
          if (info.empty())
            outline.unnamed.push_back({{file, range.begin, 3}, LineRange(source, first + 1, last)});
          break;
        }
        known.push_back({first, last, {}});
        if (last <= first || !IsFence(sources.line(file, last))) {
          Report(diagnostics, "bloque-sin-cerrar", {file, range.begin, 8},
                 {"el bloque «norma» no se cierra antes del fin del archivo",
                  "the 'norma' block is not closed before the end of the file"},
                 {"¿archivo cortado? cierre el bloque con ```",
                  "is the file truncated? close the block with ```"});
          break;
        }
        const Block inner = LineRange(source, first + 1, last - 1);
        if (inner.end > inner.begin) outline.blocks.push_back(inner);
        break;
      }
      case CMARK_NODE_HTML_BLOCK: {
        const std::string_view html = cmark_node_get_literal(node);  // its last line may be missing
        const auto lines = static_cast<int>(std::count(html.begin(), html.end(), '\n'));
        if (html.find("-->") != std::string_view::npos)
          known.push_back({first, first + lines, {}, true});
        break;
      }
      default:
        CheckNested(node, sources, file, known, diagnostics);
        break;
    }
  }
  CheckLost(sources, file, known, diagnostics);
  CheckLineEnds(source, file, diagnostics);
  return outline;
}

}  // namespace cotejo::language
