// Changes that mean nothing: order, names and layout. The findings must stay what they were.
#pragma once

#include <cctype>
#include <cstdint>
#include <string>
#include <vector>

#include "tests/mutations/book.h"

namespace cotejo::mutations {

struct Neutral {
  std::string what;
  Book book;
};

// Draws that are the same on any machine.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed * 0x9E3779B97F4A7C15ULL + 1) {}
  std::size_t Below(std::size_t bound) {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 7;
    state_ ^= state_ << 17;
    return static_cast<std::size_t>(state_ % bound);
  }

 private:
  std::uint64_t state_;
};

inline bool IsWordByte(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

// Every whole-word occurrence, in every file.
inline Book Rename(Book book, const std::string& from, const std::string& to) {
  for (TextFile& file : book) {
    std::string& text = file.content;
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at)) {
      const bool whole = (at == 0 || !IsWordByte(text[at - 1])) &&
                         (at + from.size() >= text.size() || !IsWordByte(text[at + from.size()]));
      if (whole) text.replace(at, from.size(), to);
      at += whole ? to.size() : from.size();
    }
  }
  return book;
}

class Shuffler {
 public:
  Shuffler(const Book& book, const Edition& edition, std::uint64_t seed)
      : book_(book), edition_(edition), dice_(seed) {}

  Neutral Next() {
    while (true) {
      Neutral made;
      switch (dice_.Below(6)) {
        case 0:
          made = SwapDeclarations();
          break;
        case 1:
          made = RenameOne();
          break;
        case 2:
          made = AddComment();
          break;
        case 3:
          made = DropAccents();
          break;
        case 4:
          made = SwapFiles();
          break;
        default:
          made = SpaceOut();
          break;
      }
      if (!made.what.empty()) return made;
    }
  }

 private:
  using Decl = language::Decl;

  const language::NormFile& AnyFile(std::size_t& index) {
    index = dice_.Below(edition_.files.size());
    return edition_.files[index];
  }

  // Whether the order in which the two are written can mean something.
  static bool Movable(const Decl& decl) {
    return decl.kind != Decl::Kind::Norm && decl.kind != Decl::Kind::Use &&
           decl.kind != Decl::Kind::Hierarchy && decl.kind != Decl::Kind::Schedule &&
           decl.kind != Decl::Kind::Case && decl.kind != Decl::Kind::HolidayScope;
  }

  Neutral SwapDeclarations() {
    std::size_t f = 0;
    const language::NormFile& file = AnyFile(f);
    if (file.decls.size() < 2) return {};
    const std::size_t d = dice_.Below(file.decls.size() - 1);
    const Decl& a = file.decls[d];
    const Decl& b = file.decls[d + 1];
    if (!Movable(a) || !Movable(b)) return {};
    const std::uint32_t end = a.span.offset + a.span.length;
    std::string& text = (made_ = book_)[f].content;
    const std::string between = text.substr(end, b.span.offset - end);
    if (between.find("```") != std::string::npos) return {};
    const std::string one = text.substr(a.span.offset, a.span.length);
    const std::string two = text.substr(b.span.offset, b.span.length);
    // A line comment at the end of one of them would swallow what follows it.
    text.replace(a.span.offset, b.span.offset + b.span.length - a.span.offset,
                 two + "\n" + between + "\n" + one);
    return {"orden: " + a.name.text + " tras " + b.name.text, std::move(made_)};
  }

  // Of several schedules for a day the first one counts.
  [[nodiscard]] bool Movable(std::size_t file) const {
    const auto& decls = edition_.files[file].decls;
    return std::none_of(decls.begin(), decls.end(), [](const Decl& decl) {
      return decl.kind == Decl::Kind::Schedule || decl.kind == Decl::Kind::Hierarchy ||
             decl.kind == Decl::Kind::HolidayScope;
    });
  }

  // The first is the one that says which regulation this is.
  Neutral SwapFiles() {
    if (book_.size() < 3) return {};
    const std::size_t a = 1 + dice_.Below(book_.size() - 1);
    const std::size_t b = 1 + dice_.Below(book_.size() - 1);
    if (a == b || !Movable(a) || !Movable(b)) return {};
    made_ = book_;
    std::swap(made_[a], made_[b]);
    const auto name = [&](std::size_t i) {
      return std::filesystem::path(book_[i].path).filename().string();
    };
    return {"archivos: " + name(a) + " por " + name(b), std::move(made_)};
  }

  Neutral RenameOne() {
    std::size_t f = 0;
    const language::NormFile& file = AnyFile(f);
    if (file.decls.empty()) return {};
    const Decl& decl = file.decls[dice_.Below(file.decls.size())];
    const bool named = decl.kind == Decl::Kind::Measure || decl.kind == Decl::Kind::Parameter ||
                       decl.kind == Decl::Kind::Rule || decl.kind == Decl::Kind::Definition;
    if (!named) return {};
    return {"nombre: " + decl.name.text,
            Rename(book_, decl.name.text, decl.name.text + "_con_otro_nombre")};
  }

  Neutral AddComment() {
    std::size_t f = 0;
    const language::NormFile& file = AnyFile(f);
    if (file.decls.empty()) return {};
    const Decl& decl = file.decls[dice_.Below(file.decls.size())];
    made_ = book_;
    made_[f].content.insert(decl.span.offset, "\n// una nota cualquiera\n\n");
    return {"nota ante " + decl.name.text, std::move(made_)};
  }

  Neutral DropAccents() {
    std::size_t f = 0;
    AnyFile(f);
    made_ = book_;
    std::string& text = made_[f].content;
    bool changed = false;
    for (const auto& [from, to] :
         {std::pair<std::string, std::string>{"\nparámetro ", "\nparametro "},
          {" según ", " SEGUN "},
          {"\nmedida ", "\nMedida "},
          {" obligación ", " obligacion "}}) {
      for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at)) {
        // Words of a text between quotes or of the prose are left alone by choosing the places.
        const bool code = text.rfind("```norma", at) != std::string::npos &&
                          text.substr(text.rfind("```", at), 8) == "```norma";
        const std::size_t line = text.rfind('\n', at == 0 ? 0 : at - 1);
        const std::string before = text.substr(line + 1, at - line - 1);
        const bool quoted = std::count(before.begin(), before.end(), '"') % 2 == 1;
        if (code && !quoted && before.find("//") == std::string::npos) {
          text.replace(at, from.size(), to);
          changed = true;
        }
        at += to.size();
      }
    }
    if (!changed) return {};
    return {"sin acentos: " + std::filesystem::path(book_[f].path).filename().string(),
            std::move(made_)};
  }

  Neutral SpaceOut() {
    std::size_t f = 0;
    const language::NormFile& file = AnyFile(f);
    for (const Decl& decl : file.decls) {
      if (decl.rows.empty() || dice_.Below(2) == 0) continue;
      made_ = book_;
      std::string& text = made_[f].content;
      for (auto row = decl.rows.rbegin(); row != decl.rows.rend(); ++row) {
        text.insert(row->span.offset, "\n     ");
      }
      return {"espacios en " + decl.name.text, std::move(made_)};
    }
    return {};
  }

  const Book& book_;
  const Edition& edition_;
  Dice dice_;
  Book made_;
};

}  // namespace cotejo::mutations
