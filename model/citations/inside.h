// References of a provision to its own instrument: "los incisos a) y b) del Parágrafo II del
// presente Artículo", "el Artículo 5 del presente Reglamento".
#pragma once

#include <string_view>
#include <vector>

#include "model/base/citation.h"

namespace cotejo::citations {

struct InnerReference {
  base::Citation target;
  std::size_t begin = 0;  // in the text
  std::size_t end = 0;
};

// `from` is the provision that says `text`; "el presente Reglamento" is `regulation`, and any
// other instrument called "presente", or not named, is the one `from` is of. In the order of
// the text; a reference to several provisions gives one each.
std::vector<InnerReference> InnerReferencesIn(std::string_view text, const base::Citation& from,
                                              std::string_view regulation);

}  // namespace cotejo::citations
