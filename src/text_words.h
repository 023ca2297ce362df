// src/text_words.h — what a word of the text form looks like, for its writer and its reader.

#ifndef PARLEY_SRC_TEXT_WORDS_H_
#define PARLEY_SRC_TEXT_WORDS_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace parley::internal {

// A name that can stand for an id: a letter, then letters, digits, _ and -; and not like an id.
bool IsName(std::string_view name);

// A character that needs no quotes around it.
bool IsPlain(char c);

// The text as one word, in quotes if it needs them.
std::string Quoted(std::string_view text);

struct Word {
  size_t column = 0;  // From 1.
  std::string name;   // Of name=value; empty for a value in its place.
  std::string value;
  bool quoted = false;
  bool used = false;
};

// Cuts a line into its words. Fails with the column and what was expected there.
absl::StatusOr<std::vector<Word>> Cut(std::string_view line);

absl::Status Error(size_t column, std::string_view expected);

}  // namespace parley::internal

#endif  // PARLEY_SRC_TEXT_WORDS_H_
