import assert from 'node:assert/strict';
import test from 'node:test';
import { codeOf } from '../../wwwroot/js/palette.js';
import { beat, changes, colorsOf, deflated, delta, full, snapshot, start } from './engine-support.mjs';

const lat = 2976000, lon = -9537000, lines = [[[lat, lon, lat, lon + 100]]];
const normal = codeOf(false, 0, 3, 1), out = codeOf(true, 0, 3, 1);
const good = v => snapshot(v, full(0, [normal]), full(1, [out]));
/** A snapshot whose deflated part is no deflate stream. */
const broken = v => { const bytes = snapshot(v, full(0, [normal]), full(1, [normal]), deflated(2, Array(50).fill(normal))); bytes.fill(0xff, bytes.length - 4); bytes[bytes.length - 5] = 7; return bytes; };

function quiet(t) { t.mock.method(console, 'error', () => { }); return start(t, { lines }); }

test('a snapshot that cannot be read asks again, and the second in a row is told as a fault', async t => {
  const { frame, all, tile } = quiet(t), c = tile(lat, lon, 14);
  await frame(broken(1));
  assert.equal(all('gap').length, 1);
  assert.equal(all('fault').length, 0);
  await frame(delta(1, 2, changes(1, [[0, out]])));
  assert.equal(all('gap').length, 1, 'what follows it says nothing new');
  await frame(broken(5));
  assert.equal(all('gap').length, 2);
  assert.match(all('fault')[0].message, /colours stand still/);
  await frame(broken(6));
  assert.equal(all('gap').length, 3);
  assert.ok(all('fault').every((m, i, list) => !i || m.message !== list[i - 1].message), 'the same is not said twice');
  await frame(good(7));
  assert.ok(colorsOf(c).includes('p1'));
});

test('the fault is taken back after half a minute of good frames, not by the first', async t => {
  const { frame, last } = quiet(t);
  await frame(broken(1));
  await frame(broken(2));
  await frame(good(3), 10_000);
  await frame(beat(3), 10_000);
  assert.notEqual(last('fault').message, '');
  await frame(beat(3), 15_000);
  await frame(beat(3));
  assert.equal(last('fault').message, '');
});

test('gaps of the line alone are no fault', async t => {
  const { frame, all } = quiet(t);
  for (let v = 1; v < 50; v += 10) { await frame(good(v)); await frame(delta(v + 5, v + 6, changes(1, [[0, out]]))); }
  assert.equal(all('gap').length, 5);
  assert.deepEqual(all('fault'), []);
});

test('a hit test that fails is answered, and the failure told', t => {
  const { e, last } = quiet(t);
  t.mock.method(e, 'hitTest', () => { throw new Error('no such cell'); });
  e.handle({ type: 'hitTest', id: 7, x: 0, y: 0, radius: 1, zoom: 14 });
  assert.deepEqual(last('hit'), { type: 'hit', id: 7, hits: [] });
  assert.match(last('fault').message, /hitTest: no such cell/);
});

test('a file that is no map file is told as a fault, and the engine goes on', async t => {
  const { e, last, frame } = quiet(t);
  e.handle({ type: 'setAssets', bytes: new Uint8Array([1, 2, 3, 4, 5]) });
  assert.match(last('fault').message, /setAssets/);
  await frame(good(1));
  e.handle({ type: 'ask', layer: 1, id: 0 });
  assert.equal(last('state').code, out);
});
