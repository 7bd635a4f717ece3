#include <fmt/format.h>

#include "reports/format.h"
#include "reports/html/page_data.h"
#include "reports/labels.h"

namespace cotejo::reports {

namespace {

using Kind = PageData::type;
using base::Language;

// More facts than this in one month are set in two columns.
constexpr std::size_t kManyFacts = 8;

bool English(Language language) { return language == Language::English; }

std::string SeverityClass(base::FindingSeverity severity) {
  return SeverityLabel(severity).en;  // error, warning, information: also the style's names
}

PageData Articles(const std::vector<base::Citation>& articles) {
  PageData list{Kind::list};
  for (const base::Citation& article : articles) list << PageData{article.str()};
  return list;
}

PageData Texts(const std::vector<base::Text>& texts, Language language) {
  PageData list{Kind::list};
  for (const base::Text& text : texts) list << PageData{text.in(language)};
  return list;
}

PageData MonthData(const std::vector<base::WitnessFact>& facts, std::size_t from, std::size_t to,
                   Language language) {
  PageData list{Kind::list};
  for (std::size_t i = from; i < to; ++i) {
    PageData fact;
    fact.set("iso", facts[i].date.str());
    fact.set("day", FormatDay(facts[i].date, language));
    fact.set("text", facts[i].description.in(language));
    list << fact;
  }
  PageData month;
  month.set("month", FormatMonth(facts[from].date, language));
  month.set("many", to - from > kManyFacts);
  month.set("facts", list);
  return month;
}

// Facts under the heading of their month, in the order of the history.
PageData Months(const std::vector<base::WitnessFact>& facts, Language language) {
  PageData months{Kind::list};
  for (std::size_t from = 0; from < facts.size();) {
    std::size_t to = from + 1;
    while (to < facts.size() &&
           facts[to].date.first_of_month() == facts[from].date.first_of_month()) {
      ++to;
    }
    months << MonthData(facts, from, to, language);
    from = to;
  }
  return months;
}

void SetWitness(PageData& data, const base::Witness& witness, Language language) {
  data.set("has_witness", !witness.facts.empty() || !witness.answers.empty() ||
                              !witness.person.empty() || !witness.csv.empty());
  SetList(data, "person", Texts(witness.person, language));
  data.set("months", Months(witness.facts, language));
  PageData answers{Kind::list};
  for (const base::WitnessAnswer& answer : witness.answers) {
    PageData row;
    row.set("article", answer.article.str());
    row.set("rule", Breakable(answer.rule));
    row.set("text", answer.description.in(language));
    row.set("stands", answer.stands);
    answers << row;
  }
  SetList(data, "answers", answers);
  data.set("replayed", witness.replayed);
  data.set("csv", TextOrFalse(witness.csv));
}

PageData FindingData(const base::Finding& finding, const std::string& prefix, Language language) {
  PageData data;
  data.set("id", finding.id);
  data.set("anchor", FindingAnchor(prefix, finding));
  data.set("severity", SeverityClass(finding.severity));
  data.set("severity_label", SeverityLabel(finding.severity).in(language));
  data.set("open", finding.severity == base::FindingSeverity::Error);
  data.set("code", CodeLabel(finding.code).in(language));
  data.set("title", Capitalised(finding.title.in(language)));
  data.set("explanation", Capitalised(finding.explanation.in(language)));
  data.set("articles", Articles(finding.articles));
  SetList(data, "region", Texts(finding.region, language));
  data.set("resolution", TextOrFalse(finding.resolution.in(language)));
  data.set("reading", TextOrFalse(finding.reading.in(language)));
  data.set("bounds", TextOrFalse(finding.bounds.in(language)));
  SetWitness(data, finding.witness, language);
  PageData passages{Kind::list};
  for (const base::PassageQuote& quote : finding.passages) {
    PageData passage;
    passage.set("article", quote.citation.str());
    passage.set("text", quote.text);
    passages << passage;
  }
  SetList(data, "passages", passages);
  return data;
}

PageData Totals(const base::CheckTotals& totals, Language language) {
  struct Column {
    const char* es;
    const char* en;
    int n;
    const char* mark;  // style when there are any
  };
  const Column columns[] = {{"planeadas", "planned", totals.planned, ""},
                            {"ejecutadas", "run", totals.run, ""},
                            {"probadas", "proved", totals.proved, "good"},
                            {"refutadas", "refuted", totals.refuted, "bad"},
                            {"desconocidas", "unknown", totals.unknown, "open"},
                            {"sin soporte", "unsupported", totals.unsupported, "open"}};
  PageData list{Kind::list};
  for (const Column& column : columns) {
    PageData data;
    data.set("label", std::string(English(language) ? column.en : column.es));
    data.set("n", FormatInteger(column.n, language));
    data.set("mark", std::string(column.n > 0 ? column.mark : ""));
    list << data;
  }
  return list;
}

PageData SeverityCounts(const FindingCounts& counts, Language language) {
  using S = base::FindingSeverity;
  PageData list{Kind::list};
  for (const auto& [severity, n] : {std::pair{S::Error, counts.errors},
                                    {S::Warning, counts.warnings},
                                    {S::Information, counts.information}}) {
    PageData data;
    data.set("severity", SeverityClass(severity));
    data.set("n", FormatInteger(n, language));
    data.set("none", n == 0);
    data.set("label", (n == 1 ? SeverityLabel(severity) : SeverityPlural(severity)).in(language));
    list << data;
  }
  return list;
}

std::string UndecidedText(const base::CheckTotals& totals, Language language) {
  return fmt::format(
      fmt::runtime(
          English(language)
              ? "Queries left undecided: {} (unknown: {}, unsupported: {}). That they show "
                "no finding is no proof. The reasons are in the appendix."
              : "Consultas sin resolver: {} (desconocidas: {}, sin soporte: {}). Que no "
                "muestren hallazgos no es una prueba. Los motivos están en el anexo."),
      FormatInteger(totals.unknown + totals.unsupported, language),
      FormatInteger(totals.unknown, language), FormatInteger(totals.unsupported, language));
}

PageData Queries(const std::vector<base::QueryRecord>& queries, Language language) {
  PageData list{Kind::list};
  for (const base::QueryRecord& query : queries) {
    PageData row;
    row.set("name", Breakable(query.name));
    row.set("check", CodeLabel(query.check).in(language));
    row.set("engine", EngineLabel(query.engine).in(language));
    row.set("verdict", VerdictLabel(query.verdict).in(language));
    const bool open =
        query.verdict == base::Verdict::Unknown || query.verdict == base::Verdict::Unsupported;
    row.set("mark", std::string(open                                      ? "open"
                                : query.verdict == base::Verdict::Refuted ? "bad"
                                                                          : "good"));
    row.set("reason", query.reason.in(language));
    list << row;
  }
  return list;
}

std::string Balance(const FindingChanges& changes, Language language) {
  return fmt::format(
      fmt::runtime(English(language) ? "Solved: {}. Introduced: {}. Unchanged: {}."
                                     : "Resueltos: {}. Introducidos: {}. Sin cambio: {}."),
      changes.solved.size(), changes.introduced.size(), changes.kept);
}

void SetAmendmentChecks(PageData& data, const ReportInput& input, const AmendmentInfo& amendment,
                        const std::string& anchor, Language language) {
  data.set("has_checks", amendment.checks.has_value());
  if (!amendment.checks) return;
  data.set("totals", Totals(amendment.checks->totals, language));
  const base::CheckReport none;
  const FindingChanges changes =
      CompareFindings(input.checks ? *input.checks : none, *amendment.checks);
  data.set("balance", Balance(changes, language));
  PageData solved{Kind::list};
  for (const base::Finding* finding : changes.solved) solved << FindingData(*finding, "", language);
  SetList(data, "solved", solved);
  PageData introduced{Kind::list};
  for (const base::Finding* finding : changes.introduced) {
    introduced << FindingData(*finding, anchor, language);
  }
  data.set("has_introduced", !changes.introduced.empty());
  data.set("findings", introduced);
}

// What an id may hold in a page and after '#'.
std::string Identifier(const std::string& text) {
  std::string out;
  for (const char c : text) {
    const bool blank = static_cast<unsigned char>(c) <= 0x20 || c == '#' || c == '%';
    out += blank ? '-' : c;
  }
  return out;
}

}  // namespace

PageData TextOrFalse(const std::string& text) {
  return text.empty() ? PageData{false} : PageData{text};
}

std::string Breakable(const std::string& name) {
  std::string out;
  for (const char c : kainjow::mustache::html_escape(name)) {
    out += c;
    if (c == '_') out += "<wbr>";
  }
  return out;
}

void SetList(PageData& data, const std::string& name, const PageData& list) {
  data.set("has_" + name, !list.is_empty_list());
  data.set(name, list);
}

std::string FindingAnchor(const std::string& prefix, const base::Finding& finding) {
  return Identifier(prefix.empty() ? finding.id : prefix + "-" + finding.id);
}

void SetChecks(PageData& page, const base::CheckReport& checks, Language language) {
  PageData findings{Kind::list};
  for (const base::Finding& finding : checks.findings) {
    findings << FindingData(finding, "", language);
  }
  page.set("findings", findings);
  page.set("no_findings", checks.findings.empty());
  page.set("counts", SeverityCounts(CountFindings(checks), language));
  page.set("totals", Totals(checks.totals, language));
  page.set("nothing_checked", checks.totals.run == 0);
  page.set("undecided", checks.totals.unknown + checks.totals.unsupported > 0);
  page.set("undecided_text", UndecidedText(checks.totals, language));
  page.set("queries", Queries(checks.queries, language));
  page.set("queries_summary",
           fmt::format(fmt::runtime(English(language) ? "The {} queries and their verdicts"
                                                      : "Las {} consultas y sus veredictos"),
                       FormatInteger(static_cast<std::int64_t>(checks.queries.size()), language)));
}

void SetAmendments(PageData& page, const ReportInput& input, Language language) {
  PageData list{Kind::list};
  for (std::size_t i = 0; i < input.amendments.size(); ++i) {
    const AmendmentInfo& amendment = input.amendments[i];
    PageData data;
    const std::string anchor = Identifier("enmienda-" + amendment.id);
    data.set("anchor", anchor);
    data.set("title", Capitalised(amendment.title.in(language)));
    data.set("last", i + 1 == input.amendments.size());
    SetList(data, "changes", Texts(amendment.changes, language));
    SetAmendmentChecks(data, input, amendment, anchor, language);
    list << data;
  }
  SetList(page, "amendments", list);
}

}  // namespace cotejo::reports
