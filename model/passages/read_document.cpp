#include <algorithm>
#include <map>
#include <optional>

#include "model/base/csv.h"
#include "model/passages/document.h"
#include "model/passages/labels.h"
#include "model/passages/lines.h"

namespace cotejo::passages {
namespace {

using base::Text;

enum class Region { Body, Introduction, Instrument, Appendix, Outside };

// An open provision. A quoted one starts a numbering of its own.
struct Frame {
  std::size_t passage = 0;
  PassageKind kind = PassageKind::Article;
  int value = 0;
  bool quoted = false;
  int quotes = 0;  // quoted: openings still to be closed
};

bool EndsSentence(std::string_view text) {
  return text.empty() || text.ends_with('.') || text.ends_with(';') || text.ends_with(':') ||
         text.ends_with("”") || text.ends_with(')');
}

bool BeginsLower(std::string_view text) {
  return !text.empty() && text.front() >= 'a' && text.front() <= 'z';
}

// Part of an instrument's title: capitals, or what stands between parentheses.
bool GoesOnAsTitle(std::string_view title, std::string_view line) {
  const auto opened = std::count(title.begin(), title.end(), '(');
  const auto closed = std::count(title.begin(), title.end(), ')');
  return opened > closed || line.starts_with('(') || IsUpperCase(std::string(line) + " AA");
}

class Reader {
 public:
  Reader(const base::SourceMap& sources, base::FileId file, std::string_view norm,
         base::Diagnostics& diagnostics)
      : sources_(sources), file_(file), main_(norm), diagnostics_(diagnostics) {
    document_.norm = main_;
  }

  Document Read() {
    const std::vector<TextLine> lines = CleanLines(sources_.file(file_).content);
    const std::size_t body = BodyStart(lines);
    if (body == lines.size()) {
      Add("documento-sin-artículos", base::Severity::Error, 1,
          {"no se reconoce ningún artículo", "no article is recognised"},
          {"compruebe que es el texto de la regulación y que no es una imagen sin texto",
           "check that it is the text of the regulation and not an image without text"});
      return std::move(document_);
    }
    ReadResolution(lines, body);
    norm_ = main_;
    for (at_ = body; at_ < lines.size(); ++at_) ReadLine(lines[at_]);
    Finish();
    return std::move(document_);
  }

 private:
  void Add(const char* code, base::Severity severity, int line, Text message, Text hint,
           Citation article = {}) {
    diagnostics_.Add({code, severity, base::LineSpan(sources_, file_, line), std::move(message),
                      std::move(hint), std::move(article)});
  }

  // ---- Where the text begins -----------------------------------------------------

  // A table of contents gives every article's heading before the articles: the text begins
  // where the first heading comes again, together with the title and chapter over it.
  static std::size_t BodyStart(const std::vector<TextLine>& lines) {
    std::size_t first = lines.size();
    std::string step, heading;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const auto label = ArticleLabel(lines[i].text);
      if (!label || !label->capitals) continue;
      if (first == lines.size()) {
        first = i;
        step = label->step;
        heading = base::Fold(label->heading);
      } else if (label->step == step && base::Fold(label->heading) == heading) {
        first = i;
        break;
      }
    }
    std::size_t begin = first;
    for (std::size_t i = first; i > 0 && first < lines.size(); --i) {
      if (!IsUpperCase(lines[i - 1].text)) break;
      if (!IsDivision(lines[i - 1].text)) continue;
      begin = i - 1;
      if (base::Fold(lines[begin].text).starts_with("titulo ")) break;
    }
    return begin;
  }

  void ReadResolution(const std::vector<TextLine>& lines, std::size_t end) {
    bool open = false;
    for (std::size_t i = 0; i < end; ++i) {
      const std::string& text = lines[i].text;
      const std::string folded = base::Fold(text);
      if (folded.starts_with("resuelve")) open = true;
      if (!open) continue;
      if (folded.starts_with("registrese")) break;
      if (const auto label = OrdinalLabel(text)) {
        document_.resolution.push_back({{main_, {"RES", label->step}},
                                        PassageKind::Ordinal,
                                        "",
                                        std::string(label->rest),
                                        "",
                                        lines[i].number});
      } else if (!document_.resolution.empty()) {
        document_.resolution.back().text += " " + text;
      }
    }
    for (Passage& passage : document_.resolution) Seal(passage);
  }

