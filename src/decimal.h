// src/decimal.h — numbers as they are written, compared exactly.
//
// A number is -?digits[.digits][(e|E)[+-]digits], zeros in front allowed. It is within the limits
// of Attributes, or no number here.

#ifndef PARLEY_SRC_DECIMAL_H_
#define PARLEY_SRC_DECIMAL_H_

#include <compare>
#include <cstddef>
#include <string_view>

namespace parley::internal {

// How many bytes from the start of `text` are written like a number; 0 for none.
size_t NumberLength(std::string_view text);

// What is expected where a number does not keep the limits.
inline constexpr std::string_view kNumberLimits =
    "a number of at most 40 digits, from 1e-300 to 1e300, in at most 320 bytes";

// `number` keeps the limits of Attributes. Requires: written like a number.
bool IsWithinLimits(std::string_view number);

// By value: 1.10 and 1.1, 1e2 and 100 are equal. Requires: both within the limits.
std::strong_ordering CompareNumbers(std::string_view a, std::string_view b);

}  // namespace parley::internal

#endif  // PARLEY_SRC_DECIMAL_H_
