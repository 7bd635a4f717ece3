#include <algorithm>
#include <array>

#include "model/base/source.h"
#include "model/citations/mentions.h"
#include "model/citations/prose.h"

namespace cotejo::citations {
namespace {

// In a citation of the language.
bool IsCitationChar(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; }

class Finder {
 public:
  Finder(std::string_view text, std::string_view norm)
      : text_(text), norm_(norm), words_(TokensOf(text)) {}

  std::vector<Reference> Find() {
    for (at_ = 0; at_ < words_.size(); ++at_) {
      if (Is("articulo") || Is("articulos") || Is("art")) {
        ReadArticles();
      } else if (const auto norm = NormAt(text_, words_, at_)) {
        Add({norm->name, {}});
        at_ = norm->next - 1;
      }
    }
    Literals();
    std::sort(found_.begin(), found_.end());
    found_.erase(std::unique(found_.begin(), found_.end()), found_.end());
    return std::move(found_);
  }

 private:
  [[nodiscard]] std::string_view Word(std::size_t i) const {
    return i < words_.size() ? std::string_view(words_[i].text) : std::string_view();
  }
  [[nodiscard]] bool Is(std::string_view word) const { return Word(at_) == word; }

  // "articulo 49", "articulos 235 y 237", and the norm they are of.
  void ReadArticles() {
    std::vector<std::string> path = Before();
    std::vector<std::string_view> numbers;
    std::size_t i = at_ + 1;
    while (IsNumber(Word(i)) || ((Word(i) == "y" || Word(i) == "e") && IsNumber(Word(i + 1)))) {
      if (IsNumber(Word(i))) numbers.push_back(Word(i));
      ++i;
    }
    if (numbers.empty()) return;
    const std::size_t after = i;
    std::string norm;
    // Up to the name: "de la", "del presente", "(título) de las". An article of the rules made
    // for a law is not the law's: their own norm is the one that approved them, if it is said.
    bool regulation = false;
    bool approved = false;
    for (std::size_t j = after; j < after + (regulation ? 32 : 8) && j < words_.size(); ++j) {
      if (Word(j) == "articulo" || Word(j) == "articulos") break;
      // "del Artículo 15 del Reglamento de Permisos …, y en el presente Reglamento": not of this.
      const bool here = Word(j + 1) == "reglamento" || Word(j + 1) == "articulo";
      if (Word(j) == "presente" && here && !regulation) {
        norm = norm_;
        break;
      }
      regulation = regulation || Word(j) == "reglamento";
      approved = approved || Word(j).starts_with("aprobad");
      const auto found = NormAt(text_, words_, j);
      if (!found || (regulation && !approved)) continue;
      norm = found->name;
      i = found->next;
      break;
    }
    if (norm.empty()) return;  // of a norm that is not named here
    for (const std::string_view number : numbers) {
      Citation citation{norm, {std::string(number)}};
      if (numbers.size() == 1) citation.path.insert(citation.path.end(), path.begin(), path.end());
      Add(std::move(citation));
    }
    at_ = i - 1;
  }

  // "inciso g) del paragrafo II del" before "articulo": the path inside it.
  [[nodiscard]] std::vector<std::string> Before() const {
    std::vector<std::string> path;
    std::size_t i = at_;
    while (i > 0) {
      while (i > 0 && (Word(i - 1) == "del" || Word(i - 1) == "de" || Word(i - 1) == "el")) --i;
      if (i < 2) break;
      const std::string_view what = Word(i - 2);
      const std::string_view which = Word(i - 1);
      if ((what == "paragrafo" || what == "parrafo") && IsRoman(which)) {
        path.push_back(Upper(which));
      } else if ((what == "inciso" && which.size() == 1) ||
                 (what == "numeral" && IsNumber(which))) {
        path.emplace_back(which);
      } else {
        break;
      }
      i -= 2;
    }
    return path;
  }

  // Citations as the language writes them: DS25749:23.I.
  void Literals() {
    for (std::size_t colon = text_.find(':'); colon != std::string_view::npos;
         colon = text_.find(':', colon + 1)) {
      std::size_t begin = colon;
      while (begin > 0 && IsCitationChar(base::Fold(text_.substr(begin - 1, 1))[0])) --begin;
      std::size_t end = colon + 1;
      while (end < text_.size() &&
             (IsCitationChar(base::Fold(text_.substr(end, 1))[0]) ||
              (text_[end] == '.' && end + 1 < text_.size() && text_[end + 1] != ' ')))
        ++end;
      const Citation citation = base::ParseCitation(text_.substr(begin, end - begin));
      if (citation.path.empty() || citation.norm != Upper(citation.norm)) continue;
      found_.push_back({citation, KindBefore(begin)});
    }
  }

  void Add(Citation citation) {
    const std::size_t at = at_ < words_.size() ? words_[at_].begin : text_.size();
    found_.push_back({std::move(citation), KindBefore(at)});
  }

  // The verb that governs a reference is the nearest before it in its sentence.
  [[nodiscard]] ReferenceKind KindBefore(std::size_t at) const {
    const std::size_t window = 90;
    const std::string folded = base::Fold(text_.substr(0, std::min(at, text_.size())));
    std::string_view before = folded;
    if (before.size() > window) before.remove_prefix(before.size() - window);
    static constexpr std::array<std::pair<std::string_view, ReferenceKind>, 12> kVerbs = {
        {{"modificad", ReferenceKind::Cites},  // "Ley 252, modificada por la Ley 798"
         {"modific", ReferenceKind::Modifies},
         {"se incorpora", ReferenceKind::Modifies},
         {"sustituye", ReferenceKind::Replaces},
         {"reemplaza", ReferenceKind::Replaces},
         {"deroga", ReferenceKind::Replaces},
         {"abroga", ReferenceKind::Replaces},
         {"sin efecto", ReferenceKind::Replaces},
         {"conforme", ReferenceKind::DefersTo},
         {"de acuerdo", ReferenceKind::DefersTo},
         {"establecid", ReferenceKind::DefersTo},
         {"conformidad", ReferenceKind::DefersTo}}};
    ReferenceKind kind = ReferenceKind::Cites;
    std::size_t nearest = 0;
    for (const auto& [verb, meaning] : kVerbs) {
      const std::size_t found = before.rfind(verb);
      if (found == std::string_view::npos || found + 1 <= nearest) continue;
      nearest = found + 1;
      kind = meaning;
    }
    return kind;
  }

  std::string_view text_;
  std::string norm_;
  std::vector<Token> words_;
  std::size_t at_ = 0;
  std::vector<Reference> found_;
};

}  // namespace

std::vector<Reference> ReferencesIn(std::string_view text, std::string_view norm) {
  return Finder(text, norm).Find();
}

ReferenceKind VerbOf(std::string_view summary) {
  static constexpr std::array<std::pair<std::string_view, ReferenceKind>, 7> kVerbs = {
      {{"modifica ", ReferenceKind::Modifies},
       {"incorpora ", ReferenceKind::Modifies},
       {"sustituye ", ReferenceKind::Replaces},
       {"reemplaza ", ReferenceKind::Replaces},
       {"deroga ", ReferenceKind::Replaces},
       {"abroga ", ReferenceKind::Replaces},
       {"deja sin efecto ", ReferenceKind::Replaces}}};
  const std::string folded = base::Fold(summary);
  for (const auto& [verb, kind] : kVerbs) {
    if (folded.starts_with(verb)) return kind;
  }
  return ReferenceKind::Cites;
}

}  // namespace cotejo::citations
