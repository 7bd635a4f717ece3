#include "model/passages/pdf.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <fstream>

#include "model/base/file.h"
#include "model/base/program.h"
#include "model/base/utf8.h"

namespace cotejo::passages {
namespace {

void Error(base::Diagnostics& diagnostics, const char* code, base::Text message, base::Text hint) {
  diagnostics.Add({code, base::Severity::Error, {}, std::move(message), std::move(hint), {}});
}

}  // namespace

bool IsPdf(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::array<char, 5> head{};
  in.read(head.data(), head.size());
  return in.gcount() == 5 && std::string(head.data(), head.size()) == "%PDF-";
}

std::optional<std::string> ReadPdf(const std::string& path, base::Diagnostics& diagnostics,
                                   const std::string& program) {
  base::ProgramOutput outcome =
      base::RunProgram(program, {"-layout", "-enc", "UTF-8", base::PathArgument(path), "-"});
  if (!outcome.started) {
    Error(diagnostics, "sin-pdftotext",
          {"no se puede ejecutar pdftotext, que lee los PDF",
           "pdftotext, which reads PDF files, cannot be run"},
          {"instale poppler-utils (./instalar) o importe el documento como texto",
           "install poppler-utils (./instalar) or import the document as text"});
    return std::nullopt;
  }
  if (!outcome.succeeded) {
    Error(diagnostics, "pdf-ilegible",
          {"pdftotext no pudo leer " + path, "pdftotext could not read " + path},
          {"compruebe que el archivo es un PDF completo y sin contraseña",
           "check that the file is a complete PDF without a password"});
    return std::nullopt;
  }
  const bool blank = std::all_of(outcome.text.begin(), outcome.text.end(),
                                 [](unsigned char c) { return std::isspace(c) != 0; });
  if (blank || outcome.text.size() > base::kLargestTextFile ||
      base::FirstInvalidByte(outcome.text)) {
    Error(diagnostics, "pdf-sin-texto",
          {path + " no da un texto que se pueda leer", path + " gives no readable text"},
          {"si es una imagen escaneada, reconozca antes sus caracteres",
           "if it is a scanned image, recognise its characters first"});
    return std::nullopt;
  }
  return std::move(outcome.text);
}

}  // namespace cotejo::passages
