#include <fmt/format.h>

#include <algorithm>

#include "reports/format.h"
#include "reports/labels.h"
#include "reports/terminal/terminal.h"

namespace cotejo::reports {

namespace {

using base::Language;

bool English(Language language) { return language == Language::English; }

std::string Paint(const std::string& text, base::FindingSeverity severity, bool colour) {
  if (!colour) return text;
  const char* code = severity == base::FindingSeverity::Error     ? "1;31"
                     : severity == base::FindingSeverity::Warning ? "1;33"
                                                                  : "1;34";
  return fmt::format("\x1b[{}m{}\x1b[0m", code, text);
}

// "  label    text", the text wrapped under itself.
void AddField(std::string& out, const std::string& label, const std::string& text, int width) {
  constexpr std::size_t kLabel = 11;
  if (text.empty()) return;
  const auto room = static_cast<std::size_t>(std::max(30, width - static_cast<int>(kLabel) - 3));
  bool first = true;
  for (const std::string& line : Wrap(text, room)) {
    out += "  " + PadRight(first ? label : "", kLabel) + " " + line + "\n";
    first = false;
  }
}

void AddWitness(std::string& out, const base::Witness& witness, const TerminalOptions& options) {
  const Language language = options.language;
  const bool english = English(language);
  std::string label = english ? "case" : "caso";
  for (const base::Text& attribute : witness.person) {
    AddField(out, label, attribute.in(language), options.width);
    label.clear();
  }
  for (const base::WitnessFact& fact : witness.facts) {
    AddField(out, label, FormatDate(fact.date, language) + "  " + fact.description.in(language),
             options.width);
    label.clear();
  }
  label = english ? "answers" : "responden";
  for (const base::WitnessAnswer& answer : witness.answers) {
    const std::string status =
        answer.stands ? (english ? "stands" : "queda en pie") : (english ? "yields" : "cede");
    AddField(out, label,
             fmt::format("{} ({}): {}; {}", answer.article.str(), answer.rule,
                         answer.description.in(language), status),
             options.width);
    label.clear();
  }
}

std::string FindingBlock(const base::Finding& finding, const TerminalOptions& options) {
  const Language language = options.language;
  const bool english = English(language);
  std::string out = fmt::format(
      "{} [{}] {}\n",
      Paint(SeverityLabel(finding.severity).in(language), finding.severity, options.colour),
      CodeLabel(finding.code).in(language), base::JoinCitations(finding.articles));
  const auto room = static_cast<std::size_t>(std::max(30, options.width - 2));
  for (const std::string& line : Wrap(finding.title.in(language), room)) out += "  " + line + "\n";
  bool first = true;
  for (const base::Text& box : finding.region) {
    AddField(out, first ? (english ? "where" : "dónde") : "", box.in(language), options.width);
    first = false;
  }
  AddField(out, english ? "order" : "orden", finding.resolution.in(language), options.width);
  if (options.witnesses) {
    AddWitness(out, finding.witness, options);
    std::string label = english ? "text" : "texto";
    for (const base::PassageQuote& quote : finding.passages) {
      AddField(out, label, quote.citation.str() + ": «" + quote.text + "»", options.width);
      label.clear();
    }
  }
  if (!finding.witness.replayed) {
    AddField(out, english ? "caution" : "cuidado",
             english ? "the case was not replayed in the interpreter"
                     : "el caso no se repitió en el intérprete",
             options.width);
  }
  AddField(out, "id", finding.id, options.width);
  return out;
}

std::string CountLine(const FindingCounts& counts, Language language) {
  using S = base::FindingSeverity;
  std::string out = English(language) ? "findings: " : "hallazgos: ";
  bool first = true;
  for (const auto& [severity, n] : {std::pair{S::Error, counts.errors},
                                    {S::Warning, counts.warnings},
                                    {S::Information, counts.information}}) {
    if (!first) out += " · ";
    first = false;
    const base::Text label = n == 1 ? SeverityLabel(severity) : SeverityPlural(severity);
    out += fmt::format("{} {}", n, label.in(language));
  }
  return out + "\n";
}

// Undecided queries by name: that they gave no finding is no proof.
std::string Undecided(const base::CheckReport& checks, const TerminalOptions& options) {
  std::string out;
  for (const base::QueryRecord& query : checks.queries) {
    if (query.verdict == base::Verdict::Proved || query.verdict == base::Verdict::Refuted) continue;
    out += fmt::format("  {}: {}", VerdictLabel(query.verdict).in(options.language), query.name);
    if (!query.reason.empty()) out += "; " + query.reason.in(options.language);
    out += "\n";
  }
  return out;
}

}  // namespace

std::string FormatTotals(const base::CheckTotals& totals, Language language) {
  return fmt::format(
      fmt::runtime(English(language) ? "queries: planned {} · run {} · proved {} · refuted {} · "
                                       "unknown {} · unsupported {}\n"
                                     : "consultas: planeadas {} · ejecutadas {} · probadas {} · "
                                       "refutadas {} · desconocidas {} · sin soporte {}\n"),
      totals.planned, totals.run, totals.proved, totals.refuted, totals.unknown,
      totals.unsupported);
}

std::string FormatChecks(const base::CheckReport& checks, const TerminalOptions& options) {
  std::string out;
  for (const base::Finding& finding : checks.findings) {
    out += FindingBlock(finding, options) + "\n";
  }
  out += CountLine(CountFindings(checks), options.language);
  out += FormatTotals(checks.totals, options.language);
  out += Undecided(checks, options);
  if (checks.totals.run == 0) {
    out += English(options.language) ? "nothing was checked; this is no result\n"
                                     : "no se comprobó nada; esto no es un resultado\n";
  }
  const ExitStatus status = CheckExitStatus(checks);
  out += fmt::format("{} {}: {}\n", English(options.language) ? "exit status" : "estado de salida",
                     static_cast<int>(status), DescribeExitStatus(status).in(options.language));
  return out;
}

std::string FormatAmendments(const ReportInput& input, const TerminalOptions& options) {
  const bool english = English(options.language);
  std::string out;
  for (const AmendmentInfo& amendment : input.amendments) {
    out += fmt::format("{}: {}\n", english ? "amendment" : "enmienda",
                       amendment.title.in(options.language));
    for (const base::Text& change : amendment.changes) {
      AddField(out, english ? "changes" : "cambia", change.in(options.language), options.width);
    }
    if (!amendment.checks) {
      out += english ? "  its findings were not looked for\n" : "  no se buscaron sus hallazgos\n";
      continue;
    }
    const base::CheckReport none;
    const FindingChanges changes =
        CompareFindings(input.checks ? *input.checks : none, *amendment.checks);
    out +=
        fmt::format(fmt::runtime(english ? "  findings: solved {} · introduced {} · unchanged {}\n"
                                         : "  hallazgos: resueltos {} · introducidos {} · sin "
                                           "cambio {}\n"),
                    changes.solved.size(), changes.introduced.size(), changes.kept);
    for (const base::Finding* finding : changes.solved) {
      AddField(out, english ? "solves" : "resuelve", finding->title.in(options.language),
               options.width);
    }
    for (const base::Finding* finding : changes.introduced) {
      AddField(out, english ? "introduces" : "introduce", finding->title.in(options.language),
               options.width);
    }
  }
  return out;
}

}  // namespace cotejo::reports
