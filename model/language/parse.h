// Norm files → trees: Markdown blocks found with cmark, then recursive descent.
#pragma once

#include <string>
#include <vector>

#include "model/base/source.h"
#include "model/language/tree.h"

namespace cotejo::language {

// Parses one file already in the source map. Errors are diagnosed one a declaration (or
// row) and parsing goes on with the next.
NormFile Parse(const base::SourceMap& sources, base::FileId file, base::Diagnostics& diagnostics);

// A regulation: a folder (its *.norma.md in order of name, amendments left out) or one
// file, and whatever it asks for with `usa`, each file once, in order of first mention.
std::vector<NormFile> Load(base::SourceMap& sources, const std::string& path,
                           base::Diagnostics& diagnostics);

}  // namespace cotejo::language
