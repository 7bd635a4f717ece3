// Reading a whole text file, with a diagnostic for everything that is not one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "model/base/source.h"

namespace cotejo::base {

inline constexpr std::uintmax_t kLargestTextFile = 16U << 20;  // 16 MiB

// The content of `path`, without a byte order mark. A missing file, a folder, an empty file,
// one of more than 16 MiB (which is not read), a NUL byte or bytes that are not UTF-8 give a
// diagnostic without a place and no content.
std::optional<std::string> ReadTextFile(const std::string& path, Diagnostics& diagnostics);

// Its two halves, for a file whose encoding is looked at in between: the bytes as they are, with
// the same limits of size; and whether they are text, without a byte order mark.
std::optional<std::string> ReadBytes(const std::string& path, Diagnostics& diagnostics);
bool CheckText(const std::string& path, std::string& content, Diagnostics& diagnostics);

}  // namespace cotejo::base
