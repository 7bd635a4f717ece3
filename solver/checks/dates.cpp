// One norm with two dates: in the imported text, or in the text and in the norm file.
#include <map>

#include "model/citations/prose.h"
#include "solver/checks/plans.h"
#include "solver/checks/quotes.h"
#include "solver/checks/wording.h"

namespace cotejo::checks {

using base::Date;
using base::Text;

namespace {

constexpr const char* kCode = "fechas-distintas";

struct Dated {
  base::PassageQuote quote;
  Date date;
};

using DatesByNorm = std::map<std::string, std::vector<Dated>>;

DatesByNorm DatesIn(const std::vector<Piece>& pieces) {
  DatesByNorm dates;
  for (const Piece& piece : pieces) {
    for (const citations::DatedNorm& found : citations::DatedNormsIn(piece.text, piece.heading)) {
      std::vector<Dated>& of = dates[found.name];
      const base::PassageQuote quote = QuoteOf(piece, found.begin, found.end);
      // A heading that the document repeats is one place.
      const bool known = std::any_of(of.begin(), of.end(), [&](const Dated& other) {
        return other.quote.citation == quote.citation && other.quote.text == quote.text;
      });
      if (!known) of.push_back({quote, found.date});
    }
  }
  return dates;
}

// "2000-04-20 (RIP:3.f, DS1212:unico.II)"
std::string Place(Date date, const std::vector<base::Citation>& where) {
  return date.str() + " (" + base::JoinCitations(where) + ")";
}

std::optional<base::Finding> Compare(const std::string& name, const std::vector<Dated>& places,
                                     std::optional<Date> issued) {
  std::map<Date, std::vector<base::Citation>> where;
  for (const Dated& place : places) where[place.date].push_back(place.quote.citation);
  const bool undeclared = issued && !where.contains(*issued);
  if (where.size() < 2 && !undeclared) return std::nullopt;
  std::string dates;
  for (const auto& [date, citations] : where)
    dates += (dates.empty() ? "" : "; ") + Place(date, citations);
  base::Finding finding = TextFinding(
      kCode, base::FindingSeverity::Warning, name,
      where.size() > 1
          ? Text{"el texto da a " + name + " fechas distintas: " + dates,
                 "the text gives " + name + " different dates: " + dates}
          : Text{"el texto da a " + name + " otra fecha que la declarada: " + dates,
                 "the text gives " + name + " another date than the declared one: " + dates},
      {});
  const bool one_is_declared = issued && where.contains(*issued) && where.size() > 1;
  const std::string declared = issued ? issued->str() : "";
  finding.explanation = {
      "una norma tiene una sola fecha de emisión; quien busque la norma por la fecha equivocada no "
      "la encuentra o encuentra otra",
      "a norm has one date of issue; whoever looks it up by the wrong date does not find it, or "
      "finds another"};
  if (one_is_declared) {
    finding.explanation.es += ". La declarada en el archivo de la norma es " + declared;
    finding.explanation.en += ". The one declared in the norm file is " + declared;
  } else if (undeclared) {
    finding.explanation.es += ". El archivo de la norma declara " + declared;
    finding.explanation.en += ". The norm file declares " + declared;
  }
  for (const Dated& place : places) {
    finding.articles.push_back(place.quote.citation);
    finding.passages.push_back(place.quote);
  }
  finding.articles = Unique(std::move(finding.articles));
  return finding;
}

void CheckDates(const CheckContext& context, base::CheckReport& report) {
  const std::vector<Piece> pieces = PiecesOf(context.input.text->document);
  const DatesByNorm dates = DatesIn(pieces);
  if (dates.empty()) {
    const std::string looked = std::to_string(pieces.size());
    RecordLooked(report, kCode, "normas con fecha", "texto", false,
                 {looked + " textos; ninguno nombra una norma con su fecha",
                  looked + " texts; none names a norm with its date"});
  }
  for (const auto& [name, places] : dates) {
    std::optional<Date> issued;
    for (const rules::Norm& norm : context.rules.norms) {
      if (norm.name == name) issued = norm.issued;
    }
    std::optional<base::Finding> finding = Compare(name, places, issued);
    Text bounds{"la nombran con fecha " + Counted(places.size(), "lugar", "lugares") + " de " +
                    std::to_string(pieces.size()) + " textos",
                "named with a date in " + Counted(places.size(), "place", "places") + " of " +
                    std::to_string(pieces.size()) + " texts"};
    if (!issued) {
      bounds.es += "; el modelo no declara la suya";
      bounds.en += "; the model does not declare it";
    }
    RecordLooked(report, kCode, name, "texto", finding.has_value(), bounds);
    if (!finding) continue;
    finding->bounds = bounds;
    report.findings.push_back(std::move(*finding));
  }
}

}  // namespace

void PlanDifferentDates(const CheckContext& context, std::vector<Task>& tasks) {
  tasks.push_back(
      {kCode, {}, [&context](base::CheckReport& report) { CheckDates(context, report); }});
}

}  // namespace cotejo::checks
