# What examples/run, tests/run and tests/nightly_scopes share: presets, packages, configuring. Sourced
# by them, in POSIX sh, with the project as the current folder.

# shellcheck shell=sh disable=SC2034,SC2154 # The other half is in those.
presets="release debug asan clang"
example_packages="g++ cmake ninja-build libabsl-dev libfmt-dev nlohmann-json3-dev"
test_packages="libgtest-dev libgmock-dev libbenchmark-dev pkgconf"
peer_packages="libevent-dev libev-dev libuv1-dev libboost-dev libsqlite3-dev libpq-dev postgresql"
clang_packages="clang-16 libclang-rt-16-dev"

fail() {
  echo "$*" >&2
  exit 1
}

# known_preset asan: succeeds if it is one of ours.
known_preset() {
  case " $presets " in
    *" $1 "*) ;;
    *) return 1 ;;
  esac
}

# missing_packages g++ cmake: those of the packages that are not installed, on one line.
missing_packages() {
  installed=$(dpkg-query -W -f '<${db:Status-Status} ${Package}><${db:Status-Status} ${binary:Package}>' \
    "$@" 2>/dev/null) || true
  for package; do
    case $installed in
      *"<installed $package>"*) ;;
      *) printf '%s ' "$package" ;;
    esac
  done
}

# Brings in what is missing, and says what. Does nothing, and says what to do, if it may not.
need_packages() {
  if ! command -v dpkg-query >/dev/null; then
    echo "This is not Debian: install yourself what it calls $*." >&2
    return
  fi
  missing=$(missing_packages "$@")
  missing=${missing% }
  [ -n "$missing" ] || return 0

  if [ "$(id -u)" = 0 ]; then
    as_root="env"
  elif sudo -n true 2>/dev/null; then
    as_root="sudo -n env"
  else
    fail "Missing Debian packages: $missing
Nothing was changed. Install them with
  sudo apt-get install --no-install-recommends $missing
and run this again."
  fi
  echo "Installing the missing Debian packages: $missing"
  # shellcheck disable=SC2086 # Both are lists of words.
  install_packages || { apt_get update && install_packages; } || fail "apt-get could not install: $missing"
}

apt_get() {
  $as_root DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=120 "$@" >/dev/null
}

# Fails without a word if the lists are empty or too old to know the packages. Never takes one away.
# shellcheck disable=SC2086 # $missing is a list of words.
install_packages() {
  apt-get -qq --simulate --no-remove --no-install-recommends install $missing >/dev/null 2>&1 &&
    apt_get -y --no-remove --no-install-recommends install $missing
}

need_cmake() {
  command -v cmake >/dev/null || fail "cmake is not installed; 3.25 or newer is needed."
  version=$(cmake --version | sed -n '1s/.*version //p')
  minor=${version#*.}
  [ $((${version%%.*} * 1000 + ${minor%%.*})) -ge 3025 ] ||
    fail "cmake is $version; 3.25 or newer is needed (Debian 12 has it)."
}

# configure release: with everything. configure release -DPARLEY_BUILD_TESTS=OFF: at least the rest.
# Skipped if it was done since the presets changed; the build itself notices other changes.
configure() {
  build=build/$1
  if [ -f "$build/build.ninja" ] && [ -z "$(find CMakePresets.json -newer "$build/build.ninja")" ] &&
    { [ $# -gt 1 ] || grep -q '^PARLEY_BUILD_TESTS:[A-Z]*=ON' "$build/CMakeCache.txt"; }; then
    return 0
  fi
  cmake --preset "$@"
}

# calmly ctest ...: runs it; under asan without address randomisation, where that may be switched off.
# GCC 12's AddressSanitizer cannot live with every layout that newer kernels hand out.
calmly() {
  if [ "$preset" = asan ] && setarch -R true 2>/dev/null; then
    setarch -R "$@"
  else
    "$@"
  fi
}
