#include <fmt/format.h>

#include <algorithm>

#include "reports/exposure.h"
#include "reports/format.h"
#include "reports/labels.h"
#include "reports/since.h"
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

std::string AnswerLine(const base::WitnessAnswer& answer, Language language) {
  const bool english = English(language);
  if (!answer.applies) {
    return fmt::format("{} ({}): {}", answer.article.str(), answer.rule,
                       answer.description.in(language));
  }
  const std::string status =
      answer.stands ? (english ? "stands" : "queda en pie") : (english ? "yields" : "cede");
  return fmt::format("{} ({}): {}; {}", answer.article.str(), answer.rule,
                     answer.description.in(language), status);
}

void AddWitness(std::string& out, const base::Witness& witness, const TerminalOptions& options) {
  const Language language = options.language;
  const bool english = English(language);
  std::string label = english ? "case" : "caso";
  const auto add = [&](const std::string& text) {
    AddField(out, label, text, options.width);
    if (!text.empty()) label.clear();
  };
  add(witness.label.in(language));
  for (const base::Text& attribute : witness.person) add(attribute.in(language));
  for (const base::WitnessFact& fact : witness.facts) {
    add(FormatDate(fact.date, language) + "  " + fact.description.in(language));
  }
  label = english ? "answers" : "responden";
  for (const base::WitnessAnswer& answer : witness.answers) add(AnswerLine(answer, language));
}

void AddConditions(std::string& out, const base::Finding& finding, const TerminalOptions& options) {
  const Language language = options.language;
  const bool english = English(language);
  int number = 0;
  for (const std::vector<base::Condition>& set : finding.conditions) {
    std::string label = english ? "conditions" : "condiciones";
    if (finding.conditions.size() > 1)
      label = fmt::format("{} {}", english ? "set" : "conjunto", ++number);
    for (const base::Condition& condition : set) {
      const std::string article = condition.article.empty() ? "" : condition.article.str() + ": ";
      AddField(out, label, article + TextOf(condition).in(language), options.width);
      label.clear();
    }
  }
}

void AddMends(std::string& out, const base::Finding& finding, const TerminalOptions& options) {
  std::string label = English(options.language) ? "mends" : "remedios";
  for (const base::Mend& mend : finding.mends) {
    if (!mend.removes && !label.empty())
      label = English(options.language) ? "no mend" : "sin remedio";
    AddField(out, label, mend.title.in(options.language), options.width);
    label.clear();
  }
}

// Case, conditions and the official text.
void AddDetails(std::string& out, const base::Finding& finding, const TerminalOptions& options) {
  if (HasHistory(finding.witness)) AddWitness(out, finding.witness, options);
  if (finding.counterpart) AddWitness(out, *finding.counterpart, options);
  AddConditions(out, finding, options);
  std::string label = English(options.language) ? "text" : "texto";
  for (const base::PassageQuote& quote : finding.passages) {
    AddField(out, label, quote.citation.str() + ": «" + quote.text + "»", options.width);
    label.clear();
  }
}

std::string Heading(const base::Finding& finding, const TerminalOptions& options) {
  std::string out = fmt::format(
      "{} [{}] {}\n",
      Paint(SeverityLabel(finding.severity).in(options.language), finding.severity, options.colour),
      CodeLabel(finding.code).in(options.language), base::JoinCitations(finding.articles));
  const auto room = static_cast<std::size_t>(std::max(30, options.width - 2));
  for (const std::string& line : Wrap(finding.title.in(options.language), room))
    out += "  " + line + "\n";
  return out;
}

void AddExposure(std::string& out, const base::Finding& finding, const TerminalOptions& options) {
  const exposure::Exposure* exposure = ExposureOf(options.exposure, finding.id);
  if (exposure == nullptr) return;
  AddField(out, English(options.language) ? "exposure" : "exposición",
           DescribeExposure(*options.exposure, *exposure).in(options.language), options.width);
  if (options.witnesses)
    AddField(out, "", DescribeCounted(*exposure).in(options.language), options.width);
}