  // ---- One line -------------------------------------------------------------------

  void ReadLine(const TextLine& line) {
    line_ = line.number;
    if (table_ && ReadTableLine(line)) return;
    table_ = false;
    if (OpensDivision(line) || OpensHeading(line)) return;
    if (line.text.find('\t') != std::string::npos && !frames_.empty() && OpensTable(line)) return;
    if (OpensLabel(line.text)) {
      return;
    }
    if (frames_.empty()) {
      if (region_ != Region::Instrument) return;
      OpenInstrumentText();
    }
    CloseLists(line);
    AppendSplit(line.text);
  }

  bool OpensDivision(const TextLine& line) {
    const std::string& text = line.text;
    const std::string instrument = InstrumentName(text);
    if (!instrument.empty()) {
      norm_ = instrument;
      Divide(Region::Instrument, text);
      // The instrument's title goes on until the first article, ordinal or blank line.
      heading_block_ = true;
      return true;
    }
    if (heading_block_) {
      heading_block_ = !line.after_blank && !ArticleLabel(text) && !OrdinalLabel(text) &&
                       GoesOnAsTitle(document_.divisions.back().text, text);
      if (heading_block_) {
        document_.divisions.back().text += " " + text;
        return true;
      }
    }
    if (IsDivision(text)) {
      norm_ = main_;
      Divide(region_ == Region::Body ? Region::Body : Region::Outside, text);
      return true;
    }
    if (const int part = SecondPart(text); part != 0) {
      norm_ = main_;
      Divide(Region::Introduction, text);
      OpenRoot("P" + std::to_string(part), text);
      second_part_ = true;
      return true;
    }
    if (!second_part_) return false;
    if (const int appendix = AppendixNumber(text); appendix != 0) {
      norm_ = main_;
      Divide(Region::Appendix, text);
      OpenRoot("AP" + std::to_string(appendix), text.substr(text.find(' ') + 1));
      return true;
    }
    if (PartNumber(text) != 0) {
      Divide(Region::Outside, text);
      return true;
    }
    return OpensSpecificRules(text);
  }

  // "NORMA ESPECÍFICA CREDENCIALES": RIP:CRED.
  bool OpensSpecificRules(const std::string& text) {
    static constexpr std::string_view kOpening = "norma especifica ";
    const std::string folded = base::Fold(text);
    if (!IsUpperCase(text) || !folded.starts_with(kOpening)) return false;
    std::string step = folded.substr(kOpening.size(), 4);
    for (char& c : step) {
      if (c < 'a' || c > 'z') return false;
      c = static_cast<char>(c - 'a' + 'A');
    }
    norm_ = main_;
    Divide(Region::Appendix, text);
    OpenRoot(step, text);
    return true;
  }

  void Divide(Region region, const std::string& text) {
    Finish();
    region_ = region;
    heading_block_ = false;
    document_.divisions.push_back({text, line_});
  }

  // Capitals that open nothing: the title of what was just opened, or of a table.
  bool OpensHeading(const TextLine& line) {
    if (!IsUpperCase(line.text) || ArticleLabel(line.text) || OrdinalLabel(line.text) ||
        ParagraphLabel(line.text) || line.text.find('\t') != std::string::npos) {
      return false;
    }
    if (!frames_.empty()) {
      Passage& top = document_.passages[frames_.back().passage];
      // A sentence that a page break left in capitals goes on.
      if (!EndsSentence(top.text)) return false;
      if (top.kind == PassageKind::Part && top.text.empty()) top.heading += " " + line.text;
    } else if (!document_.divisions.empty()) {
      document_.divisions.back().text += " " + line.text;
    }
    return true;
  }

