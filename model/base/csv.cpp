#include "model/base/csv.h"

#include <csv.h>

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

void AddGivenUp(FileId file, Diagnostics& diagnostics) {
  const std::string count = std::to_string(kMostBadRows);
  diagnostics.Add({"csv-abandonado",
                   Severity::Error,
                   {file, 0, 0},
                   {"se dejó de leer tras " + count + " filas con comillas fuera de lugar",
                    "gave up after " + count + " rows with misplaced quotes"},
                   {"revise que el archivo es CSV", "check that the file is CSV"},
                   {}});
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
    AddGivenUp(file, diagnostics);
  } else if (csv_fini(&reader->parser, TakeField, TakeRow, reader.get()) != 0) {
    AddOpenQuote(sources, file, row_line, diagnostics);
  }
  collect();
  return table;
}

std::optional<CsvTable> ReadCsv(SourceMap& sources, const std::string& path,
                                Diagnostics& diagnostics) {
  auto content = ReadTextFile(path, diagnostics);
  if (!content) return std::nullopt;
  const FileId file = sources.Add(path, std::move(*content));
  return ParseCsv(sources, file, diagnostics);
}

}  // namespace cotejo::base
