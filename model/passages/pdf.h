// The text of a PDF, through Poppler's pdftotext as a child process.
#pragma once

#include <optional>
#include <string>

#include "model/base/source.h"

namespace cotejo::passages {

// Whether the file begins as a PDF does.
bool IsPdf(const std::string& path);

// pdftotext is looked for in PATH and run without a shell. Nothing, and a diagnostic, when it
// is not installed, fails, or finds no text (a scan without recognised characters).
std::optional<std::string> ReadPdf(const std::string& path, base::Diagnostics& diagnostics,
                                   const std::string& program = "pdftotext");

}  // namespace cotejo::passages
