// The file of kept facts: docs/hechos-guardados.md.
#include <bit>
#include <cstring>

#include "model/base/bytes.h"
#include "model/rules/content_hash.h"
#include "scenarios/rescan/facts.h"

namespace cotejo::rescan {
namespace {

// A change of what is written, or of what is simulated, is another version.
constexpr std::string_view kMark = "cotejo-hechos 5\n";
constexpr std::size_t kDigest = 32;  // hexadecimal digits

static_assert(std::endian::native == std::endian::little,
              "the codes of two bytes are written as they are in memory");

std::string DigestOfBytes(std::string_view bytes) { return rules::Hasher().Add(bytes).str(); }

std::string_view Bytes(const void* data, std::size_t size) {
  return {static_cast<const char*>(data), size};
}

template <typename Number>
std::vector<std::int64_t> Wide(const std::vector<Number>& numbers) {
  return {numbers.begin(), numbers.end()};
}

template <typename Number>
std::vector<Number> Narrow(const std::vector<std::int64_t>& numbers) {
  std::vector<Number> narrow;
  for (const std::int64_t number : numbers) narrow.push_back(static_cast<Number>(number));
  return narrow;
}

void WriteState(const State& state, base::ByteWriter& writer) {
  writer.Number(static_cast<std::int64_t>(state.applied.size()));
  for (const Application& applied : state.applied) {
    writer.Number(static_cast<std::int64_t>(applied.rule));
    writer.Numbers(Wide(applied.through));
    writer.Numbers(applied.quantities);
  }
  writer.Numbers(state.measures);
}

State ReadState(base::ByteReader& reader) {
  State state;
  for (std::int64_t left = reader.Number(); left > 0 && reader.ok(); --left) {
    Application applied;
    applied.rule = static_cast<int>(reader.Number());
    applied.through = Narrow<int>(reader.Numbers());
    applied.quantities = reader.Numbers();
    state.applied.push_back(std::move(applied));
  }
  state.measures = reader.Numbers();
  return state;
}

void WriteColumn(const Column& column, base::ByteWriter& writer) {
  writer.Number(static_cast<std::int64_t>(column.subject));
  writer.Numbers(Wide(column.rules));
  writer.Numbers(Wide(column.measures));
  writer.Number(static_cast<std::int64_t>(column.states.size()));
  for (const State& state : column.states) WriteState(state, writer);
  writer.Number(static_cast<std::int64_t>(column.wide ? 2 : 1));
  writer.Text(Bytes(column.codes.data(), column.codes.size()));
}

Column ReadColumn(base::ByteReader& reader) {
  Column column;
  column.subject = static_cast<int>(reader.Number());
  column.rules = Narrow<int>(reader.Numbers());
  column.measures = Narrow<int>(reader.Numbers());
  for (std::int64_t left = reader.Number(); left > 0 && reader.ok(); --left)
    column.states.push_back(ReadState(reader));
  column.wide = reader.Number() == 2;
  const std::string codes = reader.Text();
  column.codes.assign(codes.begin(), codes.end());
  return column;
}

std::string WriteBody(const MonthFacts& facts) {
  base::ByteWriter writer;
  writer.Text(facts.regulation);
  writer.Text(facts.population);
  writer.Text(facts.population_name);
  for (const std::int64_t number :
       {static_cast<std::int64_t>(facts.gestion), static_cast<std::int64_t>(facts.seed),
        static_cast<std::int64_t>(facts.replications), static_cast<std::int64_t>(facts.staff),
        facts.unit, static_cast<std::int64_t>(facts.columns.size())})
    writer.Number(number);
  for (const Column& column : facts.columns) WriteColumn(column, writer);
  for (const auto& standing : facts.standings)
    writer.Text(Bytes(standing.data(), standing.size() * sizeof(standing[0])));
  writer.Number(static_cast<std::int64_t>(facts.stays.size()));
  for (const Stay& stay : facts.stays) {
    for (const std::int64_t number :
         {static_cast<std::int64_t>(stay.replication), static_cast<std::int64_t>(stay.row),
          static_cast<std::int64_t>(stay.person), static_cast<std::int64_t>(stay.first),
          static_cast<std::int64_t>(stay.last)})
      writer.Number(number);
    writer.Numbers(Wide(stay.closing));
    for (const std::uint16_t count : stay.standings)
      writer.Number(static_cast<std::int64_t>(count));
  }
  writer.Number(static_cast<std::int64_t>(facts.pay.size()));
  for (const auto& months : facts.pay) {
    for (const std::int64_t pay : months) writer.Number(pay);
  }
  writer.Text(Bytes(facts.pay_of.data(), facts.pay_of.size() * sizeof(facts.pay_of[0])));
  writer.Number(static_cast<std::int64_t>(facts.results.size()));
  for (const Result& result : facts.results) {
    writer.Text(result.key);
    writer.Number(result.scale);
    writer.Numbers(result.values);
  }
  writer.Number(static_cast<std::int64_t>(facts.series.size()));
  for (const Series& series : facts.series) {
    writer.Text(series.key);
    writer.Text(series.label.es);
    writer.Text(series.label.en);
    writer.Number(static_cast<std::int64_t>(series.months.size()));
    for (const double month : series.months) writer.Number(std::bit_cast<std::int64_t>(month));
  }
  writer.Number(static_cast<std::int64_t>(facts.assumptions.size()));
  for (const base::Text& text : facts.assumptions) {
    writer.Text(text.es);
    writer.Text(text.en);
  }
  return writer.bytes();
}

template <typename Number>
std::vector<Number> ReadRaw(base::ByteReader& reader) {
  const std::string bytes = reader.Text();
  std::vector<Number> numbers(bytes.size() / sizeof(Number));
  std::memcpy(numbers.data(), bytes.data(), numbers.size() * sizeof(Number));
  return numbers;
}

MonthFacts ReadBody(base::ByteReader& reader) {
  MonthFacts facts;
  facts.regulation = reader.Text();
  facts.population = reader.Text();
  facts.population_name = reader.Text();
  facts.gestion = static_cast<int>(reader.Number());
  facts.seed = static_cast<std::uint64_t>(reader.Number());
  facts.replications = static_cast<int>(reader.Number());
  facts.staff = static_cast<std::size_t>(reader.Number());
  facts.unit = reader.Number();
  for (std::int64_t left = reader.Number(); left > 0 && reader.ok(); --left)
    facts.columns.push_back(ReadColumn(reader));
  for (auto& standing : facts.standings) standing = ReadRaw<std::uint16_t>(reader);
  for (std::int64_t left = reader.Number(); left > 0 && reader.ok(); --left) {
    Stay stay;
    stay.replication = static_cast<std::int32_t>(reader.Number());
    stay.row = static_cast<std::uint32_t>(reader.Number());
    stay.person = static_cast<std::uint32_t>(reader.Number());
    stay.first = static_cast<std::int32_t>(reader.Number());
    stay.last = static_cast<std::int32_t>(reader.Number());
    stay.closing = Narrow<std::uint16_t>(reader.Numbers());
    for (std::uint16_t& count : stay.standings) count = static_cast<std::uint16_t>(reader.Number());
    facts.stays.push_back(stay);
  }
  for (std::int64_t left = reader.Number(); left > 0 && reader.ok(); --left) {
    facts.pay.emplace_back();
    for (std::int64_t& pay : facts.pay.back()) pay = reader.Number();
  }
  facts.pay_of = ReadRaw<std::uint32_t>(reader);
  for (std::int64_t left = reader.Number(); left > 0 && reader.ok(); --left) {
    Result result;
    result.key = reader.Text();
    result.scale = reader.Number();
    result.values = reader.Numbers();
    facts.results.push_back(std::move(result));
  }
  for (std::int64_t left = reader.Number(); left > 0 && reader.ok(); --left) {
    Series series;
    series.key = reader.Text();
    series.label.es = reader.Text();
    series.label.en = reader.Text();
    for (std::int64_t months = reader.Number(); months > 0 && reader.ok(); --months)
      series.months.push_back(std::bit_cast<double>(reader.Number()));
    facts.series.push_back(std::move(series));
  }
  for (std::int64_t left = reader.Number(); left > 0 && reader.ok(); --left) {
    base::Text text;
    text.es = reader.Text();
    text.en = reader.Text();
    facts.assumptions.push_back(std::move(text));
  }
  return facts;
}

std::nullopt_t Refuse(const std::string& path, const base::Text& why,
                      base::Diagnostics& diagnostics) {
  diagnostics.Add({"hechos-ilegibles",
                   base::Severity::Error,
                   {},
                   {path + ": " + why.es, path + ": " + why.en},
                   {"guárdelos otra vez con simular --guardar-hechos",
                    "keep them again with simulate --keep-facts"},
                   {}});
  return std::nullopt;
}

}  // namespace

std::string Write(const MonthFacts& facts) {
  const std::string body = WriteBody(facts);
  return std::string(kMark) + DigestOfBytes(body) + body;
}

std::optional<MonthFacts> Read(const std::string& path, const std::string& bytes,
                               base::Diagnostics& diagnostics) {
  const std::string_view all = bytes;
  if (!all.starts_with(kMark)) {
    const bool other = all.starts_with(kMark.substr(0, kMark.find(' ')));
    return Refuse(path,
                  other ? base::Text{"los hechos se guardaron con otra versión del programa",
                                     "the facts were kept by another version of the program"}
                        : base::Text{"no es un archivo de hechos guardados",
                                     "it is not a file of kept facts"},
                  diagnostics);
  }
  const std::string_view rest = all.substr(kMark.size());
  const std::string_view body = rest.substr(std::min(rest.size(), kDigest));
  base::ByteReader reader(body);
  if (rest.size() < kDigest || DigestOfBytes(body) != rest.substr(0, kDigest))
    return Refuse(path, {"el archivo está cortado o alterado", "the file is cut short or altered"},
                  diagnostics);
  MonthFacts facts = ReadBody(reader);
  if (!reader.finished())
    return Refuse(path, {"el archivo no tiene la forma esperada", "the file is not as expected"},
                  diagnostics);
  return facts;
}

}  // namespace cotejo::rescan
