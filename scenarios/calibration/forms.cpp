#include "scenarios/calibration/forms.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <set>
#include <tuple>

#include "model/base/utf8.h"

namespace cotejo::calibration {
namespace {

using Rows = std::vector<base::CsvRow>;

std::string_view Trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

// The numbers of a text that is two or three of them with `between`; nothing otherwise.
std::optional<std::vector<int>> Numbers(std::string_view text, std::string_view between) {
  std::vector<int> numbers;
  while (true) {
    const std::size_t end = std::min(text.find_first_of(between), text.size());
    int number = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + end, number);
    if (error != std::errc() || stop != text.data() + end || number < 0) return std::nullopt;
    numbers.push_back(number);
    if (end == text.size()) return numbers;
    text.remove_prefix(end + 1);
  }
}

bool IsDigits(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

enum class Column { None, Id, Moment, Day, Time, Direction, Entry, Exit, Several };

Column Meaning(const std::string& heading) {
  static const std::map<std::string, Column> known = {
      {"documento", Column::Id},
      {"id", Column::Id},
      {"ci", Column::Id},
      {"carnet", Column::Id},
      {"cedula", Column::Id},
      {"iddeusuario", Column::Id},
      {"idusuario", Column::Id},
      {"userid", Column::Id},
      {"acno", Column::Id},
      {"enno", Column::Id},
      {"noempleado", Column::Id},
      {"nodeempleado", Column::Id},
      {"numerodeempleado", Column::Id},
      {"nousuario", Column::Id},
      {"personid", Column::Id},
      {"idpersona", Column::Id},
      {"fechahora", Column::Moment},
      {"fechayhora", Column::Moment},
      {"fechaohora", Column::Moment},
      {"datetime", Column::Moment},
      {"dateandtime", Column::Moment},
      {"marcacion", Column::Moment},
      {"fecha", Column::Day},
      {"dia", Column::Day},
      {"date", Column::Day},
      {"hora", Column::Time},
      {"time", Column::Time},
      {"es", Column::Direction},
      {"entradasalida", Column::Direction},
      {"estado", Column::Direction},
      {"state", Column::Direction},
      {"tipo", Column::Direction},
      {"evento", Column::Direction},
      {"inout", Column::Direction},
      {"marcaciones", Column::Several},
      {"horas", Column::Several},
      {"registros", Column::Several},
      {"times", Column::Several},
      {"punches", Column::Several},
  };
  const auto found = known.find(heading);
  if (found != known.end()) return found->second;
  // "Entrada 2", "Ingreso mañana", "Clock In".
  const auto begins = [&](std::string_view with) { return heading.starts_with(with); };
  // How late or early, or the hour fixed, is no punch (but "Entrada tarde" is of the afternoon).
  for (const char* other :
       {"tardi", "tardan", "tempran", "anticip", "program", "oficial", "esperad", "previst"}) {
    if (heading.find(other) != std::string::npos) return Column::None;
  }
  if (begins("entrada") || begins("ingreso") || begins("clockin")) return Column::Entry;
  if (begins("salida") || begins("clockout")) return Column::Exit;
  return Column::None;
}

std::optional<Form> WithHeading(const std::vector<std::string>& heading) {
  Form form;
  form.heading = true;
  for (std::size_t i = 0; i < heading.size(); ++i) {
    const int at = static_cast<int>(i);
    const auto take = [&](int& column) { column = column < 0 ? at : column; };
    switch (Meaning(PlainHeading(heading[i]))) {
      case Column::Id:
        take(form.id);
        break;
      case Column::Moment:
        take(form.moment);
        break;
      case Column::Day:
        take(form.day);
        break;
      case Column::Time:
        take(form.time);
        break;
      case Column::Direction:
        take(form.direction);
        break;
      case Column::Entry:
        form.times.emplace_back(at, Direction::In);
        break;
      case Column::Exit:
        form.times.emplace_back(at, Direction::Out);
        break;
      case Column::Several:
        take(form.several);
        break;
      case Column::None:
        break;
    }
  }
  if (form.id < 0) return std::nullopt;
  if (form.moment >= 0 || (form.day >= 0 && form.time >= 0)) {
    form.name = {"planilla de eventos, una marcación por fila", "event sheet, one punch a row"};
    form.times.clear();
    form.several = -1;
    return form;
  }
  if (form.day < 0 || (form.times.empty() && form.several < 0)) return std::nullopt;
  form.name = {"planilla diaria, un día por fila", "daily sheet, one day a row"};
  form.direction = -1;
  return form;
}

std::string NameOf(const Rows& rows, const Form& form, std::size_t column) {
  const std::vector<std::string>& heading = rows.front().fields;
  if (form.heading && column < heading.size() && !heading[column].empty()) return heading[column];
  return "#" + std::to_string(column + 1);
}

// Those with something in them that are no part of the form.
std::vector<std::string> UnreadColumns(const Rows& rows, const Form& form) {
  std::set<int> read = {form.id, form.direction};
  if (form.moment >= 0) {
    read.insert(form.moment);
  } else {
    read.insert({form.day, form.time, form.several});
    for (const auto& [column, direction] : form.times) read.insert(column);
  }
  std::set<std::size_t> unread;
  for (const base::CsvRow& row : rows) {
    for (std::size_t column = 0; column < row.fields.size(); ++column) {
      if (!row.fields[column].empty() && !read.contains(static_cast<int>(column)))
        unread.insert(column);
    }
  }
  std::vector<std::string> names;
  for (const std::size_t column : unread) names.push_back(NameOf(rows, form, column));
  return names;
}

// Punches in the hour after midnight are at any of its minutes: several at 00:00 and no other in
// the whole file are cells without a punch.
bool MidnightIsBlank(const Rows& rows, const Form& form) {
  constexpr std::int32_t kHour = 3600;
  int at_midnight = 0;
  std::vector<int> columns = {form.several};
  for (const auto& [column, direction] : form.times) columns.push_back(column);
  for (const base::CsvRow& row : rows) {
    for (const int column : columns) {
      if (column < 0 || static_cast<std::size_t>(column) >= row.fields.size()) continue;
      for (const std::string_view text : TimesOf(row.fields[static_cast<std::size_t>(column)])) {
        const auto time = ReadTime(text);
        if (time && *time > 0 && *time < kHour) return false;
        if (time && *time == 0) ++at_midnight;
      }
    }
  }
  return at_midnight > 1;
}

// The moment of a punch, in one cell or in two.
std::optional<std::pair<base::Date, std::int32_t>> MomentOf(const base::CsvRow& row,
                                                            const Form& form) {
  const auto cell = [&](int column) -> std::string {
    const auto at = static_cast<std::size_t>(column);
    return column >= 0 && at < row.fields.size() ? row.fields[at] : "";
  };
  return ReadMoment(form.moment >= 0 ? cell(form.moment) : cell(form.day) + " " + cell(form.time));
}

// The second at which one day of work ends and the next begins: the middle of the longest stretch
// of hours before noon in which almost nobody punches, so that an exit after midnight is of the day
// before.
std::int32_t TurnOfDay(const Rows& rows, const Form& form) {
  constexpr std::size_t kNoon = 12;
  constexpr int kQuiet = 100;  // times fewer punches than in the busiest hour
  std::array<int, 24> punches{};
  for (const base::CsvRow& row : rows) {
    const auto moment = MomentOf(row, form);
    if (moment) ++punches[static_cast<std::size_t>(moment->second / 3600)];
  }
  const int busiest = *std::max_element(punches.begin(), punches.end());
  std::size_t best = 0;
  std::size_t longest = 0;
  std::size_t length = 0;
  for (std::size_t hour = 0; hour < kNoon; ++hour) {
    length = kQuiet * punches[hour] < busiest ? length + 1 : 0;
    if (length <= longest) continue;
    longest = length;
    best = hour + 1 - length;
  }
  return static_cast<std::int32_t>((2 * best + longest) * 1800);
}

// Days of a person, with more than a punch, by what a column says of their first and their last.
struct DaysTold {
  int right = 0;   // an entry and an exit
  int wrong = 0;   // anything else …
  int untold = 0;  // … or nothing, of one of them
};

DaysTold DaysToldBy(std::size_t column, const Rows& rows, const Form& form) {
  struct Day {
    std::int64_t first = INT64_MAX, last = -1;
    Direction entry = Direction::Unknown, exit = Direction::Unknown;
  };
  constexpr std::int64_t kDay = 86400;
  const std::int64_t turn = TurnOfDay(rows, form);
  std::map<std::pair<std::string, std::int64_t>, Day> days;
  for (const base::CsvRow& row : rows) {
    if (row.fields.size() <= std::max(column, static_cast<std::size_t>(form.id))) continue;
    const auto moment = MomentOf(row, form);
    if (!moment) continue;
    const std::string& id = row.fields[static_cast<std::size_t>(form.id)];
    const std::int64_t at = moment->first.days() * kDay + moment->second;
    Day& day = days[{id, (at - turn) / kDay}];
    if (at < day.first) {
      day.first = at;
      day.entry = DirectionOfCell(form, row.fields[column]);
    }
    if (at > day.last) {
      day.last = at;
      day.exit = DirectionOfCell(form, row.fields[column]);
    }
  }
  DaysTold told;
  for (const auto& [key, day] : days) {
    if (day.first == day.last) continue;
    if (day.entry == Direction::In && day.exit == Direction::Out) {
      ++told.right;
    } else {
      ++(day.entry == Direction::Unknown || day.exit == Direction::Unknown ? told.untold
                                                                           : told.wrong);
    }
  }
  return told;
}

constexpr double kMost = 0.8;
constexpr int kFewestDays = 3;

// Nobody knows which column of an attlog holds the key pressed, so it is the one in which most
// days of a person begin with an entry and end with an exit; none when no column is like that.
int CodeColumn(const Rows& rows, const Form& form) {
  const std::size_t width = rows.front().fields.size();
  for (std::size_t column = static_cast<std::size_t>(form.moment) + 1; column < width; ++column) {
    const DaysTold told = DaysToldBy(column, rows, form);
    const int seen = told.right + told.wrong + told.untold;
    if (seen >= kFewestDays && told.right >= kMost * seen) return static_cast<int>(column);
  }
  return -1;
}

const base::Text& NotReliable() {
  static const base::Text text = {", sin columna fiable de entrada o salida",
                                  ", with no reliable column of entry or exit"};
  return text;
}

// A column may have the name and say something else (the finger is 1, the card 2), or what a clock
// says when nobody presses its keys.
void CheckDirection(const Rows& rows, Form& form) {
  if (form.direction < 0) return;
  const DaysTold told = DaysToldBy(static_cast<std::size_t>(form.direction), rows, form);
  const int seen = told.right + told.wrong;
  if (seen < kFewestDays || told.right >= kMost * seen) return;
  form.direction = -1;
  form.name.es += NotReliable().es;
  form.name.en += NotReliable().en;
}

}  // namespace

char SeparatorOf(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of("\r\n"), text.size()));
  text = text.substr(0, text.find('\n'));
  char most = ',';
  for (const char separator : {'\t', ';'}) {
    const auto count = [&](char c) { return std::count(text.begin(), text.end(), c); };
    if (count(separator) > count(most)) most = separator;
  }
  return most;
}

