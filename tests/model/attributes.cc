// Attributes, read with the JSON reader that is there.

#include "attributes.h"

#include <nlohmann/json.hpp>

namespace parley::model {

std::optional<uint32_t> BadAttributes(std::string_view text) {
  if (text.empty()) return {};
  try {
    if (!nlohmann::json::parse(text).is_object()) return 0;
    return {};
  } catch (const nlohmann::json::parse_error& error) {
    return static_cast<uint32_t>(error.byte - 1);
  }
}

}  // namespace parley::model
