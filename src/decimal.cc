// src/decimal.cc — numbers as they are written, compared exactly.

#include "decimal.h"

#include <algorithm>

#include "parley/model/attributes.h"

namespace parley::internal {
namespace {

size_t Digits(std::string_view text, size_t at) {
  size_t end = at;
  while (end < text.size() && text[end] >= '0' && text[end] <= '9') ++end;
  return end - at;
}

struct Parts {
  bool negative = false;
  std::string_view digits;  // From the first that is not 0 to the last, and a point perhaps.
  int64_t power = 0;        // Of ten, of the first digit.
};

// Stops at what no limit allows, so that a long exponent does not overflow.
int64_t ReadExponent(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  int64_t value = 0;
  for (const char c : text) value = std::min<int64_t>(value * 10 + (c - '0'), 1'000'000);
  return negative ? -value : value;
}

Parts Split(std::string_view number) {
  Parts parts;
  parts.negative = number.starts_with('-');
  if (parts.negative) number.remove_prefix(1);
  const size_t e = number.find_first_of("eE");
  const std::string_view mantissa = number.substr(0, e);
  const size_t first = mantissa.find_first_not_of("0.");
  if (first == mantissa.npos) return {};  // Zero has no sign.

  const size_t last = mantissa.find_last_not_of("0.");
  parts.digits = mantissa.substr(first, last - first + 1);
  const size_t point = std::min(mantissa.find('.'), mantissa.size());
  parts.power = static_cast<int64_t>(point) - static_cast<int64_t>(first) - (first < point ? 1 : 0);
  if (e != number.npos) parts.power += ReadExponent(number.substr(e + 1));
  return parts;
}

// Digit by digit, points left out; what is shorter goes on with zeros.
std::strong_ordering CompareDigits(std::string_view a, std::string_view b) {
  size_t i = 0;
  size_t j = 0;
  while (i < a.size() && j < b.size()) {
    if (a[i] == '.') {
      ++i;
    } else if (b[j] == '.') {
      ++j;
    } else if (a[i] != b[j]) {
      return a[i] <=> b[j];
    } else {
      ++i, ++j;
    }
  }
  return (a.size() - i) <=> (b.size() - j);  // The last digit of either is not 0.
}

}  // namespace

size_t NumberLength(std::string_view text) {
  size_t at = text.starts_with('-') ? 1 : 0;
  const size_t whole = Digits(text, at);
  if (whole == 0) return 0;
  at += whole;
  if (at < text.size() && text[at] == '.') {
    const size_t after = Digits(text, at + 1);
    if (after == 0) return at;
    at += 1 + after;
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    const bool sign = at + 1 < text.size() && (text[at + 1] == '+' || text[at + 1] == '-');
    const size_t after = Digits(text, at + 1 + (sign ? 1 : 0));
    if (after > 0) at += 1 + (sign ? 1 : 0) + after;
  }
  return at;
}

bool IsWithinLimits(std::string_view number) {
  if (number.size() > Attributes::kMaxNumberBytes) return false;
  const Parts parts = Split(number);
  const auto points = static_cast<size_t>(std::ranges::count(parts.digits, '.'));
  return parts.digits.size() - points <= Attributes::kMaxDigits &&
         parts.power <= Attributes::kMaxPowerOfTen && parts.power >= -Attributes::kMaxPowerOfTen;
}

std::strong_ordering CompareNumbers(std::string_view a, std::string_view b) {
  const Parts x = Split(a);
  const Parts y = Split(b);
  const int sign_x = x.digits.empty() ? 0 : x.negative ? -1 : 1;
  const int sign_y = y.digits.empty() ? 0 : y.negative ? -1 : 1;
  if (sign_x != sign_y || sign_x == 0) return sign_x <=> sign_y;

  const auto size = x.power != y.power ? x.power <=> y.power : CompareDigits(x.digits, y.digits);
  return sign_x > 0 ? size : 0 <=> size;
}

}  // namespace parley::internal
