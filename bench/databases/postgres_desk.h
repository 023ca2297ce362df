// The work of work.h done by a table of tasks and one of agents in PostgreSQL, in the shape that
// job queues use: whoever takes a row takes it with FOR UPDATE SKIP LOCKED, so that many may look
// at once and none waits for another.
//
// It is as well off as it can be: indexes for both ways, statements prepared once, one statement
// for each take, and a server that never waits for the disk.

#ifndef PARLEY_BENCH_DATABASES_POSTGRES_DESK_H_
#define PARLEY_BENCH_DATABASES_POSTGRES_DESK_H_

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <postgresql/libpq-fe.h>

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "databases/work.h"
#include "parley/base/check.h"

namespace parley {

class PostgresDesk {
 public:
  // The parameters of a connection, as libpq knows them.
  explicit PostgresDesk(const char* where) : server_(PQconnectdb(where)) {
    PARLEY_CHECK(PQstatus(server_.get()) == CONNECTION_OK);
    SetUp();
    for (uint32_t agent = 0; agent < Work::kAgents; ++agent) {
      std::vector<uint32_t> served;
      for (uint32_t queue = 0; queue < Work::kQueues; ++queue) {
        if (Work::Serves(agent, queue)) served.push_back(queue);
      }
      queues_.push_back(fmt::format("{{{}}}", fmt::join(served, ",")));
      Run("add", {std::to_string(agent), queues_[agent]});
    }
  }

  std::optional<Match> Come(uint32_t task, uint32_t queue, int64_t now) {
    const std::string number = std::to_string(task);
    const auto agent = Number("idle", {std::to_string(queue), std::to_string(now)});
    if (!agent) {
      Run("wait", {number, std::to_string(queue), std::to_string(now)});
      return std::nullopt;
    }
    Run("assigned", {number, std::to_string(queue), std::to_string(now), std::to_string(*agent)});
    return Match{task, *agent};
  }

  std::optional<Match> Finish(uint32_t agent, int64_t now) {
    const std::string number = std::to_string(agent);
    Run("done", {number});
    const auto task = Number("take", {queues_[agent], number});
    if (!task) {
      Run("rest", {number});
      return std::nullopt;
    }
    Run("offered", {number, std::to_string(now)});
    return Match{*task, agent};
  }

 private:
  struct Finished {
    void operator()(PGconn* server) const { PQfinish(server); }
    void operator()(PGresult* result) const { PQclear(result); }
  };
  using Result = std::unique_ptr<PGresult, Finished>;

  void SetUp() {
    Execute("SET client_min_messages = warning");
    Execute(
        "DROP TABLE IF EXISTS tasks, agents;"
        "CREATE UNLOGGED TABLE tasks (id int PRIMARY KEY, queue int, priority int DEFAULT 0,"
        " created bigint, agent int, done bool DEFAULT false);"
        "CREATE INDEX ON tasks (priority DESC, created) WHERE agent IS NULL;"
        "CREATE INDEX ON tasks (agent) WHERE NOT done;"
        "CREATE UNLOGGED TABLE agents (id int PRIMARY KEY, queues int[], idle bool DEFAULT true,"
        " last_offered bigint DEFAULT 0);"
        "CREATE INDEX ON agents (last_offered, id) WHERE idle");
    Prepare("add", "INSERT INTO agents (id, queues) VALUES ($1, $2)");
    Prepare("idle",
            "UPDATE agents SET idle = false, last_offered = $2 WHERE id = (SELECT id FROM agents"
            " WHERE idle AND $1::int = ANY (queues) ORDER BY last_offered, id LIMIT 1"
            " FOR UPDATE SKIP LOCKED) RETURNING id");
    Prepare("wait", "INSERT INTO tasks (id, queue, created) VALUES ($1, $2, $3)");
    Prepare("assigned", "INSERT INTO tasks (id, queue, created, agent) VALUES ($1, $2, $3, $4)");
    Prepare("done", "UPDATE tasks SET done = true WHERE agent = $1 AND NOT done");
    Prepare("take",
            "UPDATE tasks SET agent = $2 WHERE id = (SELECT id FROM tasks WHERE agent IS NULL"
            " AND queue = ANY ($1::int[]) ORDER BY priority DESC, created LIMIT 1"
            " FOR UPDATE SKIP LOCKED) RETURNING id");
    Prepare("rest", "UPDATE agents SET idle = true WHERE id = $1");
    Prepare("offered", "UPDATE agents SET last_offered = $2 WHERE id = $1");
  }

  void Execute(const char* text) {
    const Result result(PQexec(server_.get(), text));
    PARLEY_CHECK(PQresultStatus(result.get()) == PGRES_COMMAND_OK);
  }
  void Prepare(const char* name, const char* text) {
    const Result result(PQprepare(server_.get(), name, text, 0, nullptr));
    PARLEY_CHECK(PQresultStatus(result.get()) == PGRES_COMMAND_OK);
  }
  Result Run(const char* name, std::initializer_list<std::string> values) {
    const char* texts[4] = {};
    int count = 0;
    for (const std::string& value : values) texts[count++] = value.c_str();
    Result result(
        PQexecPrepared(server_.get(), name, count, texts, nullptr, nullptr, /*resultFormat=*/0));
    const ExecStatusType status = PQresultStatus(result.get());
    PARLEY_CHECK(status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK);
    return result;
  }
  // What it returns, if it finds a row.
  std::optional<uint32_t> Number(const char* name, std::initializer_list<std::string> values) {
    const Result result = Run(name, values);
    if (PQntuples(result.get()) == 0) return std::nullopt;
    return static_cast<uint32_t>(std::stoul(PQgetvalue(result.get(), 0, 0)));
  }

  std::unique_ptr<PGconn, Finished> server_;
  std::vector<std::string> queues_;  // Of each agent, as an array.
};

}  // namespace parley

#endif  // PARLEY_BENCH_DATABASES_POSTGRES_DESK_H_
