#!/usr/bin/env bash
# Makes the quick start, while it runs, look like Fabric's test network: the channel, the folders, the connection profiles, and contracts by the
# names that Fabric's samples call. README.md beside this file tells how; network.sh --help has the options.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
project=$(cd "$here/../.." && pwd)
run=$project/run
offset=0
channel=mychannel
samples=
name=
path=
language=java
address=127.0.0.1:9999
version=1.0
sequence=
policy=
collections=
initialized=
facts=()

usage() {
  cat <<'USAGE'
Usage: network.sh createChannel [-c CHANNEL] [--samples FOLDER]
       network.sh deployCC -ccn NAME -ccp PATH [-ccl LANGUAGE] [options]

createChannel founds the channel, has both peers join it and writes folders and connection profiles as Fabric's test network has them, below
test-network/organizations of the run folder. What is there already stays.
  -c CHANNEL          default: mychannel
  --samples FOLDER    a checkout of fabric-samples, whose test-network/organizations gets links to these folders

deployCC has both organisations agree on a contract, or on its next version.
  -ccn NAME           what applications call it
  -ccp PATH           java: a jar, or a folder with jars or with a project that has been built (build/libs/*.jar);
                      otherwise the contract's project
  -ccl LANGUAGE       java: it runs in the server. javascript, typescript, go or ccaas: it is a service that you start. Default: java
  -cca HOST:PORT      where the service listens; default: 127.0.0.1:9999. Two, with a comma between: each organisation has a service of its
                      own, as contracts need that ask for the peer's MSP id (CORE_PEER_LOCALMSPID)
  -ccv VERSION        default: 1.0
  -ccs SEQUENCE       default: one more than what is in force
  -ccep POLICY        who must endorse, such as "OR('Org1MSP.peer','Org2MSP.peer')"; default: the channel's policy
  -cccg FILE          collections of private data: collections_config.json
  -cci                it must be initialised by its first call
  -c CHANNEL          default: mychannel

Both take --run-folder=FOLDER and --port-offset=N, as the quick start has been given them.
USAGE
}

fail() {
  printf 'network.sh: %s\n' "$*" >&2
  exit 1
}

# --- what the command line says ------------------------------------------------------------------------------------------------------

command=${1:-}
[ "$#" -eq 0 ] || shift
while [ "$#" -gt 0 ]; do
  option=$1
  case $option in
    --run-folder=* | --port-offset=* | -cci | -h | --help) ;;
    *)
      [ "$#" -gt 1 ] || fail "$option needs a value"
      value=$2
      shift
      ;;
  esac
  shift
  case $option in
    --run-folder=*) run=${option#*=} ;;
    --port-offset=*) offset=${option#*=} ;;
    -c) channel=$value ;;
    --samples) samples=$value ;;
    -ccn) name=$value ;;
    -ccp) path=$value ;;
    -ccl) language=$value ;;
    -cca) address=$value ;;
    -ccv) version=$value ;;
    -ccs) sequence=$value ;;
    -ccep) policy=$value ;;
    -cccg) collections=$value ;;
    -cci) initialized=yes ;;
    -h | --help) command=--help ;;
    *) fail "unknown option $option; see --help" ;;
  esac
done
case $command in
  createChannel | deployCC) ;;
  -h | --help)
    usage
    exit 0
    ;;
  *)
    usage >&2
    exit 2
    ;;
esac
[[ $offset =~ ^[0-9]{1,5}$ ]] || fail '--port-offset: a number is expected'
[ -d "$run/organizations" ] || fail "$run holds no network: start the quick start first"
run=$(cd "$run" && pwd)
organizations=$run/organizations
nodes=$run/jangbu/nodes
work=$run/test-network
tree=$work/organizations
# All authorities show the TLS certificate of Org1's peer.
tls_root=$organizations/peerOrganizations/org1.example.com/tlsca/tlsca.org1.example.com-cert.pem
mkdir -p "$work"

# --- the two organisations -----------------------------------------------------------------------------------------------------------

say() { printf '%s\n' "$*"; }

# as ORG ARGUMENTS…: the command line with the key of an organisation's administrator, which the server never sees. ORG is org1, org2 or orderer.
as() {
  local folder=$organizations/peerOrganizations/$1.example.com domain=$1.example.com msp
  case $1 in
    org1) msp=Org1MSP ;;
    org2) msp=Org2MSP ;;
    orderer) folder=$organizations/ordererOrganizations/example.com domain=example.com msp=OrdererMSP ;;
  esac
  shift
  "$project/cli/bin/jangbu" "$@" --server "https://localhost:$((8443 + offset))" \
    --tls-ca "$tls_root" \
    --msp-dir "$folder/users/Admin@$domain/msp" --msp-id "$msp"
}

# told WORD OUTPUT: one of the words of what was printed is this one.
told() { tr -cs 'A-Za-z0-9_.:+-' '\n' <<<"$2" | grep -Fxq -- "$1"; }

# --- createChannel -------------------------------------------------------------------------------------------------------------------

member() {
  cat <<MEMBER
  - mspId: Org$1MSP
    mspDir: ../organizations/peerOrganizations/org$1.example.com/msp
    anchorPeers: ["peer0.org$1.example.com:$2"]
    roles: {endorsing: [peer0.org$1.example.com], leading: [peer0.org$1.example.com]}
MEMBER
}

found_channel() {
  local block=$work/$channel.block
  if told "$channel" "$(as orderer osnadmin channel list)"; then
    say "Channel $channel is there."
    [ -f "$block" ] || as org1 channel fetch oldest "$block" -c "$channel" >/dev/null
    return
  fi
  {
    echo 'consortium: TrialConsortium'
    echo 'ordererOrganizations:'
    echo '  - {mspId: OrdererMSP, mspDir: ../organizations/ordererOrganizations/example.com/msp, addresses: ["orderer.example.com:7050"]}'
    echo 'organizations:'
    member 1 7051
    member 2 9051
  } >"$work/$channel.yaml"
  as org1 channel create --profile "$work/$channel.yaml" -c "$channel" --outputBlock "$block" >/dev/null
  say "Channel $channel has been founded."
}

join_peers() {
  local organization peer
  for organization in org1 org2; do
    peer=peer0.$organization.example.com
    if ! told "$channel" "$(as "$organization" channel list --peer "$peer")"; then
      as "$organization" channel join -b "$work/$channel.block" --peer "$peer" >/dev/null
    fi
    say "$peer takes part in it."
  done
}

# pem FILE: its lines as one text of JSON.
pem() { awk '{ sub(/\r$/, ""); printf "%s\\n", $0 }' "$1"; }

# grpc_port NODE: where the node listens; the server moves all of its ports.
grpc_port() {
  local port
  port=$(sed -n 's/^listen=.*:\([0-9]*\)$/\1/p' "$nodes/$1/grpc.properties")
  [ -n "$port" ] || fail "$1 serves no gRPC"
  echo $((port + offset))
}

# The organisations' folders as links, so that there is one place with keys and what nodes renew is seen. Of the authorities only certificates
# are there: behind the organisation's root the one of TLS, since in Fabric's test network one authority vouches for both.
folders() {
  local folder target entry
  for folder in "$organizations"/peerOrganizations/* "$organizations"/ordererOrganizations/*; do
    target=$tree/${folder#"$organizations/"}
    mkdir -p "$target/ca"
    for entry in "$folder"/*; do
      case $entry in
        */ca | */connection-*) ;;
        *) ln -sfn "$entry" "$target/${entry##*/}" ;;
      esac
    done
    for entry in "$folder"/ca/*-cert.pem; do
      cat "$entry" "$tls_root" >"$target/ca/${entry##*/}"
    done
  done
}

