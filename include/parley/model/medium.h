// Floor 3 · model/medium.h — what a conversation is carried by.

#ifndef PARLEY_MODEL_MEDIUM_H_
#define PARLEY_MODEL_MEDIUM_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "parley/base/describe.h"

namespace parley {

enum class Medium : uint8_t {
  kVoice,
  kSms,
  kEmail,
  kWeb,
  kWhatsapp,
  kChat,
  kMessenger,
  kGbm,
  kCustom,
};
inline constexpr std::array<std::string_view, 9> kMediumNames = {
    "voice", "sms", "email", "web", "whatsapp", "chat", "messenger", "gbm", "custom"};
constexpr const auto& NamesOf(Medium) { return kMediumNames; }

inline constexpr size_t kMedia = kMediumNames.size();

// R-HC-01: these three must not carry conversations that are subject to HIPAA.
constexpr bool IsHipaaEligible(Medium medium) {
  return medium != Medium::kEmail && medium != Medium::kWhatsapp && medium != Medium::kMessenger;
}

}  // namespace parley

#endif  // PARLEY_MODEL_MEDIUM_H_
