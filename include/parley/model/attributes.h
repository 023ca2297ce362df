// Floor 3 · model/attributes.h — what a host says about a task or an agent, in typed values.
//
//   auto task = Attributes::Parse(R"({"vip": true, "order": {"total": 99.90, "items": ["a"]}})");
//   task->Find("order").Find("total").text();        // "99.90"
//   task->Find("order").Find("items").at(0).text();  // "a"
//   task->Find("order").Find("colour").is_null();    // Missing is null.
//
// A value is null, a boolean, a 64-bit integer, a decimal, a text, an array or an object. A decimal
// keeps the digits that were written; nothing is ever rounded. Integers and decimals are both
// numbers and are compared by value (routing/expression.h): 1.10 is 1.1, and 1e2 is 100.
//
// Order      Keys by their bytes. Attributes are equal if their values are and are written alike:
//            the order of keys and blanks do not matter, 1.10 and 1.1 differ.
// Errors     A text that is not one JSON object within the limits below is refused with its place.
// Cost       Find() is a binary search, at() and the rest a few loads; neither allocates. To copy,
//            to compare and to hash is to do so with one string. Parse() 30 to 80 ns a byte.
// Memory     One string: up to 6 bytes a byte of JSON, typically as long as the JSON.
// Threads    Immutable values. A view is good as long as the attributes it came from.

#ifndef PARLEY_MODEL_ATTRIBUTES_H_
#define PARLEY_MODEL_ATTRIBUTES_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "parley/base/describe.h"
#include "parley/model/text_error.h"

namespace parley {

enum class AttributeType : uint8_t {
  kNull,
  kBoolean,
  kInteger,
  kDecimal,
  kText,
  kArray,
  kObject,
};
inline constexpr std::array<std::string_view, 7> kAttributeTypeNames = {
    "null", "boolean", "integer", "decimal", "text", "array", "object"};
constexpr const auto& NamesOf(AttributeType) { return kAttributeTypeNames; }

// One value inside attributes. The default one is null.
class AttributeView {
 public:
  constexpr AttributeView() = default;
  // Requires: a value as Attributes lays it out, alive as long as the view.
  constexpr explicit AttributeView(const char* bytes) : bytes_(bytes) {}

  AttributeType type() const { return static_cast<AttributeType>(*bytes_); }
  bool is_null() const { return type() == AttributeType::kNull; }

  // Requires: the type that the name says. text() is also a decimal as it was written.
  bool boolean() const;
  int64_t integer() const;
  std::string_view text() const;

  // Of an array its elements, of an object its members by key; 0 for all else.
  size_t size() const;
  // Element or member `index`; null where there is none.
  AttributeView at(size_t index) const;
  // The key of member `index`. Requires: an object, index < size().
  std::string_view key(size_t index) const;
  // The member of that key; null if there is none, or this is no object.
  AttributeView Find(std::string_view key) const;

  // The value's own bytes. Equal values written alike have equal bytes; no value's bytes begin with
  // those of another.
  std::string_view bytes() const;
  // Keys sorted, decimals as written, no blanks.
  std::string ToJson() const;

 private:
  const char* bytes_ = "";  // The type of null is 0.
};

class Attributes {
 public:
  // Limits of what is read. A larger text is refused before it is looked at.
  static constexpr size_t kMaxBytes = 4096;
  static constexpr size_t kMaxDepth = 64;         // Objects and arrays inside each other.
  static constexpr size_t kMaxDigits = 40;        // Significant ones of one decimal,
  static constexpr size_t kMaxNumberBytes = 320;  // and as it is written.
  static constexpr int kMaxPowerOfTen = 300;      // Of its first digit; and not below -300.

  // No attributes: an empty object.
  Attributes();

  // Reads one JSON object; the empty text is an empty object.
  // Refuses: what exceeds a limit, a key that stands twice in one object, bad UTF-8, NUL bytes, and
  // whatever is not JSON. The place is the last byte that was read, or the number that is too long.
  static absl::StatusOr<Attributes> Parse(std::string_view json, TextError* error = nullptr);

  AttributeView root() const { return AttributeView(bytes_.data()); }
  AttributeView Find(std::string_view key) const { return root().Find(key); }
  bool empty() const { return root().size() == 0; }

  // Parse() of it gives the same attributes.
  std::string ToJson() const { return root().ToJson(); }
  // To hash them by.
  const std::string& bytes() const { return bytes_; }

  friend bool operator==(const Attributes&, const Attributes&) = default;

 private:
  explicit Attributes(std::string bytes) : bytes_(std::move(bytes)) {}

  std::string bytes_;
};

}  // namespace parley

#endif  // PARLEY_MODEL_ATTRIBUTES_H_