std::string FindingBlock(const base::Finding& finding, const TerminalOptions& options) {
  const Language language = options.language;
  const bool english = English(language);
  std::string out = Heading(finding, options);
  bool first = true;
  for (const base::Text& box : finding.region) {
    AddField(out, first ? (english ? "where" : "dónde") : "", box.in(language), options.width);
    first = false;
  }
  if (options.since != nullptr) {
    AddField(out, english ? "before" : "antes",
             DescribeEarlier(*options.since, finding).in(language), options.width);
  }
  AddField(out, english ? "order" : "orden", finding.resolution.in(language), options.width);
  AddField(out, english ? "readings" : "lecturas",
           DescribeUnder(finding, options.readings_tried).in(language), options.width);
  AddExposure(out, finding, options);
  if (options.witnesses) AddDetails(out, finding, options);
  AddMends(out, finding, options);  // there are none unless they were asked for
  // That something never happens is said together with where it was looked for.
  const bool never = finding.evidence == base::Evidence::SolverAlone ||
                     finding.evidence == base::Evidence::SecondSolver;
  if (options.witnesses || never)
    AddField(out, english ? "bounds" : "alcance", finding.bounds.in(language), options.width);
  if (LacksReplay(finding, finding.witness)) {
    AddField(out, english ? "caution" : "cuidado",
             english ? "the case was not replayed in the interpreter"
                     : "el caso no se repitió en el intérprete",
             options.width);
  }
  AddField(out, "id", finding.id + " · " + EvidenceLabel(finding.evidence).in(language),
           options.width);
  return out;
}

std::string SuppressedBlock(const base::Finding& finding, const TerminalOptions& options) {
  const bool english = English(options.language);
  const base::Suppression& suppression = *finding.suppression;
  std::string out = Heading(finding, options);
  AddField(out, english ? "reason" : "motivo", suppression.reason, options.width);
  AddField(out, english ? "owner" : "responde", suppression.owner, options.width);
  AddField(out, english ? "until" : "hasta", FormatDate(suppression.until, options.language),
           options.width);
  AddExposure(out, finding, options);
  AddField(out, "id", finding.id, options.width);
  return out;
}

// A line for each check under the name of its group: its code and what `say` says of it.
template <typename Say>
std::string ByGroup(const std::vector<base::CheckSummary>& checks, const TerminalOptions& options,
                    bool code_as_written, const Say& say) {
  const auto label = [&](const base::CheckSummary& check) {
    return code_as_written ? check.code : CodeLabel(check.code).in(options.language);
  };
  std::size_t wide = 0;
  for (const base::CheckSummary& check : checks) wide = std::max(wide, DisplayWidth(label(check)));
  const int room = std::max(30, options.width - static_cast<int>(wide) - 6);
  std::string out;
  std::string group;
  for (const base::CheckSummary& check : checks) {
    if (check.group.in(options.language) != group) {
      group = check.group.in(options.language);
      out += "  " + group + "\n";
    }
    std::string name = label(check);
    for (const std::string& line : Wrap(say(check), static_cast<std::size_t>(room))) {
      out += "    " + PadRight(name, wide) + "  " + line + "\n";
      name.clear();
    }
  }
  return out;
}

std::string Outcomes(const base::CheckReport& checks, const TerminalOptions& options) {
  if (checks.checks.empty()) return "";
  return (English(options.language) ? "checks\n" : "comprobaciones\n") +
         ByGroup(checks.checks, options, false, [&](const base::CheckSummary& check) {
           return DescribeOutcome(checks, check).in(options.language);
         });
}

