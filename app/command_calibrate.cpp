// calibrar: clock records are read and shown, and the behaviour of a population is fitted to them.
#include <algorithm>
#include <atomic>
#include <cstdio>
#include <memory>
#include <set>

#include "app/checking.h"
#include "app/commands.h"
#include "app/staff.h"
#include "model/evaluation/history.h"
#include "reports/html/html.h"
#include "reports/json/calibration.h"
#include "reports/terminal/progress.h"
#include "scenarios/backtest/backtest.h"
#include "scenarios/backtest/person.h"
#include "scenarios/calibration/authorised.h"
#include "scenarios/calibration/fit.h"
#include "scenarios/population/pseudonyms.h"

namespace cotejo::app {
namespace {

using base::Date;
using base::Text;
using calibration::Records;

void Report(Session& session, const char* code, Text message, Text hint) {
  session.diagnostics.Add(
      {code, base::Severity::Error, {}, std::move(message), std::move(hint), {}});
}

// What is read of the people: their punches and, when it was given, the list of what they were
// authorised.
struct Read {
  std::string key;
  Records records;
  std::int64_t other_years = 0;  // punches left out by --gestion
  std::optional<calibration::Authorised> authorised;

  [[nodiscard]] std::vector<calibration::FilePreview> files() const {
    std::vector<calibration::FilePreview> all = records.files;
    if (authorised) all.push_back(authorised->preview);
    return all;
  }
};

std::optional<Read> ReadClocks(Session& session, const Options& options) {
  const auto key = population::ReadOrMakeKey(KeyPath(options), session.diagnostics);
  if (!key) return std::nullopt;
  auto records = calibration::ReadRecords(options.clocks, *key, session.diagnostics);
  if (!records) return std::nullopt;
  Read read{*key, std::move(*records), 0, std::nullopt};
  if (options.gestion == 0) return read;
  const auto other_year = [&](Date date) { return date.year() != options.gestion; };
  read.other_years = static_cast<std::int64_t>(std::erase_if(
      read.records.punches, [&](const auto& punch) { return other_year(punch.date); }));
  std::erase_if(read.records.unread, [&](const auto& day) { return other_year(day.second); });
  if (read.records.punches.empty()) {
    const std::string year = std::to_string(options.gestion);
    Report(session, "marcaciones-ninguna",
           {"no hay marcaciones de " + year, "there are no clock records of " + year}, {});
    return std::nullopt;
  }
  return read;
}

// "oficina=beni": whose hours people without a list have.
std::optional<backtest::Where> ReadWhere(Session& session, const Options& options) {
  if (options.where.empty()) return std::nullopt;
  const std::size_t at = options.where.find('=');
  if (at == std::string::npos || at == 0 || at + 1 == options.where.size()) {
    Report(session, "calibrar-horario",
           {"«" + options.where + "» no es un dato y su valor",
            "'" + options.where + "' is not an attribute and its value"},
           {"escriba «oficina=beni»", "write 'oficina=beni'"});
    return std::nullopt;
  }
  return backtest::Where{options.where.substr(0, at), options.where.substr(at + 1)};
}

// Months no holidays are known of would count holidays as absences.
void CheckHolidays(Session& session, const rules::Ruleset& rules, const std::vector<Date>& months) {
  for (const Date month : months) {
    if (rules.calendar.years().contains(month.year())) continue;
    const std::string year = std::to_string(month.year());
    return Report(
        session, "calibrar-horario",
        {"no se conocen los feriados de " + year, "the holidays of " + year + " are not known"},
        {"agréguelos a la regulación, o use --gestion",
         "add them to the regulation, or use --year"});
  }
}

Text SourceOf(const Options& options, const calibration::Quality& quality,
              const calibration::Calibration& fitted) {
  const std::string files = std::to_string(options.clocks.size());
  const auto count = [](std::int64_t n, const char* one) {
    return std::to_string(n) + " " + one + (n == 1 ? "" : "s");
  };
  const std::string people = count(fitted.people, "persona");
  const std::string arrivals = count(fitted.arrivals, "llegada");
  const std::string months = calibration::ShowMonths(quality.full);
  return {"calibrado de marcaciones (" + files + (files == "1" ? " archivo, " : " archivos, ") +
              months + ", " + people + ", " + arrivals + ")",
          "calibrated from clock records"};
}

// The file is read back: what is written is a population that can be simulated.
bool WritePopulation(Session& session, const Options& options, const Text& source,
                     const calibration::Calibration& fitted) {
  const auto text =
      calibration::WriteCalibrated(options.population, fitted, source, session.diagnostics);
  if (!text || !WriteFile(session, options.output, *text)) return false;
  population::LoadPopulation(session.sources, options.output, session.diagnostics);
  return !session.diagnostics.has_errors();
}

bool EndsWith(const std::string& path, std::string_view end) {
  return path.size() > end.size() && path.ends_with(end);
}

// Before the work, not after it.
bool CheckReportNames(Session& session, const Options& options) {
  for (const std::string& path : options.reports) {
    if (EndsWith(path, ".json") || EndsWith(path, ".html")) continue;
    Report(session, "calibrar-informe",
           {"«" + path + "» no termina en .json ni en .html",
            "'" + path + "' ends neither in .json nor in .html"},
           {"el nombre dice en qué formato se escribe", "the name says the format"});
  }
  return !session.diagnostics.has_errors();
}

// A report is made to be passed on: of so few people it would tell of somebody.
bool WriteReports(Session& session, const Options& options,
                  const reports::CalibrationReport& report) {
  if (options.reports.empty()) return true;
  if (report.fitted.people < options.smallest_group) {
    const std::string few = std::to_string(options.smallest_group);
    Report(session, "grupo-pequeño",
           {"no se escribe un informe de menos de " + few + " personas",
            "no report is written of fewer than " + few + " people"},
           {});
    return false;
  }
  const reports::CalibrationReport shown = reports::WithoutPeople(report);
  for (const std::string& path : options.reports) {
    if (EndsWith(path, ".json")) {
      if (!WriteFile(session, path, reports::WriteCalibrationJson(shown))) return false;
      continue;
    }
    const reports::HtmlPage page = reports::RenderCalibration(shown, {session.language, "gnuplot"});
    for (const base::Diagnostic& problem : page.problems) session.diagnostics.Add(problem);
    if (!WriteFile(session, path, page.html)) return false;
  }
  return true;
}

// Everything after the records were read; nothing on bad input, diagnosed.
struct Study {
  std::string population;
  calibration::Attendance attendance;
  calibration::Calibration fitted;
};

Text WhyNoAbsences() {
  return {
      "sin la lista de ausencias autorizadas (--ausencias) no se distinguen de vacaciones, "
      "licencias y bajas: quedan como en el archivo",
      "without the list of authorised absences (--absences) they cannot be told from "
      "vacations, leaves and illness: they stay as in the file"};
}

// A list about other people, or made with another key, would make an absence of every vacation.
bool CheckAuthorised(Session& session, const calibration::Authorised& authorised, Study& study) {
  if (study.attendance.people.empty() || calibration::Excuse(study.attendance, authorised))
    return true;
  Report(session, "calibrar-ausencias",
         {"nadie de la lista de ausencias tiene marcaciones",
          "nobody in the list of absences has clock records"},
         {"el documento debe escribirse como en el reloj",
          "the document has to be written as the clock has it"});
  return false;
}

// What is fitted, and to what.
struct Fitting {
  const rules::Ruleset& rules;
  const population::Population& population;
  const year::Binding& binding;
  const calibration::Hours& hours;
  const calibration::Attendance& attendance;
  const std::vector<calibration::ClassTable>& tables;
  const calibration::TraitTable& traits;
  bool absences = false;

