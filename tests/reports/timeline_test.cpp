#include "reports/html/timeline.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>

#include "tests/reports/sample.h"

namespace cotejo::reports {
namespace {

using base::Date;
using base::Language;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

std::vector<double> NumbersOf(const std::string& svg, const std::string& pattern) {
  const std::regex number(pattern);
  std::vector<double> found;
  for (std::sregex_iterator it(svg.begin(), svg.end(), number), end; it != end; ++it)
    found.push_back(std::stod((*it)[1]));
  return found;
}

int CountOf(const std::string& svg, const std::string& piece) {
  int n = 0;
  for (auto at = svg.find(piece); at != std::string::npos; at = svg.find(piece, at + 1)) ++n;
  return n;
}

base::Witness Short() {
  base::Witness witness;
  witness.facts = {
      {Date(2025, 3, 28), {"llegada a las 09:10 (tramo 1)", "arrival at 09:10 (shift 1)"}},
      {Date(2025, 3, 31), {"inasistencia (tramo 1)", "absence (shift 1)"}},
      {Date(2025, 3, 31), {"inasistencia (tramo 2)", "absence (shift 2)"}},
      {Date(2025, 4, 1), {"llegada a las 08:45 (tramo 1)", "arrival at 08:45 (shift 1)"}}};
  witness.answers = {{base::ParseCitation("RIP:45.II"),
                      "r",
                      {"descuento <de> 2 días", "deduction <of> 2 days"},
                      true,
                      Date(2025, 3, 31)},
                     {base::ParseCitation("RIP:45.I"),
                      "s",
                      {"descuento de 1 día", "deduction of 1 day"},
                      false,
                      Date(2025, 4, 30)}};
  return witness;
}

TEST(Timeline, PlacesDatesOnOneScaleOfDays) {
  const std::string svg = DrawTimeline(Short(), "x", Language::Spanish);
  // From 27 March to 1 May: 36 days of (760 − 138 − 10) / 36 = 17 units; a fact stands in the
  // middle of its day. Lanes come in the order of their first fact: arrivals, then absences.
  EXPECT_THAT(NumbersOf(svg, "<circle cx=\"([0-9.]+)\""), ElementsAre(163.5, 231.5, 214.5));
  // March ends after day 5 of the axis, April after day 35.
  EXPECT_THAT(NumbersOf(svg, "<line class=\"month-end\" x1=\"([0-9.]+)\""), ElementsAre(223, 733));
  // Each answer stands on the day of what it judges.
  EXPECT_THAT(NumbersOf(svg, "class=\"drop\" x1=\"([0-9.]+)\""), ElementsAre(214.5, 724.5));
}

TEST(Timeline, NamesTheKindsOfFactsTheTimesAndTheArticles) {
  const std::string svg = DrawTimeline(Short(), "x", Language::Spanish);
  EXPECT_THAT(svg, HasSubstr(">llegada</text>"));
  EXPECT_THAT(svg, HasSubstr(">inasistencia</text>"));
  EXPECT_THAT(svg, HasSubstr(">08:45</text>"));
  EXPECT_THAT(svg, HasSubstr(">2</text></g>"));  // two absences on one day
  EXPECT_THAT(svg, HasSubstr(">RIP:45.II</text>"));
  EXPECT_THAT(svg, HasSubstr("descuento &lt;de&gt; 2 días"));
  EXPECT_THAT(svg, HasSubstr("descuento de 1 día (cede)"));
  EXPECT_THAT(svg, HasSubstr("abril de 2025"));
}

TEST(Timeline, ATimeBeforeAFactIsNotPartOfItsName) {
  base::Witness witness;
  witness.facts = {{Date(2025, 3, 5), {"08:31 regularización", "08:31 regularisation"}},
                   {Date(2025, 3, 6), {"09:00 regularización", "09:00 regularisation"}}};
  const std::string svg = DrawTimeline(witness, "x", Language::Spanish);
  EXPECT_EQ(CountOf(svg, "class=\"track\""), 1);
  EXPECT_THAT(svg, HasSubstr(">regularización</text>"));
  EXPECT_THAT(svg, HasSubstr(">08:31</text>"));
}

TEST(Timeline, IsAccessible) {
  const std::string svg = DrawTimeline(Short(), "id-1", Language::English);
  EXPECT_THAT(svg, HasSubstr("role=\"img\" aria-labelledby=\"id-1-t id-1-d\""));
  EXPECT_THAT(svg, HasSubstr("<title id=\"id-1-t\">Timeline 27 March 2025 – 1 May 2025</title>"));
  EXPECT_THAT(svg, HasSubstr("<desc id=\"id-1-d\">Fri 28 Mar 2025, arrival at 09:10 (shift 1); "));
  EXPECT_THAT(svg, HasSubstr("RIP:45.I: deduction of 1 day; </desc>"));
  EXPECT_THAT(svg, HasSubstr("deduction of 1 day (yields)"));
  EXPECT_THAT(svg, Not(HasSubstr("inasistencia")));
}

TEST(Timeline, MarksMonthEndsOverAGestionAndYearsOverACareer) {
  base::Witness witness;
  for (unsigned month = 1; month <= 12; ++month)
    witness.facts.push_back({Date(2025, month, 15), {"llegada", "arrival"}});
  std::string svg = DrawTimeline(witness, "x", Language::Spanish);
  EXPECT_EQ(CountOf(svg, "class=\"month-end\""), 11);
  EXPECT_EQ(CountOf(svg, "<circle"), 12);
  EXPECT_THAT(svg, HasSubstr(">31 ene</text>"));
  witness.facts.push_back({Date(2035, 6, 1), {"vacación", "vacation"}});
  svg = DrawTimeline(witness, "x", Language::Spanish);
  EXPECT_EQ(CountOf(svg, "class=\"month-end\""), 10);  // the ends of 2025 … 2034
  EXPECT_THAT(svg, HasSubstr(">2030</text>"));
}

TEST(Timeline, ShowsAWeekAroundASingleDay) {
  base::Witness witness;
  witness.facts = {{Date(2025, 3, 5), {"llegada", "arrival"}}};
  const std::string svg = DrawTimeline(witness, "x", Language::Spanish);
  EXPECT_THAT(svg, HasSubstr(">dom 2</text>"));
  EXPECT_THAT(svg, HasSubstr(">sáb 8</text>"));
}

TEST(Timeline, IsEmptyWithoutADate) {
  base::Witness witness;
  EXPECT_EQ(DrawTimeline(witness, "x", Language::Spanish), "");
  witness.answers = {{base::ParseCitation("RIP:1"), "r", {"algo", "something"}, true, {}}};
  EXPECT_EQ(DrawTimeline(witness, "x", Language::Spanish), "");
}

TEST(Timeline, ManyAnswersEndInACount) {
  base::Witness witness = Short();
  witness.answers.assign(20, witness.answers[0]);
  const std::string svg = DrawTimeline(witness, "x", Language::Spanish);
  EXPECT_EQ(CountOf(svg, "class=\"mark\""), 12);
  EXPECT_THAT(svg, HasSubstr("y 8 más en la tabla"));
}

}  // namespace
}  // namespace cotejo::reports
