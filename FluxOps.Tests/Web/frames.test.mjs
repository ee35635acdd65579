import assert from 'node:assert/strict';
import test from 'node:test';
import { Beat, Delta, Snapshot, StatusState, decodeFrame } from '../../wwwroot/js/frames.js';

function frame(kind, version, newest, ...parts) {
  const head = Buffer.alloc(13);
  head[0] = kind; head.writeUInt32LE(version, 1); head.writeBigInt64LE(BigInt(newest), 5);
  return new Uint8Array(Buffer.concat([head, ...parts]));
}
const u32 = v => { const b = Buffer.alloc(4); b.writeUInt32LE(v); return b; };
const column = statuses => Buffer.concat([u32(statuses.length), Buffer.from(statuses)]);
const changes = list => Buffer.concat([u32(list.length), ...list.map(([id, s]) => Buffer.concat([u32(id), Buffer.from([s])]))]);
const snapshot = (version, feeders, substations) => decodeFrame(frame(Snapshot, version, 1_760_000_000_000, column(feeders), column(substations)));
const delta = (version, base, feeders, substations) => decodeFrame(frame(Delta, version, 1_760_000_002_000, u32(base), changes(feeders), changes(substations)));

test('a snapshot gives every status and the time of the newest value', () => {
  const state = new StatusState();
  assert.equal(state.apply(snapshot(7, [0, 3, 6], [4])), 'snapshot');
  assert.deepEqual([...state.feeders], [0, 3, 6]);
  assert.deepEqual([...state.substations], [4]);
  assert.equal(state.newest, 1_760_000_000_000);
});

test('a delta on the version held changes just what it names', () => {
  const state = new StatusState();
  state.apply(snapshot(7, [0, 0, 0], [0, 0]));
  assert.equal(state.apply(delta(8, 7, [[2, 4]], [[0, 3]])), 'delta');
  assert.deepEqual([...state.feeders], [0, 0, 4]);
  assert.deepEqual([...state.substations], [3, 0]);
  assert.equal(state.version, 8);
});

test('a conflated delta jumps over versions the client never saw', () => {
  const state = new StatusState();
  state.apply(snapshot(7, [0], [0]));
  assert.equal(state.apply(delta(12, 7, [[0, 3]], [])), 'delta');
  assert.equal(state.version, 12);
});

test('a delta from another version is a gap and changes nothing', () => {
  const state = new StatusState();
  state.apply(snapshot(7, [0], [0]));
  assert.equal(state.apply(delta(9, 8, [[0, 3]], [])), 'gap');
  assert.deepEqual([...state.feeders], [0]);
  assert.equal(state.version, 7);
});

test('a delta before any snapshot, and one for an asset not known, are gaps', () => {
  const state = new StatusState();
  assert.equal(state.apply(delta(1, 0, [], [])), 'gap');
  state.apply(snapshot(7, [0], [0]));
  assert.equal(state.apply(delta(8, 7, [[1, 3]], [])), 'gap');
});

test('a beat moves version and time, no status; the next delta starts from it', () => {
  const state = new StatusState();
  state.apply(snapshot(7, [0], [0]));
  assert.equal(state.apply(decodeFrame(frame(Beat, 9, 1_760_000_009_000))), 'beat');
  assert.deepEqual([...state.feeders], [0]);
  assert.equal(state.newest, 1_760_000_009_000);
  assert.equal(state.apply(delta(10, 9, [[0, 3]], [])), 'delta');
});

test('a beat before any snapshot is a gap', () => assert.equal(new StatusState().apply(decodeFrame(frame(Beat, 9, 0))), 'gap'));

test('truncated and unknown frames are refused', () => {
  const whole = frame(Snapshot, 1, 0, column([1, 2, 3]), column([]));
  for (let n = 0; n < whole.length; n++) assert.throws(() => decodeFrame(whole.slice(0, n)), RangeError);
  assert.throws(() => decodeFrame(frame(9, 1, 0)), RangeError);
});

test('a frame inside a larger buffer is read from its own place', () => {
  const inner = frame(Snapshot, 3, 0, column([5]), column([]));
  const outer = new Uint8Array(inner.length + 10);
  outer.set(inner, 7);
  assert.deepEqual([...decodeFrame(outer.subarray(7, 7 + inner.length)).feeders], [5]);
});
