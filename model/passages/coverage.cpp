#include "model/passages/coverage.h"

#include <algorithm>
#include <map>
#include <set>

namespace cotejo::passages {
namespace {

using base::Text;
using citations::DeclarationKind;
using citations::Mention;

struct Direct {
  bool encoded = false;
  bool declarative = false;
  bool deferring = false;
  std::vector<Text> by;
};

class Ledger {
 public:
  Ledger(const rules::Ruleset& rules, const std::vector<language::NormFile>& files,
         const Document& document)
      : rules_(rules), definitions_(citations::DefinitionsOf(files)), document_(document) {}

  CoverageLedger Build() {
    for (const Passage& passage : document_.passages) known_.insert(passage.citation);
    for (const Mention& mention : citations::MentionsOf(rules_, definitions_)) Assign(mention);
    CoverageLedger ledger;
    // Parts come after what holds them, so the last are decided first.
    std::map<Citation, CoverStatus> status;
    for (auto it = document_.passages.rbegin(); it != document_.passages.rend(); ++it)
      status[it->citation] = StatusOf(*it, status);
    for (const Passage& passage : document_.passages) {
      ledger.provisions.push_back({passage.citation, passage.kind, passage.heading,
                                   status[passage.citation], direct_[passage.citation].by});
    }
    std::sort(without_.begin(), without_.end(), base::ReadsBefore);
    without_.erase(std::unique(without_.begin(), without_.end()), without_.end());
    ledger.without_passage = std::move(without_);
    return ledger;
  }

 private:
  // To the passage cited or, when the model goes deeper than the document does, to the one
  // that holds it, if the document does not part that one.
  void Assign(const Mention& mention) {
    Citation place = mention.provision;
    if (known_.contains(place)) {
      Mark(place, mention);
      MarkRow(mention);
      return;
    }
    while (!place.path.empty() && !known_.contains(place)) place.path.pop_back();
    if (place.path.empty()) {
      const bool reproduced =
          std::any_of(known_.begin(), known_.end(),
                      [&place](const Citation& known) { return known.norm == place.norm; });
      if (reproduced && !mention.provision.path.empty()) without_.push_back(mention.provision);
      return;
    }
    if (HasParts(place)) {
      without_.push_back(mention.provision);
    } else {
      Mark(place, mention);
    }
  }

  // Row n of a scale is row n of the table of the provision the scale cites.
  void MarkRow(const Mention& mention) {
    if (mention.kind != DeclarationKind::Rule || mention.row == 0 || !mention.own) return;
    const rules::Rule& rule = rules_.rules[static_cast<std::size_t>(mention.index)];
    if (rules_.scale(rule.scale).citation != mention.provision) return;
    Citation row = mention.provision;
    row.path.push_back(std::to_string(mention.row));
    const Passage* passage = document_.Find(row);
    if (passage != nullptr && passage->kind == PassageKind::Row) Mark(row, mention);
  }

  void Mark(const Citation& place, const Mention& mention) {
    Direct& direct = direct_[place];
    // A duty and what sanctions it are stated; only rules decide anything of them.
    if (mention.kind == DeclarationKind::Declarative || mention.kind == DeclarationKind::Duty ||
        mention.kind == DeclarationKind::Safeguard) {
      direct.declarative = true;
    } else if (mention.kind == DeclarationKind::Deferring) {
      direct.deferring = true;
    } else {
      direct.encoded = true;
    }
    Text text = citations::Describe(rules_, definitions_, mention);
    if (std::find(direct.by.begin(), direct.by.end(), text) == direct.by.end())
      direct.by.push_back(std::move(text));
  }

  [[nodiscard]] bool HasParts(const Citation& place) const {
    const auto next = known_.upper_bound(place);
    return next != known_.end() && next->within(place);
  }

  CoverStatus StatusOf(const Passage& passage, const std::map<Citation, CoverStatus>& status) {
    const Direct& direct = direct_[passage.citation];
    if (direct.encoded) return CoverStatus::Encoded;
    if (direct.deferring) return CoverStatus::Deferring;
    if (direct.declarative) return CoverStatus::Declarative;
    int parts = 0;
    for (auto it = known_.upper_bound(passage.citation);
         it != known_.end() && it->within(passage.citation); ++it) {
      if (it->path.size() != passage.citation.path.size() + 1) continue;
      const auto part = status.find(*it);
      if (part == status.end() || part->second == CoverStatus::Pending) return CoverStatus::Pending;
      ++parts;
    }
    return parts > 0 ? CoverStatus::ByParts : CoverStatus::Pending;
  }

  const rules::Ruleset& rules_;
  std::vector<citations::DefinitionRef> definitions_;
  const Document& document_;
  std::set<Citation> known_;
  std::map<Citation, Direct> direct_;
  std::vector<Citation> without_;
};

}  // namespace

int CoverageLedger::Count(CoverStatus status) const {
  return static_cast<int>(
      std::count_if(provisions.begin(), provisions.end(),
                    [status](const CoveredProvision& p) { return p.status == status; }));
}

std::vector<Citation> CoverageLedger::Pending() const {
  std::vector<Citation> pending;
  for (const CoveredProvision& provision : provisions) {
    if (provision.status == CoverStatus::Pending) pending.push_back(provision.citation);
  }
  return pending;
}

bool CoverageLedger::Misses(const std::string& norm) const {
  return std::any_of(without_passage.begin(), without_passage.end(),
                     [&norm](const Citation& citation) { return citation.norm == norm; });
}

CoverageLedger BuildLedger(const rules::Ruleset& rules,
                           const std::vector<language::NormFile>& files, const Document& document) {
  return Ledger(rules, files, document).Build();
}

Text Describe(CoverStatus status) {
  switch (status) {
    case CoverStatus::Encoded:
      return {"codificada", "encoded"};
    case CoverStatus::Declarative:
      return {"declarativa", "declarative"};
    case CoverStatus::Deferring:
      return {"remite", "defers"};
    case CoverStatus::ByParts:
      return {"cubierta por sus partes", "covered by its parts"};
    case CoverStatus::Pending:
      return {"pendiente", "pending"};
  }
  return {};
}

std::string MainNorm(const rules::Ruleset& rules) {
  for (const rules::Norm& norm : rules.norms) {
    if (!rules.title.empty() && norm.title == rules.title) return norm.name;
  }
  std::map<std::string, int> cited;
  for (const rules::Provision& provision : rules.provisions) ++cited[provision.citation.norm];
  std::string best;
  for (const auto& [name, count] : cited) {
    if (best.empty() || count > cited[best]) best = name;
  }
  return best;
}

}  // namespace cotejo::passages
