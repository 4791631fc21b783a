#!/usr/bin/env bash
# How a network grows: a consortium, a channel, a contract and its application, a third organisation, a second channel. Every step is taken
# with the command line against a server that this script starts afresh, and every stage is asserted: it ends with 0 only if all came true.
#
#   samples/network-story/story.sh [FOLDER]      FOLDER is made anew; default: run/network-story
#
# STORY_PORT_OFFSET and STORY_POSTGRES_PORT move the ports. Needs a JDK, and the project built: mvn -DskipTests package
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
project=$(cd "$here/../.." && pwd)
folder=${1:-$project/run/network-story}
offset=${STORY_PORT_OFFSET:-0}
java=java
[ -z "${JAVA_HOME:-}" ] || java=$JAVA_HOME/bin/java

rm -rf "$folder"
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
cd "$folder"
nodes=$folder/jangbu/nodes
organizations=$folder/organizations
server=

# --- what the stages are told with ---------------------------------------------------------------------------------------------------

stage() { printf '\n== %s\n' "$*"; }

fail() {
  printf 'FAILED: %s\n' "$*" >&2
  [ ! -f "$folder/serving.txt" ] || tail -n 20 "$folder/serving.txt" >&2
  exit 1
}

# expect WHAT TEXT: the text that a command has printed holds it.
expect() { [[ "$2" == *"$1"* ]] || fail "expected '$1' in: $2"; printf '   %s\n' "$1"; }

# refused STATUS TEXT COMMAND…: the command ends so, and says so.
refused() {
  local wanted=$1 text=$2 status=0 output
  shift 2
  output=$("$@" 2>&1) || status=$?
  [ "$status" = "$wanted" ] || fail "expected exit code $wanted, got $status from: $* ($output)"
  [[ "$output" == *"$text"* ]] || fail "expected '$text' in: $output"
  printf '   refused: %s\n' "$text"
}

jangbu() { JAVA_HOME=${JAVA_HOME:-} "$project/cli/bin/jangbu" "$@"; }

# as ORG USER ARGUMENTS…: the command line with the user's own key, which the server never sees.
as() {
  local domain=$1 user=$2 kind=peerOrganizations msp
  shift 2
  case $domain in
    example.com) kind=ordererOrganizations msp=OrdererMSP ;;
    org1.example.com) msp=Org1MSP ;;
    org2.example.com) msp=Org2MSP ;;
    org3.example.com) msp=Org3MSP ;;
  esac
  jangbu "$@" --server "https://localhost:$((8443 + offset))" \
    --tls-ca "$organizations/peerOrganizations/org1.example.com/tlsca/tlsca.org1.example.com-cert.pem" \
    --msp-dir "$organizations/$kind/$domain/users/$user@$domain/msp" --msp-id "$msp"
}

application() {
  REMITTANCE_PASSWORD=user1pw "$java" -jar "$project/samples/remittance-app/target/remittance-app.jar" \
    --server "http://127.0.0.1:$((8080 + offset))" --user User1@org1.example.com "$@"
}

serve() {
  "$java" -jar "$project/ear/quickstart/target/jangbu-quickstart.jar" --empty --run-folder="$folder" \
    --port-offset="$offset" --postgres-port="${STORY_POSTGRES_PORT:-15432}" >"$folder/serving.txt" 2>&1 &
  server=$!
  for _ in $(seq 600); do
    if grep -q 'Serving until Ctrl-C' "$folder/serving.txt"; then
      return
    fi
    kill -0 "$server" 2>/dev/null || fail 'the server did not start'
    sleep 1
  done
  fail 'the server was not ready within ten minutes'
}

stop() {
  if [ -n "$server" ]; then
    kill -TERM "$server" 2>/dev/null || true
    wait "$server" || true
    server=
  fi
}
trap stop EXIT

# contract NAME CHANNEL JAR ORG ORG: packs it, has the operator allow it, installs, approves and commits it.
contract() {
  local name=$1 channel=$2 jar=$3 id output
  shift 3
  output=$(jangbu chaincode package "$name.tgz" --path "$jar" --lang java --label "${name}_1.0")
  id=$(jangbu chaincode calculatepackageid "$name.tgz" | grep -o "${name}_1.0:[0-9a-f]*")
  # Contracts run inside the server only if its operator says so, by the package's id.
  printf '%s\n' "$id" >>"$folder/jangbu/packages/allowed"
  for organization in "$@"; do
    as "$organization" Admin chaincode install "$name.tgz" --peer "peer0.$organization" >/dev/null
    expect "$id" "$(as "$organization" Admin chaincode queryinstalled --peer "peer0.$organization")"
  done
  as "$1" Admin chaincode approveformyorg -C "$channel" -n "$name" -v 1.0 --sequence 1 --package-id "$id" >/dev/null
  expect "false" "$(as "$1" Admin chaincode checkcommitreadiness -C "$channel" -n "$name" -v 1.0 --sequence 1)"
  as "$2" Admin chaincode approveformyorg -C "$channel" -n "$name" -v 1.0 --sequence 1 --package-id "$id" >/dev/null
  as "$2" Admin chaincode commit -C "$channel" -n "$name" -v 1.0 --sequence 1 >/dev/null
  expect "$name" "$(as "$1" Admin chaincode querycommitted -C "$channel")"
}

