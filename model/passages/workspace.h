// The local workspace: the passages of the document last imported, and what each was when the
// regulation was encoded.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "model/base/finding.h"
#include "model/passages/document.h"

namespace cotejo::passages {

// The passage as it was when its provision was encoded, or last accepted.
struct Tie {
  Citation citation;
  std::string sha256;
  std::string text;
  std::vector<std::string> encoded_by;  // names of the declarations that cite it
};

struct Workspace {
  std::string source;  // file name of the document, without its folder
  std::string sha256;  // of its text
  Document document;
  std::vector<Tie> ties;  // in the order of the document first imported
};

inline constexpr const char* kDefaultFolder = ".cotejo";
std::string WorkspaceFile(const std::string& folder);

// Nothing when there is no workspace there; a damaged one is an error as well.
std::optional<Workspace> LoadWorkspace(const std::string& folder, base::SourceMap& sources,
                                       base::Diagnostics& diagnostics);
std::string WriteWorkspace(const Workspace& workspace);

// Ties every passage as it now stands.
std::vector<Tie> TieAll(const Document& document);

struct Change {
  enum class Kind { Changed, Added, Removed };
  Kind kind = Kind::Changed;
  Citation citation;
  std::string before, after;  // heading and text
};

// What differs between the ties and a document, in the order of the document; what was removed
// comes last.
std::vector<Change> ChangesSince(const std::vector<Tie>& ties, const Document& document);

// The few words around the first and the last difference, for a message.
struct Excerpt {
  std::string before, after;
};
Excerpt ExcerptOf(const Change& change);

// The passages of the articles of a report's findings and witness answers: of each article the
// passage itself or the nearest that holds it.
void QuotePassages(const Workspace& workspace, base::CheckReport& report);

}  // namespace cotejo::passages
