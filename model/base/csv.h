// Strict CSV: the rows of a file, each with the line where it begins.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/base/source.h"

namespace cotejo::base {

// Line `line` of a file, for a diagnostic about the row that begins there.
Span LineSpan(const SourceMap& sources, FileId file, int line);

struct CsvRow {
  int line = 0;  // from 1, counting the header, blank lines and line ends inside quotes
  std::vector<std::string> fields;
};

struct CsvTable {
  FileId file;
  std::vector<CsvRow> rows;  // the header too; blank lines are not rows

  [[nodiscard]] Span span(const SourceMap& sources, const CsvRow& row) const {
    return LineSpan(sources, file, row.line);
  }
};

// Fields are separated by `delimiter`; spaces around an unquoted field are not part of it. A quote
// inside an unquoted field, text after a closing quote, a quote never closed and a quoted field
// that holds what would be other rows are errors that name the row; the other rows are still
// returned.
CsvTable ParseCsv(const SourceMap& sources, FileId file, Diagnostics& diagnostics,
                  char delimiter = ',');

// The separator of the first line: comma, semicolon (which spreadsheets write where the comma is
// the decimal mark) or tab, whichever it has most of, quoted text apart; comma when it has none.
char DelimiterOf(std::string_view text);

// A line that is no row.
struct BadLine {
  int line = 0;       // from 1
  bool open = false;  // it opens a quote and does not close it; otherwise a quote is misplaced
};

// Of what a machine writes, where no field has a line end: each line is a row, so what is wrong
// with one takes no other along. Lines end in "\n", "\r\n" or "\r"; blank ones are not rows.
std::vector<CsvRow> ParseCsvLines(std::string_view text, char delimiter, std::vector<BadLine>& bad);

// The same as ParseCsv from a path, separated as its first line is; nothing when the file cannot be
// read as text.
std::optional<CsvTable> ReadCsv(SourceMap& sources, const std::string& path,
                                Diagnostics& diagnostics);

}  // namespace cotejo::base