std::string CountLine(const FindingCounts& counts, const TerminalOptions& options) {
  using S = base::FindingSeverity;
  const Language language = options.language;
  std::string out = English(language) ? "findings: " : "hallazgos: ";
  if (options.since != nullptr)
    out = English(language) ? "findings, new or with other figures: "
                            : "hallazgos nuevos o con otras cifras: ";
  bool first = true;
  for (const auto& [severity, n] : {std::pair{S::Error, counts.errors},
                                    {S::Warning, counts.warnings},
                                    {S::Information, counts.information}}) {
    if (!first) out += " · ";
    first = false;
    const base::Text label = n == 1 ? SeverityLabel(severity) : SeverityPlural(severity);
    out += fmt::format("{} {}", n, label.in(language));
  }
  if (counts.suppressed > 0) {
    const char* word = English(language)        ? "suppressed"
                       : counts.suppressed == 1 ? "suprimido"
                                                : "suprimidos";
    out += fmt::format(" · {} {}", counts.suppressed, word);
  }
  return out + "\n";
}

// What became of the findings of the earlier check, with those it hides counted.
std::string SinceLines(const Since& since, const TerminalOptions& options) {
  const bool english = English(options.language);
  std::string out = fmt::format(
      fmt::runtime(english ? "since the earlier report: new {} · with other figures {} · unchanged "
                             "and not shown {} · gone {}\n"
                           : "desde el informe anterior: nuevos {} · con otras cifras {} · sin "
                             "cambio, y no se muestran {} · ya no están {}\n"),
      since.introduced, since.changed, since.kept, since.gone.size());
  if (!since.same_readings) {
    out += english ? "  the earlier report was made under other readings of the text: what is new "
                     "or changed may come from that\n"
                   : "  el informe anterior se hizo bajo otras lecturas del texto: lo nuevo y lo "
                     "que cambia puede venir de ahí\n";
  }
  if (since.not_asked_before > 0) {
    out +=
        fmt::format(fmt::runtime(english ? "  new, of checks the earlier report did not run: {}\n"
                                         : "  nuevos, de comprobaciones que el informe anterior "
                                           "no hizo: {}\n"),
                    since.not_asked_before);
  }
  if (since.unfinished_before > 0) {
    out += fmt::format(
        fmt::runtime(english ? "  new, of checks the earlier report left unfinished, and not known "
                               "whether they were there: {}\n"
                             : "  nuevos, de comprobaciones que el informe anterior dejó sin "
                               "terminar, y no se sabe si ya estaban: {}\n"),
        since.unfinished_before);
  }
  if (since.unknown > 0) {
    out += fmt::format(
        fmt::runtime(english ? "  of the earlier report, not looked for now in the same way or to "
                               "the end, and not known whether they are still there: {}\n"
                             : "  del informe anterior, sin buscar ahora del mismo modo o hasta el "
                               "final, y no se sabe si siguen: {}\n"),
        since.unknown);
  }
  for (const base::Finding* finding : since.gone) {
    AddField(out, english ? "gone" : "ya no está", finding->title.in(options.language),
             options.width);
  }
  return out;
}

// Undecided queries by name: that they gave no finding is no proof. Those that were not run
// stand in the table of the checks.
std::string Undecided(const base::CheckReport& checks, const TerminalOptions& options) {
  std::string out;
  for (const base::QueryRecord& query : checks.queries) {
    if (query.verdict != base::Verdict::Unknown && query.verdict != base::Verdict::Unsupported)
      continue;
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
                                       "unknown {} · unsupported {} · not run {}\n"
                                     : "consultas: planeadas {} · ejecutadas {} · probadas {} · "
                                       "refutadas {} · desconocidas {} · sin soporte {} · "
                                       "sin comprobar {}\n"),
      totals.planned, totals.run, totals.proved, totals.refuted, totals.unknown, totals.unsupported,
      totals.not_run);
}

