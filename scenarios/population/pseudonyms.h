// What a person of a real list is called outside it: a keyed hash of the document, which nobody
// without the key can turn back by trying documents one after another.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/base/source.h"

namespace cotejo::population {

// The key in the file, made at random the first time. Its owner alone may read it: a file that
// others may read, or with something else in it, is an error and gives nothing.
std::optional<std::string> ReadOrMakeKey(const std::string& path, base::Diagnostics& diagnostics);

// Letters and digits of a document in lower case: "1.234.567-1A LP" and "1234567 1a lp" are one.
std::string PlainDocument(std::string_view document);

// "p-" and 16 hexadecimal digits of HMAC-SHA-256: the same key and document, the same pseudonym.
std::string Pseudonym(std::string_view key, std::string_view plain_document);
bool IsPseudonym(std::string_view text);

}  // namespace cotejo::population
