// The work of work.h done in the shapes of FreeSWITCH's mod_callcenter, on SQLite in memory.
//
// Three tables without an index: members, who wait; agents; and tiers, which agent serves which
// queue. Members are read by their score, the time they have waited; for each the agents joined
// with their tiers, by level, then by the last call that they were offered, then by position; the
// first one who waits gets the member. Offer, answer and end are the updates that the module makes.
//
// In two things it is better off here: statements are prepared once, where the module writes each
// anew; and it is told what has happened, where the module looks ten times a second, through all.

#ifndef PARLEY_BENCH_DATABASES_SQLITE_DESK_H_
#define PARLEY_BENCH_DATABASES_SQLITE_DESK_H_

#include <sqlite3.h>

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "databases/work.h"
#include "parley/base/check.h"

namespace parley {

// One statement, prepared.
class SqliteStatement {
 public:
  using Value = std::variant<int64_t, std::string_view>;

  SqliteStatement(sqlite3* database, const char* text) {
    PARLEY_CHECK(sqlite3_prepare_v2(database, text, -1, &statement_, nullptr) == SQLITE_OK);
  }
  ~SqliteStatement() { sqlite3_finalize(statement_); }
  SqliteStatement(const SqliteStatement&) = delete;
  SqliteStatement& operator=(const SqliteStatement&) = delete;

  // Begins anew with these values, whose texts must live until the next Begin.
  void Begin(std::initializer_list<Value> values) {
    sqlite3_reset(statement_);
    int at = 0;
    for (const Value& value : values) {
      ++at;
      if (const auto* number = std::get_if<int64_t>(&value)) {
        sqlite3_bind_int64(statement_, at, *number);
      } else {
        const auto text = std::get<std::string_view>(value);
        sqlite3_bind_text(statement_, at, text.data(), static_cast<int>(text.size()), nullptr);
      }
    }
  }
  // To the next row; false if there is none.
  bool Next() {
    const int result = sqlite3_step(statement_);
    PARLEY_CHECK(result == SQLITE_ROW || result == SQLITE_DONE);
    return result == SQLITE_ROW;
  }
  void Run(std::initializer_list<Value> values) {
    Begin(values);
    PARLEY_CHECK(!Next());
    End();
  }
  void End() { sqlite3_reset(statement_); }
  std::string_view Text(int column) const {
    return reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  }

 private:
  sqlite3_stmt* statement_ = nullptr;
};

class SqliteDesk {
 public:
  SqliteDesk() {
    for (uint32_t agent = 0; agent < Work::kAgents; ++agent) {
      const std::string name = std::to_string(agent);
      add_agent_.Run({name});
      for (uint32_t queue = 0; queue < Work::kQueues; ++queue) {
        if (!Work::Serves(agent, queue)) continue;
        const std::string queue_name = std::to_string(queue);
        add_tier_.Run({queue_name, name, int64_t{agent} + 1});
      }
    }
  }

  std::optional<Match> Come(uint32_t task, uint32_t queue, int64_t now) {
    const std::string member = std::to_string(task);
    const std::string queue_name = std::to_string(queue);
    join_.Run({queue_name, member, now});
    return Offer(member, queue_name, now);
  }

  std::optional<Match> Finish(uint32_t agent, int64_t now) {
    const std::string name = std::to_string(agent);
    leave_.Run({name});
    agent_ends_.Run({now, name});
    tier_ends_.Run({name});
    members_.Begin({now});
    std::optional<Match> match;
    while (!match && members_.Next()) {
      const std::string member(members_.Text(1));
      match = Offer(member, std::string(members_.Text(0)), now);
    }
    members_.End();
    return match;
  }

 private:
  // To the first of the agents of the queue who waits for a call; he answers it.
  std::optional<Match> Offer(const std::string& member, const std::string& queue, int64_t now) {
    agents_.Begin({queue});
    while (agents_.Next()) {
      if (agents_.Text(1) != "Waiting" || agents_.Text(2) != "Ready") continue;
      const std::string agent(agents_.Text(0));
      agents_.End();
      receive_.Run({agent});
      tier_offers_.Run({agent, queue});
      tier_stands_by_.Run({agent, queue});
      serve_.Run({agent, now, member});
      answer_.Run({now, agent});
      tier_answers_.Run({agent, queue});
      return Match{Number(member), Number(agent)};
    }
    agents_.End();
    return std::nullopt;
  }
  static uint32_t Number(const std::string& text) {
    return static_cast<uint32_t>(std::stoul(text));
  }

