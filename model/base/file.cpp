#include "model/base/file.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <string_view>
#include <system_error>

#include "model/base/utf8.h"

namespace cotejo::base {
namespace {

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

void Refuse(Diagnostics& diagnostics, std::string code, Text message, Text hint) {
  diagnostics.Add({std::move(code), Severity::Error, {}, std::move(message), std::move(hint), {}});
}

std::optional<std::string> RefuseSize(const std::string& path, Diagnostics& diagnostics) {
  const std::string limit = std::to_string(kLargestTextFile >> 20) + " MiB";
  Refuse(diagnostics, "archivo-demasiado-grande",
         {"«" + path + "» pasa de " + limit, "\"" + path + "\" is larger than " + limit},
         {"un archivo de texto de este tamaño suele ser otra cosa; divídalo si no lo es",
          "a text file of this size is usually something else; split it if it is not"});
  return std::nullopt;
}

std::optional<std::string> RefuseUnreadable(const std::string& path, int error,
                                            Diagnostics& diagnostics) {
  const std::string reason = error == 0 ? "" : std::string(": ") + std::strerror(error);
  Refuse(diagnostics, "archivo-ilegible",
         {"no se pudo leer «" + path + "»" + reason, "cannot read \"" + path + "\"" + reason},
         {"revise los permisos del archivo", "check the permissions of the file"});
  return std::nullopt;
}

// Missing files, folders and oversized files, found without opening anything.
bool LooksReadable(const std::string& path, Diagnostics& diagnostics) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (status.type() == std::filesystem::file_type::not_found || path.empty()) {
    Refuse(diagnostics, "archivo-inexistente",
           {"no existe «" + path + "»", "\"" + path + "\" does not exist"},
           {"revise la ruta; es relativa a la carpeta actual",
            "check the path; it is relative to the current folder"});
    return false;
  }
  if (status.type() == std::filesystem::file_type::directory) {
    Refuse(diagnostics, "archivo-es-carpeta",
           {"«" + path + "» es una carpeta y se esperaba un archivo",
            "\"" + path + "\" is a folder and a file was expected"},
           {"indique el archivo dentro de ella", "name the file inside it"});
    return false;
  }
  if (status.type() == std::filesystem::file_type::regular) {
    const auto size = std::filesystem::file_size(path, error);
    if (!error && size > kLargestTextFile) {
      RefuseSize(path, diagnostics);
      return false;
    }
  }
  return true;
}

bool IsText(const std::string& path, const std::string& content, Diagnostics& diagnostics) {
  if (content.empty()) {
    Refuse(diagnostics, "archivo-vacio", {"«" + path + "» está vacío", "\"" + path + "\" is empty"},
           {"revise que el archivo se guardó completo", "check that the file was saved whole"});
    return false;
  }
  const std::size_t nul = content.find('\0');
  const auto invalid = FirstInvalidByte(content);
  if (nul == std::string::npos && !invalid) return true;
  const std::size_t offset = std::min(nul, invalid.value_or(std::string::npos));
  const auto line =
      1 + std::count(content.begin(), content.begin() + static_cast<std::ptrdiff_t>(offset), '\n');
  const std::string at_es = "línea " + std::to_string(line) + ", byte " + std::to_string(offset);
  const std::string at_en = "line " + std::to_string(line) + ", byte " + std::to_string(offset);
  if (nul != std::string::npos) {
    Refuse(diagnostics, "archivo-binario",
           {"«" + path + "» no es un texto: tiene un byte nulo (" +
                (nul == offset ? at_es : "byte " + std::to_string(nul)) + ")",
            "\"" + path + "\" is not a text: it has a null byte (" +
                (nul == offset ? at_en : "byte " + std::to_string(nul)) + ")"},
           {"se esperaba un archivo de texto en UTF-8", "a text file in UTF-8 was expected"});
  } else {
    Refuse(diagnostics, "archivo-no-utf8",
           {"«" + path + "» no está en UTF-8 (" + at_es + ")",
            "\"" + path + "\" is not in UTF-8 (" + at_en + ")"},
           {"guárdelo con codificación UTF-8", "save it with UTF-8 encoding"});
  }
  return false;
}

}  // namespace

std::optional<std::string> ReadBytes(const std::string& path, Diagnostics& diagnostics) {
  if (!LooksReadable(path, diagnostics)) return std::nullopt;
  errno = 0;
  const std::unique_ptr<std::FILE, CloseFile> file(std::fopen(path.c_str(), "rb"));
  if (!file) return RefuseUnreadable(path, errno, diagnostics);
  std::string content;
  std::array<char, 1 << 16> buffer;
  // The limit is watched here too: a pipe or a device has no size beforehand.
  while (const std::size_t got = std::fread(buffer.data(), 1, buffer.size(), file.get())) {
    content.append(buffer.data(), got);
    if (content.size() > kLargestTextFile) return RefuseSize(path, diagnostics);
  }
  if (std::ferror(file.get()) != 0) return RefuseUnreadable(path, errno, diagnostics);
  return content;
}

bool CheckText(const std::string& path, std::string& content, Diagnostics& diagnostics) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (content.starts_with(kByteOrderMark)) content.erase(0, kByteOrderMark.size());
  return IsText(path, content, diagnostics);
}

std::optional<std::string> ReadTextFile(const std::string& path, Diagnostics& diagnostics) {
  std::optional<std::string> content = ReadBytes(path, diagnostics);
  if (!content || !CheckText(path, *content, diagnostics)) return std::nullopt;
  return content;
}

}  // namespace cotejo::base
