// Whether a text is attributes; what they say matters to expressions only, which are not in the
// model.

#ifndef PARLEY_TESTS_MODEL_ATTRIBUTES_H_
#define PARLEY_TESTS_MODEL_ATTRIBUTES_H_

#include <cstdint>
#include <optional>
#include <string_view>

namespace parley::model {

// The byte at which the text is wrong, if it is.
std::optional<uint32_t> BadAttributes(std::string_view text);

}  // namespace parley::model

#endif  // PARLEY_TESTS_MODEL_ATTRIBUTES_H_
