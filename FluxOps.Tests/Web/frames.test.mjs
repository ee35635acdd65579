import assert from 'node:assert/strict';
import test from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { Addition, AssetState, Beat, Changes, Deflated, Delta, Full, NoGroup, Snapshot, StatusState, Tally, decodeFrame, encodeSnapshot } from '../../wwwroot/js/frames.js';

const u16 = v => { const b = Buffer.alloc(2); b.writeUInt16LE(v); return b; };
const u32 = v => { const b = Buffer.alloc(4); b.writeUInt32LE(v); return b; };
const section = (layer, form, group, n, ...parts) => Buffer.concat([Buffer.from([layer, form]), u16(group), u32(n), ...parts]);
const full = (layer, codes, group = NoGroup) => section(layer, Full, group, codes.length, Buffer.from(codes));
const changes = (layer, list, group = NoGroup) => section(layer, Changes, group, list.length, ...list.map(([id, code]) => Buffer.concat([u32(id), Buffer.from([code])])));
const deflated = (layer, codes, group = NoGroup) => { const d = deflateRawSync(Buffer.from(codes)); return section(layer, Deflated, group, codes.length, u32(d.length), d); };
const tally = (group, list) => section(5, Tally, group, list.length, ...list.map(([code, n]) => Buffer.concat([Buffer.from([code]), u32(n)])));
const header = (kind, version, newest) => { const b = Buffer.alloc(13); b[0] = kind; b.writeUInt32LE(version, 1); b.writeBigInt64LE(BigInt(newest), 5); return b; };
const bytes = (kind, version, ...parts) => new Uint8Array(Buffer.concat([header(kind, version, 1_760_000_000_000 + version), ...parts]));
const snapshot = (version, feeders, substations, ...more) => bytes(Snapshot, version, full(0, substations), full(1, feeders), ...more);
const delta = (version, base, ...sections) => bytes(Delta, version, u32(base), ...sections);

function applied(...frames) {
  const state = new StatusState();
  for (const frame of frames) state.apply(decodeFrame(frame));
  return state;
}

test('a snapshot gives every code and the time of the newest value', () => {
  const state = new StatusState(), frame = decodeFrame(snapshot(7, [0, 3, 96], [124]));
  assert.equal(state.apply(frame), 'snapshot');
  assert.deepEqual([...state.feeders], [0, 3, 96]);
  assert.deepEqual([...state.substations], [124]);
  assert.equal(state.newest, 1_760_000_000_007);
  assert.equal(frame.feeders.ids, null);
});

test('a delta on the version held changes just what it names', () => {
  const state = applied(snapshot(7, [0, 0, 0], [0, 0])), frame = decodeFrame(delta(8, 7, changes(0, [[0, 33]]), changes(1, [[2, 124]])));
  assert.equal(state.apply(frame), 'delta');
  assert.deepEqual([...state.feeders], [0, 0, 124]);
  assert.deepEqual([...state.substations], [33, 0]);
  assert.equal(state.version, 8);
  assert.deepEqual([[...frame.feeders.ids], [...frame.feeders.codes]], [[2], [124]]);
});

test('a delta may say all of a layer where that is shorter', () => {
  const state = applied(snapshot(7, [0, 0], [0])), frame = decodeFrame(delta(8, 7, full(1, [5, 6])));
  assert.equal(state.apply(frame), 'delta');
  assert.deepEqual([...state.feeders], [5, 6]);
  assert.equal(frame.feeders.ids, null);
  assert.equal(frame.substations.ids.length, 0);
});

test('a conflated delta jumps over versions the client never saw', () => {
  const state = applied(snapshot(7, [0], [0]));
  assert.equal(state.apply(decodeFrame(delta(12, 7, changes(1, [[0, 3]])))), 'delta');
  assert.equal(state.version, 12);
});

test('a delta from another version is a gap and changes nothing', () => {
  const state = applied(snapshot(7, [0], [0]));
  assert.equal(state.apply(decodeFrame(delta(9, 8, changes(1, [[0, 3]])))), 'gap');
  assert.deepEqual([...state.feeders], [0]);
  assert.equal(state.version, 7);
});

test('what comes before any snapshot, or names an asset not known, is a gap and changes nothing', () => {
  const state = new StatusState();
  for (const early of [delta(1, 0), bytes(Beat, 9), bytes(Addition, 9)]) assert.equal(state.apply(decodeFrame(early)), 'gap');
  state.apply(decodeFrame(snapshot(7, [0], [0])));
  assert.equal(state.apply(decodeFrame(delta(8, 7, changes(0, [[0, 9]]), changes(1, [[1, 3]])))), 'gap');
  assert.equal(state.apply(decodeFrame(delta(8, 7, full(1, [1, 2])))), 'gap');
  assert.deepEqual([...state.substations], [0]);
});

test('a beat moves version and time, no code; the next delta starts from it', () => {
  const state = applied(snapshot(7, [0], [0]));
  assert.equal(state.apply(decodeFrame(bytes(Beat, 9))), 'beat');
  assert.deepEqual([...state.feeders], [0]);
  assert.equal(state.newest, 1_760_000_000_009);
  assert.equal(state.apply(decodeFrame(delta(10, 9, changes(1, [[0, 3]])))), 'delta');
});

test('an addition belongs to the version held; the page only passes it on', () => {
  const state = applied(snapshot(7, [0], [0]));
  assert.equal(state.apply(decodeFrame(bytes(Addition, 7, full(2, [1, 2, 3])))), 'addition');
  assert.equal(state.version, 7);
  assert.equal(state.apply(decodeFrame(bytes(Addition, 8, full(2, [1])))), 'gap');
});

