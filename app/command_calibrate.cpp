// calibrar: clock records are read and shown, and the behaviour of a population is fitted to them.
#include <algorithm>
#include <cstdio>

#include "app/checking.h"
#include "app/commands.h"
#include "app/staff.h"
#include "reports/html/html.h"
#include "reports/json/calibration.h"
#include "scenarios/backtest/backtest.h"
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
  Records records;
  std::optional<calibration::Authorised> authorised;

  [[nodiscard]] std::vector<calibration::FilePreview> files() const {
    std::vector<calibration::FilePreview> all = records.files;
    if (authorised) all.push_back(authorised->preview);
    return all;
  }
};

std::optional<Read> ReadPeople(Session& session, const Options& options) {
  const auto key = population::ReadOrMakeKey(KeyPath(options), session.diagnostics);
  if (!key) return std::nullopt;
  auto records = calibration::ReadRecords(options.clocks, *key, session.diagnostics);
  if (!records) return std::nullopt;
  Read read{std::move(*records), std::nullopt};
  if (!options.authorised.empty()) {
    read.authorised = calibration::ReadAuthorised(options.authorised, *key, session.diagnostics);
    if (!read.authorised) return std::nullopt;
  }
  if (options.gestion == 0) return read;
  std::erase_if(read.records.punches, [&](const calibration::Punch& punch) {
    return punch.date.year() != options.gestion;
  });
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
         "add them to the regulation, or use --gestion"});
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
  const std::string months = quality.full.front() + " a " + quality.full.back();
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

std::optional<Study> FitAll(Session& session, const Options& options, const Loaded& loaded,
                            const Read& read) {
  const Records& records = read.records;
  const rules::Ruleset& rules = *loaded.base.rules;
  const auto by_date = [](const calibration::Punch& a, const calibration::Punch& b) {
    return a.date < b.date;
  };
  const auto [first, last] =
      std::minmax_element(records.punches.begin(), records.punches.end(), by_date);
  const auto population = ReadPopulation(session, loaded, options, last->date);
  if (!population) return std::nullopt;
  const auto tables = calibration::ReadTables(options.population, session.diagnostics);
  const auto traits = calibration::ReadTraits(options.population, session.diagnostics);
  const auto binding = year::Bind(rules, *population, false, session.diagnostics);
  const auto where = ReadWhere(session, options);
  if (!tables || !traits || !binding || session.diagnostics.has_errors()) return std::nullopt;
  const auto hours =
      backtest::HoursOf(rules, *population, *binding, where, first->date.first_of_month(),
                        last->date.last_of_month(), session.diagnostics);
  if (!hours) return std::nullopt;
  Study study;
  study.population = population->name;
  study.attendance = calibration::MatchShifts(records.punches, *hours, options.fewest_days);
  const bool absences = read.authorised && CheckAuthorised(session, *read.authorised, study);
  const std::vector<Date>& months = study.attendance.months;
  CheckHolidays(session, rules, months);
  if (session.diagnostics.has_errors()) return std::nullopt;
  if (months.empty()) return study;
  const std::vector<std::int32_t> cuts = calibration::Cells(*tables);
  const calibration::Working working{calibration::MostShifts(*hours), hours->days_a_year};
  const auto count = [&](Date from, Date to) {
    return calibration::CountShifts(study.attendance.people, cuts, from, to,
                                    absences ? &*hours : nullptr);
  };
  const auto people = count(months.front(), months.back().last_of_month());
  if (people.size() < 2) return study;
  calibration::FitOptions fit{.resamples = 400, .seed = options.seed, .traits = *traits};
  if (absences) fit.working = working;
  study.fitted = calibration::Fit(*tables, people, fit);
  if (!absences) study.fitted.absences.why_not = WhyNoAbsences();
  calibration::CountOutside(*tables, study.attendance.people, study.fitted);
  study.fitted.goodness = {calibration::AgainstFile(*tables, people),
                           calibration::AlikeWithin(*tables, people, *traits)};
  if (absences) {
    study.fitted.goodness.push_back(
        calibration::AbsencesAgainstFile(*tables, working, people, *traits));
  }
  const backtest::Options test{.seed = options.seed, .absences = absences, .traits = *traits};
  const auto held = static_cast<std::size_t>(test.months);
  if (months.size() > held) {
    const Date split = months[months.size() - held];
    const auto before = count(months.front(), split.plus_days(-1));
    const auto after = count(split, months.back().last_of_month());
    study.fitted.goodness.push_back(calibration::HeldOut(*tables, before, after, *traits));
    if (absences) {
      study.fitted.goodness.push_back(
          calibration::AbsencesHeldOut(*tables, working, before, after, *traits));
    }
  }
  study.fitted.back_test =
      backtest::TestMonths(rules, *population, *binding, *hours, study.attendance, *tables, test);
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
  const auto read = ReadPeople(session, options);
  if (!read) return fail();
  const reports::TerminalOptions terminal = Terminal(session);
  std::fputs(reports::FormatPreview(read->files(), terminal).c_str(), stdout);
  const auto study = FitAll(session, options, *loaded, *read);
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
