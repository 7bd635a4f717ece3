#include "reports/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include "model/base/source.h"
#include "reports/readings.h"

namespace cotejo::reports {

ReportInput DescribeRuleset(const rules::Ruleset& rules) {
  ReportInput input;
  input.title = rules.title;
  for (const rules::Norm& norm : rules.norms) {
    input.norms.push_back({.name = norm.name,
                           .title = norm.title,
                           .rank = norm.rank,
                           .rank_name = norm.rank_name,
                           .issued = norm.issued,
                           .in_force_from = norm.in_force_from,
                           .in_force_to = norm.in_force_to,
                           .confidence = norm.confidence,
                           .amendment = norm.amendment});
  }
  std::stable_sort(input.norms.begin(), input.norms.end(),
                   [](const NormInfo& a, const NormInfo& b) {
                     return std::tie(a.rank, a.name) < std::tie(b.rank, b.name);
                   });
  for (const rules::Reading& reading : rules.readings) {
    ReadingInfo info{.name = reading.name,
                     .citations = reading.citations,
                     .options = {},
                     .assumed = reading.assumed,
                     .chosen = reading.chosen};
    for (const rules::ReadingOption& option : reading.options) {
      info.options.push_back({option.name, option.description});
    }
    input.readings.push_back(std::move(info));
  }
  input.coverage = {.provisions = static_cast<int>(rules.provisions.size()),
                    .rules = static_cast<int>(rules.rules.size()),
                    .scales = static_cast<int>(rules.scales.size()),
                    .measures = static_cast<int>(rules.measures.size()),
                    .parameters = static_cast<int>(rules.parameters.size()),
                    .statements = static_cast<int>(rules.statements.size()),
                    .cases = static_cast<int>(rules.cases.size())};
  return input;
}

namespace {

std::string RelativePath(const std::string& argument, const std::string& current_directory) {
  if (argument.empty() || argument.front() != '/') return argument;
  std::string prefix = current_directory;
  while (prefix.size() > 1 && prefix.back() == '/') prefix.pop_back();
  if (argument == prefix) return ".";
  if (prefix.size() > 1 && argument.starts_with(prefix + "/")) {
    return argument.substr(prefix.size() + 1);
  }
  std::string trimmed = argument;
  while (trimmed.size() > 1 && trimmed.back() == '/') trimmed.pop_back();
  const std::string last = trimmed.substr(trimmed.find_last_of('/') + 1);
  return last.empty() ? argument : last;
}

std::string ShellQuote(const std::string& argument) {
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("-_./=:,+@%").find(c) != std::string_view::npos;
  };
  if (!argument.empty() && std::all_of(argument.begin(), argument.end(), plain)) return argument;
  std::string quoted = "'";
  for (const char c : argument) {
    if (c == '\'') {
      quoted += "'\\''";
    } else {
      quoted += c;
    }
  }
  return quoted + "'";
}

}  // namespace

std::string RepeatCommand(const std::vector<std::string>& arguments,
                          const std::string& current_directory) {
  std::string line;
  for (const std::string& argument : arguments) {
    std::string shown;
    // --option=/path keeps its option.
    const std::size_t equals = argument.find('=');
    if (argument.starts_with("--") && equals != std::string::npos) {
      shown = argument.substr(0, equals + 1) +
              RelativePath(argument.substr(equals + 1), current_directory);
    } else {
      shown = RelativePath(argument, current_directory);
    }
    if (!line.empty()) line += ' ';
    line += ShellQuote(shown);
  }
  return line;
}

FindingCounts CountFindings(const base::CheckReport& report) {
  FindingCounts counts;
  for (const base::Finding& finding : report.findings) {
    if (finding.suppression) {
      ++counts.suppressed;
      continue;
    }
    switch (finding.severity) {
      case base::FindingSeverity::Error:
        ++counts.errors;
        break;
      case base::FindingSeverity::Warning:
        ++counts.warnings;
        break;
      case base::FindingSeverity::Information:
        ++counts.information;
        break;
    }
  }
  return counts;
}