std::string PlainHeading(std::string_view heading) {
  std::string plain;
  for (const char c : base::Fold(heading)) {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) plain += c;
  }
  return plain;
}

bool IsIdHeading(const std::string& plain) { return Meaning(plain) == Column::Id; }

std::optional<base::Date> ReadDay(std::string_view text) {
  auto numbers = Numbers(Trimmed(text), "/-");
  if (!numbers || numbers->size() != 3) return std::nullopt;
  if (numbers->front() < 1000) std::swap(numbers->front(), numbers->back());
  const int year = (*numbers)[0];
  if (year < 1900 || year > 2200) return std::nullopt;
  const auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  return base::ParseDate(std::to_string(year) + "-" + two((*numbers)[1]) + "-" +
                         two((*numbers)[2]));
}

std::optional<std::int32_t> ReadTime(std::string_view text) {
  const auto numbers = Numbers(Trimmed(text), ":");
  if (!numbers || numbers->size() < 2 || numbers->size() > 3) return std::nullopt;
  const int second = numbers->size() == 3 ? (*numbers)[2] : 0;
  if ((*numbers)[0] > 23 || (*numbers)[1] > 59 || second > 59) return std::nullopt;
  return (*numbers)[0] * 3600 + (*numbers)[1] * 60 + second;
}