# --- the story -----------------------------------------------------------------------------------------------------------------------

stage '1. An ordering node, set up by a consortium of Org1 and Org2; no channel yet'
serve
output=$(as example.com Admin consortium info)
expect TrialConsortium "$output"
expect Org1MSP "$output"
expect Org2MSP "$output"
[[ "$(as example.com Admin osnadmin channel list)" != *channel1* ]] || fail 'there is a channel before anybody has founded one'
cp "$here"/channel1.yaml "$here"/channel2.yaml .

stage '2. Channel 1 is founded, empty'
as org1.example.com Admin channel create --profile channel1.yaml -c channel1 --outputBlock channel1.block >/dev/null
expect channel1 "$(as example.com Admin osnadmin channel list)"
refused 1 'channel already exists' as example.com Admin osnadmin channel join --channelID channel1 --config-block channel1.block

stage '3. The peers of Org1 and Org2 join it'
refused 1 'administrator' as org1.example.com User1 channel join -b channel1.block --peer peer0.org1.example.com
for organization in org1.example.com org2.example.com; do
  as "$organization" Admin channel join -b channel1.block --peer "peer0.$organization" >/dev/null
  expect channel1 "$(as "$organization" Admin channel list)"
done

stage '4. Both agree on the remittance contract, and it is installed'
contract remittance channel1 "$project/samples/remittance/target/remittance.jar" org1.example.com org2.example.com
as org1.example.com User1 chaincode invoke -C channel1 -n remittance open A 10000 >/dev/null
as org2.example.com User1 chaincode invoke -C channel1 -n remittance open B 0 >/dev/null

stage '5. The application on top of it: A pays B 1,000 won'
expect paid "$(application pay A B 1000)"
expect 9000 "$(application balance A)"
expect 1000 "$(as org2.example.com User1 chaincode query -C channel1 -n remittance balance B)"
refused 1 'less than 5000 won' application pay B A 5000

stage '6. Org3 makes its keys; its peer is set up'
jangbu cryptogen generate --config "$here/crypto-config-org3.yaml" --output org3 >/dev/null
cp -r org3/peerOrganizations/org3.example.com "$organizations/peerOrganizations/"
stop
node=$nodes/peer0.org3.example.com
material=$organizations/peerOrganizations/org3.example.com/peers/peer0.org3.example.com
mkdir -p "$node"
cp -r "$material/msp" "$material/tls" "$node/"
printf 'role=peer\nmspId=Org3MSP\nendorsing=true\naddress=peer0.org3.example.com:11051\n' >"$node/node.properties"
serve
expect 9000 "$(application balance A)"

stage '7. The members take Org3 into the consortium: an update that both sign'
refused 1 'no member' as org2.example.com Admin channel create --profile channel2.yaml -c channel2 --outputBlock early.block
as org2.example.com Admin consortium admit --member-msp-dir "$organizations/peerOrganizations/org3.example.com/msp" \
  --member-msp-id Org3MSP --update org3.pb >/dev/null
as org2.example.com Admin channel signconfigtx -f org3.pb >/dev/null
refused 1 'Org1MSP.admin' as org2.example.com Admin consortium update -f org3.pb
as org1.example.com Admin channel signconfigtx -f org3.pb >/dev/null
expect Org3MSP "$(as org2.example.com Admin consortium update -f org3.pb)"

stage '8. Channel 2 is founded by Org2 and Org3, and their peers join it'
as org2.example.com Admin channel create --profile channel2.yaml -c channel2 --outputBlock channel2.block >/dev/null
for organization in org2.example.com org3.example.com; do
  as "$organization" Admin channel join -b channel2.block --peer "peer0.$organization" >/dev/null
done
expect channel2 "$(as org3.example.com Admin channel list)"

stage '9. Contract 2 is installed on channel 2'
contract keyvalue channel2 "$project/samples/keyvalue/target/keyvalue.jar" org2.example.com org3.example.com
as org2.example.com User1 chaincode invoke -C channel2 -n keyvalue put greeting annyeong >/dev/null
expect annyeong "$(as org3.example.com User1 chaincode query -C channel2 -n keyvalue get greeting)"

stage '10. Org3 and contract 2 see ledger 2 only; Org1 sees ledger 1 only'
[[ "$(as org3.example.com Admin channel list)" != *channel1* ]] || fail 'Org3 is told of channel 1'
refused 1 'channel' as org3.example.com User1 ledger info -c channel1
refused 1 'channel' as org3.example.com User1 chaincode query -C channel1 -n remittance balance A
refused 1 'channel' as org1.example.com User1 ledger info -c channel2
refused 1 'keyvalue' as org2.example.com User1 chaincode query -C channel1 -n keyvalue get greeting
refused 1 'remittance' as org2.example.com User1 chaincode query -C channel2 -n remittance balance A
refused 1 '' as org1.example.com Admin channel join -b channel2.block --peer peer0.org3.example.com
expect 9000 "$(application balance A)"

printf '\nThe network has grown as it should.\n'
