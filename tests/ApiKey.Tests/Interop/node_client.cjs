// The AWS SDK for JavaScript on the emulator, in short: keys, tags, paging, errors, file import, usage plans.
const assert = require('node:assert');
const sdk = require('@aws-sdk/client-api-gateway');

(async () => {
  const client = new sdk.APIGatewayClient({ region: 'us-east-1', endpoint: process.argv[2], maxAttempts: 1, credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' } });
  const send = (name, input) => client.send(new sdk[`${name}Command`](input));
  const key = await send('CreateApiKey', { name: 'node', enabled: true, tags: { a: '1' } });
  assert.ok(key.createdDate instanceof Date);
  const resourceArn = `arn:aws:apigateway:us-east-1::/apikeys/${key.id}`;
  await send('TagResource', { resourceArn, tags: { 'b c': 'd/e' } });
  await send('UntagResource', { resourceArn, tagKeys: ['a'] });
  assert.deepStrictEqual((await send('GetTags', { resourceArn })).tags, { 'b c': 'd/e' });
  const imported = await send('ImportApiKeys', { format: 'csv', body: Buffer.from(`Name,Key\nx,${'x'.repeat(20)}\ny,${'y'.repeat(20)}`) });
  assert.strictEqual(imported.ids.length, 2);
  const names = [];
  for await (const page of sdk.paginateGetApiKeys({ client, pageSize: 2 }, {})) {
    names.push(...page.items.map((item) => item.name));
  }
  assert.deepStrictEqual(names, ['y', 'x', 'node']);
  const updated = await send('UpdateApiKey', { apiKey: key.id, patchOperations: [{ op: 'replace', path: '/description', value: 'd' }] });
  assert.strictEqual(updated.value, undefined);
  const plan = await send('CreateUsagePlan', { name: 'p' });
  await send('CreateUsagePlanKey', { usagePlanId: plan.id, keyId: key.id, keyType: 'API_KEY' });
  assert.strictEqual((await send('GetUsagePlanKeys', { usagePlanId: plan.id })).items[0].value, key.value);
  await send('DeleteApiKey', { apiKey: key.id });
  await assert.rejects(send('GetApiKey', { apiKey: key.id }), (failure) => failure instanceof sdk.NotFoundException && failure.message === 'Invalid API Key identifier specified');
  console.log('done');
})();
