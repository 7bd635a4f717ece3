#include "model/base/csv.h"

#include <csv.h>

#include <algorithm>
#include <array>
#include <memory>
#include <new>
#include <string_view>
#include <utility>

#include "model/base/file.h"

namespace cotejo::base {
namespace {

constexpr int kMostBadRows = 20;

// The parser of libcsv with the row it is filling.
struct Reader {
  csv_parser parser{};
  std::vector<std::string> fields;
  std::vector<std::vector<std::string>> finished;

  explicit Reader(char delimiter) {
    if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0) throw std::bad_alloc();
    csv_set_delim(&parser, static_cast<unsigned char>(delimiter));
  }
  ~Reader() { csv_free(&parser); }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  // True inside a row: after a line end this means inside quotes.
  [[nodiscard]] bool open() const { return parser.pstate != 0; }
};

void TakeField(void* data, std::size_t length, void* reader) {
  static_cast<Reader*>(reader)->fields.emplace_back(static_cast<const char*>(data), length);
}

void TakeRow(int /*terminator*/, void* reader) {
  auto* self = static_cast<Reader*>(reader);
  self->finished.push_back(std::exchange(self->fields, {}));
}

void AddStrayQuote(FileId file, int row_line, std::size_t offset, Diagnostics& diagnostics) {
  const std::string row = std::to_string(row_line);
  diagnostics.Add({"csv-comillas",
                   Severity::Error,
                   {file, static_cast<std::uint32_t>(offset), 1},
                   {"la fila " + row + " tiene unas comillas fuera de lugar",
                    "row " + row + " has a misplaced quote"},
                   {"las comillas rodean todo el campo y dentro de él se escriben dobles",
                    "quotes surround the whole field and are doubled inside it"},
                   {}});
}

void AddOpenQuote(const SourceMap& sources, FileId file, int row_line, Diagnostics& diagnostics) {
  const std::string row = std::to_string(row_line);
  diagnostics.Add({"csv-comillas-abiertas",
                   Severity::Error,
                   LineSpan(sources, file, row_line),
                   {"la fila " + row + " abre unas comillas que no se cierran",
                    "row " + row + " opens a quote that is never closed"},
                   {"cierre las comillas; el archivo puede estar cortado",
                    "close the quote; the file may be cut short"},
                   {}});
}

void AddGivenUp(const SourceMap& sources, FileId file, int row_line, Diagnostics& diagnostics) {
  const std::string count = std::to_string(kMostBadRows);
  const std::string row = std::to_string(row_line);
  diagnostics.Add(
      {"csv-abandonado",
       Severity::Error,
       LineSpan(sources, file, row_line),
       {"se dejó de leer en la fila " + row + ", tras " + count + " con comillas fuera de lugar",
        "gave up at row " + row + ", after " + count + " with misplaced quotes"},
       {"revise que el archivo es CSV", "check that the file is CSV"},
       {}});
}

// A quote left open takes the lines after it until another quote closes it. Where the row comes
// out as wide as the header, the field has swallowed the separators of a row at least.
bool HoldsRows(const std::string& field, std::size_t width, char delimiter) {
  return field.find_first_of("\r\n") != std::string::npos &&
         static_cast<std::size_t>(std::count(field.begin(), field.end(), delimiter)) + 1 >= width;
}

void CheckSwallowed(const SourceMap& sources, const CsvTable& table, char delimiter,
                    Diagnostics& diagnostics) {
  for (const CsvRow& row : table.rows) {
    const std::size_t width = table.rows.front().fields.size();
    if (std::none_of(row.fields.begin(), row.fields.end(),
                     [&](const std::string& field) { return HoldsRows(field, width, delimiter); }))
      continue;
    const std::string line = std::to_string(row.line);
    diagnostics.Add({"csv-filas-entre-comillas",
                     Severity::Error,
                     table.span(sources, row),
                     {"la fila " + line + " abre unas comillas que encierran otras filas",
                      "row " + line + " opens a quote that encloses other rows"},
                     {"cierre las comillas en su línea", "close the quote on its line"},
                     {}});
  }
}

}  // namespace