ExitStatus CheckExitStatus(const base::CheckReport& report) {
  const FindingCounts counts = CountFindings(report);
  if (counts.errors + counts.warnings > 0) return ExitStatus::Findings;
  const base::CheckTotals& totals = report.totals;
  if (totals.run == 0 || totals.unknown > 0 || totals.unsupported > 0) return ExitStatus::Undecided;
  return ExitStatus::Clean;
}

namespace {

ExitStatus Worse(ExitStatus a, ExitStatus b) {
  return b == ExitStatus::Findings || a == ExitStatus::Clean ? b : a;
}

}  // namespace

ExitStatus AmendedExitStatus(const ReportInput& input) {
  ExitStatus status = ExitStatus::Clean;
  for (const AmendmentInfo& amendment : input.amendments) {
    if (amendment.checks) status = Worse(status, CheckExitStatus(*amendment.checks));
  }
  return status;
}

ExitStatus CheckExitStatus(const ReportInput& input) {
  const ExitStatus amended = AmendedExitStatus(input);
  return input.checks ? Worse(CheckExitStatus(*input.checks), amended) : amended;
}

base::Text DescribeExitStatus(ExitStatus status) {
  switch (status) {
    case ExitStatus::Clean:
      return {"ni errores ni advertencias que cuenten, y toda consulta hecha quedó resuelta",
              "no errors or warnings that count, and every query run was decided"};
    case ExitStatus::Findings:
      return {"hay hallazgos", "there are findings"};
    case ExitStatus::BadInput:
      return {"la entrada tiene errores", "the input has errors"};
    case ExitStatus::Undecided:
      return {"quedaron consultas sin resolver; no equivale a «sin hallazgos»",
              "some queries were left undecided; this is not the same as “no findings”"};
  }
  return {};
}

namespace {

bool Decided(const base::QueryRecord& query) {
  return query.verdict == base::Verdict::Proved || query.verdict == base::Verdict::Refuted;
}

// The checks that this report did not finish, as far as the other shows: those with a question
// open here and not there; and, when there is any, those with fewer questions than there. A task
// that is interrupted leaves one open question under one of the codes it looks for.
std::set<std::string> OpenChecks(const base::CheckReport& report, const base::CheckReport& other) {
  std::set<std::string> open_there;
  std::map<std::string, int> missing;  // questions of each check
  for (const base::QueryRecord& query : other.queries) {
    if (!Decided(query)) open_there.insert(query.name);
    ++missing[query.check];
  }
  std::set<std::string> checks;
  for (const base::QueryRecord& query : report.queries) {
    if (!Decided(query) && !open_there.contains(query.name)) checks.insert(query.check);
    --missing[query.check];
  }
  if (checks.empty()) return checks;
  for (const auto& [check, count] : missing) {
    if (count > 0) checks.insert(check);
  }
  return checks;
}

// The boxes of a region come in no order that means anything.
std::multiset<std::string> Boxes(const std::vector<base::Text>& texts) {
  std::multiset<std::string> boxes;
  for (const base::Text& text : texts) boxes.insert(text.es);
  return boxes;
}

// The readings of a finding, less those that say nothing of it.
std::multiset<std::string> Under(const base::Finding& finding, const Assignments& left_out) {
  std::multiset<std::string> under = Boxes(finding.under);
  std::erase_if(under, [&](const std::string& name) { return left_out.contains(name); });
  return under;
}

}  // namespace

Assignments OnlyInOne(const base::CheckReport& before, const base::CheckReport& after) {
  const Assignments a = OtherAssignments(before);
  const Assignments b = OtherAssignments(after);
  Assignments only_in_one;
  std::set_symmetric_difference(a.begin(), a.end(), b.begin(), b.end(),
                                std::inserter(only_in_one, only_in_one.end()));
  return only_in_one;
}

// The case that shows a finding is one of many, and may be another without anything being
// different.
base::Text ChangedAspects(const base::Finding& before, const base::Finding& after,
                          const Assignments& only_in_one) {
  base::Text aspects;
  const auto add = [&](bool differs, const base::Text& name) {
    if (!differs) return;
    const char* separator = aspects.empty() ? "" : ", ";
    aspects = {aspects.es + separator + name.es, aspects.en + separator + name.en};
  };
  add(before.severity != after.severity, {"la severidad", "the severity"});
  add(before.articles != after.articles, {"los artículos", "the articles"});
  add(Boxes(before.region) != Boxes(after.region), {"dónde ocurre", "where it happens"});
  add(before.resolution != after.resolution, {"el orden que lo resuelve", "the order"});
  add(before.explanation != after.explanation, {"la explicación", "the explanation"});
  const bool both_under = !before.under.empty() && !after.under.empty();
  add(both_under && Under(before, only_in_one) != Under(after, only_in_one),
      {"las lecturas", "the readings"});
  return aspects;
}