# profile NUMBER CA-PORT: the connection profile of an organisation, as Fabric's SDKs read it; JSON is YAML too.
profile() {
  local domain=org$1.example.com
  local folder=$tree/peerOrganizations/$domain
  cat >"$folder/connection-org$1.json" <<PROFILE
{
  "name": "jangbu-org$1",
  "version": "1.0.0",
  "client": {"organization": "Org$1", "connection": {"timeout": {"peer": {"endorser": "300"}}}},
  "organizations": {
    "Org$1": {"mspid": "Org$1MSP", "peers": ["peer0.$domain"], "certificateAuthorities": ["ca.$domain"]}
  },
  "peers": {
    "peer0.$domain": {
      "url": "grpcs://localhost:$(grpc_port "peer0.$domain")",
      "tlsCACerts": {"pem": "$(pem "$folder/tlsca/tlsca.$domain-cert.pem")"},
      "grpcOptions": {"ssl-target-name-override": "peer0.$domain", "hostnameOverride": "peer0.$domain"}
    }
  },
  "certificateAuthorities": {
    "ca.$domain": {
      "url": "https://localhost:$2",
      "caName": "ca-org$1",
      "tlsCACerts": {"pem": ["$(pem "$tls_root")"]},
      "httpOptions": {"verify": true}
    }
  }
}
PROFILE
  cp "$folder/connection-org$1.json" "$folder/connection-org$1.yaml"
  say "$folder/connection-org$1.json"
}

