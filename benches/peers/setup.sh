#!/bin/sh
# Makes the environment that the comparison runs in: Python 3.11 with the peers at the versions of requirements.txt.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
venv=${1:-"$here/.venv"}
python3.11 -m venv "$venv"
"$venv/bin/pip" install --quiet --requirement "$here/requirements.txt"
echo "$venv/bin/python $here/bench.py --calypso target/release/calypso"
