import assert from 'node:assert/strict';
import test from 'node:test';
import { linkMessage } from '../../wwwroot/js/link.js';

const up = { downForMs: 0, silentForMs: 0, nextTryMs: 0, paused: false, since: '', note: '' };

test('nothing is said in the first five seconds', () => {
  assert.equal(linkMessage({ ...up, silentForMs: 5000 }).level, '');
  assert.equal(linkMessage({ ...up, downForMs: 4000, silentForMs: 4000 }).level, '');
});

test('silence is told with its age, red after fifteen seconds', () => {
  assert.deepEqual(linkMessage({ ...up, silentForMs: 7200 }), { level: 'amber', text: 'No data from server for 7 s – values below are old' });
  assert.equal(linkMessage({ ...up, silentForMs: 15_001 }).level, 'red');
});

test('a lost connection says since when, and when the next try is', () => {
  const { level, text } = linkMessage({ ...up, downForMs: 12_000, silentForMs: 11_000, nextTryMs: 3_400, since: '16:42:07' });
  assert.equal(level, 'amber');
  assert.equal(text, 'No connection to the server since 16:42:07 (12 s) – values below are old. Next try in 4 s.');
  assert.match(linkMessage({ ...up, downForMs: 20_000, paused: true, since: '16:42:07' }).text, /^The server is restarting since 16:42:07 .* Trying now\.$/);
});
