#!/bin/sh
# Makes a trial network in the folder given: organizations, jangbu (its JANGBU_HOME) and tls.p12 (its JANGBU_TLS_KEYSTORE). What is there already stays.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
exec java -Djangbu.artifact.project.folder="$here/trial" -Djangbu.artifact.shim.folder="$here/trial/shim" \
    -cp "$here/trial/jangbu-quickstart.jar" org.jangbu.quickstart.network.MakeNetwork "$1"