link_samples() {
  local target=$samples/test-network/organizations kind
  [ -d "$target" ] || fail "$samples is no checkout of fabric-samples"
  for kind in peerOrganizations ordererOrganizations; do
    if [ -e "$target/$kind" ] && [ ! -L "$target/$kind" ]; then
      fail "$target/$kind belongs to another network; take it away first"
    fi
    ln -sfn "$tree/$kind" "$target/$kind"
    say "$target/$kind"
  done
}

create_channel() {
  found_channel
  join_peers
  folders
  profile 1 "$((7054 + offset))"
  profile 2 "$((8054 + offset))"
  [ -z "$samples" ] || link_samples
}

# --- deployCC ------------------------------------------------------------------------------------------------------------------------

# line FILE TEXT: the file has this line.
line() {
  if [ ! -f "$1" ] || ! grep -Fxq -- "$2" "$1"; then
    printf '%s\n' "$2" >>"$1"
  fi
}

# code FOLDER ADDRESS: what goes into the package, gathered there.
code() {
  local jars=()
  rm -rf "$1"
  mkdir -p "$1"
  if [ -d "$path/META-INF/statedb" ]; then
    mkdir -p "$1/META-INF"
    cp -r "$path/META-INF/statedb" "$1/META-INF/"
  fi
  if [ "$language" != java ]; then
    printf '{"address":"%s","dial_timeout":"10s","tls_required":false}\n' "$2" >"$1/connection.json"
    return
  fi
  shopt -s nullglob
  if [ -f "$path" ]; then
    jars=("$path")
  else
    jars=("$path"/build/libs/*.jar)
    [ "${#jars[@]}" -gt 0 ] || jars=("$path"/*.jar)
  fi
  shopt -u nullglob
  [ "${#jars[@]}" -gt 0 ] || fail "$path holds no jar: build the contract first, such as with ./gradlew shadowJar"
  cp "${jars[@]}" "$1/"
}

# next_sequence: one more than that of the definition in force.
next_sequence() {
  local output
  if ! told "$name" "$(as org1 chaincode querycommitted -C "$channel")"; then
    echo 1
    return
  fi
  output=$(as org1 chaincode querycommitted -C "$channel" -n "$name" -O json)
  output=$(sed -n 's/.*"sequence": *"\{0,1\}\([0-9]*\).*/\1/p' <<<"$output" | head -n 1)
  [ -n "$output" ] || fail "$name has no sequence that can be read"
  echo $((output + 1))
}

# pack FILE ADDRESS: writes the package and tells its id.
pack() {
  local label=${name}_$version type=ccaas
  [ "$language" != java ] || type=java
  code "$work/code" "$2"
  "$project/cli/bin/jangbu" chaincode package "$1" --path "$work/code" --lang "$type" --label "$label" >/dev/null
  "$project/cli/bin/jangbu" chaincode calculatepackageid "$1" | grep -o "$label:[0-9a-f]*"
}

# agree ORG FILE ID: the organisation installs its package and approves the definition with it.
agree() {
  if ! told "$3" "$(as "$1" chaincode queryinstalled --peer "peer0.$1.example.com")"; then
    as "$1" chaincode install "$2" --peer "peer0.$1.example.com" >/dev/null
  fi
  as "$1" chaincode approveformyorg "${facts[@]}" --package-id "$3" >/dev/null
  say "$1.example.com has installed and approved $3"
}

deploy() {
  local first=${address%%,*} second=${address##*,} id other
  [[ $name =~ ^[A-Za-z0-9]+([-_][A-Za-z0-9]+)*$ ]] || fail '-ccn: the name of a contract is expected'
  [ -e "$path" ] || fail '-ccp: where the contract is'
  case $language in
    java | javascript | typescript | go | ccaas) ;;
    *) fail "-ccl $language: java, javascript, typescript, go or ccaas is expected" ;;
  esac
  [ ! -d "$path" ] || path=$(cd "$path" && pwd)
  id=$(pack "$work/$name.tgz" "$first")
  other=$id
  [ "$first" = "$second" ] || other=$(pack "$work/$name-org2.tgz" "$second")
  # Contracts run inside the server, and services are called, only if its operator says so.
  if [ "$language" = java ]; then
    line "$run/jangbu/packages/allowed" "$id"
  else
    line "$run/jangbu/packages/services" "$first"
    line "$run/jangbu/packages/services" "$second"
  fi
  [ -n "$sequence" ] || sequence=$(next_sequence)
  facts=(-C "$channel" -n "$name" -v "$version" --sequence "$sequence")
  [ -z "$policy" ] || facts+=(--signature-policy "$policy")
  [ -z "$collections" ] || facts+=(--collections-config "$collections")
  [ -z "$initialized" ] || facts+=(--init-required)
  agree org1 "$work/$name.tgz" "$id"
  if [ "$id" = "$other" ]; then
    agree org2 "$work/$name.tgz" "$id"
  else
    agree org2 "$work/$name-org2.tgz" "$other"
  fi
  as org1 chaincode commit "${facts[@]}" >/dev/null
  say "$name $version is in force on $channel, sequence $sequence"
  if [ "$language" = java ]; then
    load
  elif [ "$id" = "$other" ]; then
    how_to_start "$first" "$id"
  else
    how_to_start "$first" "$id" CORE_PEER_LOCALMSPID=Org1MSP
    how_to_start "$second" "$other" CORE_PEER_LOCALMSPID=Org2MSP
  fi
}

# Contracts are loaded by their first call, a large one in some seconds: applications shall not wait for it.
load() {
  local organization output
  for organization in org1 org2; do
    output=$(as "$organization" chaincode query -C "$channel" -n "$name" org.hyperledger.fabric:GetMetadata 2>&1) \
      || say "It does not describe itself at $organization.example.com: $output"
  done
}

# how_to_start ADDRESS ID [VARIABLE…]
how_to_start() {
  local there=$1 id=$2
  shift 2
  case $language in
    javascript | typescript)
      say "Start the service: cd $path && ${*:+$* }npx fabric-chaincode-node server --chaincode-address=$there --chaincode-id=$id"
      ;;
    *) say "Start the service with CHAINCODE_SERVER_ADDRESS=$there CHAINCODE_ID=$id CORE_CHAINCODE_ID_NAME=$id${*:+ $*}" ;;
  esac
}

# -------------------------------------------------------------------------------------------------------------------------------------

case $command in
  createChannel) create_channel ;;
  deployCC) deploy ;;
esac
