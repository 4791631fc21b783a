'use strict';

const crypto = require('node:crypto');
const {WorkloadModuleBase} = require('@hyperledger/caliper-core');

/** Each write is 200 bytes under a key that was never used: nothing can conflict. */
class Put extends WorkloadModuleBase {
	async initializeWorkloadModule(...setup) {
		await super.initializeWorkloadModule(...setup);
		this.run = crypto.randomBytes(8).toString('hex');
		this.count = 0;
		this.value = 'v'.repeat(200);
	}

	async submitTransaction() {
		await this.sutAdapter.sendRequests({
			contractId: 'keyvalue',
			contractFunction: 'put',
			contractArguments: [`${this.run}-${this.workerIndex}-${++this.count}`, this.value],
			invokerIdentity: 'User1',
			readOnly: false,
		});
	}
}

module.exports.createWorkloadModule = () => new Put();
