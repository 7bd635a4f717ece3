// The report as JSON, schema "cotejo-informe/2" (docs/esquema-informe.schema.json).
#pragma once

#include <string>

#include "model/base/source.h"
#include "reports/report.h"

namespace cotejo::reports {

struct JsonOptions {
  // Every replication of every cell, exact integers; large, hence left out unless asked for.
  bool values = false;
};

// Texts carry both languages; equal inputs give equal bytes. No clock, no machine, no path
// goes in beyond what the input holds.
std::string WriteJson(const ReportInput& input, const JsonOptions& options = {});

// Reads back what WriteJson wrote. Every field that is missing or of another type is a
// diagnostic with its place in the document; the result is only whole without errors.
ReportInput ReadJson(base::SourceMap& sources, base::FileId file, base::Diagnostics& diagnostics);

}  // namespace cotejo::reports
