// Reports as plain text for a terminal or a file: a check, a forecast, what rules answer.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/base/date.h"
#include "model/base/finding.h"
#include "model/base/text.h"
#include "reports/report.h"
#include "scenarios/calibration/results.h"
#include "scenarios/study/results.h"
#include "scenarios/year/results.h"

namespace cotejo::reports {

struct Since;

struct TerminalOptions {
  base::Language language = base::Language::Spanish;
  int width = 100;  // columns; see TerminalWidth
  bool colour = false;
  bool witnesses = false;                  // the case of each finding too
  std::vector<base::Text> readings_tried;  // assignments of ReportInput::tried
  std::optional<exposure::ExposureReport> exposure;
  // What the order ends with, when there is more to it than the checks shown.
  std::optional<ExitStatus> status;
  // What is listed is only the news since an earlier check; it outlives these options.
  const Since* since = nullptr;
};

// Findings, those suppressed, what became of each check of the catalogue, the line of totals
// and what the exit status means.
std::string FormatChecks(const base::CheckReport& checks, const TerminalOptions& options = {});

// The line "gestión revisada: 2026", and one for each reading that is not the assumed one.
std::string FormatCheckedYear(const ReportInput& input, const TerminalOptions& options = {});

// One line: "consultas: planeadas 40 · ejecutadas 40 · probadas 28 · …".
std::string FormatTotals(const base::CheckTotals& totals, base::Language language);

// The forecast's tables: the text in force, and each amendment with its paired difference.
// Which assumptions of the population a result hangs on, the heaviest first.
std::string FormatSensitivity(const study::SensitivityReport& report,
                              const TerminalOptions& options);
std::string FormatForecast(const year::Forecast& forecast, const TerminalOptions& options = {});

// What became of each row of the clock records; what is wrong with them; and what was fitted.
std::string FormatPreview(const std::vector<calibration::FilePreview>& files,
                          const TerminalOptions& options = {});
std::string FormatQuality(const calibration::Quality& quality, const TerminalOptions& options = {});
std::string FormatCalibration(const calibration::Calibration& fitted,
                              const TerminalOptions& options = {});

// The catalogue by group: code, what it looks for and its page.
std::string FormatCatalogue(const std::vector<base::CheckSummary>& checks,
                            const TerminalOptions& options = {});

// What an amendment does to the findings.
std::string FormatAmendments(const ReportInput& input, const TerminalOptions& options = {});

// ---- cotejo aplicar ----------------------------------------------------------------

struct AppliedMeasure {
  std::string name;
  base::Text value;
};

struct AppliedRule {
  base::Date date;
  base::Text subject;  // "atraso", "mes de marzo de 2025"
  base::Citation article;
  std::string rule;
  base::Text answer;  // consequences, and the class of the fault
  std::vector<AppliedMeasure> measures;
  bool stands = true;
  base::Text why;                     // which rule prevailed and by what order
  std::vector<base::Text> conflicts;  // rules it cannot stand with and nothing decides
};

// A subject that no rule of a complete group answers.
struct AppliedGap {
  base::Date date;
  base::Text subject;
  std::vector<AppliedMeasure> measures;
};

struct AppliedPerson {
  std::string name;
  base::Date from, to;
  std::vector<AppliedRule> rules;  // by date
  std::vector<AppliedGap> gaps;
};

std::string FormatApplied(const std::vector<AppliedPerson>& persons,
                          const TerminalOptions& options = {});
// The same as CSV: persona,fecha,sujeto,articulo,regla,respuesta,prevalece,medidas,frente_a.
std::string AppliedCsv(const std::vector<AppliedPerson>& persons, base::Language language);

// ---- cotejo diario -----------------------------------------------------------------

struct DiaryFact {
  base::Date date;
  base::Text text;
};

// One person's year, day by day: what happened, and what each article answers.
struct Diary {
  std::vector<base::Text> about;    // the data of the person
  std::vector<DiaryFact> facts;     // by date
  std::vector<DiaryFact> forgone;   // what an earlier sanction had them leave undone; by date
  std::vector<DiaryFact> steps;     // of the procedures that rules began
  std::vector<base::Text> pending;  // of those, when the year ends
  AppliedPerson answers;
};

std::string FormatDiary(const Diary& diary, const TerminalOptions& options = {});

// Columns of the terminal behind a file descriptor; 100 when it is not one.
int TerminalWidth(int fd);
bool IsTerminal(int fd);

}  // namespace cotejo::reports
