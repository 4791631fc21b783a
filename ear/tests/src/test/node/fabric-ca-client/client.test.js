// Fabric's own client, unmodified, against ca-org1 of the trial. Each test takes names of its own; they may run again on the same registry.
'use strict';

const assert = require('node:assert/strict');
const crypto = require('node:crypto');
const fs = require('node:fs');
const {test, before} = require('node:test');
const FabricCAServices = require('fabric-ca-client');
const {User} = require('fabric-common');

// The machine may be busy; the usual three seconds are a client's choice.
FabricCAServices.setConfigSetting('connection-timeout', 60000);

const url = process.env.JANGBU_CA_URL;
const tlsOptions = {trustedRoots: [fs.readFileSync(process.env.JANGBU_CA_TLS_ROOT)], verify: true};
const ca = new FabricCAServices(url, tlsOptions, 'ca-org1');
const run = crypto.randomBytes(4).toString('hex');
const named = (word) => `${word}-${run}`;
let admin;

async function userOf(name, enrollment, service = ca) {
	const user = new User(name);
	user.setCryptoSuite(service.getCryptoSuite());
	await user.setEnrollment(enrollment.key, enrollment.certificate, 'Org1MSP', true);
	return user;
}

async function enroll(name, secret, more = {}) {
	return userOf(name, await ca.enroll({enrollmentID: name, enrollmentSecret: secret, ...more}));
}

async function newUser(word, more = {}) {
	const enrollmentID = named(word);
	const secret = await ca.register(
		{enrollmentID, role: 'client', affiliation: 'org1.department1', maxEnrollments: -1, ...more}, admin);
	return {enrollmentID, secret, user: await enroll(enrollmentID, secret)};
}

const certificateOf = (user) => new crypto.X509Certificate(user.getIdentity()._certificate);

function attributesOf(user) {
	const raw = certificateOf(user).raw;
	const text = raw.toString('latin1');
	const start = text.indexOf('{"attrs":');
	return JSON.parse(Buffer.from(text.slice(start, text.indexOf('}}', start) + 2), 'latin1').toString('utf8')).attrs;
}

function refusedWith(code) {
	return (error) => {
		assert.equal(error.success, false, String(error));
		assert.equal(error.errors[0].code, code, JSON.stringify(error.errors));
		return true;
	};
}

const issuer = {};

before(async () => {
	admin = await enroll('admin', process.env.JANGBU_CA_ADMIN_SECRET);
	const all = await ca.newCertificateService().getCertificates({id: 'admin'}, admin);
	assert.ok(all.result.certs.length > 0);
});

test('the authority says who it is', async () => {
	const info = await ca.getCaInfo(admin);
	assert.equal(info.caName, 'ca-org1');
	const root = new crypto.X509Certificate(info.caChain);
	assert.ok(certificateOf(admin).verify(root.publicKey));
	issuer.certificate = root;
});

test('somebody is registered with attributes, enrols, and enrols again', async () => {
	const {user, enrollmentID} = await newUser('attributes', {
		attrs: [{name: 'department', value: 'shipping', ecert: true}, {name: 'salary', value: 'low'}],
	});
	assert.match(certificateOf(user).subject, /OU=client\nOU=org1\nOU=department1\nCN=attributes-/);
	assert.deepEqual(attributesOf(user), {
		department: 'shipping',
		'hf.Affiliation': 'org1.department1',
		'hf.EnrollmentID': enrollmentID,
		'hf.Type': 'client',
	});
	const again = await userOf(enrollmentID, await ca.reenroll(user, [{name: 'salary', optional: false}]));
	assert.deepEqual(attributesOf(again), {salary: 'low'});
	assert.notEqual(certificateOf(again).serialNumber, certificateOf(user).serialNumber);
	await assert.rejects(ca.reenroll(user, [{name: 'missing', optional: false}]), refusedWith(81));
});

