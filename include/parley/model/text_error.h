// Floor 3 · model/text_error.h — where a text went wrong, and what should have stood there.
//
// Attributes and expressions come from people. Whoever wrote one is told the place and what was
// expected, never just "no":
//
//   TextError error;
//   auto expression = Expression::Parse("vip = ", Scope::kTask, {}, &error);
//   error.at;        // 6
//   error.expected;  // "a value"
//
// Units      Places are bytes, counted from 0; the end of the text is a place.
// Threads    Plain values.

#ifndef PARLEY_MODEL_TEXT_ERROR_H_
#define PARLEY_MODEL_TEXT_ERROR_H_

#include <cstddef>
#include <string>

#include "absl/status/status.h"

namespace parley {

struct TextError {
  size_t at = 0;
  std::string expected;

  friend bool operator==(const TextError&, const TextError&) = default;
};

// InvalidArgument: "at byte 6: expected a value".
absl::Status ToStatus(const TextError& error);

}  // namespace parley

#endif  // PARLEY_MODEL_TEXT_ERROR_H_
