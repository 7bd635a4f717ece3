// Clock records as the machines export them: read, with what became of every row, and stripped
// of who they are.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/base/source.h"
#include "scenarios/calibration/results.h"

namespace cotejo::calibration {

enum class Direction : std::uint8_t { Unknown, In, Out };

struct Punch {
  std::string person;  // pseudonym
  base::Date date;
  std::int32_t second = 0;  // of the day; past midnight, of the day before
  Direction direction = Direction::Unknown;
};

// The pseudonym of a document; machines pad with zeros what people write without them. Empty for a
// cell without a document.
std::string PersonOfDocument(const std::string& key, std::string_view document);

// A document with digits that a spreadsheet took away or added, and the reason it is refused for.
bool IsSpoiltDocument(std::string_view document);
const base::Text& SpoiltDocument();

using PersonDay = std::pair<std::string, base::Date>;

struct Records {
  std::vector<FilePreview> files;
  std::vector<Punch> punches;          // by person, date and second; those of one minute joined
  std::vector<PersonDay> unread = {};  // of the rows rejected of which that much could be read
};

// Recognised by what they contain: ZKTeco's attlog (no heading, tabs, padded identifiers, columns
// of codes of uncertain meaning); a sheet of one punch a row, with a heading; a sheet of one day a
// row. Separated by tabs, semicolons or commas, in UTF-8, UTF-16LE with its mark or Windows-1252.
// A file of no known form, of times of twelve hours, or with no row that can be read, is an error;
// then nothing is returned.
std::optional<Records> ReadRecords(const std::vector<std::string>& paths, const std::string& key,
                                   base::Diagnostics& diagnostics);

}  // namespace cotejo::calibration
