#include "model/base/citation.h"

#include <gtest/gtest.h>

namespace cotejo::base {
namespace {

TEST(Citation, IsReadToAnyDepthAndWrittenBack) {
  for (const char* text : {"RIP", "RIP:46", "RIP:46.III.a", "DS25749:20.d", "RIP:41.ñ",
                           "LEY_2027:49", "RIP:12bis.II", "A:1.2.3.4.5.6"}) {
    EXPECT_EQ(ParseCitation(text).str(), text);
  }
  const Citation deep = ParseCitation("RIP:46.III.a");
  EXPECT_EQ(deep.norm, "RIP");
  EXPECT_EQ(deep.path, (std::vector<std::string>{"46", "III", "a"}));
}

TEST(Citation, WhatIsNotOneIsEmpty) {
  for (const char* text : {"", ":", "RIP:", "RIP:.", "RIP:46.", "RIP:.46", "RIP:46..a", "46:RIP",
                           "RIP :46", "RIP: 46", "RIP:46,I", "RIP:46:I", "-", "_RIP"}) {
    EXPECT_TRUE(ParseCitation(text).empty()) << text;
  }
}

TEST(Citation, LiesWithinWhatContainsIt) {
  const Citation deep = ParseCitation("RIP:46.III.a");
  EXPECT_TRUE(deep.within(ParseCitation("RIP:46.III.a")));
  EXPECT_TRUE(deep.within(ParseCitation("RIP:46.III")));
  EXPECT_TRUE(deep.within(ParseCitation("RIP:46")));
  EXPECT_TRUE(deep.within(ParseCitation("RIP")));
  EXPECT_FALSE(deep.within(ParseCitation("RIP:4")));  // a prefix of the text, not of the path
  EXPECT_FALSE(deep.within(ParseCitation("RIP:46.II")));
  EXPECT_FALSE(deep.within(ParseCitation("RIP:46.III.a.1")));
  EXPECT_FALSE(deep.within(ParseCitation("DS:46.III")));
  EXPECT_FALSE(deep.within(Citation{}));
}

TEST(Citation, AListIsInTheOrderOfTheTextWithoutRepetitions) {
  const auto join = [](std::initializer_list<const char*> texts) {
    std::vector<Citation> list;
    for (const char* text : texts) list.push_back(ParseCitation(text));
    return JoinCitations(list);
  };
  EXPECT_EQ(join({"RIP:46.IV", "RIP:45.I", "RIP:46.IV"}), "RIP:45.I, RIP:46.IV");
  EXPECT_EQ(join({"RIP:45", "RIP:9", "RIP:100"}), "RIP:9, RIP:45, RIP:100");
  EXPECT_EQ(join({"RIP:1.IX", "RIP:1.V", "RIP:1.X", "RIP:1.IV", "RIP:1"}),
            "RIP:1, RIP:1.IV, RIP:1.V, RIP:1.IX, RIP:1.X");
  EXPECT_EQ(join({"RIP:1.b", "RIP:1.a", "DS:9"}), "DS:9, RIP:1.a, RIP:1.b");
  EXPECT_EQ(join({}), "");
}

}  // namespace
}  // namespace cotejo::base