  static sqlite3* Open() {
    sqlite3* database = nullptr;
    PARLEY_CHECK(sqlite3_open(":memory:", &database) == SQLITE_OK);
    const char* tables =
        "CREATE TABLE members (queue TEXT, uuid TEXT NOT NULL, joined_epoch INTEGER NOT NULL,"
        " bridge_epoch INTEGER NOT NULL DEFAULT 0, base_score INTEGER NOT NULL DEFAULT 0,"
        " skill_score INTEGER NOT NULL DEFAULT 0, serving_agent TEXT, state TEXT);"
        "CREATE TABLE agents (name TEXT, status TEXT, state TEXT,"
        " wrap_up_time INTEGER NOT NULL DEFAULT 0, last_bridge_start INTEGER NOT NULL DEFAULT 0,"
        " last_bridge_end INTEGER NOT NULL DEFAULT 0,"
        " last_offered_call INTEGER NOT NULL DEFAULT 0,"
        " calls_answered INTEGER NOT NULL DEFAULT 0, talk_time INTEGER NOT NULL DEFAULT 0);"
        "CREATE TABLE tiers (queue TEXT, agent TEXT, state TEXT, level INTEGER NOT NULL,"
        " position INTEGER NOT NULL);";
    PARLEY_CHECK(sqlite3_exec(database, tables, nullptr, nullptr, nullptr) == SQLITE_OK);
    return database;
  }
  struct Close {
    void operator()(sqlite3* database) const { sqlite3_close(database); }
  };
  using Statement = SqliteStatement;

  std::unique_ptr<sqlite3, Close> owner_{Open()};
  sqlite3* db_ = owner_.get();
  Statement add_agent_{db_,
                       "INSERT INTO agents (name, status, state)"
                       " VALUES (?1, 'Available', 'Waiting')"};
  Statement add_tier_{db_, "INSERT INTO tiers VALUES (?1, ?2, 'Ready', 1, ?3)"};
  Statement join_{db_,
                  "INSERT INTO members (queue, uuid, joined_epoch, serving_agent, state)"
                  " VALUES (?1, ?2, ?3, '', 'Waiting')"};
  Statement members_{db_,
                     "SELECT queue, uuid, joined_epoch,"
                     " (?1 - joined_epoch) + base_score + skill_score AS score"
                     " FROM members WHERE state = 'Waiting' ORDER BY score DESC"};
  Statement agents_{db_,
                    "SELECT name, agents.state, tiers.state FROM agents"
                    " LEFT JOIN tiers ON agents.name = tiers.agent WHERE tiers.queue = ?1"
                    " AND (agents.status = 'Available' OR agents.status = 'On Break')"
                    " ORDER BY level, agents.last_offered_call, position"};
  Statement receive_{db_, "UPDATE agents SET state = 'Receiving' WHERE name = ?1"};
  Statement tier_offers_{db_,
                         "UPDATE tiers SET state = 'Offering'"
                         " WHERE agent = ?1 AND queue = ?2"};
  Statement tier_stands_by_{db_,
                            "UPDATE tiers SET state = 'Standby'"
                            " WHERE agent = ?1 AND NOT queue = ?2 AND state = 'Ready'"};
  Statement serve_{db_,
                   "UPDATE members SET serving_agent = ?1, state = 'Answered',"
                   " bridge_epoch = ?2 WHERE state = 'Waiting' AND uuid = ?3"};
  Statement answer_{db_,
                    "UPDATE agents SET state = 'In a queue call', last_bridge_start = ?1,"
                    " last_offered_call = ?1, calls_answered = calls_answered + 1"
                    " WHERE name = ?2"};
  Statement tier_answers_{db_,
                          "UPDATE tiers SET state = 'Active Inbound'"
                          " WHERE agent = ?1 AND queue = ?2"};
  Statement leave_{db_, "DELETE FROM members WHERE serving_agent = ?1"};
  Statement agent_ends_{db_,
                        "UPDATE agents SET state = 'Waiting', last_bridge_end = ?1,"
                        " talk_time = talk_time + ?1 - last_bridge_start WHERE name = ?2"};
  Statement tier_ends_{db_, "UPDATE tiers SET state = 'Ready' WHERE agent = ?1"};
};

}  // namespace parley

#endif  // PARLEY_BENCH_DATABASES_SQLITE_DESK_H_
