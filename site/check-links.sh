#!/usr/bin/env bash
# Checks that each link of README.md leads to a file, and each link between the pages of the manual, as made by `mvn verify site`, to a page.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
status=0
while read -r target; do
  [ -e "$target" ] || { echo "README.md links to $target, which does not exist" >&2; status=1; }
done < <(grep -oE '\]\([^):#]+[)#]' README.md | sed 's/^](//; s/[)#]$//' | sort -u)
cd maven-plugin/target/site
for page in *.html; do
  while read -r target; do
    [ -e "${target}" ] || { echo "site: $page links to $target, which does not exist" >&2; status=1; }
  done < <(grep -oE 'href="[^":#]+["#]' "$page" | sed 's/^href="//; s/["#]$//' | sort -u)
done
exit $status