test('truncated and unknown frames are refused', () => {
  const whole = snapshot(1, [1, 2, 3], [4], tally(0, [[3, 9]]), deflated(4, [1, 2, 3]));
  const ends = new Set([13, 13 + 8 + 1, 13 + 8 + 1 + 8 + 3, 13 + 8 + 1 + 8 + 3 + 8 + 5]); // a frame may end after any section
  for (let n = 0; n < whole.length; n++) if (!ends.has(n)) assert.throws(() => decodeFrame(whole.slice(0, n)), RangeError, String(n));
  assert.throws(() => decodeFrame(bytes(9, 1)), RangeError);
  assert.throws(() => decodeFrame(bytes(Snapshot, 1, full(9, []))), RangeError);
});

test('a frame inside a larger buffer is read from its own place', () => {
  const inner = snapshot(3, [5], []), outer = new Uint8Array(inner.length + 10);
  outer.set(inner, 7);
  assert.deepEqual([...applied(outer.subarray(7, 7 + inner.length)).feeders], [5]);
});

test('the state as a frame tells it all to whoever comes later', () => {
  const state = applied(snapshot(7, [1, 2], [3]), delta(8, 7, changes(1, [[1, 9]])));
  const later = applied(encodeSnapshot(state));
  assert.deepEqual([later.version, later.newest, [...later.feeders], [...later.substations]], [8, state.newest, [1, 9], [3]]);
});

test('the worker keeps every layer, tallies and the meters looked at', async () => {
  const state = new AssetState(), many = Array.from({ length: 2000 }, (_, i) => i % 7);
  state.firstMeter = new Uint32Array([0, 100]);
  const first = await state.take(snapshot(7, [0], [0, 0], full(2, [1, 2]), full(3, [96]), deflated(4, many), tally(1, [[96, 30], [3, 2]]), full(5, [7, 8], 1)));
  assert.equal(first.kind, 'snapshot');
  assert.deepEqual([...state.layers[4]], many);
  assert.deepEqual([state.tallies.get(1)[96], state.tallies.get(1)[3], state.tallies.get(1)[0]], [30, 2, 0]);
  assert.deepEqual([...state.meters.get(1)], [7, 8]);
  assert.equal(state.codeOf(5, 101), 8);
  assert.equal(state.codeOf(5, 99), -1);

  const { kind, changes: moved } = await state.take(delta(8, 7, changes(2, [[1, 124]]), changes(5, [[101, 9]], 1), tally(1, [[9, 32]])));
  assert.equal(kind, 'delta');
  assert.deepEqual(moved.map(c => [c.layer, c.group, c.ids && [...c.ids], c.former && [...c.former]]), [[2, NoGroup, [1], [2]], [5, 1, [1], [8]], [5, 1, undefined, null]]);
  assert.deepEqual([...state.layers[2]], [1, 124]);
  assert.deepEqual([...state.meters.get(1)], [7, 9]);
  assert.equal(state.tallies.get(1)[96], 0);
});

test('frames take effect in their order though some are inflated on the way', async () => {
  const state = new AssetState(), many = new Array(5000).fill(3);
  const takes = [
    state.take(snapshot(1, [0], [0], deflated(4, many))),
    state.take(delta(2, 1, changes(4, [[4999, 9]]))),
    state.take(bytes(Addition, 2, full(2, [5]))),
    state.take(delta(3, 2, changes(2, [[0, 6]]))),
  ];
  assert.deepEqual((await Promise.all(takes)).map(t => t.kind), ['snapshot', 'delta', 'addition', 'delta']);
  assert.equal(state.layers[4][4999], 9);
  assert.deepEqual([...state.layers[2]], [6]);
});

test('a gap, or a frame that cannot be read, makes the worker wait for a snapshot', async () => {
  const state = new AssetState();
  assert.equal((await state.take(delta(2, 1))).kind, 'gap');
  await state.take(snapshot(1, [0], [0]));
  await assert.rejects(state.take(new Uint8Array([1, 2, 3])), RangeError);
  assert.equal((await state.take(delta(2, 1))).kind, 'gap');
  assert.equal((await state.take(snapshot(3, [0], [0]))).kind, 'snapshot');
  assert.equal((await state.take(bytes(Addition, 2, full(2, [1])))).kind, 'gap');
});

test('meters no longer looked at are let go; what still comes of them is passed over', async () => {
  const state = new AssetState();
  state.firstMeter = new Uint32Array([0, 2]);
  await state.take(snapshot(1, [0], [0, 0], full(5, [1, 2], 0), full(5, [3], 1)));
  state.keep([1]);
  const { kind, changes: moved } = await state.take(delta(2, 1, changes(5, [[0, 9]], 0), changes(5, [[2, 9]], 1)));
  assert.equal(kind, 'delta');
  assert.deepEqual(moved.map(c => c.group), [1]);
  assert.deepEqual([...state.meters.keys()], [1]);
});

test('a snapshot without assets takes away those known: another connection looks at nothing yet', async () => {
  const state = new AssetState();
  await state.take(snapshot(1, [0], [0], full(2, [1]), tally(0, [[1, 1]])));
  await state.take(snapshot(2, [0], [0]));
  assert.deepEqual([state.layers[2].length, state.tallies.size], [0, 0]);
});
