#include "reports/since.h"

#include <algorithm>

namespace cotejo::reports {

namespace {

// The finding of the earlier check that this one was known by; null when it is new.
const base::Finding* KnownAs(const base::CheckReport& earlier, const base::Finding& finding) {
  const base::Finding* old = FindById(earlier, finding.id);
  const bool answered_no_more = old != nullptr && old->suppression && !finding.suppression;
  return answered_no_more ? nullptr : old;
}

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

base::CheckReport OnlyNews(const base::CheckReport& earlier, const base::CheckReport& now) {
  base::CheckReport news = now;
  std::erase_if(news.findings, [&](const base::Finding& finding) {
    const base::Finding* old = KnownAs(earlier, finding);
    return old != nullptr && SayTheSame(*old, finding);
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
  since.shown = OnlyNews(*earlier.checks, *now.checks);
  for (const base::Finding& finding : since.shown.findings) {
    if (KnownAs(*earlier.checks, finding) != nullptr) {
      ++since.changed;
      continue;
    }
    ++since.introduced;
    if (!Ran(*earlier.checks, finding.code)) ++since.not_asked_before;
  }
  since.kept = static_cast<int>(now.checks->findings.size() - since.shown.findings.size());
  if (since.same_readings) since.gone = Gone(*earlier.checks, *now.checks);
  const auto missing = std::count_if(
      earlier.checks->findings.begin(), earlier.checks->findings.end(),
      [&](const base::Finding& finding) { return FindById(*now.checks, finding.id) == nullptr; });
  since.unknown = static_cast<int>(missing) - static_cast<int>(since.gone.size());
  return since;
}

base::Text DescribeEarlier(const base::CheckReport& earlier, const base::Finding& finding) {
  const base::Finding* old = FindById(earlier, finding.id);
  if (old == nullptr) return {};
  if (old->suppression && !finding.suppression) return {"suprimido", "suppressed"};
  if (old->title != finding.title) return old->title;
  const base::Text aspects = ChangedAspects(*old, finding);
  if (aspects.empty()) return {};
  return {"con el mismo título; cambia: " + aspects.es,
          "with the same title; what changes: " + aspects.en};
}

}  // namespace cotejo::reports
