// A stranger's whole program: if this compiles, links and runs, the package is sound.

#include <cstdio>

#include <parley/parley.h>

int main() {
  const parley::ManualClock clock;
  const parley::DefaultReroute policy;
  auto engine = parley::Engine::Create(parley::Settings(), clock, policy);
  if (!engine.ok()) return 1;
  if (engine->Apply(parley::AddQueue{"support"}).size() != 1) return 1;
  std::puts("parley is here");
  return engine->Audit().ok() ? 0 : 1;
}