Span LineSpan(const SourceMap& sources, FileId file, int line) {
  const auto& starts = sources.file(file).line_starts;
  if (line < 1 || static_cast<std::size_t>(line) > starts.size()) return {file, 0, 0};
  return {file, starts[static_cast<std::size_t>(line) - 1],
          static_cast<std::uint32_t>(sources.line(file, line).size())};
}

// libcsv does not say where it is, so it is fed one line at a time.
CsvTable ParseCsv(const SourceMap& sources, FileId file, Diagnostics& diagnostics, char delimiter) {
  const std::string& content = sources.file(file).content;
  const auto& starts = sources.file(file).line_starts;
  CsvTable table{file, {}};
  auto reader = std::make_unique<Reader>(delimiter);
  int row_line = 1;
  int bad_rows = 0;
  const auto collect = [&] {
    for (auto& fields : reader->finished) table.rows.push_back({row_line, std::move(fields)});
    reader->finished.clear();
  };
  for (std::size_t i = 0; i < starts.size() && bad_rows < kMostBadRows; ++i) {
    if (!reader->open()) row_line = static_cast<int>(i) + 1;
    const std::size_t end = i + 1 < starts.size() ? starts[i + 1] : content.size();
    const std::size_t length = end - starts[i];
    const std::size_t used = csv_parse(&reader->parser, content.data() + starts[i], length,
                                       TakeField, TakeRow, reader.get());
    collect();
    if (used == length) continue;
    if (csv_error(&reader->parser) != CSV_EPARSE) throw std::bad_alloc();
    AddStrayQuote(file, row_line, starts[i] + used, diagnostics);
    ++bad_rows;
    reader = std::make_unique<Reader>(delimiter);  // go on from the next line
  }
  if (bad_rows == kMostBadRows) {
    AddGivenUp(sources, file, row_line, diagnostics);
  } else if (csv_fini(&reader->parser, TakeField, TakeRow, reader.get()) != 0) {
    AddOpenQuote(sources, file, row_line, diagnostics);
  }
  collect();
  CheckSwallowed(sources, table, delimiter, diagnostics);
  return table;
}

std::vector<CsvRow> ParseCsvLines(std::string_view text, char delimiter,
                                  std::vector<BadLine>& bad) {
  std::vector<CsvRow> rows;
  auto reader = std::make_unique<Reader>(delimiter);
  for (int number = 1; !text.empty(); ++number) {
    const std::size_t length = std::min(text.find_first_of("\r\n"), text.size());
    const std::size_t used =
        csv_parse(&reader->parser, text.data(), length, TakeField, TakeRow, reader.get());
    if (used == length && csv_fini(&reader->parser, TakeField, TakeRow, reader.get()) == 0) {
      for (auto& fields : std::exchange(reader->finished, {}))
        rows.push_back({number, std::move(fields)});
    } else {
      if (csv_error(&reader->parser) != CSV_EPARSE) throw std::bad_alloc();
      bad.push_back({number, used == length});
      reader = std::make_unique<Reader>(delimiter);
    }
    text.remove_prefix(length);
    text.remove_prefix(std::min<std::size_t>(text.starts_with("\r\n") ? 2 : 1, text.size()));
  }
  return rows;
}

char DelimiterOf(std::string_view text) {
  std::array<std::pair<char, int>, 3> counts = {{{',', 0}, {';', 0}, {'\t', 0}}};
  bool quoted = false;
  for (const char c : text) {
    if (c == '"') quoted = !quoted;
    if (c == '\n' && !quoted) break;
    for (auto& [separator, count] : counts) count += !quoted && c == separator ? 1 : 0;
  }
  const auto most = std::max_element(counts.begin(), counts.end(),
                                     [](auto a, auto b) { return a.second < b.second; });
  return most->first;
}

std::optional<CsvTable> ReadCsv(SourceMap& sources, const std::string& path,
                                Diagnostics& diagnostics) {
  auto content = ReadTextFile(path, diagnostics);
  if (!content) return std::nullopt;
  const FileId file = sources.Add(path, std::move(*content));
  return ParseCsv(sources, file, diagnostics, DelimiterOf(sources.file(file).content));
}

}  // namespace cotejo::base
