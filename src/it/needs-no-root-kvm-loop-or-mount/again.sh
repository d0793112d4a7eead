#!/bin/sh
# Builds again in a copy that everybody may enter, as an ordinary user: again.sh MAVEN_HOME LOCAL_REPOSITORY DIRECTORY_OF_PROJECTS
set -eu
maven=$1 repository=$2 projects=$3
place=$(mktemp -d /var/tmp/imagewright-it-XXXXXX)
trap 'rm -rf "$place"' EXIT

cp -rL "$maven" "$place/maven"
cp -r "$repository" "$place/repository"
cp "$projects/unprivileged.sh" pom.xml disk.raw "$place"
sed 's|@localRepositoryUrl@|file:///nowhere|' "$projects/settings.xml" > "$place/settings.xml"
chmod -R a+rwX "$place"

here=$PWD
cd "$place"
HOME=$place ./unprivileged.sh maven/bin/mvn -B -o -s settings.xml -Dmaven.repo.local="$place/repository" package
for file in target/image/*; do
  case $file in
    *.build.json) ;;
    *) cmp "$file" "$here/$file" ;;
  esac
done
