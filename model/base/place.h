// From a line and a column to a place in a file: the inverse of SourceMap::place.
#pragma once

#include "model/base/source.h"

namespace cotejo::base {

// One byte at the line and column (in characters), both from 1; the start of the file when it
// has no such line.
Span SpanAt(const SourceMap& sources, FileId file, int line, int column);

}  // namespace cotejo::base