  [[nodiscard]] std::vector<calibration::PersonCounts> Count(Date from, Date to) const {
    return calibration::CountShifts(attendance.people, calibration::Cells(tables), from, to,
                                    absences ? &hours : nullptr);
  }
};

// Nobody, when there are fewer than two people to fit anything to.
calibration::Calibration FitMonths(const Session& session, const Fitting& to, std::uint64_t seed) {
  const std::vector<Date>& months = to.attendance.months;
  const auto people = to.Count(months.front(), months.back().last_of_month());
  if (people.size() < 2) return {};
  const calibration::Working working{calibration::MostShifts(to.hours), to.hours.days_a_year};
  std::atomic<std::int64_t> done{0};
  const backtest::Options test{
      .seed = seed, .absences = to.absences, .traits = to.traits, .progress = &done};
  calibration::FitOptions fit{
      .resamples = 400, .seed = seed, .traits = to.traits, .progress = &done};
  if (to.absences) fit.working = working;
  const auto held = static_cast<std::size_t>(test.months);
  const bool tested = months.size() > held;
  const reports::Progress bar(Text{"ajustando", "fitting"}.in(session.language), done,
                              fit.resamples + (tested ? test.replications : 0));
  calibration::Calibration fitted = calibration::Fit(to.tables, people, fit);
  if (!to.absences) fitted.absences.why_not = WhyNoAbsences();
  calibration::CountOutside(to.tables, to.attendance.people, fitted);
  fitted.goodness = {calibration::AgainstFile(to.tables, people),
                     calibration::AlikeWithin(to.tables, people, to.traits)};
  if (to.absences) {
    fitted.goodness.push_back(
        calibration::AbsencesAgainstFile(to.tables, working, people, to.traits));
  }
  if (tested) {
    const Date split = months[months.size() - held];
    const auto before = to.Count(months.front(), split.plus_days(-1));
    const auto after = to.Count(split, months.back().last_of_month());
    fitted.goodness.push_back(calibration::HeldOut(to.tables, before, after, to.traits));
    if (to.absences) {
      fitted.goodness.push_back(
          calibration::AbsencesHeldOut(to.tables, working, before, after, to.traits));
    }
  }
  fitted.back_test = backtest::TestMonths(to.rules, to.population, to.binding, to.hours,
                                          to.attendance, to.tables, test);
  return fitted;
}

// Whom the records are held against.
struct Staff {
  std::unique_ptr<const population::Population> population;  // where the binding points
  std::vector<calibration::ClassTable> tables;
  calibration::TraitTable traits;
  year::Binding binding;
  calibration::Hours hours;
};

// Working days of which the regulation does not say the hours of anybody.
std::set<Date> DaysWithoutHours(const rules::Ruleset& rules, const year::Binding& binding,
                                const calibration::Hours& hours, Date from, Date to) {
  std::set<Date> without;
  const auto history = backtest::PersonOf(rules, binding, hours.anybody, from, to);
  for (Date date = from; date <= to; date = date.plus_days(1)) {
    if (rules.calendar.IsWorkingDay(date, evaluation::HolidayScope(rules, history, date)))
      without.insert(date);
  }
  for (const calibration::Timetable& timetable : hours.timetables) {
    for (const calibration::WorkDay& day : timetable) without.erase(day.date);
  }
  return without;
}

// What the file gives to whoever comes first in an office is of nobody in particular: of people who
// are known it holds only where the list says it.
bool ForgetUnlisted(Session& session, const Loaded& loaded, const Options& options, Date latest,
                    const std::vector<std::string>& fixed, population::Population& population) {
  const auto list = ReadStaffList(session, loaded, options, latest);
  if (!list) return false;
  for (population::Column& column : population.staff.columns) {
    if (std::find(fixed.begin(), fixed.end(), column.attribute) == fixed.end()) continue;
    const auto listed =
        std::find_if(list->columns.begin(), list->columns.end(),
                     [&](const auto& other) { return other.attribute == column.attribute; });
    for (std::size_t person = 0; person < column.of.size(); ++person) {
      if (listed == list->columns.end() || listed->of[person] == population::kUnknown)
        column.of[person] = -1;
    }
  }
  return true;
}

std::optional<Staff> ReadStaff(Session& session, const Options& options, const Loaded& loaded,
                               const Records& records) {
  const rules::Ruleset& rules = *loaded.base.rules;
  const auto by_date = [](const calibration::Punch& a, const calibration::Punch& b) {
    return a.date < b.date;
  };
  const auto [first, last] =
      std::minmax_element(records.punches.begin(), records.punches.end(), by_date);
  // The list is of today; whoever was hired after the last record has none.
  const Date latest = std::max(last->date, Today(session, options));
  auto read = ReadPopulation(session, loaded, options, latest);
  if (!read) return std::nullopt;
  auto tables = calibration::ReadTables(options.population, session.diagnostics);
  if (!tables) return std::nullopt;
  const auto fixed = calibration::ReadFixed(options.population, session.diagnostics);
  if (!options.staff.empty() && !ForgetUnlisted(session, loaded, options, latest, fixed, *read))
    return std::nullopt;
  auto population = std::make_unique<const population::Population>(std::move(*read));
  auto traits = calibration::ReadTraits(options.population, session.diagnostics);
  auto binding = year::Bind(rules, *population, false, session.diagnostics);
  const auto where = ReadWhere(session, options);
  if (!traits || !binding || session.diagnostics.has_errors()) return std::nullopt;
  const Date from = first->date.first_of_month();
  const Date to = last->date.last_of_month();
  auto hours =
      backtest::HoursOf(rules, *population, *binding, where, from, to, session.diagnostics);
  if (!hours) return std::nullopt;
  hours->unknown = DaysWithoutHours(rules, *binding, *hours, from, to);
  hours->unbound = backtest::UnboundByList(rules, *population, *binding, *hours, fixed);
  return Staff{std::move(population), std::move(*tables), std::move(*traits), std::move(*binding),
               std::move(*hours)};
}

std::optional<Study> FitAll(Session& session, const Options& options, const Loaded& loaded,
                            const Read& read, const Staff& staff) {
  const rules::Ruleset& rules = *loaded.base.rules;
  Study study;
  study.population = staff.population->name;
  study.attendance = calibration::MatchShifts(read.records.punches, staff.hours,
                                              options.fewest_days, read.records.unread);
  if (options.gestion != 0) {
    study.attendance.quality.issues.push_back(
        {{"marcaciones de otras gestiones", "punches of other years"},
         read.other_years,
         {},
         {"no se cuentan (--gestion)", "not counted (--year)"}});
  }
  const bool absences = read.authorised && CheckAuthorised(session, *read.authorised, study);
  CheckHolidays(session, rules, study.attendance.months);
  if (session.diagnostics.has_errors()) return std::nullopt;
  if (study.attendance.months.empty()) return study;
  study.fitted = FitMonths(session,
                           {rules, *staff.population, staff.binding, staff.hours, study.attendance,
                            staff.tables, staff.traits, absences},
                           options.seed);
  return study;
}

}  // namespace

ExitStatus RunCalibrate(Session& session, const Options& options) {
  const auto fail = [&] {
    PrintDiagnostics(session);
    return ExitStatus::BadInput;
  };
  if (!CheckReportNames(session, options)) return fail();
  const auto loaded = Load(session, options.regulation, {}, options.readings);
  if (!loaded) return ExitStatus::BadInput;
  auto read = ReadClocks(session, options);
  if (!read) return fail();
  const auto staff = ReadStaff(session, options, *loaded, read->records);
  if (staff && !options.authorised.empty()) {
    read->authorised = calibration::ReadAuthorised(options.authorised, read->key, staff->hours,
                                                   session.diagnostics);
  }
  const reports::TerminalOptions terminal = Terminal(session);
  std::fputs(reports::FormatPreview(read->files(), terminal).c_str(), stdout);
  if (!staff || session.diagnostics.has_errors()) return fail();
  const auto study = FitAll(session, options, *loaded, *read, *staff);
  if (!study) return fail();
  std::fputs(reports::FormatQuality(study->attendance.quality, terminal).c_str(), stdout);
  if (study->fitted.people == 0) {
    Report(session, "calibrar-poco",
           {"no hay un mes completo con marcaciones de dos personas al menos",
            "there is no full month with records of two people at least"},
           {"vea arriba qué quedó fuera y por qué", "see above what was left out and why"});
    return fail();
  }
  std::fputs(reports::FormatCalibration(study->fitted, terminal).c_str(), stdout);
  const reports::ReportInput run = DescribeRun(session, *loaded);
  if (!WriteReports(session, options,
                    {run.title, run.tool_version, run.command, study->population, read->files(),
                     study->attendance.quality, study->fitted}))
    return fail();
  if (!options.output.empty()) {
    const Text source = SourceOf(options, study->attendance.quality, study->fitted);
    if (!WritePopulation(session, options, source, study->fitted)) return fail();
  }
  PrintDiagnostics(session);
  return ExitStatus::Clean;
}

}  // namespace cotejo::app
