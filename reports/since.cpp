#include "reports/since.h"

#include <algorithm>
#include <iterator>
#include <sstream>

namespace cotejo::reports {

namespace {

bool Ran(const base::CheckReport& report, const std::string& code) {
  return std::any_of(report.checks.begin(), report.checks.end(),
                     [&](const base::CheckSummary& check) { return check.code == code; });
}

// A reading that only one of the two texts declares is a difference of the texts.
bool SameReadings(const ReportInput& a, const ReportInput& b) {
  if (a.tried.scope != b.tried.scope) return false;
  return std::all_of(a.readings.begin(), a.readings.end(), [&](const ReadingInfo& reading) {
    const auto other = std::find_if(b.readings.begin(), b.readings.end(),
                                    [&](const ReadingInfo& r) { return r.name == reading.name; });
    return other == b.readings.end() ||
           other->options[static_cast<std::size_t>(other->chosen)].name ==
               reading.options[static_cast<std::size_t>(reading.chosen)].name;
  });
}

}  // namespace

const base::Finding* KnownAs(const base::CheckReport& earlier, const base::Finding& finding) {
  const base::Finding* old = FindById(earlier, finding.id);
  const bool answered_no_more = old != nullptr && old->suppression && !finding.suppression;
  return answered_no_more ? nullptr : old;
}

base::CheckReport OnlyNews(const base::CheckReport& earlier, const base::CheckReport& now) {
  const Assignments only_in_one = OnlyInOne(earlier, now);
  base::CheckReport news = now;
  std::erase_if(news.findings, [&](const base::Finding& finding) {
    const base::Finding* old = KnownAs(earlier, finding);
    return old != nullptr && SayTheSame(*old, finding, only_in_one);
  });
  return news;
}

std::vector<const base::Finding*> Gone(const base::CheckReport& earlier,
                                       const base::CheckReport& now) {
  std::vector<const base::Finding*> gone = CompareFindings(earlier, now).solved;
  std::erase_if(gone, [&](const base::Finding* finding) { return !Ran(now, finding->code); });
  return gone;
}

Since CompareWithEarlier(const ReportInput& earlier, const ReportInput& now) {
  Since since;
  since.earlier = &*earlier.checks;
  since.same_readings = SameReadings(earlier, now);
  since.only_in_one = OnlyInOne(*earlier.checks, *now.checks);
  since.shown = OnlyNews(*earlier.checks, *now.checks);
  // Of the earlier check or of this: what either left open.
  const std::vector<const base::Finding*> open = CompareFindings(*earlier.checks, *now.checks).open;
  for (const base::Finding& finding : since.shown.findings) {
    if (KnownAs(*earlier.checks, finding) != nullptr) {
      ++since.changed;
      continue;
    }
    ++since.introduced;
    if (!Ran(*earlier.checks, finding.code)) {
      ++since.not_asked_before;
    } else if (std::any_of(open.begin(), open.end(),
                           [&](const base::Finding* other) { return other->id == finding.id; })) {
      ++since.unfinished_before;
    }
  }
  since.kept = static_cast<int>(now.checks->findings.size() - since.shown.findings.size());
  if (since.same_readings) since.gone = Gone(*earlier.checks, *now.checks);
  const auto missing = std::count_if(
      earlier.checks->findings.begin(), earlier.checks->findings.end(),
      [&](const base::Finding& finding) { return FindById(*now.checks, finding.id) == nullptr; });
  since.unknown = static_cast<int>(missing) - static_cast<int>(since.gone.size());
  return since;
}

namespace {

// The words of a title without what it cites and counts: "repetir … la falta de no agrava".
std::vector<std::string> Skeleton(const std::string& title) {
  std::vector<std::string> words;
  std::istringstream text(title);
  for (std::string word; text >> word;) {
    const std::size_t colon = word.find(':');
    const bool cites = colon != std::string::npos && colon + 1 < word.size();
    if (!cites && word.find_first_of("0123456789") == std::string::npos) words.push_back(word);
  }
  return words;
}

// Whether they begin alike, for a third of the shorter or more.
bool SayAlike(const base::Finding& a, const base::Finding& b) {
  const auto one = Skeleton(a.title.es);
  const auto other = Skeleton(b.title.es);
  const auto apart = std::mismatch(one.begin(), one.end(), other.begin(), other.end()).first;
  return 3 * (apart - one.begin()) >= std::ssize(one.size() < other.size() ? one : other);
}

}  // namespace

base::Text DescribeSolved(const FindingChanges& changes, const base::Finding& solved) {
  const base::Finding* nearest = nullptr;
  std::size_t most = 0;
  for (const base::Finding* finding : changes.introduced) {
    if (finding->code != solved.code || !SayAlike(*finding, solved)) continue;
    const auto& articles = finding->articles;
    const auto shared = static_cast<std::size_t>(
        std::count_if(solved.articles.begin(), solved.articles.end(), [&](const auto& article) {
          return std::find(articles.begin(), articles.end(), article) != articles.end();
        }));
    // Half of all those of the two, or more.
    const std::size_t all = solved.articles.size() + articles.size() - shared;
    if (shared <= most || 2 * shared < all) continue;
    most = shared;
    nearest = finding;
  }
  if (nearest == nullptr) return solved.title;
  return {solved.title.es +
              "; pero introduce, de la misma clase y con artículos en común: " + nearest->title.es,
          solved.title.in(base::Language::English) +
              "; but it introduces, of the same kind and with articles in common: " +
              nearest->title.in(base::Language::English)};
}

base::Text DescribeEarlier(const Since& since, const base::Finding& finding) {
  const base::Finding* old = FindById(*since.earlier, finding.id);
  if (old == nullptr) return {};
  if (old->suppression && !finding.suppression) return {"suprimido", "suppressed"};
  if (old->title != finding.title) return old->title;
  const base::Text aspects = ChangedAspects(*old, finding, since.only_in_one);
  if (aspects.empty()) return {};
  return {"con el mismo título; cambia: " + aspects.es,
          "with the same title; what changes: " + aspects.en};
}

}  // namespace cotejo::reports
