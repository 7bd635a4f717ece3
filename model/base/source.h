// Source files, places in them, and diagnostics that show the place.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "model/base/citation.h"
#include "model/base/id.h"
#include "model/base/text.h"

namespace cotejo::base {

struct FileTag;
using FileId = Id<FileTag>;

// Bytes [offset, offset + length) of one file.
struct Span {
  FileId file;
  std::uint32_t offset = 0;
  std::uint32_t length = 0;
};

struct Place {
  int line = 0;    // from 1
  int column = 0;  // from 1, in characters (UTF-8 code points), not bytes
};

struct SourceFile {
  std::string path;
  std::string content;
  std::vector<std::uint32_t> line_starts;
};

// Owns the text of every file read in one run; ids stay valid as files are added.
class SourceMap {
 public:
  FileId Add(std::string path, std::string content);
  [[nodiscard]] const SourceFile& file(FileId id) const { return files_[id.index()]; }
  [[nodiscard]] std::size_t size() const { return files_.size(); }
  [[nodiscard]] Place place(Span span) const;
  [[nodiscard]] std::string_view line(FileId id, int line) const;  // without the line end
  [[nodiscard]] std::string_view text(Span span) const;

 private:
  std::deque<SourceFile> files_;
};

enum class Severity { Error, Warning, Note };

// `code` is a kebab-case name listed in docs/diagnosticos.md.
struct Diagnostic {
  std::string code;
  Severity severity = Severity::Error;
  Span span;         // file invalid: the message stands alone
  Text message;      // observation; lower case, no full stop
  Text hint;         // may be empty; what to do, in the user's words
  Citation article;  // the provision the place belongs to, when known
};

class Diagnostics {
 public:
  void Add(Diagnostic diagnostic);
  [[nodiscard]] bool has_errors() const { return errors_ > 0; }
  [[nodiscard]] std::size_t errors() const { return errors_; }
  [[nodiscard]] const std::vector<Diagnostic>& all() const { return all_; }
  // By file, offset and code; equal ones once.
  void Sort(const SourceMap& sources);

 private:
  std::vector<Diagnostic> all_;
  std::size_t errors_ = 0;
};

// file:line:column: error: message (RIP:45) [code], the line and a caret under it, the hint.
// Ends with a line end; a long line is shown only around the caret.
std::string Render(const Diagnostic& diagnostic, const SourceMap& sources, Language language);

// The candidate nearest to `name` by edit distance with accents folded; empty when none is near.
std::string NearestName(std::string_view name, const std::vector<std::string>& candidates);

// Lower case and without accents (á→a, ñ→n), for matching names and keywords.
std::string Fold(std::string_view utf8);

}  // namespace cotejo::base
