// src/utf8.h — how much of a text is UTF-8.

#ifndef PARLEY_SRC_UTF8_H_
#define PARLEY_SRC_UTF8_H_

#include <cstddef>
#include <string_view>

namespace parley::internal {

// How many bytes from the start of `text` are well-formed UTF-8: all of them, or up to the first
// character that is not. Overlong forms, surrogates and what lies above U+10FFFF are not.
size_t Utf8Length(std::string_view text);

}  // namespace parley::internal

#endif  // PARLEY_SRC_UTF8_H_
