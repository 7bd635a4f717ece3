#include "reports/html/timeline.h"

#include <fmt/format.h>

#include <algorithm>
#include <kainjow/mustache.hpp>
#include <map>
#include <optional>
#include <vector>

#include "reports/format.h"

namespace cotejo::reports {

namespace {

using base::Date;
using base::Language;

// Units of the drawing; the page scales it to its column.
constexpr double kWidth = 760;
constexpr double kLeft = 138;  // names of the lanes
constexpr double kRight = 10;
constexpr double kHeader = 42;  // months, and days under them
constexpr double kLane = 34;
constexpr double kLine = 14;       // of an answer's text
constexpr double kLetter = 5.7;    // mean width of a letter at the size of an answer
constexpr double kLabelRoom = 40;  // between two labels of a lane
constexpr int kDaysNamed = 16;     // up to this many days, each has its weekday
constexpr int kDaysNumbered = 45;
constexpr int kWeekendsShaded = 130;
constexpr int kMonthsNamed = 430;
constexpr std::size_t kMostAnswers = 12;

std::string Escape(const std::string& text) { return kainjow::mustache::html_escape(text); }

bool Dated(Date date) { return date != Date{}; }

// "08:51" when the text has a time of day at this place.
bool TimeAt(const std::string& text, std::size_t i) {
  const auto digit = [&](std::size_t k) { return text[k] >= '0' && text[k] <= '9'; };
  return i + 5 <= text.size() && digit(i) && digit(i + 1) && text[i + 2] == ':' && digit(i + 3) &&
         digit(i + 4);
}

std::string TimeIn(const std::string& text) {
  for (std::size_t i = 0; i + 5 <= text.size(); ++i) {
    if (TimeAt(text, i)) return text.substr(i, 5);
  }
  return "";
}

// What a fact is called: its text without a time before it, up to the time, the fields or the
// shift.
std::string LaneOf(const std::string& text) {
  const std::string fact = TimeAt(text, 0) && text.size() > 6 ? text.substr(6) : text;
  std::size_t end = fact.size();
  for (const char* stop : {" a las ", " at ", " (", ", ", ": "}) {
    end = std::min(end, fact.find(stop));
  }
  return fact.substr(0, end);
}

class Timeline {
 public:
  Timeline(const base::Witness& witness, std::string id, Language language)
      : witness_(witness), id_(std::move(id)), language_(language) {}

  std::string Draw() {
    if (!FindSpan()) return "";
    const std::string lanes = Lanes();
    const std::string answers = Answers();
    const double height = y_ + 6;
    return fmt::format(
               "<svg class=\"timeline\" viewBox=\"0 0 {:.0f} {:.0f}\" role=\"img\" "
               "aria-labelledby=\"{}-t {}-d\">\n",
               kWidth, height, Escape(id_), Escape(id_)) +
           Description() + Calendar(height - 6) + lanes + answers + "</svg>\n";
  }

 private:
  // From the day before the first date to the day after the last, and a week at least.
  bool FindSpan() {
    std::optional<Date> low;
    std::optional<Date> high;
    const auto reach = [&](Date date) {
      if (!Dated(date)) return;
      low = low ? std::min(*low, date) : date;
      high = high ? std::max(*high, date) : date;
    };
    for (const base::WitnessFact& fact : witness_.facts) reach(fact.date);
    for (const base::WitnessAnswer& answer : witness_.answers) reach(answer.date);
    if (!low) return false;
    from_ = low->plus_days(-1);
    to_ = high->plus_days(1);
    while (Days() < 7) {
      from_ = from_.plus_days(-1);
      to_ = to_.plus_days(1);
    }
    return true;
  }

  [[nodiscard]] int Days() const { return to_.days() - from_.days() + 1; }
  [[nodiscard]] double DayWidth() const { return (kWidth - kLeft - kRight) / Days(); }
  // Where a day begins, and its middle.
  [[nodiscard]] double Start(Date date) const {
    return kLeft + (date.days() - from_.days()) * DayWidth();
  }
  [[nodiscard]] double Middle(Date date) const { return Start(date) + DayWidth() / 2; }

  [[nodiscard]] std::string ShortDate(Date date) const {
    return fmt::format("{} {}", date.day(), ShortMonth(date.month(), language_));
  }

  std::string Description() const {
    const bool english = language_ == Language::English;
    std::string text;
    for (const base::WitnessFact& fact : witness_.facts) {
      text += FormatDate(fact.date, language_) + ", " + fact.description.in(language_) + "; ";
    }
    for (const base::WitnessAnswer& answer : witness_.answers) {
      if (Dated(answer.date)) text += FormatDate(answer.date, language_) + ", ";
      text += answer.article.str() + ": " + answer.description.in(language_) + "; ";
    }
    const std::string label = witness_.label.in(language_);
    const std::string title =
        fmt::format("{} {} – {}{}{}", english ? "timeline" : "línea de tiempo",
                    FormatLongDate(from_, language_), FormatLongDate(to_, language_),
                    label.empty() ? "" : ": ", label);
    return fmt::format("<title id=\"{0}-t\">{1}</title><desc id=\"{0}-d\">{2}</desc>\n",
                       Escape(id_), Escape(Capitalised(title)), Escape(text));
  }

