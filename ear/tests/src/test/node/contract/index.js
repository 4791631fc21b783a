'use strict';

const { Contract } = require('fabric-contract-api');

/** Does what a contract may do, so that the peer is asked every kind of question. */
class Ledgerbook extends Contract {
  constructor() {
    super('ledgerbook');
  }

  async put(ctx, key, value) {
    await ctx.stub.putState(key, Buffer.from(value));
    ctx.stub.setEvent('put', Buffer.from(key));
    return value;
  }

  async putMany(ctx, prefix, count) {
    for (let i = 0; i < Number(count); i++) {
      await ctx.stub.putState(`${prefix}${String(i).padStart(4, '0')}`, Buffer.from(String(i)));
    }
  }

  async get(ctx, key) {
    const value = await ctx.stub.getState(key);
    if (value.length === 0) {
      throw new Error(`no ${key}`);
    }
    return value.toString();
  }

  async remove(ctx, key) {
    await ctx.stub.deleteState(key);
  }

  async count(ctx, start, end) {
    let rows = 0;
    for await (const row of ctx.stub.getStateByRange(start, end)) {
      rows += row.key >= start ? 1 : 0;
    }
    return rows;
  }

  async page(ctx, start, end, size, bookmark) {
    const { iterator, metadata } = await ctx.stub.getStateByRangeWithPagination(start, end, Number(size), bookmark);
    let rows = 0;
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
      rows++;
    }
    return `${rows} ${metadata.fetchedRecordsCount} ${metadata.bookmark}`;
  }

  async find(ctx, query) {
    const keys = [];
    for await (const row of ctx.stub.getQueryResult(query)) {
      keys.push(`${row.key}=${Buffer.from(row.value).toString()}`);
    }
    return keys.join(' ');
  }

  async findPage(ctx, query, size, bookmark) {
    const { iterator, metadata } = await ctx.stub.getQueryResultWithPagination(query, Number(size), bookmark);
    const keys = [];
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
      keys.push(next.value.key);
    }
    return `${keys.join(',')} ${metadata.fetchedRecordsCount} ${metadata.bookmark}`;
  }

  async history(ctx, key) {
    const values = [];
    for await (const change of ctx.stub.getHistoryForKey(key)) {
      values.push(change.isDelete ? '-' : Buffer.from(change.value).toString());
    }
    return values.join(' ');
  }

  async index(ctx, kind, owner, id) {
    await ctx.stub.putState(ctx.stub.createCompositeKey(kind, [owner, id]), Buffer.from([0]));
  }

  async owned(ctx, kind, owner) {
    const found = [];
    for await (const row of ctx.stub.getStateByPartialCompositeKey(kind, [owner])) {
      found.push(ctx.stub.splitCompositeKey(row.key).attributes[1]);
    }
    return found.join(' ');
  }

  async whisper(ctx, collection, key) {
    await ctx.stub.putPrivateData(collection, key, ctx.stub.getTransient().get('secret'));
  }

  async whispered(ctx, collection, key) {
    return (await ctx.stub.getPrivateData(collection, key)).toString();
  }

  async overheard(ctx, collection, query) {
    const found = [];
    for await (const row of ctx.stub.getPrivateDataQueryResult(collection, query)) {
      found.push(`${row.key}=${Buffer.from(row.value).toString()}`);
    }
    return found.join(' ');
  }

  async guard(ctx, key, policy) {
    await ctx.stub.setStateValidationParameter(key, Buffer.from(policy, 'base64'));
  }

  async guarded(ctx, key) {
    const policy = await ctx.stub.getStateValidationParameter(key);
    return policy === undefined ? 'none' : Buffer.from(policy).toString('base64');
  }

  async ask(ctx, chaincode, name, argument) {
    const answer = await ctx.stub.invokeChaincode(chaincode, [name, argument], '');
    return `${answer.status} ${Buffer.from(answer.payload).toString()}`;
  }

  async who(ctx) {
    return ctx.clientIdentity.getMSPID();
  }
}

exports.contracts = [Ledgerbook];
