#!/bin/sh
exec cat > "$(dirname "$0")/messages.txt"
