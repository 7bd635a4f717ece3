#include "reports/terminal/describe.h"

#include <fmt/format.h>

#include <algorithm>

#include "model/evaluation/fact_wording.h"
#include "reports/format.h"

namespace cotejo::reports {

namespace {

using base::Language;

base::Text Subject(const rules::Ruleset& rules, const rules::Subject& subject, base::Date date) {
  const std::string& kind = rules.kind(subject.kind).name;
  switch (subject.window) {
    case rules::Window::Fact:
      return {kind, kind};
    case rules::Window::Day:
      return {kind + " en el día", kind + " in the day"};
    case rules::Window::Month:
      return {fmt::format("{} en {}", kind, FormatMonth(date, Language::Spanish)),
              fmt::format("{} in {}", kind, FormatMonth(date, Language::English))};
    case rules::Window::Gestion:
      return {fmt::format("{} en la gestión {}", kind, date.year()),
              fmt::format("{} in the year {}", kind, date.year())};
    case rules::Window::Career:
      return {kind + " en la carrera", kind + " in the career"};
  }
  return {};
}

base::Text Answer(const rules::Ruleset& rules, const evaluation::Application& application) {
  const rules::Rule& rule = rules.rule(application.rule);
  base::Text out;
  for (std::size_t i = 0; i < rule.consequences.size(); ++i) {
    std::optional<base::Rational> quantity;
    if (i < application.quantities.size()) quantity = application.quantities[i];
    const base::Text text = rules::DescribeConsequence(rules, rule.consequences[i], quantity);
    out.es += (i > 0 ? ", " : "") + text.es;
    out.en += (i > 0 ? ", " : "") + text.in(Language::English);
  }
  if (rule.consequences.empty()) out = {"sin consecuencia propia", "no consequence of its own"};
  if (rule.fault != rules::FaultClass::None) {
    const base::Text fault = rules::DescribeFault(rule.fault);
    out.es += fmt::format(" ({})", fault.es);
    out.en += fmt::format(" ({})", fault.in(Language::English));
  }
  return out;
}

std::vector<AppliedMeasure> Measures(const rules::Ruleset& rules,
                                     const std::vector<evaluation::MeasureReading>& readings) {
  std::vector<AppliedMeasure> out;
  for (const evaluation::MeasureReading& reading : readings) {
    out.push_back({reading.term,
                   {rules::FormatValue(rules, reading.type, reading.value, Language::Spanish),
                    rules::FormatValue(rules, reading.type, reading.value, Language::English)}});
  }
  return out;
}

base::Text Reason(rules::Precedence why) {
  switch (why) {
    case rules::Precedence::None:
      return {"sin un orden que decida", "with no order that decides"};
    case rules::Precedence::Rank:
      return {"norma de rango superior", "norm of higher rank"};
    case rules::Precedence::Exception:
      return {"prioridad expresa", "express priority"};
    case rules::Precedence::Special:
      return {"regla especial", "special rule"};
    case rules::Precedence::Later:
      return {"norma posterior", "later norm"};
  }
  return {};
}

base::Text Name(const rules::Ruleset& rules, const evaluation::Application& application) {
  const rules::Rule& rule = rules.rule(application.rule);
  const std::string name = fmt::format("{} ({})", rule.citation.str(), rule.name);
  return {name, name};
}

AppliedRule Describe(const rules::Ruleset& rules, const evaluation::Result& result,
                     const evaluation::Application& application) {
  const rules::Rule& rule = rules.rule(application.rule);
  AppliedRule out{.date = application.date,
                  .subject = Subject(rules, rule.subject, application.date),
                  .article = rule.citation,
                  .rule = rule.name,
                  .answer = Answer(rules, application),
                  .measures = Measures(rules, application.measures),
                  .stands = application.stands,
                  .why = {},
                  .conflicts = {}};
  if (!application.stands && application.defeated_by >= 0) {
    const base::Text winner =
        Name(rules, result.applications[static_cast<std::size_t>(application.defeated_by)]);
    const base::Text reason = Reason(application.why);
    out.why = {fmt::format("prevalece {}: {}", winner.es, reason.es),
               fmt::format("{} prevails: {}", winner.en, reason.en)};
  }
  for (const int other : application.conflicts) {
    out.conflicts.push_back(Name(rules, result.applications[static_cast<std::size_t>(other)]));
  }
  return out;
}

}  // namespace

AppliedPerson DescribeResult(const rules::Ruleset& rules, const evaluation::History& history,
                             const evaluation::Result& result) {
  AppliedPerson person{
      .name = history.person, .from = history.from, .to = history.to, .rules = {}, .gaps = {}};
  for (const evaluation::Application& application : result.applications) {
    person.rules.push_back(Describe(rules, result, application));
  }
  for (const evaluation::GapHit& gap : result.gaps) {
    const rules::Subject subject = result.roots[static_cast<std::size_t>(gap.root)].subject;
    person.gaps.push_back({.date = gap.date,
                           .subject = Subject(rules, subject, gap.date),
                           .measures = Measures(rules, gap.measures)});
  }
  return person;
}

Diary DescribeYear(const rules::Ruleset& rules, const evaluation::History& history,
                   const evaluation::Result& result) {
  Diary diary;
  diary.answers = DescribeResult(rules, history, result);
  for (std::size_t a = 0; a < history.attributes.size(); ++a) {
    for (const evaluation::DatedAttribute& dated : history.attributes[a]) {
      const rules::Attribute& attribute = rules.attributes[a];
      const std::string name = evaluation::Spaced(attribute.name) + ": ";
      diary.about.push_back(
          {name + rules::FormatValue(rules, attribute.type, dated.value, Language::Spanish),
           name + rules::FormatValue(rules, attribute.type, dated.value, Language::English)});
    }
  }
  for (const evaluation::Fact& fact : history.facts) {
    diary.facts.push_back({fact.date, evaluation::DescribeFact(rules, history, fact)});
  }
  std::stable_sort(diary.facts.begin(), diary.facts.end(),
                   [](const DiaryFact& a, const DiaryFact& b) { return a.date < b.date; });
  return diary;
}

void AddRestraint(const year::Restraint& restraint, int gestion, Diary& diary) {
  if (restraint.months.empty()) return;
  base::Text months;
  for (const int month : restraint.months) {
    const base::Date first(gestion, month, 1);
    const std::string comma = months.es.empty() ? "" : ", ";
    months.es += comma + FormatMonth(first, Language::Spanish);
    months.en += comma + FormatMonth(first, Language::English);
  }
  diary.about.push_back({"meses que responden a una sanción: " + months.es,
                         "months that answer to a sanction: " + months.en});
  for (const year::Restraint::Forgone& one : restraint.forgone)
    diary.forgone.push_back({one.date, one.what});
}

namespace {

base::Text Words(const year::Begun::Step& step) {
  using State = year::Begun::Step::State;
  const std::string name = evaluation::Spaced(step.name);
  if (step.state == State::Pending)
    return step.late ? base::Text{name + " (pendiente, con el plazo vencido)",
                                  name + " (pending, past its term)"}
                     : base::Text{name + " (pendiente)", name + " (pending)"};
  if (step.state == State::Lapsed)
    return step.power ? base::Text{"vence el plazo de " + name + ", que no se usa",
                                   "the term of " + name + " passes unused"}
                      : base::Text{"vence el plazo de " + name + ", que no se cumple",
                                   "the term of " + name + " passes unmet"};
  return step.late ? base::Text{name + ", fuera de plazo", name + ", out of its term"}
                   : base::Text{name, name};
}

}  // namespace

void AddProcedures(const std::vector<year::Begun>& begun, Diary& diary) {
  for (const year::Begun& one : begun) {
    const std::string name = evaluation::Spaced(one.procedure);
    const std::string where = name + " (" + one.article.str() + "): ";
    base::Text pending;
    for (const year::Begun::Step& step : one.steps) {
      const base::Text words = Words(step);
      if (step.state != year::Begun::Step::State::Pending) {
        diary.steps.push_back({step.date, {where + words.es, where + words.en}});
        continue;
      }
      const std::string comma = pending.es.empty() ? "" : "; ";
      pending.es += comma + words.es;
      pending.en += comma + words.en;
    }
    if (one.annulled && one.finished)
      diary.steps.push_back({*one.finished,
                             {where + "queda sin efecto lo que lo inició",
                              where + "what began it is left without effect"}});
    if (!pending.es.empty())
      diary.pending.push_back(
          {"al 31 de diciembre, " + where + pending.es, "on 31 December, " + where + pending.en});
  }
}

}  // namespace cotejo::reports