  bool OpensLabel(const std::string& text) {
    if (const auto article = ArticleLabel(text)) {
      if (OpenArticle(*article)) return true;
    }
    if (const auto ordinal = OrdinalLabel(text); ordinal && region_ == Region::Instrument) {
      Finish();
      Open(PassageKind::Ordinal, *ordinal);
      AppendSplit(ordinal->rest);
      return true;
    }
    if (frames_.empty()) return false;
    if (const auto note = NoteLabel(text)) {
      CloseTo([](PassageKind kind) {
        return kind == PassageKind::Article || kind == PassageKind::Paragraph ||
               kind == PassageKind::Part;
      });
      Open(PassageKind::Note, *note);
      AppendSplit(note->rest);
      return true;
    }
    return OpensNumbered(text);
  }

  bool OpensNumbered(const std::string& text) {
    if (const auto paragraph = ParagraphLabel(text)) {
      if (Place(PassageKind::Paragraph, *paragraph)) return true;
    }
    if (const auto item = ItemLabel(text)) {
      if (Place(PassageKind::Item, *item)) return true;
    }
    if (const auto numeral = NumeralLabel(text)) {
      if (Place(PassageKind::Numeral, *numeral)) return true;
    }
    if (text.starts_with("- ") && text.size() > 2) {
      Label bullet;
      const Frame* last = Sibling(PassageKind::Bullet);
      bullet.value = last == nullptr ? 1 : last->value + 1;
      bullet.step = std::to_string(bullet.value);
      bullet.rest = std::string_view(text).substr(2);
      return Place(PassageKind::Bullet, bullet);
    }
    return false;
  }

  // ---- Opening and closing ----------------------------------------------------------

  bool OpenArticle(const Label& label) {
    const bool implicit = !label.quoted && Transcribes();
    if (label.quoted || implicit) {
      if (frames_.empty()) return false;
      CloseQuote();
      Open(PassageKind::Article, label);
      frames_.back().quoted = true;
      frames_.back().quotes = 1;
    } else {
      // The body's articles follow one another: any other number is a mention in the text, or
      // a heading the scan damaged, which is said.
      const int expected = last_article_ + 1;
      if (region_ == Region::Body && label.value != expected) {
        if (label.value < expected || !label.capitals) return false;
        SayJump(std::to_string(last_article_), label.step, {main_, {label.step}});
      }
      Finish();
      if (region_ == Region::Body) last_article_ = label.value;
      if (region_ == Region::Outside || region_ == Region::Introduction) return false;
      Open(PassageKind::Article, label);
    }
    document_.passages[frames_.back().passage].heading = label.heading;
    AppendSplit(label.rest);
    return true;
  }

  // The open provision announces the text of another norm: "se modifica … de la siguiente
  // manera:". Some prints leave the opening quotation mark out.
  [[nodiscard]] bool Transcribes() const {
    if (frames_.empty() || region_ != Region::Instrument || InQuote()) return false;
    if (frames_.back().passage + 1 != document_.passages.size()) return false;  // it already did
    const std::string& text = document_.passages[frames_.back().passage].text;
    const std::string folded = base::Fold(text);
    return text.ends_with(':') && (folded.find("modific") != std::string::npos ||
                                   folded.find("incorpor") != std::string::npos ||
                                   folded.find("sustitu") != std::string::npos);
  }

  [[nodiscard]] bool InQuote() const {
    return std::any_of(frames_.begin(), frames_.end(), [](const Frame& f) { return f.quoted; });
  }

  // First frame of the innermost numbering.
  [[nodiscard]] std::size_t Bottom() const {
    for (std::size_t i = frames_.size(); i > 0; --i) {
      if (frames_[i - 1].quoted) return i - 1;
    }
    return 0;
  }

  [[nodiscard]] const Frame* Sibling(PassageKind kind) const {
    for (std::size_t i = frames_.size(); i > Bottom(); --i) {
      if (frames_[i - 1].kind == kind) return &frames_[i - 1];
    }
    return nullptr;
  }

