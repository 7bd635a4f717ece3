// A history as the facts CSV that ReadHistories reads back.
#include <algorithm>
#include <map>

#include "model/evaluation/cell.h"
#include "model/evaluation/history.h"

namespace cotejo::evaluation {

namespace {

std::string Escaped(const std::string& text) {
  const bool plain = text.find_first_of(",\"\r\n") == std::string::npos &&
                     (text.empty() || (text.front() != ' ' && text.back() != ' '));
  if (plain) {
    return text;
  }
  std::string quoted = "\"";
  for (char c : text) {
    quoted += c == '"' ? "\"\"" : std::string(1, c);
  }
  return quoted + "\"";
}

class Writer {
 public:
  Writer(const rules::Ruleset& rules, const History& history) : rules_(rules), history_(history) {
    columns_ = {"persona", "fecha", "hecho"};
    const bool dated = std::any_of(history.attributes.begin(), history.attributes.end(),
                                   [](const auto& values) { return !values.empty(); });
    if (dated) {
      columns_.insert(columns_.end(), {"dato", "valor"});
    }
    const bool in_shift = std::any_of(history.facts.begin(), history.facts.end(),
                                      [](const Fact& fact) { return fact.shift > 0; });
    if (in_shift) {
      columns_.emplace_back("tramo");
    }
    for (const Fact& fact : history.facts) {
      for (const rules::Field& field : rules.kind(fact.kind).fields) {
        AddColumn(field.name);
      }
    }
  }

  std::string Write() {
    std::map<std::string, std::string> header;
    for (const std::string& column : columns_) {
      header[base::Fold(column)] = column;
    }
    AddRow(header);
    for (std::size_t a = 0; a < history_.attributes.size(); ++a) {
      for (const DatedAttribute& dated : history_.attributes[a]) {
        AddAttribute(rules_.attributes[a], dated);
      }
    }
    for (const Fact& fact : history_.facts) {
      AddFact(fact);
    }
    return text_;
  }

 private:
  // Two kinds may share a field's name, with accents or without.
  void AddColumn(const std::string& name) {
    const std::string folded = base::Fold(name);
    const bool known = std::any_of(columns_.begin(), columns_.end(),
                                   [&](const std::string& c) { return base::Fold(c) == folded; });
    if (!known) {
      columns_.push_back(name);
    }
  }

  void AddAttribute(const rules::Attribute& attribute, const DatedAttribute& dated) {
    AddRow({{"persona", history_.person},
            {"fecha", dated.from ? dated.from->str() : ""},
            {"hecho", "dato"},
            {"dato", attribute.name},
            {"valor", FormatCell(rules_, attribute.type, dated.value)}});
  }

  void AddFact(const Fact& fact) {
    const rules::FactKind& kind = rules_.kind(fact.kind);
    std::map<std::string, std::string> cells = {
        {"persona", history_.person}, {"fecha", fact.date.str()}, {"hecho", kind.name}};
    if (fact.shift > 0) {
      cells["tramo"] = std::to_string(fact.shift);
    }
    for (std::size_t i = 0; i < kind.fields.size(); ++i) {
      cells[base::Fold(kind.fields[i].name)] =
          FormatCell(rules_, kind.fields[i].type, fact.fields[i]);
    }
    AddRow(cells);
  }

  void AddRow(const std::map<std::string, std::string>& cells) {
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const auto cell = cells.find(base::Fold(columns_[i]));
      text_ += i == 0 ? "" : ",";
      text_ += cell == cells.end() ? "" : Escaped(cell->second);
    }
    text_ += "\n";
  }

  const rules::Ruleset& rules_;
  const History& history_;
  std::vector<std::string> columns_;
  std::string text_;
};

}  // namespace

std::string WriteHistoryCsv(const rules::Ruleset& rules, const History& history) {
  return Writer(rules, history).Write();
}

}  // namespace cotejo::evaluation
