// A stable digest of what declarations mean: with equal digests every analysis gives the same.
//
// Places in files, comments and layout do not enter, and neither does the order of declarations
// that are only looked up by name (norms, parameters, statements, cases …). The relative order
// of kinds, measures, attributes, qualifications and rules does: witnesses follow it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/rules/ruleset.h"

namespace cotejo::rules {

// FNV-1a of 128 bits: no attacker here, only accidents, and 2^-64 is rarer than a broken disk.
class Hasher {
 public:
  Hasher& Add(std::string_view text);  // with its length: "ab" + "c" is not "a" + "bc"
  Hasher& Add(std::int64_t number);
  [[nodiscard]] std::string str() const;  // 32 hex digits

 private:
  void Byte(unsigned char byte);
  __extension__ using Wide = unsigned __int128;
  Wide state_ = (static_cast<Wide>(0x6c62272e07bb0142U) << 64U) | 0x62b821756295c58dU;
};

// The declarations a result depends on. Always counted besides: attributes, schedules, readings
// and the calendar, of which every history is made, and the rules that may fail to be
// evaluated, because one failure anywhere spoils a witness.
struct Declarations {
  std::vector<FactKindId> kinds;
  std::vector<MeasureId> measures;
  std::vector<QualificationId> qualifications;
  std::vector<RuleId> rules;
  std::vector<ScaleId> scales;  // besides those of the rules
  bool statements = false;
  bool units = false;
  bool process_requirements = false;
  bool safeguards = false;
  bool worse_choices = false;
  bool organs = false;
  bool procedures = false;
  bool provisions = false;
};

class ContentHash {
 public:
  // Reads each declaration once.
  explicit ContentHash(const Ruleset& rules);

  // Everything the ruleset says.
  [[nodiscard]] const std::string& Whole() const { return whole_; }
  [[nodiscard]] std::string Of(const Declarations& part) const;

  // One declaration's own words, without what it refers to but norms, parameters and values.
  [[nodiscard]] const std::string& Of(FactKindId id) const { return kinds_[id.index()]; }
  [[nodiscard]] const std::string& Of(MeasureId id) const { return measures_[id.index()]; }
  [[nodiscard]] const std::string& Of(QualificationId id) const {
    return qualifications_[id.index()];
  }
  [[nodiscard]] const std::string& Of(RuleId id) const { return rules_[id.index()]; }
  // What histories are made of: attributes, schedules and calendar, besides the readings.
  [[nodiscard]] const std::string& Histories() const { return histories_; }

 private:
  std::string histories_;
  std::string common_;  // of what every result depends on
  std::string whole_;
  std::vector<std::string> kinds_, measures_, qualifications_, rules_, scales_;
  std::string statements_, units_, process_requirements_, safeguards_, worse_choices_, organs_,
      procedures_, provisions_;
};

}  // namespace cotejo::rules
