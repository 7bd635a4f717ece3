#include <fmt/format.h>

#include "reports/format.h"
#include "reports/html/page_data.h"
#include "reports/labels.h"
#include "reports/readings.h"
#include "reports/since.h"

namespace cotejo::reports {

namespace {

using Kind = PageData::type;
using base::Language;

bool English(Language language) { return language == Language::English; }

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
                            {"sin soporte", "unsupported", totals.unsupported, "open"},
                            {"sin comprobar", "not run", totals.not_run, "open"}};
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

bool Open(const base::QueryRecord& query) {
  return query.verdict != base::Verdict::Proved && query.verdict != base::Verdict::Refuted;
}

PageData QueryRow(const base::QueryRecord& query, Language language) {
  PageData row;
  row.set("name", Breakable(query.name));
  row.set("check", CodeLabel(query.check).in(language));
  row.set("engine", EngineLabel(query.engine).in(language));
  row.set("verdict", VerdictLabel(query.verdict).in(language));
  row.set("mark", std::string(Open(query)                               ? "open"
                              : query.verdict == base::Verdict::Refuted ? "bad"
                                                                        : "good"));
  row.set("evidence", EvidenceLabel(query.evidence).in(language));
  row.set("reason", TextOrFalse(query.reason.in(language)));
  row.set("query_bounds", TextOrFalse(query.bounds.in(language)));
  return row;
}

void SetQueries(PageData& page, const base::CheckReport& checks, Language language) {
  PageData all{Kind::list};
  PageData open{Kind::list};
  for (const base::QueryRecord& query : checks.queries) {
    all << QueryRow(query, language);
    if (Open(query)) open << QueryRow(query, language);
  }
  page.set("queries", all);
  SetList(page, "open_queries", open);
  page.set("queries_summary",
           fmt::format(fmt::runtime(English(language) ? "The {} queries and their verdicts"
                                                      : "Las {} consultas y sus veredictos"),
                       FormatInteger(static_cast<std::int64_t>(checks.queries.size()), language)));
}

// ---- The catalogue and the groups ---------------------------------------------------

using Findings = std::vector<const base::Finding*>;

struct Group {
  base::Text name;
  std::vector<const base::CheckSummary*> checks;
  Findings findings;  // not suppressed, by severity
};

std::string GroupAnchor(const Group& group) { return Identifier("grupo-" + group.name.es); }

// In the order of the catalogue; what no check of it announces comes last.
std::vector<Group> Groups(const base::CheckReport& report) {
  std::vector<Group> groups;
  for (const base::CheckSummary& check : report.checks) {
    if (groups.empty() || groups.back().name != check.group)
      groups.push_back({check.group, {}, {}});
    groups.back().checks.push_back(&check);
  }
  Group others{{"otros", "others"}, {}, {}};
  for (const base::Finding& finding : report.findings) {
    if (finding.suppression) continue;
    Group* home = &others;
    for (Group& group : groups) {
      for (const base::CheckSummary* check : group.checks) {
        if (check->code == finding.code) home = &group;
      }
    }
    home->findings.push_back(&finding);
  }
  if (!others.findings.empty()) groups.push_back(std::move(others));
  return groups;
}

// The findings of a group under the heading of their severity; they come sorted by it.
PageData Levels(const Group& group, const ShownReadings& shown, Language language) {
  PageData levels{Kind::list};
  for (std::size_t from = 0; from < group.findings.size();) {
    const base::FindingSeverity severity = group.findings[from]->severity;
    std::size_t to = from;
    while (to < group.findings.size() && group.findings[to]->severity == severity) ++to;
    const auto n = static_cast<std::int64_t>(to - from);
    PageData level;
    level.set(
        "level",
        Capitalised((n == 1 ? SeverityLabel(severity) : SeverityPlural(severity)).in(language)));
    level.set("n", FormatInteger(n, language));
    const auto begin = group.findings.begin();
    level.set("findings", FindingList({begin + static_cast<std::ptrdiff_t>(from),
                                       begin + static_cast<std::ptrdiff_t>(to)},
                                      "", shown, language));
    levels << level;
    from = to;
  }
  return levels;
}

std::string OutcomeMark(const base::CheckSummary& check) {
  if (check.findings > 0) return "bad";
  const base::CheckTotals& totals = check.totals;
  if (totals.unknown + totals.unsupported + totals.not_run > 0) return "open";
  return totals.proved > 0 ? "good" : "";
}

PageData CheckRows(const Group& group, const base::CheckReport& report, Language language) {
  PageData rows{Kind::list};
  for (const base::CheckSummary* check : group.checks) {
    PageData row;
    row.set("check", CodeLabel(check->code).in(language));
    row.set("looks_for", check->title.in(language));
    row.set("asked", FormatInteger(check->totals.planned, language));
    row.set("outcome", Capitalised(DescribeOutcome(report, *check).in(language)));
    row.set("mark", OutcomeMark(*check));
    rows << row;
  }
  return rows;
}

void SetGroups(PageData& page, const base::CheckReport& report, const ShownReadings& shown,
               Language language) {
  PageData list{Kind::list};
  for (const Group& group : Groups(report)) {
    PageData data;
    data.set("group", Capitalised(group.name.in(language)));
    data.set("group_anchor", GroupAnchor(group));
    data.set("group_n", FormatInteger(static_cast<std::int64_t>(group.findings.size()), language));
    data.set("group_found", !group.findings.empty());
    SetList(data, "checks", CheckRows(group, report, language));
    data.set("levels", Levels(group, shown, language));
    list << data;
  }
  page.set("has_catalogue", !report.checks.empty());
  page.set("groups", list);
}

// Findings somebody answered for, and the file that says so.
void SetSuppressed(PageData& page, const ReportInput& input, const ShownReadings& shown,
                   Language language) {
  Findings suppressed;
  for (const base::Finding& finding : input.checks->findings) {
    if (finding.suppression) suppressed.push_back(&finding);
  }
  PageData data;
  data.set("findings", FindingList(suppressed, "", shown, language));
  page.set("has_suppressed", !suppressed.empty());
  page.set("suppressed_list", data);
  if (!input.suppressions) {
    page.set("suppression_file", false);
    return;
  }
  page.set("suppression_file",
           fmt::format(fmt::runtime(English(language) ? "{} (entries: {}), judged as of {}."
                                                      : "{} (entradas: {}), juzgado al {}."),
                       input.suppressions->file, input.suppressions->entries,
                       FormatLongDate(input.suppressions->today, language)));
}

void SetTried(PageData& page, const ReadingsTried& tried, Language language) {
  page.set("several_readings", tried.scope != ReadingScope::Assumed);
  page.set("always", tried.scope == ReadingScope::Always);
  PageData list{Kind::list};
  for (const base::Text& assignment : tried.assignments) list << PageData{assignment.in(language)};
  page.set("assignments", list);
  page.set("assignments_n",
           FormatInteger(static_cast<std::int64_t>(tried.assignments.size()), language));
}

PageData Lines(const std::vector<base::Text>& texts, Language language) {
  PageData list{Kind::list};
  for (const base::Text& text : texts) list << PageData{text.in(language)};
  return list;
}

std::string Balance(const FindingChanges& changes, Language language) {
  std::string balance =
      fmt::format(fmt::runtime(English(language) ? "Solved: {}. Introduced: {}. "
                                                 : "Resueltos: {}. Introducidos: {}. "),
                  changes.solved.size(), changes.introduced.size());
  if (!changes.changed.empty()) {
    balance += fmt::format(fmt::runtime(English(language) ? "Still there, with other figures: {}. "
                                                          : "Siguen, con otras cifras: {}. "),
                           changes.changed.size());
  }
  balance += fmt::format(fmt::runtime(English(language) ? "Unchanged: {}." : "Sin cambio: {}."),
                         changes.kept);
  if (!changes.open.empty()) {
    balance +=
        fmt::format(fmt::runtime(English(language) ? " Undecided: {} {}." : " Sin decidir: {} {}."),
                    changes.open.size(), DescribeOpenChanges().in(language));
  }
  return balance;
}

void SetSolved(PageData& data, const FindingChanges& changes, Language language) {
  PageData list{Kind::list};
  for (const base::Finding* finding : changes.solved) {
    PageData one;
    one.set("anchor", FindingAnchor("", *finding));
    one.set("title", Capitalised(DescribeSolved(changes, *finding).in(language)));
    one.set("code", CodeLabel(finding->code).in(language));
    PageData articles{Kind::list};
    for (const base::Citation& article : finding->articles) articles << PageData{article.str()};
    one.set("articles", articles);
    list << one;
  }
  SetList(data, "solved", list);
}

// What each said and says, and then the findings as they are in the amended text.
void SetStill(PageData& data, const std::vector<ChangedFinding>& changed, const std::string& anchor,
              const ShownReadings& shown, Language language) {
  PageData lines{Kind::list};
  std::vector<const base::Finding*> now;
  for (const ChangedFinding& finding : changed) {
    PageData line;
    line.set("anchor", FindingAnchor("", *finding.before));
    line.set("text", Capitalised(DescribeChanged(finding).in(language)));
    line.set("code", CodeLabel(finding.after->code).in(language));
    lines << line;
    now.push_back(finding.after);
  }
  SetList(data, "still", lines);
  PageData blocks;
  blocks.set("findings", FindingList(now, anchor, shown, language));
  data.set("still_blocks", blocks);
}

// What gave no finding of the amended text and is no proof: its totals alone would not say why.
PageData Unanswered(const base::CheckReport& checks, Language language) {
  PageData list{Kind::list};
  for (const base::QueryRecord& query : checks.queries) {
    if (query.verdict == base::Verdict::Unknown || query.verdict == base::Verdict::Unsupported)
      list << QueryRow(query, language);
  }
  return list;
}

void SetAmendmentChecks(PageData& data, const ReportInput& input, const AmendmentInfo& amendment,
                        const std::string& anchor, Language language) {
  data.set("has_checks", amendment.checks.has_value());
  if (!amendment.checks) return;
  data.set("totals", Totals(amendment.checks->totals, language));
  const base::CheckReport none;
  const base::CheckReport& in_force = input.checks ? *input.checks : none;
  const FindingChanges changes = CompareFindings(in_force, *amendment.checks);
  data.set("balance", Balance(changes, language));
  SetList(data, "unanswered", Unanswered(*amendment.checks, language));
  const ShownReadings shown{CommonReading(*amendment.checks),
                            AssignmentsOf(*amendment.checks, in_force, input.tried.assignments),
                            nullptr};
  SetSolved(data, changes, language);
  data.set("has_introduced", !changes.introduced.empty());
  data.set("findings", FindingList(changes.introduced, anchor, shown, language));
  SetStill(data, changes.changed, anchor, shown, language);
}

}  // namespace

void SetChecks(PageData& page, const ReportInput& input, Language language) {
  page.set("has_checks", input.checks.has_value());
  if (!input.checks) return;
  const base::CheckReport& checks = *input.checks;
  const ShownReadings shown{CommonReading(checks), input.tried.assignments, &input.exposure};
  page.set("common_reading", TextOrFalse(shown.common.in(language)));
  page.set("no_findings", checks.findings.empty());
  SetGroups(page, checks, shown, language);
  SetSuppressed(page, input, shown, language);
  SetTried(page, input.tried, language);
  page.set("counts", SeverityCounts(CountFindings(checks), language));
  page.set("totals", Totals(checks.totals, language));
  page.set("nothing_checked", checks.totals.run == 0);
  page.set("undecided", checks.totals.unknown + checks.totals.unsupported > 0);
  page.set("undecided_text", UndecidedText(checks.totals, language));
  SetQueries(page, checks, language);
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
    SetList(data, "changes", Lines(amendment.changes, language));
    SetAmendmentChecks(data, input, amendment, anchor, language);
    list << data;
  }
  SetList(page, "amendments", list);
}

}  // namespace cotejo::reports
