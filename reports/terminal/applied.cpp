#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "reports/format.h"
#include "reports/terminal/terminal.h"

namespace cotejo::reports {

namespace {

using base::Language;

bool English(Language language) { return language == Language::English; }

std::string Measures(const std::vector<AppliedMeasure>& measures, Language language) {
  std::string out;
  for (const AppliedMeasure& measure : measures) {
    if (!out.empty()) out += "; ";
    out += fmt::format("{} = {}", measure.name, measure.value.in(language));
  }
  return out;
}

void AddLines(std::string& out, const std::string& text, int width) {
  const auto room = static_cast<std::size_t>(std::max(30, width - 6));
  for (const std::string& line : Wrap(text, room)) out += "      " + line + "\n";
}

// What it yields to, or cannot stand with.
std::vector<std::string> Against(const AppliedRule& rule, Language language) {
  const bool english = English(language);
  std::vector<std::string> lines;
  if (!rule.stands)
    lines.push_back(fmt::format("{}; {}", english ? "yields" : "cede", rule.why.in(language)));
  for (const base::Text& conflict : rule.conflicts) {
    lines.push_back(
        fmt::format(fmt::runtime(english ? "contradicts {}; the order of norms does not decide"
                                         : "contradice a {}; el orden entre normas no decide"),
                    conflict.in(language)));
  }
  return lines;
}

std::string RuleBlock(const AppliedRule& rule, const TerminalOptions& options) {
  const Language language = options.language;
  std::string out = fmt::format("  {}  {}: {}\n", FormatDate(rule.date, language),
                                rule.article.str(), rule.answer.in(language));
  AddLines(out, fmt::format("{} · {}", rule.subject.in(language), rule.rule), options.width);
  AddLines(out, Measures(rule.measures, language), options.width);
  for (const std::string& line : Against(rule, language)) AddLines(out, line, options.width);
  return out;
}

std::string GapBlock(const AppliedGap& gap, const TerminalOptions& options) {
  const bool english = English(options.language);
  std::string out = fmt::format("  {}  {}: {}\n", FormatDate(gap.date, options.language),
                                english ? "gap" : "hueco",
                                english ? "no rule answers" : "ninguna regla responde");
  AddLines(out, gap.subject.in(options.language), options.width);
  AddLines(out, Measures(gap.measures, options.language), options.width);
  return out;
}

std::string CsvField(const std::string& text) {
  if (text.find_first_of(",\"\n\r") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + "\"";
}

}  // namespace

std::string FormatDiary(const Diary& diary, const TerminalOptions& options) {
  const Language language = options.language;
  const bool english = English(language);
  const AppliedPerson& answers = diary.answers;
  std::string about;
  for (const base::Text& one : diary.about) {
    about += (about.empty() ? "" : "; ") + one.in(language);
  }
  std::string out = fmt::format("{} ({} {} {})\n", answers.name, FormatDate(answers.from, language),
                                english ? "to" : "a", FormatDate(answers.to, language));
  AddLines(out, about, options.width);
  std::map<base::Date, std::string> days;
  for (const DiaryFact& fact : diary.facts) {
    days[fact.date] +=
        fmt::format("  {}  {}\n", FormatDate(fact.date, language), fact.text.in(language));
  }
  for (const DiaryFact& fact : diary.forgone) {
    days[fact.date] += fmt::format(
        "· {}  {}\n", FormatDate(fact.date, language),
        fmt::format(
            fmt::runtime(english ? "({}: an earlier sanction)" : "({}: por una sanción anterior)"),
            fact.text.in(language)));
  }
  // An arrow in place of the first of the two spaces that begin a block.
  const auto answer = [](const std::string& block) { return "→" + block.substr(1); };
  for (const AppliedRule& rule : answers.rules) days[rule.date] += answer(RuleBlock(rule, options));
  for (const AppliedGap& gap : answers.gaps) days[gap.date] += answer(GapBlock(gap, options));
  for (const DiaryFact& step : diary.steps)
    days[step.date] +=
        fmt::format("» {}  {}\n", FormatDate(step.date, language), step.text.in(language));
  for (const auto& [date, text] : days) out += text;
  for (const base::Text& pending : diary.pending) out += "» " + pending.in(language) + "\n";
  out += fmt::format(fmt::runtime(english ? "\nfacts {} · rules applied {} · gaps {}\n"
                                          : "\nhechos {} · reglas aplicadas {} · huecos {}\n"),
                     diary.facts.size(), answers.rules.size(), answers.gaps.size());
  if (!diary.forgone.empty())
    out += fmt::format(fmt::runtime(english ? "left undone because of a sanction {}\n"
                                            : "dejado de hacer por una sanción {}\n"),
                       diary.forgone.size());
  return out;
}

std::string FormatApplied(const std::vector<AppliedPerson>& persons,
                          const TerminalOptions& options) {
  const bool english = English(options.language);
  std::string out;
  std::size_t rules = 0;
  std::size_t gaps = 0;
  std::size_t conflicts = 0;
  for (const AppliedPerson& person : persons) {
    out += fmt::format("{} ({} {} {})\n", person.name, FormatDate(person.from, options.language),
                       english ? "to" : "a", FormatDate(person.to, options.language));
    if (person.rules.empty() && person.gaps.empty()) {
      out += english ? "  no consequence\n" : "  sin consecuencias\n";
    }
    std::multimap<base::Date, std::string> days;  // of one day, in this order
    for (const AppliedRule& rule : person.rules) days.emplace(rule.date, RuleBlock(rule, options));
    for (const AppliedGap& gap : person.gaps) days.emplace(gap.date, GapBlock(gap, options));
    for (const auto& [date, block] : days) out += block;
    out += "\n";
    rules += person.rules.size();
    gaps += person.gaps.size();
    conflicts += static_cast<std::size_t>(
        std::count_if(person.rules.begin(), person.rules.end(),
                      [](const AppliedRule& rule) { return !rule.conflicts.empty(); }));
  }
  out += fmt::format(
      fmt::runtime(english ? "people {} · rules applied {} · in conflict {} · gaps {}\n"
                           : "personas {} · reglas aplicadas {} · en conflicto {} · huecos {}\n"),
      persons.size(), rules, conflicts, gaps);
  return out;
}

std::string AppliedCsv(const std::vector<AppliedPerson>& persons, Language language) {
  const bool english = English(language);
  const auto prevails = [&](const AppliedRule& rule) {
    if (!rule.stands) return "no";
    if (!rule.conflicts.empty()) return english ? "undecided" : "sin decidir";
    return english ? "yes" : "sí";
  };
  std::string out = "persona,fecha,sujeto,articulo,regla,respuesta,prevalece,medidas,frente_a\n";
  for (const AppliedPerson& person : persons) {
    std::multimap<base::Date, std::string> days;  // as on the terminal
    for (const AppliedRule& rule : person.rules) {
      days.emplace(
          rule.date,
          fmt::format("{},{},{},{},{},{},{},{},{}\n", CsvField(person.name), rule.date.str(),
                      CsvField(rule.subject.in(language)), rule.article.str(), CsvField(rule.rule),
                      CsvField(rule.answer.in(language)), prevails(rule),
                      CsvField(Measures(rule.measures, language)),
                      CsvField(fmt::format("{}", fmt::join(Against(rule, language), " | ")))));
    }
    for (const AppliedGap& gap : person.gaps) {
      days.emplace(gap.date,
                   fmt::format("{},{},{},,,{},,{},\n", CsvField(person.name), gap.date.str(),
                               CsvField(gap.subject.in(language)), english ? "gap" : "hueco",
                               CsvField(Measures(gap.measures, language))));
    }
    for (const auto& [date, row] : days) out += row;
  }
  return out;
}

}  // namespace cotejo::reports
