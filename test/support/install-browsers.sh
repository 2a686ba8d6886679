#!/bin/sh
# Sees to it that the browsers of the tests are there, PHP for a sample, and Redis for the broker: from Debian's packages
# where apt-get and the rights to use it are at hand; elsewhere it says what to install.
set -eu

missing=''
need() {
  for place in "$@"; do
    if command -v "$place" >/dev/null 2>&1; then return; fi
  done
  missing="$missing $package"
}

package=chromium need "${CHROMIUM:-chromium}"
package=firefox-esr need "${FIREFOX:-firefox-esr}"
package=webkit2gtk-driver need WebKitWebDriver
package=xvfb need Xvfb
package=php-cli need php
package=redis-server need "${REDIS_SERVER:-redis-server}"

[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null 2>&1; then
  echo "The tests need these programs; please install them:$missing" >&2
  echo 'Other places: CHROMIUM, FIREFOX, MINIBROWSER, REDIS_SERVER (paths of the programs).' >&2
  exit 1
fi

run=''
if [ "$(id -u)" != 0 ]; then
  if ! command -v sudo >/dev/null 2>&1; then
    echo "The tests need these packages; please run as root: apt-get install$missing" >&2
    exit 1
  fi
  run=sudo
fi
# A mirror may be away for a moment, or somebody else may hold the lists.
persist() {
  tries=1
  until "$@"; do
    [ "$tries" -lt 5 ] || return 1
    tries=$((tries + 1))
    sleep 10
  done
}
echo "Installing what the tests need:$missing"
options='-o Acquire::Retries=3 -o DPkg::Lock::Timeout=120'
# shellcheck disable=SC2086 -- a list of options
persist $run apt-get $options update -qq
# shellcheck disable=SC2086 -- lists of options and of package names
persist $run env DEBIAN_FRONTEND=noninteractive apt-get $options install -y -qq --no-install-recommends $missing >/dev/null
