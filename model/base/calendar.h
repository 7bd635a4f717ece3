// Working days: Monday to Friday less the holidays of a scope (national, or one department).
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "model/base/date.h"
#include "model/base/source.h"

namespace cotejo::base {

struct Holiday {
  Date date;
  std::string scope;  // folded: "nacional", "la paz", "pando" …
  std::string name;
  std::string basis;
};

class Calendar {
 public:
  void Add(Holiday holiday);
  // `scope` is folded with '_' read as a space; national holidays apply to every scope.
  [[nodiscard]] bool IsWorkingDay(Date date, std::string_view scope) const;
  // Both ends are included.
  [[nodiscard]] std::vector<Date> WorkingDays(Date from, Date to, std::string_view scope) const;
  [[nodiscard]] int CountWorkingDays(Date from, Date to, std::string_view scope) const;
  // Years for which at least one national holiday is known.
  [[nodiscard]] const std::set<int>& years() const { return years_; }
  [[nodiscard]] const std::vector<Holiday>& holidays() const { return holidays_; }

 private:
  std::vector<Holiday> holidays_;
  std::map<std::string, std::set<Date>, std::less<>> by_scope_;
  std::set<int> years_;
};

// CSV with header fecha,ambito,nombre,base[,nota]; each bad row is a diagnostic.
Calendar ReadHolidays(SourceMap& sources, const std::string& path, Diagnostics& diagnostics);

}  // namespace cotejo::base
