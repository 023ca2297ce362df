// src/conversations.cc — see conversations.h.

#include "conversations.h"

#include <algorithm>
#include <array>
#include <new>
#include <utility>

#include "parley/base/fetch.h"

namespace parley::internal {
namespace {

constexpr size_t kLabelMost = 4;   // Bytes of the sizes of two addresses.
constexpr size_t kFetchAhead = 3;  // The free record to be taken so much later is asked for.
constexpr size_t kTellsMost = 4;   // How often it is said of one in a step that it may be closed.

}  // namespace

ConversationId Conversations::Add(std::string_view customer, std::string_view business) {
  const size_t size = kLabelMost + customer.size() + business.size();
  PARLEY_CHECK(size + kBareMost <= kParcelMost);
  const uint32_t record = TakeRecord();
  Conversation& c = records_[record];
  c.cell = cells_.Take(size);
  PackedWriter to({cells_.At(c.cell), CellPool::SizeOf(c.cell.kind)});
  PackLabel(to, customer, business);
  return places_.Add(record);
}

void Conversations::Remove(ConversationId id) {
  Conversation& c = (*this)[id];
  const uint32_t record = places_.RecordOf(id.slot());
  PARLEY_CHECK(messages_ >= c.messages);
  messages_ -= c.messages;
  recent_.Clear(c.recent);
  cells_.Return(c.cell);
  places_.Remove(id);
  records_[record] = {};
  free_.push_back(record);
}

Conversation& Conversations::Open(ConversationId id) {
  PARLEY_CHECK(IsLive(id));
  const uint32_t record = TakeRecord();
  records_[record] = seen_.id == id ? seen_.conversation : Opened(id.slot());
  PARLEY_CHECK(IsParked(records_[record]));
  seen_.id = {};
  places_.SetRecord(id.slot(), record);
  MayClose(id);
  return records_[record];
}

const Conversation& Conversations::Look(ConversationId id) const {
  PARLEY_CHECK(IsLive(id));
  if (seen_.id != id) {
    seen_.conversation = Opened(id.slot());
    seen_.id = id;
  }
  return seen_.conversation;
}

std::optional<Conversation> Conversations::Find(ConversationId id) const {
  if (!IsLive(id)) return std::nullopt;
  return (*this)[id];
}

void Conversations::Append(Conversation& c, const HistoryEntry& message) {
  recent_.Append(c.recent, message);
  ++c.messages;
  ++messages_;
  PARLEY_CHECK(c.messages >= c.recent.size);
}

void Conversations::CloseOpened() noexcept {
  try {
    for (; !opened_.empty(); opened_.pop_back()) {
      const ConversationId id = opened_.back();
      if (!IsLive(id) || places_.IsParcel(id.slot())) continue;
      if (IsParked(records_[places_.RecordOf(id.slot())])) Close(id.slot());
    }
  } catch (const std::bad_alloc&) {  // They stay records, and are looked at again.
  }
}

// The parcel is made aside: it may come to stand where the messages stand that go into it.
void Conversations::Close(uint32_t slot) {
  const uint32_t record = places_.RecordOf(slot);
  Conversation& c = records_[record];
  std::array<char, kParcelMost> bytes;
  PackedWriter parcel(bytes);
  const bool all = PackInto(parcel, c);
  PARLEY_CHECK(parcel.size() <= kParcelMost && IsParked(c));
  const uint8_t kind = CellPool::KindOf(parcel.size());
  if (kind != c.cell.kind) {
    const Cell cell = cells_.Take(parcel.size());  // First: this may need memory.
    cells_.Return(std::exchange(c.cell, cell));
  }
  std::copy_n(bytes.data(), parcel.size(), cells_.At(c.cell));
  places_.SetParcel(slot, c.cell);
  if (all) recent_.Clear(c.recent);
  c = {};
  free_.push_back(record);
}

// Puts the newest messages behind the older ones. Returns false if there is no room for them in one
// cell: then they stay in their nodes.
bool Conversations::PackInto(PackedWriter& to, const Conversation& c) const {
  PARLEY_CHECK(c.recent.size <= c.messages);
  const std::span<const char> cell = BytesOf(c.cell);
  const Label label = LabelOf(cell);
  const uint32_t packed = c.messages - c.recent.size;
  PackedReader older(cell, c.packed_at);
  const AgentId named = packed > 0 ? older.Name<AgentId>() : c.last_agent;
  const size_t from = older.at();
  MessagesSoFar so_far(named, c.opened);
  for (uint32_t i = 0; i < packed; ++i) so_far.Unpack(older);

  PARLEY_CHECK(label.end + kBareMost <= kParcelMost);
  std::array<char, kParcelMost> bytes;
  PackedWriter messages({bytes.data(), kParcelMost - kRecordMost - label.end});
  messages.Name(named);
  messages.Bytes(cell.subspan(from, older.at() - from));
  const size_t without_newer = messages.size();
  bool all = true;
  recent_.ForEach(c.recent, [&](const HistoryEntry& message) {
    all = all && messages.left() >= kMessageMost;
    if (all) so_far.Pack(messages, message);
  });

  to.Bytes(cell.first(label.end));
  PackRecord(to, c, {.named = named, .timers = timers_.wheel, .recent = !all});
  to.Bytes({bytes.data(), all ? messages.size() : without_newer});
  return all;
}

std::span<const char> Conversations::CellOf(uint32_t slot) const {
  return BytesOf(places_.IsParcel(slot) ? places_.ParcelOf(slot)
                                        : records_[places_.RecordOf(slot)].cell);
}

Conversation Conversations::Opened(uint32_t slot) const {
  const Cell cell = places_.ParcelOf(slot);
  Conversation c = Unpack(BytesOf(cell), timers_.wheel);
  PARLEY_CHECK(c.packed_at <= CellPool::SizeOf(cell.kind));
  c.cell = cell;
  return c;
}

uint32_t Conversations::TakeRecord() {
  if (free_.empty()) MakeRecords(1);
  const uint32_t record = free_.back();
  free_.pop_back();
  PARLEY_CHECK(record < made_);
  if (free_.size() >= kFetchAhead) Fetch(&records_[free_[free_.size() - kFetchAhead]]);
  return record;
}

void Conversations::MakeRecords(uint32_t more) {
  PARLEY_CHECK(free_.size() <= made_);
  const uint32_t all = made_ - static_cast<uint32_t>(free_.size()) + more;
  free_.reserve(std::max(made_, all));  // A copy has room for those only that it copied.
  records_.Reserve(all);
  const uint32_t fresh = all - std::min(all, made_);
  free_.insert(free_.begin(), fresh, 0);
  for (uint32_t i = 0; i < fresh; ++i) free_[i] = all - 1 - i;  // The lowest is taken first.
  made_ += fresh;
}

void Conversations::FetchBody(uint32_t slot) const {
  if (!IdAt(slot)) return;
  if (places_.IsParcel(slot)) return cells_.Fetch(places_.ParcelOf(slot));
  Fetch(&records_[places_.RecordOf(slot)]);
}

TimerId Conversations::LimitAt(uint32_t slot) const {
  if (!IdAt(slot)) return {};
  return places_.IsParcel(slot) ? LimitOf(CellOf(slot)) : records_[places_.RecordOf(slot)].limit;
}

void Conversations::Reserve(const Amounts& amounts) {
  places_.Reserve(amounts.all);
  cells_.Reserve(amounts.bytes, amounts.largest);
  recent_.Reserve(amounts.messages);
  const auto in_use = made_ - static_cast<uint32_t>(free_.size());
  MakeRecords(amounts.open - std::min(amounts.open, in_use));
}

void Conversations::MakeRoom(uint32_t more) {
  MakeRecords(more);
  opened_.reserve(opened_.size() + size_t{more} * kTellsMost);
  recent_.MakeRoom(more);
}

void Conversations::MakeRoomForOne(size_t addresses) {
  PARLEY_CHECK(kLabelMost + addresses + kBareMost <= kParcelMost);
  MakeRecords(1);
  places_.MakeRoom(1);
  cells_.MakeRoom(kLabelMost + addresses);
}

}  // namespace parley::internal