  // ---- The calendar ---------------------------------------------------------------

  [[nodiscard]] std::string Weekends(double bottom) const {
    std::string out;
    if (Days() > kWeekendsShaded) return out;
    for (Date day = from_; day <= to_; day = day.plus_days(1)) {
      if (day.weekday() < 6) continue;
      out += fmt::format(
          "<rect class=\"weekend\" x=\"{:.1f}\" y=\"20\" width=\"{:.1f}\" height=\"{:.1f}\"/>\n",
          Start(day), DayWidth(), bottom - 20);
    }
    return out;
  }

  // A line where each month ends, with its last day when there is room.
  [[nodiscard]] std::string MonthEnds(double bottom) const {
    std::string out;
    const bool years_only = Days() > 5 * kMonthsNamed;
    double last_label = 0;
    for (Date end = from_.last_of_month(); end < to_; end = end.plus_days(1).last_of_month()) {
      if (years_only && end.month() != 12) continue;
      const double x = Start(end.plus_days(1));
      out += fmt::format(
          "<line class=\"month-end\" x1=\"{0:.1f}\" y1=\"4\" x2=\"{0:.1f}\" y2=\"{1:.1f}\"/>\n", x,
          bottom);
      if (Days() <= kDaysNumbered || x - last_label < kLabelRoom) continue;
      last_label = x;
      out += fmt::format("<text class=\"day end\" x=\"{:.1f}\" y=\"34\">{}</text>\n", x - 3,
                         ShortDate(end));
    }
    return out;
  }

  // The name of each month, or of each year, over the part of it that is shown.
  [[nodiscard]] std::string Names() const {
    std::string out;
    const bool months = Days() <= kMonthsNamed;
    for (Date first = from_; first <= to_;) {
      const Date end = std::min(to_, months ? first.last_of_month() : Date(first.year(), 12, 31));
      const double width = Start(end.plus_days(1)) - Start(first);
      std::string name = months ? FormatMonth(first, language_) : fmt::format("{}", first.year());
      if (static_cast<double>(DisplayWidth(name)) * kLetter > width && months)
        name = ShortMonth(first.month(), language_);
      if (static_cast<double>(DisplayWidth(name)) * kLetter <= width) {
        out += fmt::format("<text class=\"month\" x=\"{:.1f}\" y=\"15\">{}</text>\n",
                           Start(first) + width / 2, name);
      }
      first = end.plus_days(1);
    }
    return out;
  }

  [[nodiscard]] std::string DayNumbers() const {
    std::string out;
    if (Days() > kDaysNumbered) return out;
    for (Date day = from_; day <= to_; day = day.plus_days(1)) {
      out += fmt::format(
          "<text class=\"day\" x=\"{:.1f}\" y=\"34\">{}</text>\n", Middle(day),
          Days() <= kDaysNamed ? FormatDay(day, language_) : fmt::format("{}", day.day()));
    }
    return out;
  }

  [[nodiscard]] std::string Calendar(double bottom) const {
    return Weekends(bottom) + MonthEnds(bottom) + Names() + DayNumbers() +
           fmt::format(
               "<line class=\"axis\" x1=\"{0:.1f}\" y1=\"{1:.1f}\" x2=\"{2:.1f}\" "
               "y2=\"{1:.1f}\"/>\n",
               kLeft, kHeader, kWidth - kRight);
  }

  // ---- Facts ----------------------------------------------------------------------

  struct Mark {
    Date date;
    std::vector<std::string> facts;
  };

  // Under the marks: the dates of those that stand close, or the time on a calendar of days.
  std::string Labels(const std::vector<Mark>& marks, double y) const {
    std::string out;
    for (std::size_t first = 0; first < marks.size();) {
      std::size_t last = first;
      while (last + 1 < marks.size() &&
             Middle(marks[last + 1].date) - Middle(marks[last].date) < kLabelRoom)
        ++last;
      const bool one = first == last;
      const Date a = marks[first].date;
      const Date b = marks[last].date;
      std::string text;
      if (Days() <= kDaysNumbered) {
        if (one && marks[first].facts.size() == 1) text = TimeIn(marks[first].facts.front());
      } else if (one) {
        text = ShortDate(a);
      } else {
        text = a.first_of_month() == b.first_of_month() ? fmt::format("{}", a.day()) : ShortDate(a);
        text += "–" + ShortDate(b);
      }
      if (!text.empty()) {
        out += fmt::format("<text class=\"day\" x=\"{:.1f}\" y=\"{:.1f}\">{}</text>\n",
                           (Middle(a) + Middle(b)) / 2, y + 16, text);
      }
      first = last + 1;
    }
    return out;
  }