  // Opens a label in its place: after its sibling, or inside what is open. False when its
  // number does not go forward, and it is text.
  bool Place(PassageKind kind, const Label& label) {
    const Frame* sibling = Sibling(kind);
    const bool quoted_item = label.quoted && kind == PassageKind::Item;
    if (!quoted_item && sibling != nullptr) {
      if (label.value <= sibling->value) {
        Add("numeración-que-vuelve", base::Severity::Warning, line_,
            {"«" + label.step + "» viene después de «" + StepOf(*sibling) + "» y se lee como texto",
             "'" + label.step + "' comes after '" + StepOf(*sibling) + "' and is read as text"},
            {"si es una disposición, corrija su número en el documento",
             "if it is a provision, correct its number in the document"},
            document_.passages[sibling->passage].citation);
        return false;
      }
      if (label.value != sibling->value + 1)
        SayJump(StepOf(*sibling), label.step, document_.passages[sibling->passage].citation);
      const auto position = static_cast<std::size_t>(sibling - frames_.data());
      frames_.resize(position);
    } else if (kind == PassageKind::Paragraph) {
      CloseTo([](PassageKind k) {
        return k == PassageKind::Article || k == PassageKind::Part || k == PassageKind::Ordinal;
      });
    } else {
      CloseTo([](PassageKind k) {
        return k != PassageKind::Bullet && k != PassageKind::Row && k != PassageKind::Note &&
               k != PassageKind::Table;
      });
    }
    Open(kind, label);
    AppendSplit(label.rest);
    return true;
  }

  void SayJump(const std::string& from, const std::string& to, const Citation& where) {
    Add("numeración-con-salto", base::Severity::Warning, line_,
        {"la numeración pasa de «" + from + "» a «" + to + "»",
         "the numbering goes from '" + from + "' to '" + to + "'"},
        {"si falta una disposición, complete el documento",
         "if a provision is missing, complete the document"},
        where);
  }

  [[nodiscard]] std::string StepOf(const Frame& frame) const {
    const Citation& citation = document_.passages[frame.passage].citation;
    return citation.path.empty() ? citation.norm : citation.path.back();
  }

  // Closes frames from the top until one of a wanted kind, never past a quotation.
  template <typename Wanted>
  void CloseTo(Wanted wanted) {
    while (frames_.size() > Bottom() + 1 && !wanted(frames_.back().kind)) frames_.pop_back();
  }

  void CloseQuote() {
    if (!InQuote()) return;
    frames_.resize(Bottom());
  }

  void Finish() {
    frames_.clear();
    table_ = false;
  }

  void OpenRoot(const std::string& step, const std::string& heading) {
    Label label;
    label.step = step;
    Open(PassageKind::Part, label);
    document_.passages[frames_.back().passage].heading = heading;
  }

  void OpenInstrumentText() {
    Label label;
    label.value = ++instrument_texts_[norm_];
    label.step = std::to_string(label.value);
    Open(PassageKind::Part, label);
  }

  void Open(PassageKind kind, const Label& label) {
    Citation citation{norm_, {}};
    if (!frames_.empty()) citation = document_.passages[frames_.back().passage].citation;
    citation.path.push_back(label.step);
    const auto known = by_citation_.find(citation);
    std::size_t index = document_.passages.size();
    if (known != by_citation_.end()) {
      index = known->second;
      ++document_.passages[index].copies;
    } else {
      by_citation_.emplace(citation, index);
      document_.passages.push_back({citation, kind, "", "", "", line_});
    }
    frames_.push_back({index, kind, label.value, false, 0});
  }

  // ---- Text -------------------------------------------------------------------------

  // Text without a label closes a list of bullets, and the items of a list it goes on to
  // introduce ("Documentación que demuestre …:").
  void CloseLists(const TextLine& line) {
    const std::string& text = document_.passages[frames_.back().passage].text;
    if (!EndsSentence(text)) return;
    const PassageKind kind = frames_.back().kind;
    if (kind == PassageKind::Bullet ? line.after_blank
                                    : (kind == PassageKind::Numeral && line.text.ends_with(':'))) {
      frames_.pop_back();
    }
  }

