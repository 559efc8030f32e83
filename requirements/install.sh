#!/bin/sh
# Make an environment hold the packages of one lock, and this project as an editable install.
#
#   requirements/install.sh VENV NAME      NAME is run, test, check, lab or oracle
#
# Nothing is installed when the lock, pyproject.toml and the folder are those of the last time.
# PYTHON=... names the interpreter for a new environment; without it the usual names are tried.
set -eu
cd "$(dirname "$0")/.."
venv=$1
name=$2
lock=requirements/$name.txt
stamp=$venv/.tandem-$name
version='import sys; print("%d.%d.%d" % sys.version_info[:3])'
supported='needs Python 3.11, 3.12 or 3.13'

state=$({ pwd; cat "$lock" pyproject.toml; } | cksum)
if [ "$(cat "$stamp" 2>/dev/null)" = "$state" ] && "$venv/bin/python" -c '' 2>/dev/null; then
    exit 0
fi

# An environment that another Python made, or one left half made, is told apart from none at all.
if "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
    found=$("$venv/bin/python" -c "$version")
    case $found in
        3.11.*|3.12.*|3.13.*) ;;
        *) echo "tandem $supported; found $found in $venv (remove that folder)" >&2; exit 1 ;;
    esac
else
    chosen=
    found=
    for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.11}; do
        number=$("$candidate" -c "$version" 2>/dev/null) || continue
        case $number in
            3.11.*|3.12.*|3.13.*) chosen=$candidate; break ;;
            *) found=${found:+$found, }$number ;;
        esac
    done
    if [ -z "$chosen" ]; then
        echo "tandem $supported; found ${found:-none}" >&2
        exit 1
    fi
    echo "making $venv with Python $number"
    "$chosen" -m venv --clear "$venv"
fi

echo "installing $lock into $venv"
"$venv/bin/python" -m pip install -qq --disable-pip-version-check --require-hashes -r "$lock"
"$venv/bin/python" -m pip install -qq --disable-pip-version-check \
    --no-deps --no-build-isolation -e .
echo "$state" > "$stamp"