std::optional<std::pair<base::Date, std::int32_t>> ReadMoment(std::string_view text) {
  text = Trimmed(text);
  const std::size_t space = text.find_first_of(" T");
  if (space == std::string_view::npos) return std::nullopt;
  const auto day = ReadDay(text.substr(0, space));
  const auto time = ReadTime(text.substr(space + 1));
  if (!day || !time) return std::nullopt;
  return std::pair(*day, *time);
}

bool IsBlank(std::string_view cell) {
  cell = Trimmed(cell);
  if (cell.empty() || PlainHeading(cell) == "na") return true;
  bool dash = false;
  while (!cell.empty()) {
    const auto starts = [&](std::string_view with) { return cell.starts_with(with); };
    const bool wide = starts("–") || starts("—");
    if (!wide && !starts("-") && !starts(":")) return false;
    dash = dash || !starts(":");
    cell.remove_prefix(wide ? 3 : 1);
  }
  return dash;
}

std::vector<std::string_view> TimesOf(std::string_view cell) {
  std::vector<std::string_view> times;
  while (!cell.empty()) {
    const std::size_t end = std::min(cell.find_first_of(" ,;|"), cell.size());
    if (!IsBlank(cell.substr(0, end))) times.push_back(cell.substr(0, end));
    cell.remove_prefix(std::min(end + 1, cell.size()));
  }
  return times;
}

