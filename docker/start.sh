#!/bin/sh
# Starts WildFly with Jangbu from a plain folder or inside a container; docs/operating/environment.md lists every variable.
# The folder holds: wildfly/ (the distribution, unpacked), scripts/ (ear/server), lib/ (postgresql.jar, jangbu-tls.jar and, where there is one, amazon-corretto.jar), jangbu.ear.
set -eu

here=${JANGBU_FOLDER:-$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)}
wildfly=${JANGBU_WILDFLY:-$here/wildfly}
configuration=$wildfly/standalone/configuration
: "${JANGBU_SERVER_NAME:=server1}"
JANGBU_SERVER_LIB=$here/lib
export JANGBU_SERVER_NAME JANGBU_SERVER_LIB

refuse() {
    echo "jangbu: $*" >&2
    exit 78
}

# Nothing secret has a default: whoever forgets one is told so, all at once.
missing=
for name in JANGBU_HOME JANGBU_DB_URL JANGBU_DB_USER JANGBU_DB_PASSWORD JANGBU_TLS_KEYSTORE JANGBU_TLS_PASSWORD \
    JANGBU_JMS_ORDERER_PASSWORD JANGBU_JMS_BROADCASTER_PASSWORD JANGBU_JMS_COMMITTER_PASSWORD; do
    eval "value=\${$name:-}"
    [ -n "$value" ] || missing="$missing $name"
done
[ -z "$missing" ] || refuse "not set:$missing"
printf '%s' "$JANGBU_SERVER_NAME" | grep -Eq '^[A-Za-z0-9-]{1,23}$' || refuse "JANGBU_SERVER_NAME must be 1 to 23 letters, digits and hyphens"
[ -d "$JANGBU_HOME" ] || refuse "JANGBU_HOME is not a folder: $JANGBU_HOME"
[ -r "$JANGBU_TLS_KEYSTORE" ] || refuse "JANGBU_TLS_KEYSTORE cannot be read: $JANGBU_TLS_KEYSTORE"
[ -d "$wildfly" ] || refuse "there is no WildFly in $wildfly"

# Batches are delivered here only if there is a node to order them.
if [ -z "${JANGBU_ORDERER:-}" ]; then
    JANGBU_ORDERER=false
    ! grep -Eqs '^[[:space:]]*role[[:space:]]*[=:][[:space:]]*orderer[[:space:]]*$' "$JANGBU_HOME"/nodes/*/node.properties || JANGBU_ORDERER=true
fi
export JANGBU_ORDERER

# The broker's accounts, as its realm wants them: a digest for each name.
umask 077
users=
roles=
account() {
    digest=$(printf '%s:JangbuMessagingRealm:%s' "$1" "$2" | md5sum | cut -d ' ' -f 1)
    users="$users$1=$digest
"
    roles="$roles$1=$1
"
}
account orderer "$JANGBU_JMS_ORDERER_PASSWORD"
account broadcaster "$JANGBU_JMS_BROADCASTER_PASSWORD"
account committer "$JANGBU_JMS_COMMITTER_PASSWORD"
printf '%s' "$users" > "$configuration/jangbu-messaging-users.properties"
printf '%s' "$roles" > "$configuration/jangbu-messaging-roles.properties"

# Configured once, and again from the untouched configuration when a script, a module or the server's name has changed.
scripts=configure.cli
[ ! -e "$here/lib/amazon-corretto.jar" ] || scripts="$scripts amazon-corretto.cli"
[ ! -d "$JANGBU_HOME/ca" ] || scripts="$scripts certificate-authorities.cli"
[ -z "${JANGBU_BROKER_HOST:-}" ] || scripts="$scripts outside-broker.cli"
original=$configuration/standalone-full.xml.original
[ -e "$original" ] || cp "$configuration/standalone-full.xml" "$original"
fingerprint=$( (echo "$JANGBU_SERVER_NAME $scripts"; for script in $scripts; do cksum < "$here/scripts/$script"; done; cksum "$here"/lib/*.jar) | cksum)
if [ "$(cat "$configuration/.jangbu-configured" 2> /dev/null || true)" != "$fingerprint" ]; then
    cp "$original" "$configuration/standalone-full.xml"
    for script in $scripts; do
        echo "jangbu: configuring WildFly with $script"
        "$wildfly/bin/jboss-cli.sh" --file="$here/scripts/$script" > "$here/$script.log" 2>&1 || {
            tail -n 20 "$here/$script.log" >&2
            refuse "$script failed; all of its output is in $here/$script.log"
        }
    done
    printf '%s\n' "$fingerprint" > "$configuration/.jangbu-configured"
fi

deployments=$wildfly/standalone/deployments
cmp -s "$here/jangbu.ear" "$deployments/jangbu.ear" || cp "$here/jangbu.ear" "$deployments/jangbu.ear"
rm -f "$deployments"/jangbu.ear.failed "$deployments"/jangbu.ear.undeployed "$deployments"/jangbu.ear.deployed

# Loopback unless told otherwise. In the foreground, so that a signal to this process stops the server.
JAVA_OPTS=${JAVA_OPTS:--Xms512m -Xmx1536m -XX:MaxMetaspaceSize=768m -XX:+UseParallelGC -XX:+ExitOnOutOfMemoryError -Djava.awt.headless=true -Djava.net.preferIPv4Stack=true}
# Newer virtual machines warn of what libraries have always done, unless they are told.
java=java
[ -z "${JAVA_HOME:-}" ] || java=$JAVA_HOME/bin/java
if "$java" --sun-misc-unsafe-memory-access=allow -version > /dev/null 2>&1; then
    JAVA_OPTS="$JAVA_OPTS --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
fi
JBOSS_HOME=$wildfly
LAUNCH_JBOSS_IN_BACKGROUND=1
export JAVA_OPTS JBOSS_HOME LAUNCH_JBOSS_IN_BACKGROUND
exec "$wildfly/bin/standalone.sh" -c standalone-full.xml \
    -b "${JANGBU_BIND_ADDRESS:-127.0.0.1}" -bmanagement "${JANGBU_BIND_ADDRESS_MANAGEMENT:-127.0.0.1}" "$@"