bool SayTheSame(const base::Finding& before, const base::Finding& after,
                const Assignments& only_in_one) {
  return before.title == after.title && ChangedAspects(before, after, only_in_one).empty();
}

base::Text DescribeChanged(const ChangedFinding& changed) {
  const base::Text& before = changed.before->title;
  const base::Text& after = changed.after->title;
  if (before != after) {
    return {"antes: " + before.es + "; ahora: " + after.es,
            "before: " + before.in(base::Language::English) +
                "; now: " + after.in(base::Language::English)};
  }
  return {after.es + " (cambia: " + changed.aspects.es + ")",
          after.in(base::Language::English) + " (what changes: " + changed.aspects.en + ")"};
}

FindingChanges CompareFindings(const base::CheckReport& before, const base::CheckReport& after) {
  std::set<std::string> ids_before;
  std::map<std::string, const base::Finding*> amended;
  for (const base::Finding& finding : before.findings) ids_before.insert(finding.id);
  for (const base::Finding& finding : after.findings) amended[finding.id] = &finding;
  const std::set<std::string> open_before = OpenChecks(before, after);
  const std::set<std::string> open_after = OpenChecks(after, before);
  const Assignments only_in_one = OnlyInOne(before, after);
  FindingChanges changes;
  for (const base::Finding& finding : before.findings) {
    const auto found = amended.find(finding.id);
    if (found == amended.end()) {
      (open_after.contains(finding.code) ? changes.open : changes.solved).push_back(&finding);
      continue;
    }
    const base::Finding& now = *found->second;
    const base::Text aspects = ChangedAspects(finding, now, only_in_one);
    if (finding.title == now.title && aspects.empty()) {
      ++changes.kept;
    } else {
      changes.changed.push_back({&finding, &now, aspects});
    }
  }
  for (const base::Finding& finding : after.findings) {
    if (ids_before.contains(finding.id)) continue;
    (open_before.contains(finding.code) ? changes.open : changes.introduced).push_back(&finding);
  }
  return changes;
}

base::Text DescribeOpenChanges() {
  return {"(su comprobación quedó sin terminar en uno de los dos textos)",
          "(their check was left unfinished in one of the two texts)"};
}

const base::Finding* FindById(const base::CheckReport& report, std::string_view id) {
  const std::string folded = base::Fold(id);
  const auto found =
      std::find_if(report.findings.begin(), report.findings.end(),
                   [&](const base::Finding& f) { return base::Fold(f.id) == folded; });
  return found == report.findings.end() ? nullptr : &*found;
}

base::Text CommonReading(const base::CheckReport& report) {
  std::map<std::string, std::pair<int, base::Text>> count;
  for (const base::Finding& finding : report.findings) {
    if (finding.reading.empty()) continue;
    auto& [n, text] = count[finding.reading.es];
    ++n;
    text = finding.reading;
  }
  const auto most = std::max_element(count.begin(), count.end(), [](const auto& a, const auto& b) {
    return a.second.first < b.second.first;
  });
  return most == count.end() ? base::Text{} : most->second.second;
}

std::vector<base::Date> DatesOf(const base::Finding& finding, const base::Witness& witness) {
  std::vector<base::Date> dates;
  for (const base::WitnessFact& fact : witness.facts) dates.push_back(fact.date);
  std::vector<const base::Witness*> answered = {&witness, &finding.witness};
  if (finding.counterpart) answered.push_back(&*finding.counterpart);
  for (const base::Witness* one : answered) {
    if (!dates.empty()) break;
    for (const base::WitnessAnswer& answer : one->answers) dates.push_back(answer.date);
  }
  return dates;
}

bool HasHistory(const base::Witness& witness) {
  return !witness.facts.empty() || !witness.answers.empty() || !witness.person.empty() ||
         !witness.csv.empty();
}

