#include "model/language/markdown.h"

#include <cmark.h>

#include <memory>
#include <string>
#include <string_view>

namespace cotejo::language {
namespace {

struct NodeDeleter {
  void operator()(cmark_node* node) const { cmark_node_free(node); }
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
        const std::string_view info = cmark_node_get_fence_info(node);
        if (info.substr(0, info.find(' ')) != "norma") break;
        if (last <= first || !IsFence(sources.line(file, last))) {
          diagnostics.Add({"bloque-sin-cerrar",
                           base::Severity::Error,
                           {file, range.begin, 8},
                           {"el bloque «norma» no se cierra antes del fin del archivo",
                            "the 'norma' block is not closed before the end of the file"},
                           {"¿archivo cortado? cierre el bloque con ```",
                            "is the file truncated? close the block with ```"},
                           {}});
          break;
        }
        const Block inner = LineRange(source, first + 1, last - 1);
        if (inner.end > inner.begin) outline.blocks.push_back(inner);
        break;
      }
      default:
        break;
    }
  }
  return outline;
}

}  // namespace cotejo::language
