// src/attribute_bytes.h — how attributes lie in memory, for those who write and read them.
//
// A value is its type and what follows from it. Numbers are little endian, 16 bits unless said.
//
//   null      00
//   boolean   01  one byte
//   integer   02  eight bytes
//   decimal   03  length, the characters
//   text      04  length, the bytes
//   array     05  size of all that follows, count, the place of each element, the elements
//   object    06  the same; a member is the length of its key, the key, the value; sorted by key
//
// Places count from the first element, so an element is found without reading those before it.

#ifndef PARLEY_SRC_ATTRIBUTE_BYTES_H_
#define PARLEY_SRC_ATTRIBUTE_BYTES_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "parley/model/attributes.h"

namespace parley::internal {

void AppendNull(std::string& out);
void AppendBoolean(std::string& out, bool value);
void AppendInteger(std::string& out, int64_t value);
// Requires: less than 64 KiB; `type` is kDecimal or kText.
void AppendText(std::string& out, AttributeType type, std::string_view text);

// `items` are values, or members of an object by key. Requires: less than 64 KiB in all.
void AppendItems(std::string& out, AttributeType type, std::span<const std::string> items);
// What AppendItems takes as a member.
std::string Member(std::string_view key, std::string_view value);

}  // namespace parley::internal

#endif  // PARLEY_SRC_ATTRIBUTE_BYTES_H_
