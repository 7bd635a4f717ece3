#include <fmt/format.h>

#include <algorithm>

#include "reports/exposure.h"
#include "reports/format.h"
#include "reports/html/page_data.h"
#include "reports/html/timeline.h"
#include "reports/labels.h"

namespace cotejo::reports {

namespace {

using Kind = PageData::type;
using base::Language;

// More facts than this in one month are set in two columns.
constexpr std::size_t kManyFacts = 8;

PageData Articles(const std::vector<base::Citation>& articles) {
  PageData list{Kind::list};
  for (const base::Citation& article : articles) list << PageData{article.str()};
  return list;
}

PageData Texts(const std::vector<base::Text>& texts, Language language) {
  PageData list{Kind::list};
  for (const base::Text& text : texts) list << PageData{text.in(language)};
  return list;
}

PageData MonthData(const std::vector<base::WitnessFact>& facts, std::size_t from, std::size_t to,
                   Language language) {
  PageData list{Kind::list};
  for (std::size_t i = from; i < to; ++i) {
    PageData fact;
    fact.set("iso", facts[i].date.str());
    fact.set("day", FormatDay(facts[i].date, language));
    fact.set("text", facts[i].description.in(language));
    list << fact;
  }
  PageData month;
  month.set("month", FormatMonth(facts[from].date, language));
  month.set("many", to - from > kManyFacts);
  month.set("facts", list);
  return month;
}

// Facts under the heading of their month, in the order of the history.
PageData Months(const std::vector<base::WitnessFact>& facts, Language language) {
  PageData months{Kind::list};
  for (std::size_t from = 0; from < facts.size();) {
    std::size_t to = from + 1;
    while (to < facts.size() &&
           facts[to].date.first_of_month() == facts[from].date.first_of_month()) {
      ++to;
    }
    months << MonthData(facts, from, to, language);
    from = to;
  }
  return months;
}

PageData Answers(const base::Witness& witness, Language language) {
  PageData answers{Kind::list};
  for (const base::WitnessAnswer& answer : witness.answers) {
    PageData row;
    row.set("article", answer.article.str());
    row.set("rule", Breakable(answer.rule));
    row.set("text", answer.description.in(language));
    row.set("stands", answer.stands);
    row.set("yields", answer.applies && !answer.stands);
    row.set("silent", !answer.applies);  // what it says is why: it is not struck out
    answers << row;
  }
  return answers;
}

// Whether the file has a row under its header: a case of the calendar alone has none.
bool HasRows(const std::string& csv) {
  const std::size_t header = csv.find('\n');
  return header != std::string::npos && header + 1 < csv.size();
}

// The options a file of data alone needs: without a dated row the years are not known.
std::string HorizonOptions(const base::Finding& finding, const base::Witness& witness,
                           Language language) {
  const std::vector<base::Date> dates = DatesOf(finding, witness);
  if (!witness.facts.empty() || dates.empty()) return "";
  const auto [first, last] = std::minmax_element(dates.begin(), dates.end());
  return fmt::format(
      fmt::runtime(language == Language::English ? "--from {}-01-01 --to {}-12-31"
                                                 : "--desde {}-01-01 --hasta {}-12-31"),
      first->year(), last->year());
}

PageData WitnessData(const base::Finding& finding, const base::Witness& witness,
                     const std::string& anchor, Language language) {
  PageData data;
  data.set("label", TextOrFalse(Capitalised(witness.label.in(language))));
  data.set("timeline", TextOrFalse(DrawTimeline(witness, anchor, language)));
  SetList(data, "person", Texts(witness.person, language));
  data.set("months", Months(witness.facts, language));
  SetList(data, "answers", Answers(witness, language));
  data.set("replayed", witness.replayed && finding.evidence == base::Evidence::Replayed);
  data.set("not_replayed", LacksReplay(finding, witness));
  data.set("csv", TextOrFalse(HasRows(witness.csv) ? witness.csv : ""));
  data.set("csv_horizon", TextOrFalse(HorizonOptions(finding, witness, language)));
  return data;
}

// The witness and, when two are compared, the other one.
PageData Witnesses(const base::Finding& finding, const std::string& anchor, Language language) {
  PageData list{Kind::list};
  if (HasHistory(finding.witness))
    list << WitnessData(finding, finding.witness, anchor + "-caso", language);
  if (finding.counterpart) {
    list << WitnessData(finding, *finding.counterpart, anchor + "-contraparte", language);
  }
  return list;
}

PageData ConditionSets(const base::Finding& finding, Language language) {
  PageData sets{Kind::list};
  for (const std::vector<base::Condition>& set : finding.conditions) {
    PageData conditions{Kind::list};
    for (const base::Condition& condition : set) {
      PageData item;
      item.set("article", TextOrFalse(condition.article.str()));
      item.set("text", TextOf(condition).in(language));
      conditions << item;
    }
    PageData data;
    data.set("conditions", conditions);
    sets << data;
  }
  return sets;
}

PageData Mends(const base::Finding& finding, Language language) {
  PageData list{Kind::list};
  for (const base::Mend& mend : finding.mends) {
    if (!mend.removes) continue;
    PageData data;
    data.set("mend", Capitalised(mend.title.in(language)));
    data.set("edits", FormatInteger(mend.edits, language));
    data.set("amendment", TextOrFalse(mend.amendment));
    list << data;
  }
  return list;
}

// Tried and not offered; their title says why.
PageData RefusedMends(const base::Finding& finding, Language language) {
  PageData list{Kind::list};
  for (const base::Mend& mend : finding.mends) {
    if (mend.removes) continue;
    PageData data;
    data.set("mend", Capitalised(mend.title.in(language)));
    list << data;
  }
  return list;
}

PageData Passages(const base::Finding& finding) {
  PageData passages{Kind::list};
  for (const base::PassageQuote& quote : finding.passages) {
    PageData passage;
    passage.set("article", quote.citation.str());
    passage.set("text", quote.text);
    passages << passage;
  }
  return passages;
}

void SetSuppression(PageData& data, const base::Finding& finding, Language language) {
  data.set("suppressed", finding.suppression.has_value());
  if (!finding.suppression) return;
  data.set("why", finding.suppression->reason);
  data.set("owner", finding.suppression->owner);
  data.set("until", FormatLongDate(finding.suppression->until, language));
}

void SetExposureOf(PageData& data, const base::Finding& finding, const ShownReadings& shown,
                   Language language) {
  const exposure::Exposure* exposure =
      shown.exposure == nullptr ? nullptr : ExposureOf(*shown.exposure, finding.id);
  data.set("exposed", exposure != nullptr);
  if (exposure == nullptr) return;
  data.set("exposure", Capitalised(DescribeExposure(**shown.exposure, *exposure).in(language)));
  data.set("counted", TextOrFalse(Capitalised(DescribeCounted(*exposure).in(language))));
}

PageData FindingData(const base::Finding& finding, const std::string& prefix,
                     const ShownReadings& shown, Language language) {
  const std::string anchor = FindingAnchor(prefix, finding);
  PageData data;
  data.set("id", finding.id);
  data.set("anchor", anchor);
  data.set("severity", SeverityClass(finding.severity));
  data.set("severity_label", SeverityLabel(finding.severity).in(language));
  data.set("code", CodeLabel(finding.code).in(language));
  data.set("title", Capitalised(finding.title.in(language)));
  data.set("explanation", Capitalised(finding.explanation.in(language)));
  data.set("articles", Articles(finding.articles));
  SetList(data, "region", Texts(finding.region, language));
  data.set("resolution", TextOrFalse(finding.resolution.in(language)));
  const bool common = finding.reading == shown.common;
  data.set("reading", TextOrFalse(common ? "" : finding.reading.in(language)));
  data.set("under", TextOrFalse(Capitalised(DescribeUnder(finding, shown.tried).in(language))));
  data.set("bounds", TextOrFalse(finding.bounds.in(language)));
  data.set("evidence", EvidenceLabel(finding.evidence).in(language));
  SetExposureOf(data, finding, shown, language);
  SetList(data, "witnesses", Witnesses(finding, anchor, language));
  SetList(data, "sets", ConditionSets(finding, language));
  data.set("all_sets", finding.all_sets);
  SetList(data, "mends", Mends(finding, language));
  SetList(data, "refused", RefusedMends(finding, language));
  SetList(data, "passages", Passages(finding));
  SetSuppression(data, finding, language);
  return data;
}

}  // namespace

std::string FindingAnchor(const std::string& prefix, const base::Finding& finding) {
  return Identifier(prefix.empty() ? finding.id : prefix + "-" + finding.id);
}

PageData FindingList(const std::vector<const base::Finding*>& findings, const std::string& prefix,
                     const ShownReadings& shown, Language language) {
  PageData list{Kind::list};
  for (const base::Finding* finding : findings) {
    list << FindingData(*finding, prefix, shown, language);
  }
  return list;
}

}  // namespace cotejo::reports