  // Appends text, opening the labels that stand inside it.
  void AppendSplit(std::string_view text) {
    while (true) {
      const Frame* paragraph = Sibling(PassageKind::Paragraph);
      const Frame* item = Sibling(PassageKind::Item);
      const auto found = FindInlineLabel(text, paragraph == nullptr ? 0 : paragraph->value + 1,
                                         item == nullptr ? 1 : item->value + 1);
      if (!found) break;
      Append(text.substr(0, found->at));
      text = text.substr(found->at + 1);
      // Place appends the rest, and looks for further labels in it.
      if (Place(found->paragraph ? PassageKind::Paragraph : PassageKind::Item, found->label))
        return;
    }
    Append(text);
  }

  void Append(std::string_view text) {
    std::string& target = document_.passages[frames_.back().passage].text;
    // A word broken at the end of a line.
    const bool broken = target.size() > 1 && target.back() == '-' &&
                        target[target.size() - 2] != ' ' && !text.empty() && text.front() >= 'a' &&
                        text.front() <= 'z';
    if (broken) {
      target.pop_back();
    } else if (!target.empty()) {
      target += ' ';
    }
    target += text;
    const std::size_t bottom = Bottom();
    if (bottom < frames_.size() && frames_[bottom].quoted) {
      frames_[bottom].quotes += QuoteBalance(text);
      if (frames_[bottom].quotes <= 0) frames_.resize(bottom);
    }
  }

  // ---- Tables -----------------------------------------------------------------------

  bool OpensTable(const TextLine& line) {
    const std::string folded = base::Fold(line.text);
    table_ = true;
    doubtful_ = false;
    rows_ = folded.starts_with("causal") && folded.find("sancion") != std::string::npos;
    row_ = 0;
    if (!rows_) {
      Label label;
      label.step = "cuadro";
      SayJoined(label.step);
      Open(PassageKind::Table, label);
      Append(line.text);
    } else {
      CloseTo([](PassageKind k) {
        return k == PassageKind::Article || k == PassageKind::Paragraph || k == PassageKind::Item;
      });
      SayJoined("1");
      AppendHeader(line.text);
    }
    return true;
  }

  // What heads the columns belongs to the provision that holds the table.
  void AppendHeader(const std::string& text) {
    std::string header;
    for (const char c : text) header += c == '\t' ? std::string(" | ") : std::string(1, c);
    Append(header);
  }

  // A line of the open table; false when the table has ended.
  bool ReadTableLine(const TextLine& line) {
    const std::size_t tab = line.text.find('\t');
    const bool ends = ArticleLabel(line.text) || ParagraphLabel(line.text) ||
                      ItemLabel(line.text) || NoteLabel(line.text) || IsDivision(line.text);
    if (ends || (tab == std::string::npos && line.after_blank)) {
      if (frames_.back().kind == PassageKind::Table || frames_.back().kind == PassageKind::Row)
        frames_.pop_back();
      return false;
    }
    if (!rows_) {
      Append(line.text);
      return true;
    }
    // A cell that goes on: of the header until there is a row, then of the row.
    const bool goes_on = tab == std::string::npos || BeginsLower(line.text.substr(tab + 1));
    if (row_ == 0 &&
        (goes_on || line.text.starts_with("En ") || line.text.starts_with("Número "))) {
      if (tab == std::string::npos && !doubtful_) SayDoubtful();
      AppendHeader(line.text);
      return true;
    }
    if (goes_on) {
      // In capitals or figures it may as well be a row that lost its columns.
      if (tab == std::string::npos && !BeginsLower(line.text)) SayWithoutColumns();
      Append(line.text);
      return true;
    }
    if (row_ > 0) frames_.pop_back();
    Label label;
    label.value = ++row_;
    label.step = std::to_string(row_);
    Open(PassageKind::Row, label);
    Append(line.text.substr(0, tab) + " | " + line.text.substr(tab + 1));
    return true;
  }

