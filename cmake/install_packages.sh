# install_packages NAME...: installs the Debian or Ubuntu packages that are missing, as root or with sudo; says which.
install_packages() {
  command -v dpkg-query >/dev/null || { echo "not a Debian or Ubuntu system: make sure that these are installed: $*"; return 0; }
  local missing=() name
  for name in "$@"; do
    dpkg-query -W -f='${Status}' "$name" 2>/dev/null | grep -q 'install ok installed' || missing+=("$name")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  echo "installing ${missing[*]}"
  local sudo=""
  [ "$(id -u)" -eq 0 ] || sudo=sudo
  if ! { DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq "${missing[@]}" >/dev/null 2>&1 ||
         { $sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq "${missing[@]}" >/dev/null; }; }; then
    echo "could not install ${missing[*]}" >&2
    return 1
  fi
}
