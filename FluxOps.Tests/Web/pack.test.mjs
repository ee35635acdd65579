import assert from 'node:assert/strict';
import test from 'node:test';
import { numberText, unpack } from '../../wwwroot/js/pack.js';

test('chart data: times, values with gaps, marks', () => {
  const bytes = new Uint8Array(2 * 13);
  new Float64Array(bytes.buffer, 0, 2).set([1_760_000_000, 1_760_000_900]);
  new Float32Array(bytes.buffer, 16, 2).set([1.5, NaN]);
  bytes[25] = 2;
  const { data, marks } = unpack(bytes, 1);
  assert.deepEqual(data, [[1_760_000_000, 1_760_000_900], [1.5, null]]);
  assert.deepEqual([...marks[0]], [0, 2]);
});

test('numbers have their decimals, separated thousands and a true minus', () => {
  assert.equal(numberText(-21846.04, 1), '\u221221,846.0');
  assert.equal(numberText(null, 1), '–');
});