std::string FormatChecks(const base::CheckReport& checks, const TerminalOptions& options) {
  const base::CheckReport& listed = options.since != nullptr ? options.since->shown : checks;
  std::string out;
  for (const base::Finding& finding : listed.findings) {
    if (!finding.suppression) out += FindingBlock(finding, options) + "\n";
  }
  const FindingCounts counts = CountFindings(listed);
  if (counts.suppressed > 0) {
    out += English(options.language) ? "suppressed: they do not count for the exit status\n\n"
                                     : "suprimidos: no cuentan para el estado de salida\n\n";
  }
  for (const base::Finding& finding : listed.findings) {
    if (finding.suppression) out += SuppressedBlock(finding, options) + "\n";
  }
  out += Outcomes(checks, options);
  out += CountLine(counts, options);
  if (options.since != nullptr) out += SinceLines(*options.since, options);
  if (options.exposure) {
    out += (English(options.language) ? "exposure: " : "exposición: ") +
           DescribeExposureRun(*options.exposure).in(options.language) + "\n";
  }
  out += FormatTotals(checks.totals, options.language);
  out += Undecided(checks, options);
  if (checks.totals.run == 0) {
    out += English(options.language) ? "nothing was checked; this is no result\n"
                                     : "no se comprobó nada; esto no es un resultado\n";
  }
  const ExitStatus status = options.status.value_or(CheckExitStatus(listed));
  out += fmt::format("{} {}: {}\n", English(options.language) ? "exit status" : "estado de salida",
                     static_cast<int>(status), DescribeExitStatus(status).in(options.language));
  return out;
}

std::string FormatCheckedYear(const ReportInput& input, const TerminalOptions& options) {
  const bool english = English(options.language);
  std::string out =
      fmt::format("{}: {}\n", english ? "year checked" : "gestión revisada", input.gestion);
  for (const ReadingInfo& reading : input.readings) {
    if (reading.chosen == reading.assumed) continue;
    const auto option = [&](int i) { return reading.options[static_cast<std::size_t>(i)].name; };
    out += fmt::format(fmt::runtime(english ? "reading chosen: {} = {}; the norm file assumes {}\n"
                                            : "lectura elegida: {} = {}; la norma supone {}\n"),
                       reading.name, option(reading.chosen), option(reading.assumed));
  }
  return out;
}

// The code is what --solo takes: the same in every language.
std::string FormatCatalogue(const std::vector<base::CheckSummary>& checks,
                            const TerminalOptions& options) {
  return ByGroup(checks, options, true, [&](const base::CheckSummary& check) {
    return check.title.in(options.language) + " (" + check.page + ")";
  });
}

namespace {

// Of a finding that is listed by its title alone: it does not count while somebody answers for it.
std::string AnsweredFor(const base::Finding& finding, Language language) {
  if (!finding.suppression) return "";
  return (English(language) ? " (suppressed until " : " (suprimido hasta ") +
         FormatDate(finding.suppression->until, language) + ")";
}

}  // namespace

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
    out += fmt::format(fmt::runtime(english ? "  findings: solved {} · introduced {} · "
                                            : "  hallazgos: resueltos {} · introducidos {} · "),
                       changes.solved.size(), changes.introduced.size());
    if (!changes.changed.empty()) {
      out += fmt::format(fmt::runtime(english ? "still there, with other figures {} · "
                                              : "siguen, con otras cifras {} · "),
                         changes.changed.size());
    }
    out += fmt::format(fmt::runtime(english ? "unchanged {}\n" : "sin cambio {}\n"), changes.kept);
    if (!changes.open.empty()) {
      AddField(out, english ? "open" : "sin decidir",
               FormatInteger(static_cast<std::int64_t>(changes.open.size()), options.language) +
                   " " + DescribeOpenChanges().in(options.language),
               options.width);
    }
    for (const base::Finding* finding : changes.solved) {
      AddField(out, english ? "solves" : "resuelve",
               DescribeSolved(changes, *finding).in(options.language), options.width);
    }
    for (const base::Finding* finding : changes.introduced) {
      AddField(out, english ? "introduces" : "introduce",
               finding->title.in(options.language) + AnsweredFor(*finding, options.language),
               options.width);
    }
    for (const ChangedFinding& finding : changes.changed) {
      AddField(out, english ? "still there" : "sigue",
               DescribeChanged(finding).in(options.language) +
                   AnsweredFor(*finding.after, options.language),
               options.width);
    }
    const std::string undecided = Undecided(*amendment.checks, options);
    if (!undecided.empty())
      out += (english ? "  of the amended text, left without an answer:\n"
                      : "  del texto enmendado, sin respuesta:\n") +
             undecided;
  }
  return out;
}

}  // namespace cotejo::reports
