// What is said about tasks and agents: JSON, read with the reader that is there into a tree.

#ifndef PARLEY_TESTS_MODEL_ATTRIBUTES_H_
#define PARLEY_TESTS_MODEL_ATTRIBUTES_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace parley::model {

struct Value {
  enum Type { kNull, kBoolean, kInteger, kDecimal, kText, kArray, kObject };
  Type type = kNull;
  int64_t number = 0;  // Of a decimal thousandths: none that is drawn has more digits.
  std::string text;
  std::vector<Value> elements;
  std::map<std::string, Value> members;

  bool IsNumber() const { return type == kInteger || type == kDecimal; }
  bool IsScalar() const { return type < kArray; }
  int64_t Thousandths() const { return type == kInteger ? number * 1000 : number; }
};

inline Value ToValue(std::string_view text) {
  return {
      .type = Value::kText, .number = 0, .text = std::string(text), .elements = {}, .members = {}};
}
inline Value ToValue(int64_t number) {
  return {.type = Value::kInteger, .number = number, .text = {}, .elements = {}, .members = {}};
}

// The byte at which the text is wrong, if it is; else what it says. No text is an empty object.
std::optional<uint32_t> ReadJson(std::string_view text, Value& out);
// The same, of an object.
std::optional<uint32_t> ReadAttributes(std::string_view text, Value& out);

// What stands at the end of the path, a key or "[" and an index each; null if nothing does.
Value At(const Value& root, const std::vector<std::string>& path);

}  // namespace parley::model

#endif  // PARLEY_TESTS_MODEL_ATTRIBUTES_H_
