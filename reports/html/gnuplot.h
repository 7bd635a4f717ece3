// Runs gnuplot as a child process: a script in, an SVG fragment out.
#pragma once

#include <string>

#include "model/base/text.h"

namespace cotejo::reports {

struct Drawing {
  std::string svg;     // ready to stand inside a page; empty when there is a problem
  base::Text problem;  // why there is no drawing
};

// `program` is looked for in PATH and started without a shell. `id` starts every id inside
// the drawing, so that several can share a page; `description` is read to those who do not
// see it. A child that takes longer than 20 s is ended.
Drawing DrawWithGnuplot(const std::string& program, const std::string& script,
                        const std::string& id, const std::string& description);

// gnuplot's standalone document as a fragment: no prolog, no name spaces (which would be
// external addresses), ids with a prefix, the page's fonts.
std::string EmbedSvg(const std::string& document, const std::string& id,
                     const std::string& description);

// A text for a script. Between single quotes gnuplot runs no backquoted command.
std::string GnuplotQuote(const std::string& text);

}  // namespace cotejo::reports
