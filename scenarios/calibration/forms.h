// The forms in which clocks leave their records, and the cells of a row.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/base/csv.h"
#include "scenarios/calibration/records.h"

namespace cotejo::calibration {

// The separator of the first line that is not blank.
char SeparatorOf(std::string_view text);

// "2025-03-31" or "31/03/2025", also with the other sign between; the day must exist.
std::optional<base::Date> ReadDay(std::string_view text);
// "08:31" or "08:31:07", as a second of the day.
std::optional<std::int32_t> ReadTime(std::string_view text);
// A day, a space, and a time.
std::optional<std::pair<base::Date, std::int32_t>> ReadMoment(std::string_view text);
// "E", "salida", "C/In" …; Unknown for any other.
Direction ReadDirection(std::string_view text);

// Nothing, or the dashes or "N/A" that stand for it: "", "-", "--:--".
bool IsBlank(std::string_view cell);
// The times of a cell that may have several, those of blanks left out.
std::vector<std::string_view> TimesOf(std::string_view cell);

// "Fecha y Hora" and "fecha_hora" are "fechayhora" and "fechahora".
std::string PlainHeading(std::string_view heading);
// Of a plain heading: the column says who somebody is.
bool IsIdHeading(const std::string& plain);

// Which column says what; -1: none does.
struct Form {
  base::Text name;
  bool heading = false;
  int id = -1;
  int moment = -1;          // day and time together …
  int day = -1, time = -1;  // … or apart
  int direction = -1;
  bool codes = false;  // the direction is a machine's number
  // One day a row: columns of times, each with what they are; or one with several times.
  std::vector<std::pair<int, Direction>> times;
  int several = -1;
  bool midnight_is_blank = false;   // 00:00 is what a cell without a punch says
  std::vector<std::string> unread;  // headings of the columns of which nothing is taken
};

// Whether a cell of the column of directions says entry or exit.
Direction DirectionOfCell(const Form& form, std::string_view cell);

// From the rows of a file; nothing when it is none of the known ones.
std::optional<Form> Recognise(const std::vector<base::CsvRow>& rows);

// The name of a column that says which half of the day a time is of, when no time of the file is
// past noon: they are of twelve hours, and cannot be read.
std::optional<std::string> HalfDayColumn(const std::vector<base::CsvRow>& rows, const Form& form);

// What a machine's number means: even for an entry, odd for an exit, but for those of a pause.
Direction DirectionOfCode(std::string_view code);

}  // namespace cotejo::calibration
