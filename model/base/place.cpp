#include "model/base/place.h"

#include "model/base/utf8.h"

namespace cotejo::base {

Span SpanAt(const SourceMap& sources, FileId file, int line, int column) {
  const SourceFile& source = sources.file(file);
  if (line < 1 || static_cast<std::size_t>(line) > source.line_starts.size()) return {file, 0, 0};
  std::size_t offset = source.line_starts[static_cast<std::size_t>(line) - 1];
  for (int i = 1; i < column && offset < source.content.size(); ++i) {
    offset += FirstCodePoint(std::string_view(source.content).substr(offset)).length;
  }
  return {file, static_cast<std::uint32_t>(offset), 1};
}

}  // namespace cotejo::base