Direction ReadDirection(std::string_view text) {
  static constexpr std::array<std::string_view, 6> kIn = {"e",  "entrada", "ingreso",
                                                          "in", "cin",     "checkin"};
  static constexpr std::array<std::string_view, 5> kOut = {"s", "salida", "out", "cout",
                                                           "checkout"};
  const std::string plain = PlainHeading(text);
  if (std::find(kIn.begin(), kIn.end(), plain) != kIn.end()) return Direction::In;
  if (std::find(kOut.begin(), kOut.end(), plain) != kOut.end()) return Direction::Out;
  return Direction::Unknown;
}

Direction DirectionOfCode(std::string_view code) {
  code = Trimmed(code);
  // In, out, out to a pause, back from it, in and out of overtime.
  constexpr std::array<Direction, 6> kCodes = {Direction::In, Direction::Out, Direction::Out,
                                               Direction::In, Direction::In,  Direction::Out};
  if (code.size() != 1 || code[0] < '0' || code[0] > '5') return Direction::Unknown;
  return kCodes[static_cast<std::size_t>(code[0] - '0')];
}

Direction DirectionOfCell(const Form& form, std::string_view cell) {
  const Direction said = form.codes ? Direction::Unknown : ReadDirection(cell);
  return said == Direction::Unknown ? DirectionOfCode(cell) : said;
}

std::optional<Form> Recognise(const Rows& rows) {
  if (rows.empty()) return std::nullopt;
  const std::vector<std::string>& first = rows.front().fields;
  if (auto form = WithHeading(first)) {
    CheckDirection(rows, *form);
    form->unread = UnreadColumns(rows, *form);
    form->midnight_is_blank = form->moment < 0 && form->time < 0 && MidnightIsBlank(rows, *form);
    return form;
  }
  // Without a heading: an identifier and a moment among the first rows, one of which may be bad.
  constexpr std::size_t kRowsTried = 20;
  for (std::size_t i = 0; i < std::min(rows.size(), kRowsTried); ++i) {
    const std::vector<std::string>& fields = rows[i].fields;
    if (fields.size() < 2 || !IsDigits(Trimmed(fields[0]))) continue;
    Form form;
    form.id = 0;
    if (ReadMoment(fields[1])) {
      form.moment = 1;
      form.name = {"attlog de ZKTeco", "ZKTeco's attlog"};
      form.codes = true;
      form.direction = CodeColumn(rows, form);
      if (form.direction >= 0) {
        const std::string column = std::to_string(form.direction + 1);
        form.name.es += ", con la entrada o salida en la columna " + column;
        form.name.en += ", with entry or exit in column " + column;
      } else {
        form.name.es += NotReliable().es;
        form.name.en += NotReliable().en;
      }
      return form;
    }
    if (fields.size() == 4 && ReadMoment(fields[3])) {
      form.moment = 3;
      form.direction = 2;
      form.name = {"documento, reloj, E/S y fecha hora, sin cabecera",
                   "document, clock, in/out and date time, without a heading"};
      CheckDirection(rows, form);
      return form;
    }
  }
  return std::nullopt;
}

std::optional<std::string> HalfDayColumn(const Rows& rows, const Form& form) {
  constexpr std::int32_t kPastNoon = 13 * 3600;
  std::map<std::size_t, bool> half;  // columns, and whether all in them is "a. m." or "PM"
  for (std::size_t i = form.heading ? 1 : 0; i < rows.size(); ++i) {
    const std::vector<std::string>& fields = rows[i].fields;
    for (std::size_t column = 0; column < fields.size(); ++column) {
      const auto moment = ReadMoment(fields[column]);
      const auto time = moment ? moment->second : ReadTime(fields[column]);
      if (time && *time >= kPastNoon) return std::nullopt;
      if (IsBlank(fields[column])) continue;
      const std::string plain = PlainHeading(fields[column]);
      const bool says = plain == "am" || plain == "pm";
      half[column] = half.try_emplace(column, true).first->second && says;
    }
  }
  for (const auto& [column, all] : half) {
    if (all) return NameOf(rows, form, column);
  }
  return std::nullopt;
}

}  // namespace cotejo::calibration
