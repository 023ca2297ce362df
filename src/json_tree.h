// src/json_tree.h — a JSON document as a tree that keeps the order of keys and their places.
//
// Who reads one wants to say exactly what is wrong and where, and which keys meant nothing to him:
//
//   JsonProblem problem;
//   JsonFields step(json, "/targets/0", problem);
//   out.queue = step.Text({"queue"});
//   out.timeout = step.Whole({"timeout"}, 0, 60);
//   step.TellRest(unknown);  // "/targets/0/colour"
//   if (!problem.ok()) ...   // at byte 120: expected a whole number for /targets/0/timeout
//
// A problem is the first one; after it, everything that is read is empty and nothing is told.

#ifndef PARLEY_SRC_JSON_TREE_H_
#define PARLEY_SRC_JSON_TREE_H_

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "parley/model/text_error.h"

namespace parley::internal {

enum class JsonType : uint8_t { kNull, kBoolean, kNumber, kText, kArray, kObject };

// One value. The default one is null.
struct Json {
  JsonType type = JsonType::kNull;
  bool truth = false;       // Of a boolean.
  size_t at = 0;            // Its first byte in the document.
  std::string key;          // Under which it stands in an object.
  std::string text;         // Of a text; of a number, as it is written.
  std::vector<Json> items;  // Of an array or an object, as they are written.

  bool is_null() const { return type == JsonType::kNull; }
  // The member of that key, or nullptr.
  const Json* Find(std::string_view name) const;
};

Json JsonText(std::string_view text);
Json JsonWhole(int64_t number);
Json JsonTruth(bool truth);
Json JsonList(std::vector<Json> items);
Json JsonTexts(const std::vector<std::string>& texts);
// An empty object, and one more member of it.
Json JsonObject();
void Put(Json& object, std::string_view key, Json value);
// None for an empty text.
void PutText(Json& object, std::string_view key, std::string_view text);

struct JsonLimits {
  size_t bytes;
  size_t depth = 80;          // Arrays and objects inside each other.
  size_t values = 1'000'000;  // At about 120 bytes each.
};

// Refuses: more than the limits, a key that stands twice in one object, numbers beyond those of
// Attributes, bad UTF-8, NUL bytes, and whatever is not JSON.
// Cost: O(bytes x log(keys of one object)); it does not call itself.
absl::StatusOr<Json> ReadJson(std::string_view text, const JsonLimits& limits, TextError* error);

// A text in quotes, with what JSON must escape.
void AppendJsonText(std::string& out, std::string_view text);

// In one line, or one value a line.
std::string WriteJson(const Json& json);
std::string WriteJsonLines(const Json& json);

// The pointer with one more name, or index.
std::string Below(std::string_view pointer, std::string_view key);
std::string Below(std::string_view pointer, size_t index);

// The first thing that is wrong with a document.
class JsonProblem {
 public:
  bool ok() const { return error_.expected.empty(); }
  const TextError& error() const { return error_; }
  void Expect(size_t at, std::string_view what, std::string_view pointer);

 private:
  TextError error_;
};

// The members of one object, taken by name. Each may have several names, of which the document may
// use one. A null counts as missing.
class JsonFields {
 public:
  using Keys = std::initializer_list<std::string_view>;

  // A `json` that is no object is a problem, and has no members.
  JsonFields(const Json& json, std::string pointer, JsonProblem& problem);

  // Whether it stands there, and is not null. Does not take it.
  bool Has(std::string_view key) const;
  // The value, nullptr if it is missing.
  const Json* Take(Keys keys);
  std::string Text(Keys keys);  // Empty if it is missing.
  std::optional<bool> Truth(Keys keys);
  // A whole number, or a text that is one.
  std::optional<int64_t> Whole(Keys keys, int64_t least, int64_t most);
  // Which of the words it is, `otherwise` if it is missing.
  size_t Word(Keys keys, std::span<const std::string_view> words, size_t otherwise);
  // The texts of an array of at most `most`; none if it is missing.
  std::vector<std::string> Texts(Keys keys, size_t most);
  // The elements of an array of at most `most`; none if it is missing.
  const std::vector<Json>& List(Keys keys, size_t most);

  // The pointer of the member that Take() found last, and the place of it or else of the object.
  std::string Pointer() const { return Below(pointer_, last_); }
  size_t At() const { return at_; }
  // Those of the object itself.
  const std::string& pointer() const { return pointer_; }
  size_t place() const { return json_.at; }

  // Appends the pointers of the members that nobody has taken.
  void TellRest(std::vector<std::string>* pointers) const;

 private:
  const Json& json_;
  std::string pointer_;
  JsonProblem& problem_;
  std::vector<bool> taken_;
  std::string_view last_;
  size_t at_;
};

}  // namespace parley::internal

#endif  // PARLEY_SRC_JSON_TREE_H_
