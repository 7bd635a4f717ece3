#include "model/passages/pdf.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <fstream>

#include "model/base/file.h"
#include "model/base/utf8.h"

extern char** environ;

namespace cotejo::passages {
namespace {

void Error(base::Diagnostics& diagnostics, const char* code, base::Text message, base::Text hint) {
  diagnostics.Add({code, base::Severity::Error, {}, std::move(message), std::move(hint), {}});
}

// Everything the child writes, up to the largest text file and one byte more.
std::string Drain(int fd) {
  std::string text;
  std::array<char, 65536> buffer{};
  while (text.size() <= base::kLargestTextFile) {
    const ssize_t n = read(fd, buffer.data(), buffer.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) break;
    text.append(buffer.data(), static_cast<std::size_t>(n));
  }
  return text;
}

struct Outcome {
  bool started = false;
  int status = 0;
  std::string text;
};

Outcome Run(const std::string& program, const std::string& path) {
  Outcome outcome;
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) return outcome;
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  // A path that begins with a hyphen would be read as an option.
  std::string file = path.starts_with('-') ? "./" + path : path;
  std::string name = program, layout = "-layout", encoding = "-enc", utf8 = "UTF-8", out = "-";
  std::array<char*, 7> arguments = {name.data(), layout.data(), encoding.data(), utf8.data(),
                                    file.data(), out.data(),    nullptr};
  pid_t child = 0;
  outcome.started =
      posix_spawnp(&child, program.c_str(), &actions, nullptr, arguments.data(), environ) == 0;
  posix_spawn_file_actions_destroy(&actions);
  close(ends[1]);
  if (outcome.started) outcome.text = Drain(ends[0]);
  close(ends[0]);
  while (outcome.started && waitpid(child, &outcome.status, 0) < 0 && errno == EINTR) {
  }
  return outcome;
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
  Outcome outcome = Run(program, path);
  if (!outcome.started) {
    Error(diagnostics, "sin-pdftotext",
          {"no se puede ejecutar pdftotext, que lee los PDF",
           "pdftotext, which reads PDF files, cannot be run"},
          {"instale poppler-utils (./instalar) o importe el documento como texto",
           "install poppler-utils (./instalar) or import the document as text"});
    return std::nullopt;
  }
  if (!WIFEXITED(outcome.status) || WEXITSTATUS(outcome.status) != 0) {
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
