#include "solver/checks/result_bytes.h"

#include <cstdint>
#include <type_traits>

namespace cotejo::checks {

namespace {

// One overload a type says how it is made of others; Writer and Reader both walk it, so that
// what is written is what is read. A field added to a struct does not compile until it is here.
class Writer {
 public:
  template <typename... Parts>
  void operator()(Parts&... parts);
  void Plain(std::string& text) {
    Plain(static_cast<std::int64_t>(text.size()));
    bytes_ += text;
  }
  void Plain(std::int64_t number) {
    for (unsigned shift = 0; shift < 64; shift += 8) {
      bytes_ += static_cast<char>(static_cast<std::uint64_t>(number) >> shift);
    }
  }
  template <typename Item>
  void List(std::vector<Item>& items) {
    Plain(static_cast<std::int64_t>(items.size()));
    for (Item& item : items) (*this)(item);
  }
  template <typename Item>
  void Maybe(std::optional<Item>& item) {
    Plain(static_cast<std::int64_t>(item.has_value()));
    if (item) (*this)(*item);
  }
  template <typename Enum>
  void Choice(Enum& value, Enum /*last*/) {
    Plain(static_cast<std::int64_t>(value));
  }
  void Day(base::Date& date) { Plain(date.days()); }
  void Whole(int& number) { Plain(number); }
  void Flag(bool& flag) { Plain(static_cast<std::int64_t>(flag)); }

  [[nodiscard]] std::string Take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  template <typename... Parts>
  void operator()(Parts&... parts);
  void Plain(std::string& text) {
    const std::size_t size = Size();
    text = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
  }
  template <typename Item>
  void List(std::vector<Item>& items) {
    // An item takes a byte at least, so that no size that was read can be absurd.
    const std::size_t size = Size();
    for (std::size_t i = 0; i < size && !failed_; ++i) (*this)(items.emplace_back());
  }
  template <typename Item>
  void Maybe(std::optional<Item>& item) {
    if (Between(0, 1) == 1) (*this)(item.emplace());
  }
  template <typename Enum>
  void Choice(Enum& value, Enum last) {
    value = static_cast<Enum>(Between(0, static_cast<std::int64_t>(last)));
  }
  void Day(base::Date& date) { date = base::Date(static_cast<std::int32_t>(Int())); }
  void Whole(int& number) { number = static_cast<int>(Int()); }
  void Flag(bool& flag) { flag = Between(0, 1) == 1; }

  // Everything was read, and it was all there.
  [[nodiscard]] bool Complete() const { return !failed_ && bytes_.empty(); }

 private:
  std::int64_t Number() {
    if (bytes_.size() < 8) {
      failed_ = true;
      bytes_ = {};
      return 0;
    }
    std::uint64_t number = 0;
    for (unsigned i = 0; i < 8; ++i) {
      number |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes_[i])) << (8 * i);
    }
    bytes_.remove_prefix(8);
    return static_cast<std::int64_t>(number);
  }
  std::int64_t Between(std::int64_t low, std::int64_t high) {
    const std::int64_t number = Number();
    if (number >= low && number <= high) return number;
    failed_ = true;
    return low;
  }
  std::int64_t Int() { return Between(INT32_MIN, INT32_MAX); }
  std::size_t Size() {
    const std::int64_t number = Number();  // first: what is left is less once it is read
    if (number >= 0 && number <= static_cast<std::int64_t>(bytes_.size())) {
      return static_cast<std::size_t>(number);
    }
    failed_ = true;
    return 0;
  }

  std::string_view bytes_;
  bool failed_ = false;
};

// ---- What each type is made of ---------------------------------------------------

template <typename A>
void Walk(A& archive, std::string& text) {
  archive.Plain(text);
}
template <typename A>
void Walk(A& archive, int& number) {
  archive.Whole(number);
}
template <typename A>
void Walk(A& archive, bool& flag) {
  archive.Flag(flag);
}
template <typename A>
void Walk(A& archive, base::Date& date) {
  archive.Day(date);
}
template <typename A>
void Walk(A& archive, base::FindingSeverity& severity) {
  archive.Choice(severity, base::FindingSeverity::Information);
}
template <typename A>
void Walk(A& archive, base::Evidence& evidence) {
  archive.Choice(evidence, base::Evidence::None);
}
template <typename A>
void Walk(A& archive, base::Verdict& verdict) {
  archive.Choice(verdict, base::Verdict::NotRun);
}
template <typename A, typename Item>
void Walk(A& archive, std::vector<Item>& items) {
  archive.List(items);
}
template <typename A, typename Item>
void Walk(A& archive, std::optional<Item>& item) {
  archive.Maybe(item);
}
template <typename A>
void Walk(A& archive, base::Text& text) {
  auto& [es, en] = text;
  archive(es, en);
}
template <typename A>
void Walk(A& archive, base::Citation& citation) {
  auto& [norm, path] = citation;
  archive(norm, path);
}
template <typename A>
void Walk(A& archive, base::WitnessFact& fact) {
  auto& [date, description] = fact;
  archive(date, description);
}
template <typename A>
void Walk(A& archive, base::WitnessAnswer& answer) {
  auto& [article, rule, description, stands, date, applies] = answer;
  archive(article, rule, description, stands, date, applies);
}
template <typename A>
void Walk(A& archive, base::Witness& witness) {
  auto& [label, person, facts, answers, csv, replayed] = witness;
  archive(label, person, facts, answers, csv, replayed);
}
template <typename A>
void Walk(A& archive, base::PassageQuote& quote) {
  auto& [citation, text] = quote;
  archive(citation, text);
}
template <typename A>
void Walk(A& archive, base::Condition& condition) {
  auto& [article, text] = condition;
  archive(article, text);
}
template <typename A>
void Walk(A& archive, base::Mend& mend) {
  auto& [title, amendment, edits, removes, introduced] = mend;
  archive(title, amendment, edits, removes, introduced);
}
template <typename A>
void Walk(A& archive, base::Suppression& suppression) {
  auto& [reason, owner, until] = suppression;
  archive(reason, owner, until);
}
template <typename A>
void Walk(A& archive, base::Finding& finding) {
  auto& [code, severity, id, title, explanation, articles, region, resolution, reading, bounds,
         witness, counterpart, evidence, conditions, all_sets, mends, suppression, passages,
         under] = finding;
  archive(code, severity, id, title, explanation, articles, region, resolution, reading, bounds,
          witness, counterpart, evidence, conditions, all_sets, mends, suppression, passages,
          under);
}
template <typename A>
void Walk(A& archive, base::QueryRecord& query) {
  auto& [name, check, engine, verdict, reason, bounds, evidence] = query;
  archive(name, check, engine, verdict, reason, bounds, evidence);
}

template <typename... Parts>
void Writer::operator()(Parts&... parts) {
  (Walk(*this, parts), ...);
}

template <typename... Parts>
void Reader::operator()(Parts&... parts) {
  (Walk(*this, parts), ...);
}

}  // namespace

std::string ToBytes(const base::CheckReport& result) {
  base::CheckReport copy = result;  // the walk is one for both ways, and reading writes
  Writer writer;
  writer(copy.findings, copy.queries);
  return writer.Take();
}

std::optional<base::CheckReport> FromBytes(std::string_view bytes) {
  base::CheckReport result;
  Reader reader(bytes);
  reader(result.findings, result.queries);
  if (!reader.Complete()) return std::nullopt;
  return result;
}

}  // namespace cotejo::checks
