// Fabric's own client, unmodified, against the peer of Org1 of the trial. Each test takes keys of its own; they may run again on the same ledger.
'use strict';

const assert = require('node:assert/strict');
const crypto = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const os = require('node:os');
const {test, before, after} = require('node:test');
const grpc = require('@grpc/grpc-js');
const {
	checkpointers, connect, hash, signers, EndorseError, GatewayError, CommitStatusError
} = require('@hyperledger/fabric-gateway');

const channelName = process.env.JANGBU_CHANNEL;
const peer = {address: 'peer0.org1.example.com:7051', mspId: 'Org1MSP'};
const run = crypto.randomBytes(4).toString('hex');
const named = (word) => `node-${word}-${run}`;
const text = (bytes) => Buffer.from(bytes).toString('utf8');
const only = (folder) => path.join(folder, fs.readdirSync(folder)[0]);
const msp = (variable) => process.env[variable];

const identityOf = (folder, mspId) => ({mspId, credentials: fs.readFileSync(only(path.join(folder, 'signcerts')))});
const signerOf = (folder) =>
	signers.newPrivateKeySigner(crypto.createPrivateKey(fs.readFileSync(only(path.join(folder, 'keystore')))));

const identity = identityOf(msp('JANGBU_USER_MSP'), 'Org1MSP');
const signer = signerOf(msp('JANGBU_USER_MSP'));
const foreignSigner = signerOf(msp('JANGBU_OTHER_MSP'));

let client;
let gateway;
let network;
let values;
let remittance;
let probe;

before(() => {
	client = new grpc.Client(
		process.env.JANGBU_PEER, grpc.credentials.createSsl(fs.readFileSync(process.env.JANGBU_TLS_ROOT)),
		{'grpc.ssl_target_name_override': 'peer0.org1.example.com'});
	gateway = connect({client, identity, signer, hash: hash.sha256});
	network = gateway.getNetwork(channelName);
	values = network.getContract('keyvalue');
	remittance = network.getContract('remittance');
	probe = network.getContract('probe');
});

after(() => {
	gateway.close();
	client.close();
});

async function failureOf(promise, type) {
	try {
		await promise;
	} catch (error) {
		assert.ok(error instanceof type, `${error.constructor.name} is no ${type.name}: ${error.message}`);
		return error;
	}
	return assert.fail('it was not refused');
}

function assertFailure(error, code, words, details) {
	assert.equal(error.cause.details, words);
	assert.equal(error.code, code);
	assert.deepEqual(error.details.map(({address, mspId, message}) => ({address, mspId, message})), details);
}

test('submits and evaluates', async () => {
	const key = named('counter');
	assert.equal(text(await values.submitTransaction('increment', key)), '1');
	assert.equal(text(await values.evaluateTransaction('get', key)), '1');
});

test('submits without waiting', async () => {
	const commit = await values.submitAsync('increment', {arguments: [named('async')]});
	assert.equal(text(commit.getResult()), '1');
	const status = await commit.getStatus();
	assert.equal(status.successful, true);
	assert.ok(status.blockNumber > 0n);
});

test('signs everything offline', async () => {
	const key = named('offline');
	const unsigned = connect({client, identity, hash: hash.sha256});
	const proposal = unsigned.getNetwork(channelName).getContract('keyvalue')
		.newProposal('increment', {arguments: [key]});
	const signedProposal = unsigned.newSignedProposal(proposal.getBytes(), await signer(proposal.getDigest()));
	const transaction = await signedProposal.endorse();
	const signedTransaction =
		unsigned.newSignedTransaction(transaction.getBytes(), await signer(transaction.getDigest()));
	const commit = await signedTransaction.submit();
	const signedCommit = unsigned.newSignedCommit(commit.getBytes(), await signer(commit.getDigest()));
	assert.equal((await signedCommit.getStatus()).successful, true);
	unsigned.close();
});

test('has the words of a contract that refuses', async () => {
	const words = 'chaincode response 500, there is no value under this key';
	assertFailure(
		await failureOf(values.evaluateTransaction('get', named('nothing')), GatewayError), grpc.status.UNKNOWN,
		`evaluate call to endorser returned error: ${words}`, [{...peer, message: words}]);
	assertFailure(
		await failureOf(probe.submitTransaction('refuse', 'not on a Sunday'), EndorseError), grpc.status.ABORTED,
		'failed to endorse transaction, see attached details for more info',
		[{...peer, message: 'chaincode response 500, not on a Sunday'}]);
});

test('learns which endorsers differ', async () => {
	assertFailure(
		await failureOf(probe.submitTransaction('differ', named('differ')), EndorseError), grpc.status.ABORTED,
		'failed to collect enough transaction endorsements, see attached details for more info',
		[{address: 'peer0.org2.example.com:9051', mspId: 'Org2MSP', message: 'ProposalResponsePayloads do not match'}]);
});

