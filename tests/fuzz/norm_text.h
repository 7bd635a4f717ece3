// Files of the real regulation, to be cut and altered.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "model/base/utf8.h"
#include "model/language/parse.h"
#include "model/rules/resolve.h"

namespace cotejo::rules {

// Every byte takes a minute under the sanitizers; a prime stride meets every kind of place.
#ifdef COTEJO_SANITIZED
inline constexpr std::size_t kCutStride = 29;
#else
inline constexpr std::size_t kCutStride = 7;
#endif

inline std::string ReadNormFile(const std::string& name) {
  std::ifstream in(COTEJO_SOURCE_DIR "/regulations/rip-2025/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// Parses and resolves `text` next to the vocabulary, and renders what is said of it; the number
// of errors. Text that is not UTF-8 never gets past the reading of the file.
inline std::size_t ReadAltered(std::string text) {
  if (const auto invalid = base::FirstInvalidByte(text)) text.resize(*invalid);
  const std::string root = std::string(COTEJO_SOURCE_DIR) + "/regulations/";
  base::SourceMap sources;
  base::Diagnostics diagnostics;
  std::vector<language::NormFile> files = language::Load(sources, root + "vocabulary", diagnostics);
  const base::FileId norm =
      sources.Add(root + "rip-2025/norma.norma.md",
                  "```norma\nnorma RIP \"Prueba\" rango resolución_administrativa\n```\n");
  files.push_back(language::Parse(sources, norm, diagnostics));
  const base::FileId file = sources.Add(root + "rip-2025/alterado.norma.md", std::move(text));
  files.push_back(language::Parse(sources, file, diagnostics));
  const auto rules = Resolve(sources, BuildProgram(sources, files), {}, diagnostics);
  diagnostics.Sort(sources);
  for (const base::Diagnostic& diagnostic : diagnostics.all())
    Render(diagnostic, sources, base::Language::Spanish);
  return diagnostics.errors();
}

}  // namespace cotejo::rules
