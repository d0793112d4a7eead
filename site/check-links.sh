#!/usr/bin/env bash
# Checks that each link between the pages of the manual, as made by `mvn verify site`, leads to a page.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../maven-plugin/target/site"
status=0
for page in *.html; do
  while read -r target; do
    [ -e "${target}" ] || { echo "site: $page links to $target, which is not there" >&2; status=1; }
  done < <(grep -oE 'href="[^":#]+["#]' "$page" | sed 's/^href="//; s/["#]$//' | sort -u)
done
exit $status
