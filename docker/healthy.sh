#!/bin/sh
# Whether the server is ready, by its own word on the management port: for container engines.
set -eu
port=${JANGBU_MANAGEMENT_PORT:-9990}
exec curl --fail --silent --output /dev/null --max-time 4 "http://127.0.0.1:$port/health/ready"