  std::string Lane(const std::string& name, const std::vector<Mark>& marks) {
    y_ += kLane;
    const double y = y_ - kLane / 2 - 3;
    std::string out = fmt::format(
        "<text class=\"lane\" x=\"0\" y=\"{:.1f}\">{}</text>\n"
        "<line class=\"track\" x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\"/>\n",
        y + 4, Escape(Shorten(name, 22)), kLeft, y, kWidth - kRight, y);
    for (const Mark& mark : marks) {
      std::string told = FormatDate(mark.date, language_);
      for (const std::string& fact : mark.facts) told += "; " + fact;
      out += fmt::format("<g><title>{}</title><circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{}\"/>",
                         Escape(told), Middle(mark.date), y, mark.facts.size() > 1 ? 7 : 5);
      if (mark.facts.size() > 1) {
        out += fmt::format("<text class=\"many\" x=\"{:.1f}\" y=\"{:.1f}\">{}</text>",
                           Middle(mark.date), y + 3.5, mark.facts.size());
      }
      out += "</g>\n";
    }
    return out + Labels(marks, y);
  }

  // One for each kind of fact, in the order of their first.
  std::string Lanes() {
    std::vector<std::string> order;
    std::map<std::string, std::vector<Mark>> lanes;
    for (const base::WitnessFact& fact : witness_.facts) {
      const std::string text = fact.description.in(language_);
      const std::string lane = LaneOf(text);
      std::vector<Mark>& marks = lanes[lane];
      if (marks.empty()) order.push_back(lane);
      if (marks.empty() || marks.back().date != fact.date) marks.push_back({fact.date, {}});
      marks.back().facts.push_back(text);
    }
    y_ = kHeader + 4;
    std::string out;
    for (const std::string& lane : order) {
      std::vector<Mark>& marks = lanes[lane];
      std::stable_sort(marks.begin(), marks.end(),
                       [](const Mark& a, const Mark& b) { return a.date < b.date; });
      out += Lane(lane, marks);
    }
    return out;
  }

  // ---- Answers --------------------------------------------------------------------

  // The mark of an answer on its day, and its text on the side with more room.
  std::string Answer(const base::WitnessAnswer& answer) {
    const bool english = language_ == Language::English;
    std::string text = answer.description.in(language_);
    if (answer.applies && !answer.stands) text += english ? " (yields)" : " (cede)";
    const bool dated = Dated(answer.date);
    const double x = dated ? Middle(answer.date) : kLeft;
    const bool right = !dated || x < (kLeft + kWidth - kRight) / 2;
    const double room = right ? kWidth - kRight - x - 12 : x - kLeft - 12;
    const std::vector<std::string> lines = Wrap(text, static_cast<std::size_t>(room / kLetter));
    const double top = y_;
    y_ += static_cast<double>(lines.size()) * kLine + 7;
    std::string out = fmt::format(
        "<g class=\"{}\"><text class=\"lane\" x=\"0\" y=\"{:.1f}\">{}</text>\n",
        answer.stands ? "stands" : "loses", top + 11, Escape(Shorten(answer.article.str(), 22)));
    if (dated) {
      out += fmt::format(
          "<line class=\"drop\" x1=\"{0:.1f}\" y1=\"{1:.1f}\" x2=\"{0:.1f}\" y2=\"{2:.1f}\"/>"
          "<rect class=\"mark\" x=\"{3:.1f}\" y=\"{2:.1f}\" width=\"9\" height=\"9\"/>\n",
          x, kHeader, top + 2.5, x - 4.5);
    }
    for (std::size_t i = 0; i < lines.size(); ++i) {
      out += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"{}\">{}</text>\n",
                         right ? x + (dated ? 11 : 0) : x - 11,
                         top + 11 + static_cast<double>(i) * kLine, right ? "start" : "end",
                         Escape(lines[i]));
    }
    return out + "</g>\n";
  }

  std::string Answers() {
    if (witness_.answers.empty()) return "";
    std::string out = fmt::format(
        "<line class=\"axis\" x1=\"0\" y1=\"{0:.1f}\" x2=\"{1:.1f}\" y2=\"{0:.1f}\"/>\n", y_ + 2,
        kWidth - kRight);
    y_ += 8;
    const std::size_t shown = std::min(witness_.answers.size(), kMostAnswers);
    for (std::size_t i = 0; i < shown; ++i) out += Answer(witness_.answers[i]);
    if (shown < witness_.answers.size()) {
      const std::size_t rest = witness_.answers.size() - shown;
      const bool english = language_ == Language::English;
      y_ += kLine;
      out += fmt::format(
          "<text class=\"lane\" x=\"{:.1f}\" y=\"{:.1f}\">{}</text>\n", kLeft, y_,
          fmt::format(fmt::runtime(english ? "and {} more in the table" : "y {} más en la tabla"),
                      rest));
    }
    return out;
  }

  const base::Witness& witness_;
  std::string id_;
  Language language_;
  Date from_, to_;
  double y_ = 0;  // where the next row begins
};

}  // namespace

std::string DrawTimeline(const base::Witness& witness, const std::string& id, Language language) {
  return Timeline(witness, id, language).Draw();
}

}  // namespace cotejo::reports
