// How the program ends when it cannot end well: streams without a reader, signals, want of
// resources.
#pragma once

#include <exception>

#include "model/base/text.h"

namespace cotejo::app {

// With a stream closed (`>&-`), the first file that is opened would take its number, and what is
// said would be written in it. A standard output without a reader then fails, as a full disk does.
void KeepStreamsApart();

// A reader that leaves before the end (`| head`) is no reason to leave a file of results unwritten:
// writing to it fails, and AfterWriting ends the program as the signal would have.
void OutliveTheReader();

// An interrupt asks to stop at the next place where that loses nothing, which may be far: a second
// one ends the program as if nobody had asked.
void LetASecondInterruptEndIt();

// No memory left, or no more threads: said before the program ends, wherever it was.
void SayWhatIsMissing(base::Language lang);

// Says an exception that nobody expected.
void SayStopped(const std::exception& error, base::Language lang);

// What could not be shown whole was not told: no status may say that all went well.
int AfterWriting(int status, base::Language lang);

}  // namespace cotejo::app
