// Finds the `norma` blocks and the headings of a norm file.
#pragma once

#include <vector>

#include "model/base/source.h"
#include "model/language/tree.h"

namespace cotejo::language {

struct Block {
  std::uint32_t begin = 0;  // bytes of the block's content in the file
  std::uint32_t end = 0;
};

// A block whose opening line does not say what it holds.
struct UnnamedBlock {
  base::Span opening;
  Block inner;
};

struct Outline {
  std::vector<Block> blocks;
  std::vector<UnnamedBlock> unnamed;
  std::vector<ProvisionText> provisions;  // headings "Artículo N · …"
};

// A block left open (a truncated file) is an error, and so is one that would not be read.
Outline ReadOutline(const base::SourceMap& sources, base::FileId file,
                    base::Diagnostics& diagnostics);

}  // namespace cotejo::language