test('a wrong secret and an unknown name are refused alike', async () => {
	await assert.rejects(ca.enroll({enrollmentID: named('nobody'), enrollmentSecret: 'x'}), refusedWith(20));
	const {enrollmentID} = await newUser('guessed');
	await assert.rejects(ca.enroll({enrollmentID, enrollmentSecret: 'x'}), refusedWith(20));
});

test('a secret serves once when it may serve once', async () => {
	const enrollmentID = named('once');
	const enrollmentSecret = await ca.register({enrollmentID, affiliation: 'org1', role: 'client'}, admin);
	await ca.enroll({enrollmentID, enrollmentSecret});
	await assert.rejects(ca.enroll({enrollmentID, enrollmentSecret}), refusedWith(20));
});

test('a name is given once, and a request in another name is refused', async () => {
	const {enrollmentID, secret} = await newUser('twice');
	await assert.rejects(ca.register({enrollmentID, affiliation: 'org1', role: 'client'}, admin), refusedWith(74));
	await assert.rejects(
		ca.enroll({enrollmentID, enrollmentSecret: secret, subject: 'CN=admin'}), refusedWith(77));
	await assert.rejects(ca.enroll({enrollmentID, enrollmentSecret: secret, csr: 'garbage'}), refusedWith(31));
});

test('whoever is revoked is on the list and can do nothing any more', async () => {
	const {user, enrollmentID, secret} = await newUser('revoked');
	const answer = await ca.revoke({enrollmentID, reason: 'keycompromise', gencrl: true}, admin);
	assert.equal(answer.result.RevokedCerts.length, 1);
	const serial = certificateOf(user).serialNumber.toLowerCase().replace(/^0+/, '');
	assert.equal(answer.result.RevokedCerts[0].Serial, serial);
	assert.match(Buffer.from(answer.result.CRL, 'base64').toString(), /^-----BEGIN X509 CRL-----/);
	const list = Buffer.from(await ca.generateCRL({}, admin), 'base64').toString();
	const der = Buffer.from(list.replace(/-----.*-----/g, ''), 'base64');
	assert.ok(der.toString('hex').includes(serial));
	await assert.rejects(ca.reenroll(user), refusedWith(20));
	await assert.rejects(ca.enroll({enrollmentID, enrollmentSecret: secret}), refusedWith(20));
});

test('one certificate is revoked by its numbers', async () => {
	const {user, enrollmentID, secret} = await newUser('numbers');
	const other = await enroll(enrollmentID, secret);
	const revoked = await ca.revoke({enrollmentID: named('numbers'), reason: 'superseded'}, admin);
	const {AKI} = revoked.result.RevokedCerts[0];
	assert.equal(revoked.result.RevokedCerts.length, 2);
	const fresh = await newUser('numbers2');
	const serial = certificateOf(fresh.user).serialNumber;
	const one = await ca.revoke({aki: AKI, serial}, admin);
	assert.equal(one.result.RevokedCerts.length, 1);
	await assert.rejects(ca.revoke({aki: AKI, serial}, admin), refusedWith(66));
	assert.ok(await enroll(fresh.enrollmentID, fresh.secret));
	await assert.rejects(ca.reenroll(user), refusedWith(20));
	await assert.rejects(ca.reenroll(other), refusedWith(20));
});

test('rights are not exceeded', async () => {
	const {user} = await newUser('plain');
	await assert.rejects(
		ca.register({enrollmentID: named('x'), affiliation: 'org1.department1', role: 'client'}, user), refusedWith(71));
	await assert.rejects(ca.revoke({enrollmentID: 'admin'}, user), refusedWith(71));
	await assert.rejects(ca.generateCRL({}, user), refusedWith(71));
	await assert.rejects(ca.newIdentityService().getAll(user), refusedWith(71));
	await assert.rejects(ca.newAffiliationService().getAll(user), refusedWith(71));
	const {user: registrar} = await newUser('registrar', {
		affiliation: 'org1',
		attrs: [
			{name: 'hf.Registrar.Roles', value: 'client'},
			{name: 'hf.Registrar.Attributes', value: 'app.*'},
		],
	});
	const wish = (more) => ({enrollmentID: named('wish'), affiliation: 'org1', role: 'client', ...more});
	await assert.rejects(ca.register(wish({role: 'peer'}), registrar), refusedWith(71));
	await assert.rejects(ca.register(wish({affiliation: 'org2'}), registrar), refusedWith(71));
	await assert.rejects(ca.register(wish({attrs: [{name: 'hf.Revoker', value: 'true'}]}), registrar), refusedWith(71));
	assert.ok(await ca.register(wish({attrs: [{name: 'app.role', value: 'clerk'}]}), registrar));
});