  void SayDoubtful() {
    doubtful_ = true;
    AddDoubt({"no se distinguen las columnas de este cuadro",
              "the columns of this table cannot be told apart"},
             SeparateColumns());
  }

  void SayWithoutColumns() {
    AddDoubt({"esta línea del cuadro no tiene columnas y se lee como parte de la fila anterior",
              "this line of the table has no columns and is read as part of the row before"},
             SeparateColumns());
  }

  // A provision transcribed twice has its table twice, and is one passage with both texts.
  void SayJoined(const std::string& first_step) {
    const Passage& holder = document_.passages[frames_.back().passage];
    Citation first = holder.citation;
    first.path.push_back(first_step);
    if (holder.copies > 1 || !by_citation_.contains(first)) return;
    AddDoubt({"la disposición ya tenía un cuadro, y éste se junta con él",
              "the provision had a table already, and this one is joined to it"},
             {"vea si falta el número de la disposición a la que pertenece",
              "see whether the number of the provision it belongs to is missing"});
  }

  void AddDoubt(Text message, Text hint) {
    Add("cuadro-dudoso", base::Severity::Warning, line_, std::move(message), std::move(hint),
        document_.passages[frames_.back().passage].citation);
  }

  static Text SeparateColumns() {
    return {"separe causa y sanción con un tabulador, cada fila en una línea",
            "separate cause and sanction with a tab, each row on one line"};
  }

  // ---- At the end -------------------------------------------------------------------

  static void Seal(Passage& passage) {
    passage.heading = Squeeze(passage.heading);
    passage.text = Squeeze(passage.text);
    passage.sha256 = Sha256(passage.heading + "\n" + passage.text);
  }

 public:
  // A lone "1." under an article is a "I." that the scan misread.
  static void MendLoneNumerals(Document& document) {
    std::vector<Passage>& passages = document.passages;
    for (std::size_t i = 0; i < passages.size(); ++i) {
      const Citation lone = passages[i].citation;
      if (passages[i].kind != PassageKind::Numeral || lone.path.size() != 2 ||
          lone.path.back() != "1") {
        continue;
      }
      Citation article = lone;
      article.path.pop_back();
      const bool alone = std::none_of(passages.begin(), passages.end(), [&](const Passage& other) {
        return other.citation.path.size() == 2 && other.citation.within(article) &&
               other.citation != lone;
      });
      if (!alone) continue;
      for (Passage& inner : passages) {
        if (inner.citation.within(lone)) inner.citation.path[1] = "I";
      }
      passages[i].kind = PassageKind::Paragraph;
    }
    for (Passage& passage : passages) Seal(passage);
  }

 private:
  const base::SourceMap& sources_;
  base::FileId file_;
  std::string main_;
  base::Diagnostics& diagnostics_;
  Document document_;

  std::size_t at_ = 0;
  int line_ = 0;
  std::string norm_;
  Region region_ = Region::Body;
  bool second_part_ = false;
  bool heading_block_ = false;
  int last_article_ = 0;
  std::vector<Frame> frames_;
  std::map<Citation, std::size_t> by_citation_;
  std::map<std::string, int> instrument_texts_;
  bool table_ = false;
  bool rows_ = false;  // of a table of causes and sanctions
  bool doubtful_ = false;
  int row_ = 0;
};

}  // namespace

const Passage* Document::Find(const Citation& citation) const {
  const auto found =
      std::find_if(passages.begin(), passages.end(),
                   [&citation](const Passage& passage) { return passage.citation == citation; });
  return found == passages.end() ? nullptr : &*found;
}

Document ReadDocument(const base::SourceMap& sources, base::FileId file, std::string_view norm,
                      base::Diagnostics& diagnostics) {
  Document document = Reader(sources, file, norm, diagnostics).Read();
  Reader::MendLoneNumerals(document);
  return document;
}

}  // namespace cotejo::passages
