// What a long run has finished, kept in a file from which it can go on after being killed.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/base/source.h"
#include "model/base/text.h"

namespace cotejo::study {

// SHA-256, in hexadecimal.
std::string Digest(std::string_view bytes);

// One of the things a result depends on.
struct Dependence {
  base::Text name;
  std::string value;  // as it is, or its digest
};

// The file is replaced whole, and its previous copy kept beside it, so that there is always one
// that can be read. A file that is not exactly what was written, or of another run, is refused
// with a diagnostic and left as it is: nothing is taken from it, and nothing begun in its place.
class Checkpoint {
 public:
  Checkpoint(std::string path, std::vector<Dependence> run)
      : path_(std::move(path)), run_(std::move(run)) {}

  // What was kept, or an empty text when there is no file yet; nothing when it is refused.
  [[nodiscard]] std::optional<std::string> Read(base::Diagnostics& diagnostics) const;
  // False when it cannot be written; what was there before still is.
  [[nodiscard]] bool Write(std::string_view state) const;

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::string previous_path() const { return path_ + ".anterior"; }

 private:
  std::string path_;
  std::vector<Dependence> run_;
};

base::Diagnostic CannotKeep(const std::string& path, base::Severity severity);

}  // namespace cotejo::study
