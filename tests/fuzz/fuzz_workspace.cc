// tests/fuzz/fuzz_workspace.cc — workspaces: what is read is written so that it reads back; an
// engine gets all of it or nothing, and what it then has makes the same of another engine.

#include "parley/annex/workspace.h"

#include "targets.h"

namespace parley::fuzz {
namespace {

std::string WrongEngine(const Workspace& workspace) {
  Place one, two;
  const uint64_t before = one.engine.Digest();
  if (!ApplyWorkspace(workspace, one.engine).ok()) {
    return one.engine.Digest() == before ? std::string() : "half a workspace was made";
  }
  if (const absl::Status audit = one.engine.Audit(); !audit.ok()) return audit.ToString();
  const Workspace has = ReadWorkspace(one.engine);
  const auto read = Workspace::Parse(has.ToJson());
  if (!read.ok()) return "an engine's set-up does not read: " + read.status().ToString();
  if (*read != has) return "an engine's set-up reads as another: " + has.ToJson();
  if (const absl::Status made = ApplyWorkspace(has, two.engine); !made.ok()) {
    return "an engine's set-up cannot be made: " + made.ToString();
  }
  return ReadWorkspace(two.engine) == has ? std::string() : "another set-up: " + has.ToJson();
}

}  // namespace

std::string TryWorkspace(std::string_view input) {
  TextError error;
  WorkspaceReport report;
  const auto read = Workspace::Parse(input, &report, &error);
  if (!read.ok()) return WrongError(error, input);
  const std::string json = read->ToJson();
  WorkspaceReport written;
  const auto again = Workspace::Parse(json, &written, &error);
  if (!again.ok()) return "not read back: " + json + ToStatus(error).ToString();
  if (*again != *read) return "read back as another workspace: " + json;
  if (!written.unknown.empty()) return "it writes what it does not know: " + written.unknown[0];
  if (again->ToJson() != json) return "written in two ways: " + json;
  return WrongEngine(*read);
}

}  // namespace parley::fuzz