test('learns what is missing', async () => {
	const nothing = network.getContract('nothing');
	assertFailure(
		await failureOf(nothing.evaluateTransaction('get'), GatewayError), grpc.status.FAILED_PRECONDITION,
		`no peers available to evaluate chaincode nothing in channel ${channelName}`, []);
	assertFailure(
		await failureOf(nothing.submitTransaction('put'), EndorseError), grpc.status.FAILED_PRECONDITION,
		'no combination of peers can be derived which satisfy the endorsement policy: '
			+ `No metadata was found for chaincode nothing in channel ${channelName}`, []);
	assertFailure(
		await failureOf(gateway.getNetwork('elsewhere').getContract('keyvalue').evaluateTransaction('get'), GatewayError),
		grpc.status.UNAVAILABLE, "channel 'elsewhere' not found", []);
	assertFailure(
		await failureOf(
			values.submit('increment', {arguments: [named('org7')], endorsingOrganizations: ['Org1MSP', 'Org7MSP']}),
			EndorseError),
		grpc.status.UNAVAILABLE, 'failed to find any endorsing peers for org(s): Org7MSP', []);
});

test('is refused with a key that is not its own', async () => {
	const forger = connect({client, identity, signer: foreignSigner, hash: hash.sha256});
	const contract = forger.getNetwork(channelName).getContract('keyvalue');
	const words = `error validating proposal: access denied: channel [${channelName}] creator org [Org1MSP]`;
	assertFailure(
		await failureOf(contract.evaluateTransaction('get', 'a'), GatewayError), grpc.status.FAILED_PRECONDITION,
		`evaluate call to endorser returned error: ${words}`, [{...peer, message: words}]);
	const transaction = await values.newProposal('increment', {arguments: [named('forged')]}).endorse();
	const forged = forger.newSignedTransaction(transaction.getBytes(), await foreignSigner(transaction.getDigest()));
	const submitted = await failureOf(forged.submit(), GatewayError);
	assert.equal(submitted.code, grpc.status.ABORTED);
	assert.match(submitted.cause.details, /^received unsuccessful response from orderer: status=FORBIDDEN, info=/);
	const commit = await transaction.submit();
	const wait = forger.newSignedCommit(commit.getBytes(), await foreignSigner(commit.getDigest()));
	assert.equal((await failureOf(wait.getStatus(), CommitStatusError)).code, grpc.status.PERMISSION_DENIED);
	assert.equal((await commit.getStatus()).successful, true);
	const events = await forger.getNetwork(channelName).getChaincodeEvents('remittance', {startBlock: 0n});
	assert.equal((await failureOf(next(events), GatewayError)).code, grpc.status.PERMISSION_DENIED);
	forger.close();
});

async function next(events) {
	for await (const event of events) {
		return event;
	}
	return undefined;
}

async function pay(from, to) {
	const commit = await remittance.submitAsync('transfer', {arguments: [from, to, '1']});
	const status = await commit.getStatus();
	assert.equal(status.successful, true);
	return status;
}

test('follows the events of a contract and goes on where it stopped', async () => {
	const [from, to] = [named('payer'), named('payee')];
	await remittance.submitTransaction('open', from, '100');
	await remittance.submitTransaction('open', to, '0');
	const payments = [await pay(from, to), await pay(from, to), await pay(from, to)];
	const file = path.join(os.tmpdir(), named('checkpoint'));
	const checkpointer = await checkpointers.file(file);
	const seen = [];
	for (let resumed = 0; resumed < payments.length; resumed++) {
		const events = await network.getChaincodeEvents(
			'remittance', {startBlock: payments[0].blockNumber, checkpoint: checkpointer});
		try {
			const event = await next(events);
			seen.push(event.transactionId);
			assert.equal(event.eventName, 'transfer');
			assert.equal(event.chaincodeName, 'remittance');
			await checkpointer.checkpointChaincodeEvent(event);
		} finally {
			events.close();
		}
	}
	assert.deepEqual(seen, payments.map((payment) => payment.transactionId));
	fs.rmSync(file);
});

test('hears of what is committed after it began to listen', async () => {
	const [from, to] = [named('early'), named('late')];
	await remittance.submitTransaction('open', from, '100');
	await remittance.submitTransaction('open', to, '0');
	const events = await network.getChaincodeEvents('remittance');
	const heard = next(events);
	const payment = await pay(from, to);
	// Other tests pay nobody at this moment.
	assert.equal((await heard).transactionId, payment.transactionId);
	events.close();
});

for (const [kind, listen, numberOf] of [
	['blocks', 'getBlockEvents', (block) => BigInt(block.getHeader().getNumber())],
	['filtered blocks', 'getFilteredBlockEvents', (block) => BigInt(block.getNumber())],
	['blocks with private data', 'getBlockAndPrivateDataEvents', (block) => BigInt(block.getBlock().getHeader().getNumber())],
]) {
	test(`follows ${kind} and goes on where it stopped`, async () => {
		const checkpointer = checkpointers.inMemory();
		const numbers = [];
		for (let resumed = 0; resumed < 3; resumed++) {
			const blocks = await network[listen]({startBlock: 0n, checkpoint: checkpointer});
			try {
				const number = numberOf(await next(blocks));
				numbers.push(number);
				await checkpointer.checkpointBlock(number);
			} finally {
				blocks.close();
			}
		}
		assert.deepEqual(numbers, [0n, 1n, 2n]);
	});
}
