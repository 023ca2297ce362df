// tests/text_test.cc — does a line say what the value was? What is written is read back as it was;
// what else is read is refused with a column, or means what it says.

#include "parley/annex/text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <map>
#include <string>
#include <variant>

#include "random_values.h"

namespace parley {
namespace {

using namespace std::chrono_literals;

// ---- There and back ----

// Names that could be taken for something else, on the ids that RandomValues likes.
Names TrickyNames() {
  static constexpr std::array<std::string_view, 9> kNames = {"ann",     "a2",   "t1", "k-2_x", "-",
                                                             "on call", "q1.2", "",   "é"};
  Names names;
  for (uint32_t slot = 0; slot < 6; ++slot) {
    for (uint32_t generation = 0; generation < 3; ++generation) {
      const std::string_view name = kNames[(slot * 3 + generation) % kNames.size()];
      names.Set(AgentId::Make(slot, generation), name);
      names.Set(QueueId::Make(slot, generation), name);
      names.Set(ActivityId::Make(slot, generation), name);
      names.Set(SkillId::Make(slot, generation), name);
    }
  }
  return names;
}

absl::StatusOr<Command> Read(TextReader& reader, const std::string& line, const Names& names,
                             const Command&) {
  return reader.ReadCommand(line, names);
}
absl::StatusOr<Event> Read(TextReader& reader, const std::string& line, const Names& names,
                           const Event&) {
  return reader.ReadEvent(line, names);
}

// Written and read back, it is the same; without names, and with all kinds of them.
template <class Value>
void ExpectTheSame(const Value& value) {
  static const Names kNone;
  static const Names kTricky = TrickyNames();
  for (const Names* names : {&kNone, &kTricky}) {
    TextReader reader;
    const std::string line = ToText(value, *names);
    const auto again = Read(reader, line, *names, value);
    ASSERT_TRUE(again.ok()) << line << "\n" << again.status();
    ASSERT_TRUE(*again == value) << line << "\nwhich was read as\n" << ToText(*again, *names);
    ASSERT_EQ(line.find('\n'), line.npos) << line;
  }
}

TEST(TextTest, EveryCommandIsReadBackAsItWas) {
  RandomValues values(1);
  for (size_t kind = 0; kind < std::variant_size_v<Command>; ++kind) {
    for (int i = 0; i < 1500; ++i) {
      ExpectTheSame(values.At<Command>(kind));
      if (HasFatalFailure()) return;
    }
  }
}

TEST(TextTest, EveryEventIsReadBackAsItWas) {
  RandomValues values(2);
  for (size_t kind = 0; kind < std::variant_size_v<Happening>; ++kind) {
    for (int i = 0; i < 1500; ++i) {
      ExpectTheSame(Event{values.Make<Instant>(), values.At<Happening>(kind)});
      if (HasFatalFailure()) return;
    }
  }
}

TEST(TextTest, SettingsOfWhichNothingIsTheDefaultAreReadBackAsTheyWere) {
  RandomValues values(3);
  for (int i = 0; i < 300; ++i) {
    const Settings settings = values.Changed();
    const std::string line = ToText(settings);
    EXPECT_EQ(std::ranges::count(line, '='), CountSettings()) << line;
    ExpectTheSame(Command(ApplySettings{settings}));
    if (HasFatalFailure()) return;
  }
}

TEST(TextTest, EveryByteCanStandInAText) {
  std::string all;
  for (int byte = 0; byte < 256; ++byte) {
    const std::string one(1, static_cast<char>(byte));
    ExpectTheSame(Command(AddSkill{one}));
    all += one;
  }
  ExpectTheSame(Command(Message{.medium = Medium::kSms, .customer = all, .business = all}));
}

// ---- What it looks like ----

TEST(TextTest, AValueStandsInItsPlaceAndWhatDiffersFromTheDefaultHasItsName) {
  const auto c1 = ConversationId::Make(0, 0);
  const auto t3 = TaskId::Make(2, 1);
  EXPECT_EQ(ToText(Command(Pause{c1, AgentId::Make(1, 0)})), "pause c1 a2");
  EXPECT_EQ(ToText(Command(Leave{c1, {}, SessionId{7}, true})),
            "leave c1 - session=7 programmatic=on");
  EXPECT_EQ(ToText(Command(Message{Medium::kEmail, "c@x", "the shop", 7, {.priority = 2}})),
            "message email c@x \"the shop\" ref=7 priority=2");
  EXPECT_EQ(ToText(Command(AddSkill{"say \"hi\"\\\n\x7F"})), R"(add-skill "say \"hi\"\\\x0a\x7f")");
  EXPECT_EQ(ToText(Command(Advance{})), "advance");
  EXPECT_EQ(ToText(Event{Instant(50h + 30s), TaskCompleted{t3, {}}}),
            "2d2h30s TaskCompleted t3.2 -");
  Settings settings;
  settings.versions_gate = true;
  EXPECT_EQ(ToText(settings), " versions.gate=on");
}

TEST(TextTest, NamesStandForIds) {
  Names names;
  names.Set(AgentId::Make(0, 0), "ann");
  names.Set(SkillId::Make(0, 0), "french");
  names.Set(SkillId::Make(1, 0), "red wine");  // Not one word.
  SkillSet skills;
  for (const uint32_t slot : {0u, 1u, 2u}) skills.Add(SkillId::Make(slot, 0));
  EXPECT_EQ(ToText(Command(SetAgentSkills{AgentId::Make(0, 0), skills}), names),
            "set-agent-skills ann skills=french,k2,k3");
  EXPECT_EQ(ToText(Command(SetActivity{AgentId::Make(1, 0), kAvailable}), names),
            "set-activity a2 Available");
}

TEST(TextTest, SpacesBetweenWordsAreFree) {
  TextReader reader;
  const auto command = reader.ReadCommand("   pause    c1  a2 ");
  ASSERT_TRUE(command.ok()) << command.status();
  EXPECT_TRUE(*command == Command(Pause{ConversationId::Make(0, 0), AgentId::Make(1, 0)}));
}

// ---- Names come and go ----

// What `names` make of the id, read back.
AgentId ThereAndBack(AgentId id, const Names& names) {
  TextReader reader;
  const auto command = reader.ReadCommand(ToText(Command(Logout{id}), names), names);
  return command.ok() ? std::get<Logout>(*command).agent : AgentId();
}

TEST(NamesTest, AnAgentWhoIsAddedUnderTheNameOfARemovedOneTakesIt) {
  const auto first = AgentId::Make(0, 0);
  const auto second = AgentId::Make(0, 1);
  Names names;
  names.Learn(AddAgent{.name = "ann", .skills = {}, .activity = {}},
              std::vector{Event{{}, AgentAdded{first}}});
  names.Learn(AddAgent{.name = "ann", .skills = {}, .activity = {}},
              std::vector{Event{{}, AgentAdded{second}}});
  EXPECT_EQ(ThereAndBack(first, names), first);
  EXPECT_EQ(ThereAndBack(second, names), second);
  EXPECT_EQ(names.Of(second), "ann");
}

TEST(NamesTest, AnActivityIsKnownByItsNewNameOnly) {
  Names names;
  names.Learn(RenameActivity{kOffline, "Away"}, std::vector{Event{{}, ActivityRenamed{kOffline}}});
  EXPECT_EQ(names.Of(kOffline), "Away");
  EXPECT_EQ(names.Find("Away", ActivityId()), kOffline);
  EXPECT_EQ(names.Find("Offline", ActivityId()), ActivityId());
  names.Set(kAvailable, "Away");  // It changed hands, and back.
  names.Set(kOffline, "Offline");
  EXPECT_EQ(names.Find("Away", ActivityId()), kAvailable);
}

// ---- Times ----

TEST(TextTest, ATimeIsAFewUnitsLargestFirst) {
  const std::map<std::string, Duration> times = {{"0s", 0ms},
                                                 {"250ms", 250ms},
                                                 {"2d23h59m30s", 71h + 59min + 30s},
                                                 {"-1d1ms", -(24h + 1ms)},
                                                 {"106751991167d7h12m55s807ms", Duration::max()},
                                                 {"-106751991167d7h12m55s808ms", Duration::min()}};
  for (const auto& [text, time] : times) {
    EXPECT_EQ(ToText(time), text);
    const auto read = TextReader::ReadDuration(text);
    ASSERT_TRUE(read.ok()) << text;
    EXPECT_EQ(*read, time) << text;
  }
  for (const std::string_view text :
       {"", "-", "5", "s", "1s1s", "1s1d", "1.5s", " 1s", "1s ", "+1s", "--1s", "1 s", "1h-1m",
        "1D", "106751991167d7h12m55s808ms", "99999999999999999999ms"}) {
    EXPECT_FALSE(TextReader::ReadDuration(text).ok()) << text;
  }
}

// ---- What is not a line ----

TEST(TextTest, AnErrorNamesTheColumnAndWhatWasExpectedThere) {
  const std::map<std::string, std::string> commands = {
      {"", "column 1: expected a command"},
      {"jump", "column 1: expected a command"},
      {"\"advance\"", "column 1: expected a command"},
      {"accept", "column 7: expected reservation"},
      {"pause c1 ann", "column 10: expected agent"},
      {"pause c1 t1", "column 10: expected agent"},
      {"pause c1.0 a1", "column 7: expected conversation"},
      {"pause c1.4294967297 a1", "column 7: expected conversation"},
      {"pause c4294967296 a1", "column 7: expected conversation"},
      {"pause c1 \"a1\"", "column 10: expected agent"},
      {"pause c1 a1 quickly", "column 13: expected the end of the line, or a field of this line"},
      {"pause c1 a1 session=1 session=2",
       "column 23: expected the end of the line, or a field of this line"},
      {"pause c1 a1 session=", "column 13: expected session"},
      {"pause c1 a1 programmatic=yes", "column 13: expected programmatic, on or off"},
      {"connect a1 1 version=2.5", "column 14: expected version"},
      {"disconnect a1 1 nap",
       "column 17: expected reason, one of shutdown sleep network tab-closed locked idle"},
      {"disconnect a1 1 #256",
       "column 17: expected reason, one of shutdown sleep network tab-closed locked idle"},
      {"set-agent-skills a1 skills=k257", "column 21: expected skills"},
      {"set-agent-skills a1 skills=k1,,k2", "column 21: expected skills"},
      {"create-task c1 prefer-for=soon",
       "column 16: expected prefer-for, a time like 2d3h or 250ms"},
      {"settings pause.limits=3",
       "column 10: expected the end of the line, or a field of this line"},
      {"settings pause.marks=1d,2h,3h,4h,5h", "column 10: expected pause.marks"},
      {"add-skill \"abc", "column 15: expected closing quotes"},
      {R"(add-skill "\q")", R"(column 13: expected \", \\ or \xHH)"},
      {R"(add-skill "\x4)", R"(column 13: expected \", \\ or \xHH)"},
      {"add-skill \"a\"b", "column 14: expected a space"},
      {"add-skill a\"b\"", "column 12: expected a space before the quotes"},
      {"add-skill\ta", "column 10: expected a space"},
      {"add-skill =a", "column 11: expected a name before the ="}};
  const std::map<std::string, std::string> events = {
      {"", "column 1: expected a time"},
      {"  soon TaskCompleted t1 a1", "column 3: expected a time"},
      {"\"5s\" TaskCompleted t1 a1", "column 1: expected a time"},
      {"at=5s TaskCompleted t1 a1", "column 1: expected a time"},
      {"5s", "column 3: expected an event"},
      {"5s Taskcompleted t1 a1", "column 4: expected an event"},
      {"5s TaskCompleted t1", "column 20: expected agent"}};
  TextReader reader;
  for (const auto& [line, error] : commands) {
    EXPECT_EQ(reader.ReadCommand(line).status().message(), error) << line;
  }
  for (const auto& [line, error] : events) {
    EXPECT_EQ(reader.ReadEvent(line).status().message(), error) << line;
  }
}

// A few bytes of a line are changed, taken away or put in; or all of it is noise.
std::string Damaged(std::string line, Draw& draw) {
  if (draw.OneIn(4)) line.clear();
  for (uint64_t left = draw.Below(8) + 1; left > 0; --left) {
    const size_t at = draw.Below(line.size() + 1);
    const char byte =
        draw.OneIn(2) ? "\" =\\x,.-#a1k"[draw.Below(12)] : static_cast<char>(draw.Bits());
    if (at == line.size() || draw.OneIn(3)) {
      line.insert(at, 1, byte);
    } else if (draw.OneIn(2)) {
      line.erase(at, 1);
    } else {
      line[at] = byte;
    }
  }
  return line;
}

TEST(TextTest, ADamagedLineIsRefusedOrMeansWhatItSays) {
  RandomValues values(4);
  int read = 0;
  for (int i = 0; i < 50'000; ++i) {
    TextReader reader;
    const std::string line = Damaged(ToText(values.Any<Command>()), values.draw());
    const auto command = reader.ReadCommand(line);
    if (command.ok()) ExpectTheSame(*command);
    const std::string told =
        Damaged(ToText(Event{values.Make<Instant>(), values.Any<Happening>()}), values.draw());
    const auto event = reader.ReadEvent(told);
    if (event.ok()) ExpectTheSame(*event);
    if (HasFatalFailure()) return;
    read += command.ok() + event.ok();
  }
  EXPECT_GT(read, 1000);
}

}  // namespace
}  // namespace parley