bool LacksReplay(const base::Finding& finding, const base::Witness& witness) {
  return HasHistory(witness) && !witness.replayed &&
         finding.evidence != base::Evidence::Enumerated &&
         finding.evidence != base::Evidence::Quoted;
}

base::Text TextOf(const base::Condition& condition) {
  if (condition.article.empty()) return condition.text;
  const std::string opening = condition.article.str() + " ";
  const auto rest = [&](const std::string& text) {
    return text.starts_with(opening) ? text.substr(opening.size()) : text;
  };
  return {rest(condition.text.es), rest(condition.text.en)};
}

namespace {

base::Text Count(int n, const base::Text& one, const base::Text& many) {
  const base::Text& word = n == 1 ? one : many;
  return {fmt::format("{} {}", n, word.es), fmt::format("{} {}", n, word.en)};
}

void Join(base::Text& out, const base::Text& part, const char* separator) {
  out.es += (out.es.empty() ? "" : separator) + part.es;
  out.en += (out.en.empty() ? "" : separator) + part.en;
}

// Of the first question that was not run.
base::Text ReasonNotRun(const base::CheckReport& report, const std::string& code) {
  for (const base::QueryRecord& query : report.queries) {
    if (query.check == code && query.verdict == base::Verdict::NotRun) return query.reason;
  }
  return {};
}

}  // namespace

base::Text DescribeUnder(const base::Finding& finding, const std::vector<base::Text>& tried) {
  if (finding.under.empty()) return {};
  const std::string all = std::to_string(tried.size());
  if (finding.under.size() >= tried.size()) {
    return {"las " + all + " probadas", "all " + all + " tried"};
  }
  const std::string some = std::to_string(finding.under.size());
  base::Text under;
  base::Text missing;
  for (const base::Text& assignment : tried) {
    const bool in =
        std::find(finding.under.begin(), finding.under.end(), assignment) != finding.under.end();
    Join(in ? under : missing, assignment, "; ");
  }
  // The shorter of the two lists.
  if (2 * finding.under.size() > tried.size()) {
    return {some + " de " + all + "; no bajo " + missing.es,
            some + " of " + all + "; not under " + missing.en};
  }
  return {some + " de " + all + ": " + under.es, some + " of " + all + ": " + under.en};
}

base::Text DescribeOutcome(const base::CheckReport& report, const base::CheckSummary& check) {
  const base::CheckTotals& totals = check.totals;
  const auto suppressed = static_cast<int>(std::count_if(
      report.findings.begin(), report.findings.end(),
      [&](const base::Finding& f) { return f.code == check.code && f.suppression.has_value(); }));
  base::Text out;
  if (check.findings > 0) {
    Join(out, Count(check.findings, {"hallazgo", "finding"}, {"hallazgos", "findings"}), "; ");
  }
  if (suppressed > 0) {
    Join(out, Count(suppressed, {"suprimido", "suppressed"}, {"suprimidos", "suppressed"}), "; ");
  }
  if (out.empty() && totals.refuted > 0) {
    Join(out,
         Count(totals.refuted,
               {"refutada, sin hallazgo propio", "refuted, with no finding of its own"},
               {"refutadas, sin hallazgo propio", "refuted, with no finding of their own"}),
         "; ");
  }
  const int open = totals.unknown + totals.unsupported;
  if (totals.proved > 0) {
    base::Text proved = Count(totals.proved, {"pregunta probada", "question proved"},
                              {"preguntas probadas", "questions proved"});
    if (out.empty() && open == 0 && totals.not_run == 0) {
      proved = {"buscado y no hallado: " + proved.es, "looked for and not found: " + proved.en};
    }
    Join(out, proved, "; ");
  }
  if (open > 0)
    Join(out, Count(open, {"sin decidir", "undecided"}, {"sin decidir", "undecided"}), "; ");
  if (totals.not_run > 0) {
    const base::Text reason = ReasonNotRun(report, check.code);
    Join(out, {"sin comprobar: " + reason.es, "not checked: " + reason.in(base::Language::English)},
         "; ");
  }
  if (out.empty())
    return {"sin preguntas: no había nada que buscar",
            "no questions: there was nothing to look for"};
  return out;
}

}  // namespace cotejo::reports
