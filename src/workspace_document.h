// src/workspace_document.h — the vendor's habits: lists of objects, sids and names, keys to ignore.

#ifndef PARLEY_SRC_WORKSPACE_DOCUMENT_H_
#define PARLEY_SRC_WORKSPACE_DOCUMENT_H_

#include <array>
#include <functional>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "json_tree.h"
#include "parley/annex/workspace.h"

namespace parley::internal {

// By TaskOrder.
inline constexpr std::array<std::string_view, 3> kVendorOrders = {"FIFO", "LIFO", "AGEING"};

// The things of one kind, by sid and by name.
class Book {
 public:
  // `kind` with its article: "an activity".
  explicit Book(std::string_view kind) : kind_(kind) {}

  // False if something goes by one of the two already.
  bool Add(const std::string& sid, const std::string& name);
  // Its name; nullptr if nothing goes by that text.
  const std::string* Find(const std::string& text) const;
  std::string_view kind() const { return kind_; }

 private:
  std::string_view kind_;
  std::map<std::string, std::string> names_;
};

class WorkspaceDocument {
 public:
  using Keys = JsonFields::Keys;
  using Ignored = std::span<const std::string_view>;
  using Reader = std::function<void(JsonFields&)>;

  JsonProblem& problem() { return problem_; }
  WorkspaceReport& report() { return report_; }

  // Reads each object of a collection: an array, or the answer of a list call with it `inner`.
  // `ignored` are the keys that such an object may have as well.
  void ForEach(JsonFields& parent, Keys keys, Keys inner, Ignored ignored, const Reader& read);
  void Ignore(JsonFields& fields, Ignored keys);
  void Warn(std::string_view pointer, std::string_view what);

  // The sid, which may be missing, and the name of something new.
  void ReadNames(JsonFields& fields, Book& book, Keys name_keys, std::string& sid,
                 std::string& name);
  // The name of something that the object names by sid, by name, or by both. If `declared`, a name
  // alone must be in the book too.
  std::string Reference(JsonFields& fields, const Book& book, Keys sid_keys, Keys name_keys,
                        bool declared = true);

  // An expression that stands at the pointer. The sids that it has in it are told at the end.
  void AddExpression(std::string pointer, std::string_view text);
  // What can be told when all has been read.
  void Finish();

 private:
  void ForEachOf(const Json& list, const std::string& pointer, Ignored ignored, const Reader& read);

  JsonProblem problem_;
  WorkspaceReport report_;
  std::set<std::string> ignored_;
  std::set<std::string, std::less<>> sids_;
  std::vector<std::pair<std::string, std::string>> expressions_;
};

}  // namespace parley::internal

#endif  // PARLEY_SRC_WORKSPACE_DOCUMENT_H_