test('identities are made, read, changed and removed', async () => {
	const service = ca.newIdentityService();
	const enrollmentID = named('identity');
	const secret = await service.create({enrollmentID, affiliation: 'org1', type: 'client', maxEnrollments: 3}, admin);
	assert.ok(secret.length > 12);
	const one = await service.getOne(enrollmentID, admin);
	assert.equal(one.result.max_enrollments, 3);
	assert.equal(one.result.caname, 'ca-org1');
	const changed = await service.update(
		enrollmentID, {affiliation: 'org1.department2', attrs: [{name: 'a', value: '1'}], enrollmentSecret: 'fresh'}, admin);
	assert.equal(changed.result.affiliation, 'org1.department2');
	assert.ok(changed.result.attrs.some((attr) => attr.name === 'a' && attr.value === '1'));
	assert.ok(await enroll(enrollmentID, 'fresh'));
	const all = await service.getAll(admin);
	assert.ok(all.result.identities.some((identity) => identity.id === enrollmentID));
	await service.delete(enrollmentID, admin, true);
	await assert.rejects(service.getOne(enrollmentID, admin), refusedWith(63));
});

test('affiliations are made, read, changed and removed', async () => {
	const service = ca.newAffiliationService();
	const top = named('org');
	await assert.rejects(service.create({name: `${top}.a.b`}, admin), refusedWith(60));
	await service.create({name: `${top}.a.b`, force: true}, admin);
	const one = await service.getOne(top, admin);
	assert.equal(one.result.name, top);
	assert.equal(one.result.affiliations[0].affiliations[0].name, `${top}.a.b`);
	const renamed = await service.update(`${top}.a`, {name: `${top}.c`, force: true}, admin);
	assert.equal(renamed.result.affiliations[0].name, `${top}.c.b`);
	const all = await service.getAll(admin);
	assert.ok(all.result.affiliations.some((affiliation) => affiliation.name === top));
	await assert.rejects(service.delete({name: top}, admin), refusedWith(71));
	await service.delete({name: top, force: true}, admin);
	await assert.rejects(service.getOne(top, admin), refusedWith(63));
});

test('certificates are found by owner, number and time', async () => {
	const service = ca.newCertificateService();
	const {user, enrollmentID} = await newUser('found');
	const find = async (query) => (await service.getCertificates(query, admin)).result.certs.map((cert) => cert.PEM);
	const own = user.getIdentity()._certificate.trim();
	assert.deepEqual((await find({id: enrollmentID})).map((pem) => pem.trim()), [own]);
	assert.equal((await find({serial: certificateOf(user).serialNumber})).length, 1);
	assert.equal((await find({id: enrollmentID, expired_end: '+30d'})).length, 0);
	assert.equal((await find({id: enrollmentID, notexpired: true, notrevoked: true})).length, 1);
	await ca.revoke({enrollmentID}, admin);
	assert.equal((await find({id: enrollmentID, notrevoked: true})).length, 0);
	assert.equal((await find({id: enrollmentID, revoked_start: '-1h'})).length, 1);
	await assert.rejects(find({expired_start: 'yesterday'}), refusedWith(67));
});

test('another authority is found at its own port alone', async () => {
	const other = new FabricCAServices(url, tlsOptions, 'ca-org2');
	await assert.rejects(other.enroll({enrollmentID: 'admin', enrollmentSecret: 'x'}), refusedWith(19));
});
