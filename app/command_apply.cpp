// aplicar: the reference interpreter on histories.
#include <algorithm>
#include <cstdio>

#include "app/checking.h"
#include "app/commands.h"
#include "model/evaluation/evaluate.h"
#include "model/rules/terms.h"
#include "reports/format.h"
#include "reports/terminal/describe.h"
#include "reports/terminal/terminal.h"

namespace cotejo::app {
namespace {

using base::Date;
using base::Text;

std::optional<Date> ReadDate(Session& session, const std::string& text) {
  const auto date = base::ParseDate(text);
  if (!date) {
    session.diagnostics.Add({"fecha-inválida",
                             base::Severity::Error,
                             {},
                             {"«" + text + "» no es una fecha", "'" + text + "' is not a date"},
                             {"escriba año-mes-día, por ejemplo 2025-02-17",
                              "write year-month-day, such as 2025-02-17"},
                             {}});
  }
  return date;
}

// Both ends or neither; an end alone is an error, not a guess.
std::optional<std::pair<Date, Date>> ReadHorizon(Session& session, const Options& options) {
  if (options.from.empty() && options.to.empty()) return std::nullopt;
  if (options.from.empty() || options.to.empty()) {
    session.diagnostics.Add({"horizonte-incompleto",
                             base::Severity::Error,
                             {},
                             {"el horizonte tiene un solo extremo", "the horizon has only one end"},
                             {"dé --desde y --hasta", "give --from and --to"},
                             {}});
    return std::nullopt;
  }
  const auto from = ReadDate(session, options.from);
  const auto to = ReadDate(session, options.to);
  if (!from || !to) return std::nullopt;
  if (*to < *from) {
    session.diagnostics.Add(
        {"horizonte-invertido",
         base::Severity::Error,
         {},
         {"el horizonte termina antes de empezar", "the horizon ends before it begins"},
         {},
         {}});
  }
  return std::pair(*from, *to);
}

struct Applied {
  std::vector<reports::AppliedPerson> persons;
  bool findings = false;    // a gap, or a conflict that nothing decides
  bool incomplete = false;  // the interpreter could not judge something
};

Applied ApplyAll(Session& session, const rules::Ruleset& rules,
                 const std::vector<evaluation::History>& histories) {
  Applied applied;
  const rules::Families families = rules::BuildFamilies(rules);
  for (const evaluation::History& history : histories) {
    if (StopFlag()) break;
    const evaluation::Result result = evaluation::Evaluate(rules, families, history);
    for (const base::Diagnostic& problem : result.problems) {
      applied.incomplete = applied.incomplete || problem.severity == base::Severity::Error;
      session.diagnostics.Add(problem);
    }
    applied.persons.push_back(reports::DescribeResult(rules, history, result));
    applied.findings = applied.findings || !result.gaps.empty();
    for (const auto& application : result.applications) {
      applied.findings = applied.findings || (application.stands && !application.conflicts.empty());
    }
  }
  return applied;
}

bool CountsBy(const rules::Ruleset& rules, rules::Window window) {
  const auto by = [window](const auto& one) { return one.window == window; };
  return std::any_of(rules.measures.begin(), rules.measures.end(), by) ||
         std::any_of(rules.rules.begin(), rules.rules.end(),
                     [&](const rules::Rule& rule) { return by(rule.subject); });
}

// A month or a year that had begun when the facts begin is counted as if nothing had happened in
// it before: nobody can know it from the file. It does not touch who was hired since.
void WarnOfCountsBegun(Session& session, const rules::Ruleset& rules,
                       const std::vector<evaluation::History>& histories) {
  const Date from = histories.front().from;
  const bool anybody =
      std::any_of(histories.begin(), histories.end(), [&](const evaluation::History& history) {
        const auto hired = evaluation::BeginningOn(rules, history, history.to);
        return !hired || *hired < from;
      });
  if (!anybody) return;
  Text begun;
  const auto add = [&](const Text& one) {
    begun.es += (begun.empty() ? "" : " y ") + one.es;
    begun.en += (begun.en.empty() ? "" : " and ") + one.en;
  };
  if (from.day() != 1 && CountsBy(rules, rules::Window::Month))
    add({reports::FormatMonth(from, base::Language::Spanish),
         reports::FormatMonth(from, base::Language::English)});
  const bool year = from != Date(from.year(), 1, 1) && CountsBy(rules, rules::Window::Gestion);
  if (year) {
    const std::string number = std::to_string(from.year());
    add({"la gestión " + number, "the year " + number});
  }
  if (begun.empty()) return;
  const std::string whole = Date(from.year(), year ? 1 : from.month(), 1).str();
  session.diagnostics.Add(
      {"cuenta-empezada",
       base::Severity::Warning,
       {},
       {"el horizonte empieza el " + from.str() + ": lo que se cuenta en " + begun.es +
            " no ve lo anterior a ese día, y se responde como si no hubiera pasado nada",
        "the horizon begins on " + from.str() + ": what is counted in " + begun.en +
            " does not see what came before, and is answered as if nothing had happened"},
       {"dé los hechos desde el " + whole + " y empiece en él el horizonte",
        "give the facts since " + whole + " and begin the horizon there"},
       {}});
}

// Whether what is counted in a window up to one day sees what happened on another.
bool Sees(rules::Window window, Date day, Date other) {
  if (window == rules::Window::Career) return true;
  if (window == rules::Window::Gestion) return other.year() == day.year();
  return window == rules::Window::Month && other.first_of_month() == day.first_of_month();
}

// Some rule or qualification decides by it.
bool InUse(const rules::Ruleset& rules, rules::MeasureId measure) {
  const auto decides = [&](const auto& provision) {
    return rules::LooksAt(rules, provision.guard, measure) ||
           std::any_of(provision.exceptions.begin(), provision.exceptions.end(),
                       [&](const rules::Exception& exception) {
                         return rules::LooksAt(rules, exception.condition, measure);
                       });
  };
  return std::any_of(rules.rules.begin(), rules.rules.end(), decides) ||
         std::any_of(rules.qualifications.begin(), rules.qualifications.end(), decides);
}

// What happened before a norm was in force has no answer in it, and yet is counted as a first time:
// whether it may be held against somebody is not for the file to say.
void WarnOfCountedBefore(Session& session, const rules::Ruleset& rules, const rules::Measure& times,
                         const evaluation::History& history) {
  const Date since = *rules.norm(times.norm).in_force_from;
  const std::size_t field = times.same_field.index();
  for (const evaluation::Fact& before : history.facts) {
    if (before.kind != times.kind || before.date >= since) continue;
    const bool again =
        std::any_of(history.facts.begin(), history.facts.end(), [&](const evaluation::Fact& after) {
          return after.kind == times.kind && after.date >= since &&
                 after.fields[field] == before.fields[field] &&
                 Sees(times.window, after.date, before.date);
        });
    if (!again) continue;
    const std::string& fact = rules.kind(times.kind).name;
    const std::string& norm = rules.norm(times.norm).name;
    session.diagnostics.Add(
        {"cuenta-anterior",
         base::Severity::Warning,
         {},
         {history.person + ": «" + times.name + "» cuenta «" + fact + "» del " + before.date.str() +
              ", y " + norm + " rige desde el " + since.str() +
              ": por ese hecho no responde, pero el siguiente es ya una repetición",
          history.person + ": '" + times.name + "' counts '" + fact + "' of " + before.date.str() +
              ", and " + norm + " is in force since " + since.str() +
              ": it does not answer for that one, but the next is already a repetition"},
         {"si lo anterior a esa fecha no debe contar, quite la fila",
          "if what came before that date must not count, remove the row"},
         {}});
    return;  // of one person once
  }
}

void WarnOfCountedBefore(Session& session, const rules::Ruleset& rules,
                         const std::vector<evaluation::History>& histories) {
  for (std::size_t m = 0; m < rules.measures.size(); ++m) {
    const rules::Measure& times = rules.measures[m];
    if (!times.same_field.valid() || !times.norm.valid() || !rules.norm(times.norm).in_force_from ||
        !InUse(rules, rules::MeasureId(static_cast<std::int64_t>(m)))) {
      continue;
    }
    for (const evaluation::History& history : histories) {
      WarnOfCountedBefore(session, rules, times, history);
    }
  }
}

// What nobody said of somebody is what the vocabulary begins with: that is an assumption, and it is
// said, also when a file of persons gave the rest. Nothing when everything was given of everybody.
std::string Defaults(const Session& session, const Options& options, const rules::Ruleset& rules,
                     const std::vector<evaluation::History>& histories) {
  std::string taken;
  for (std::size_t a = 0; a < rules.attributes.size(); ++a) {
    const rules::Attribute& attribute = rules.attributes[a];
    const bool given = std::all_of(histories.begin(), histories.end(), [a](const auto& history) {
      const std::vector<evaluation::DatedAttribute>& dated = history.attributes[a];
      return !dated.empty() && dated.front().from.value_or(history.from) <= history.from;
    });
    if (given || !attribute.initial || attribute.initial->absent) continue;
    taken += (taken.empty() ? "" : ", ") + attribute.name + " = " +
             rules::FormatValue(rules, attribute.type, *attribute.initial, session.language);
  }
  if (taken.empty()) return {};
  const Text whose =
      options.persons.empty()
          ? Text{"sin --personas, los datos que los hechos no dan son",
                 "without --persons, data that the facts do not give are"}
          : Text{"de quien ni --personas ni los hechos dan estos datos, son",
                 "of whom neither --persons nor the facts give these data, they are"};
  const Text told = {whose.es + " los iniciales del vocabulario: " + taken,
                     whose.en + " the vocabulary's initial ones: " + taken};
  std::string out;
  for (const std::string& line :
       reports::Wrap(told.in(session.language),
                     static_cast<std::size_t>(std::max(40, Terminal(session).width))))
    out += line + "\n";
  return out + "\n";
}

}  // namespace

ExitStatus RunApply(Session& session, const Options& options) {
  const auto loaded = Load(session, options.regulation, options.amendments, options.readings);
  if (!loaded) return ExitStatus::BadInput;
  if (loaded->amended.size() > 1) {
    session.diagnostics.Add(
        {"demasiadas-enmiendas",
         base::Severity::Error,
         {},
         {"aplicar lleva una enmienda como mucho", "apply takes one amendment at most"},
         {},
         {}});
  }
  const rules::Ruleset& rules =
      loaded->amended.empty() ? *loaded->base.rules : *loaded->amended.front();
  const auto horizon = ReadHorizon(session, options);
  std::vector<evaluation::History> histories;
  if (!session.diagnostics.has_errors()) {
    histories = evaluation::ReadHistories(rules, session.sources, options.facts, options.persons,
                                          horizon, session.diagnostics);
  }
  const bool failed = session.diagnostics.has_errors();
  PrintDiagnostics(session);
  if (failed) return ExitStatus::BadInput;
  if (!histories.empty()) {
    base::Date first = histories.front().from;
    base::Date last = histories.front().to;
    for (const evaluation::History& history : histories) {
      first = std::min(first, history.from);
      last = std::max(last, history.to);
    }
    WarnOfPartlyInForce(session, rules, first, last);
    WarnOfCountsBegun(session, rules, histories);
    WarnOfCountedBefore(session, rules, histories);
  }

  const Applied applied = ApplyAll(session, rules, histories);
  PrintDiagnostics(session);
  std::fputs(Defaults(session, options, rules, histories).c_str(), stdout);
  std::fputs(reports::FormatApplied(applied.persons, Terminal(session)).c_str(), stdout);
  if (!options.output.empty() &&
      !WriteFile(session, options.output, reports::AppliedCsv(applied.persons, session.language))) {
    return ExitStatus::BadInput;
  }
  if (StopFlag() || applied.incomplete) return ExitStatus::Undecided;
  return applied.findings ? ExitStatus::Findings : ExitStatus::Clean;
}

}  // namespace cotejo::app
