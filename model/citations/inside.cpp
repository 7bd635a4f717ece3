#include "model/citations/inside.h"

#include <algorithm>

#include "model/citations/prose.h"

namespace cotejo::citations {
namespace {

using base::Citation;

bool IsParagraph(std::string_view word) {
  return word == "paragrafo" || word == "paragrafos" || word == "parrafo" || word == "parrafos";
}
bool IsItem(std::string_view word) { return word == "inciso" || word == "incisos"; }
bool IsNumeral(std::string_view word) { return word == "numeral" || word == "numerales"; }
bool IsArticle(std::string_view word) {
  return word == "articulo" || word == "articulos" || word == "art" || word == "arts";
}
bool IsThis(std::string_view word) { return word == "presente" || word == "este"; }
bool Joins(std::string_view word) { return word == "y" || word == "e" || word == "o"; }

class Finder {
 public:
  Finder(std::string_view text, const Citation& from, std::string_view regulation)
      : text_(text), words_(TokensOf(text)), from_(from), regulation_(regulation) {}

  std::vector<InnerReference> Find() {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      if (IsArticle(Word(i))) {
        ReadArticle(i);
      } else if (IsParagraph(Word(i)) && IsRoman(Word(i + 1)) && Own(i + 2)) {
        Add({from_.norm, OwnArticle()}, {{Upper(Word(i + 1))}}, i, i + 1);
      }
    }
    return std::move(found_);
  }

 private:
  [[nodiscard]] std::string_view Word(std::size_t i) const {
    return i < words_.size() ? std::string_view(words_[i].text) : std::string_view();
  }

  [[nodiscard]] std::vector<std::string> OwnArticle() const {
    if (from_.path.empty()) return {};
    return {from_.path.front()};
  }

  // Nothing after the number says whose it is: a mark, or a word that is not a preposition nor
  // a name ("Artículo 15 Decreto Supremo N° 25749").
  [[nodiscard]] bool Own(std::size_t next) const {
    if (next >= words_.size()) return true;
    const std::string_view between =
        text_.substr(words_[next - 1].end, words_[next].begin - words_[next - 1].end);
    if (between.find('(') != std::string_view::npos) return false;  // its title, and whose it is
    if (NormAt(text_, words_, next)) return false;  // "el Artículo 15, Decreto Supremo N° 762"
    if (between.find_first_of(".,;:") != std::string_view::npos) return true;
    return !Word(next).starts_with("de") && !words_[next].capital;
  }

  void ReadArticle(std::size_t at) {
    std::vector<std::string_view> numbers;
    std::size_t next = at + 1;
    while (IsNumber(Word(next)) || (Joins(Word(next)) && IsNumber(Word(next + 1)))) {
      if (IsNumber(Word(next))) numbers.push_back(Word(next));
      ++next;
    }
    if (numbers.empty()) {
      if (at > 0 && IsThis(Word(at - 1)))
        AddBefore(at - 1, {from_.norm, OwnArticle()}, at);
      else if (Word(next) == "precedente" || Word(next) == "anterior")
        AddPrevious(at, next);
      return;
    }
    std::string norm;
    if (Word(next) == "del" && IsThis(Word(next + 1)) && next + 2 < words_.size()) {
      norm = Word(next + 2) == "reglamento" ? std::string(regulation_) : from_.norm;
      next += 3;
    } else if (Word(next) == "de" && Word(next + 1) == "la" && IsThis(Word(next + 2))) {
      norm = from_.norm;
      next += 4;
    } else if (Own(next)) {
      norm = from_.norm;
    }
    if (norm.empty()) return;
    const std::size_t last = std::min(next, words_.size()) - 1;
    for (const std::string_view number : numbers) {
      const Citation article{norm, {std::string(number)}};
      if (numbers.size() == 1)
        AddBefore(at, article, last);
      else
        Add(article, {{}}, at, last);
    }
  }

  void AddPrevious(std::size_t at, std::size_t last) {
    if (from_.path.empty() || !IsNumber(from_.path.front()) || from_.path.front().size() > 6)
      return;
    const int number = std::stoi(from_.path.front()) - 1;
    if (number > 0) AddBefore(at, {from_.norm, {std::to_string(number)}}, last);
  }

  // What stands before "artículo", back to the innermost part: "incisos a) y b) del párrafo II
  // del". Only the innermost may name several.
  void AddBefore(std::size_t at, const Citation& article, std::size_t last) {
    std::vector<std::string> outer;  // from the article inwards
    std::vector<std::vector<std::string>> tails{{}};
    std::size_t first = at;
    std::size_t i = at;
    while (i > 0) {
      while (i > 0 && (Word(i - 1) == "del" || Word(i - 1) == "de" || Word(i - 1) == "el")) --i;
      std::vector<std::string> which;
      std::size_t j = i;
      while (j > 0 && (IsPart(Word(j - 1)) || Joins(Word(j - 1)))) {
        if (IsPart(Word(j - 1))) which.emplace_back(Word(j - 1));
        --j;
      }
      if (j == 0 || which.empty()) break;
      const std::string_view noun = Word(j - 1);
      if (!Fits(noun, which)) break;
      std::reverse(which.begin(), which.end());
      if (IsParagraph(noun)) {
        for (std::string& step : which) step = Upper(step);
      }
      first = i = j - 1;
      tails.clear();
      for (const std::string& step : which) {
        tails.push_back(outer);
        tails.back().push_back(step);
      }
      if (which.size() > 1) break;
      outer.push_back(which.front());
    }
    Add(article, tails, first, last);
  }

  [[nodiscard]] static bool IsPart(std::string_view word) {
    return IsNumber(word) || IsRoman(word) ||
           (word.size() == 1 && word != "y" && word != "e" && word != "o");
  }
  [[nodiscard]] static bool Fits(std::string_view noun, const std::vector<std::string>& which) {
    const auto all = [&which](auto is) { return std::all_of(which.begin(), which.end(), is); };
    if (IsParagraph(noun)) return all([](const std::string& w) { return IsRoman(w); });
    if (IsItem(noun)) return all([](const std::string& w) { return w.size() == 1; });
    return IsNumeral(noun) && all([](const std::string& w) { return IsNumber(w); });
  }

  void Add(const Citation& article, const std::vector<std::vector<std::string>>& tails,
           std::size_t first, std::size_t last) {
    for (const std::vector<std::string>& tail : tails) {
      Citation target = article;
      target.path.insert(target.path.end(), tail.begin(), tail.end());
      if (target.path.empty()) continue;
      found_.push_back({target, words_[first].begin, words_[last].end});
    }
  }

  std::string_view text_;
  std::vector<Token> words_;
  const Citation& from_;
  std::string_view regulation_;
  std::vector<InnerReference> found_;
};

}  // namespace

std::vector<InnerReference> InnerReferencesIn(std::string_view text, const Citation& from,
                                              std::string_view regulation) {
  return Finder(text, from, regulation).Find();
}

}  // namespace cotejo::citations
