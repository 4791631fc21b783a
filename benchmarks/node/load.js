// Loads a running network with Fabric's client for Node.js and prints the same rows as the driver in Java: one for each number of requests in flight.
// node load.js --organization FOLDER [--workload put|evaluate] [--in-flight 1,128] [--seconds 20] [--warm-up 20] [--server-pid P] [--database-pid P]
'use strict';

const crypto = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const {parseArgs} = require('node:util');
const grpc = require('@grpc/grpc-js');
const {connect, hash, signers} = require('@hyperledger/fabric-gateway');

const {values: options} = parseArgs({options: {
	organization: {type: 'string'},
	address: {type: 'string', default: 'localhost:7051'},
	channel: {type: 'string', default: 'channel1'},
	workload: {type: 'string', default: 'put'},
	'in-flight': {type: 'string', default: '1,128'},
	seconds: {type: 'string', default: '20'},
	'warm-up': {type: 'string', default: '20'},
	most: {type: 'string', default: '100000'},
	'server-pid': {type: 'string'},
	'database-pid': {type: 'string'},
}});
const bounded = (seconds) => Math.max(1, Math.min(600, Number(seconds)));
const only = (folder) => fs.readFileSync(path.join(folder, fs.readdirSync(folder)[0]));
const domain = path.basename(options.organization);
const user = path.join(options.organization, 'users', `User1@${domain}`, 'msp');
const peer = `peer0.${domain}`;
const tlsRoot = fs.readFileSync(path.join(options.organization, 'peers', peer, 'tls', 'ca.crt'));

const client = new grpc.Client(
	options.address, grpc.credentials.createSsl(tlsRoot), {'grpc.ssl_target_name_override': peer});
const gateway = connect({
	client,
	identity: {mspId: domain.startsWith('org1.') ? 'Org1MSP' : 'Org2MSP', credentials: only(path.join(user, 'signcerts'))},
	signer: signers.newPrivateKeySigner(crypto.createPrivateKey(only(path.join(user, 'keystore')))),
	hash: hash.sha256,
});
const network = gateway.getNetwork(options.channel);
const run = crypto.randomBytes(6).toString('hex');
let count = 0;

const workloads = {
	put: () => network.getContract('keyvalue').submitTransaction('put', `${run}-${++count}`, 'v'.repeat(200)),
	evaluate: () => network.getContract('remittance').evaluateTransaction('balance', `e${run}`),
};

// Processor time of a process and all below it, in milliseconds, from /proc (ticks of a hundredth of a second).
function spent(pid) {
	const children = fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map((name) => {
		try {
			const fields = fs.readFileSync(`/proc/${name}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ');
			return {pid: name, parent: fields[1], ticks: fields.slice(11, 15).reduce((sum, each) => sum + Number(each), 0)};
		} catch (ended) {
			if (ended.code === 'ENOENT' || ended.code === 'ESRCH') {
				return {pid: name, parent: '0', ticks: 0};
			}
			throw ended;
		}
	});
	const total = (of) => children.filter(({pid: id}) => id === of)[0].ticks * 10
		+ children.filter(({parent}) => parent === of).reduce((sum, {pid: id}) => sum + total(id), 0);
	return total(String(pid));
}

async function measure(inFlight, seconds) {
	const pids = [options['server-pid'], options['database-pid'], process.pid];
	const before = pids.map((pid) => (pid ? spent(pid) : 0));
	const began = process.hrtime.bigint();
	const deadline = began + BigInt(seconds) * 1000000000n;
	const latencies = [];
	const failures = {};
	let sent = 0;
	await Promise.all(Array.from({length: inFlight}, async () => {
		while (process.hrtime.bigint() < deadline && sent < Number(options.most)) {
			sent++;
			const start = process.hrtime.bigint();
			try {
				await workloads[options.workload]();
				latencies.push(Number(process.hrtime.bigint() - start) / 1e6);
			} catch (error) {
				failures[error.constructor.name] = (failures[error.constructor.name] ?? 0) + 1;
			}
		}
	}));
	const time = Number(process.hrtime.bigint() - began) / 1e9;
	latencies.sort((a, b) => a - b);
	const at = (percent) => (latencies[Math.ceil(latencies.length * percent / 100) - 1] ?? NaN).toFixed(1);
	const each = pids.map((pid, i) => (pid ? ((spent(pid) - before[i]) / Math.max(1, latencies.length)).toFixed(2) : '–'));
	return `| ${inFlight} | ${(latencies.length / time).toFixed(0)} | ${at(50)} | ${at(95)} | ${at(99)} | `
		+ `${Object.keys(failures).length === 0 ? 0 : JSON.stringify(failures)} | ${each.join(' | ')} |`;
}

(async () => {
	await network.getContract('remittance').submitTransaction('open', `e${run}`, '1');
	await measure(32, bounded(options['warm-up']));
	console.log('| in flight | per second | p50 ms | p95 ms | p99 ms | failed | CPU ms each: server | database | driver |');
	console.log('|---|---|---|---|---|---|---|---|---|');
	for (const inFlight of options['in-flight'].split(',').map(Number)) {
		console.log(await measure(inFlight, bounded(options.seconds)));
	}
	gateway.close();
	client.close();
})();
