// What another program writes, run without a shell.
#pragma once

#include <string>
#include <vector>

namespace cotejo::base {

struct ProgramOutput {
  bool started = false;    // false: it is not in PATH, or cannot be run
  bool succeeded = false;  // it ended by itself, with status 0
  std::string text;        // its standard output, up to kLargestTextFile and a little more
};

// `program` is looked for in PATH; it is given no input, and what it says on standard error is
// not kept.
ProgramOutput RunProgram(const std::string& program, const std::vector<std::string>& arguments);

// A path as an argument: one that begins with a hyphen would be read as an option.
std::string PathArgument(const std::string& path);

}  // namespace cotejo::base
