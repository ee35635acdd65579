import assert from 'node:assert/strict';
import test from 'node:test';
import { codeOf } from '../../wwwroot/js/palette.js';
import { Schedule } from '../../wwwroot/js/engine/schedule.js';
import { changes, colorsOf, delta, full, shownAt, snapshot, start, strokesOf, tileAt } from './engine-support.mjs';

const lat = 2976000, lon = -9537000;
const normal = codeOf(false, 0, 3, 1), loaded = codeOf(false, 0, 3, 2), over = codeOf(false, 0, 3, 4), out = codeOf(true, 0, 3, 1);
const lines = Array.from({ length: 20 }, (_, f) => [[lat - 40 * f, lon, lat - 40 * f, lon + 400]]);

/** A schedule whose paints take as long as told, on a clock that they move. turn() lets the one timer that waits come due. */
function schedule(t, cost = 5) {
  let now = 0, waiting = null;
  t.mock.method(globalThis, 'setTimeout', (run, ms) => waiting = { run, at: now + ms });
  t.mock.method(globalThis, 'clearTimeout', timer => { if (timer === waiting) waiting = null; });
  const log = [], said = [];
  const s = new Schedule({ now: () => now, post: m => said.push(m), paint: tile => { now += cost; log.push(tile.key); }, paintOver: tile => { now += 1; log.push(`over ${tile.key}`); } });
  const add = (key, x, y, z = 14) => s.add({ key, x, y, z, fresh: true, dirty: false, over: [] });
  const turn = (times = 1) => { for (; times > 0 && waiting; times--) { const { run, at } = waiting; waiting = null; now = Math.max(now, at); run(); } };
  return { s, add, log, said, turn, time: () => now };
}

test('new tiles: those in the window first, the middle before the edge, and no turn longer than a slice', t => {
  const { s, add, log, said, turn } = schedule(t, 5);
  s.show({ z: 14, west: 0, north: 0, east: 1280, south: 256 });
  for (const x of [9, 0, 1, 2, 3, 4]) add(`x${x}`, x, 0);
  add('old', 0, 0, 13);
  assert.equal(log.length, 0, 'nothing is painted while the message is handled');
  turn();
  assert.deepEqual(log, ['x2', 'x1'], '8 ms: two tiles of 5');
  turn(5);
  assert.deepEqual(log, ['x2', 'x1', 'x3', 'x0', 'x4', 'x9', 'old']);
  assert.deepEqual(said.filter(m => m.type === 'drawn').map(m => m.key), log);
});

test('a tile that is dropped before its turn is not painted', t => {
  const { s, add, log, turn } = schedule(t);
  add('a', 0, 0);
  s.drop('a');
  turn();
  assert.deepEqual(log, []);
});

test('a new tile comes before repaints, and repaints rest three times as long as they took', t => {
  const { s, add, log, said, turn, time } = schedule(t, 10);
  for (let x = 0; x < 4; x++) add(`x${x}`, x, 0);
  turn(5);
  log.length = 0;
  s.allDirty(false);
  turn();
  assert.equal(log.length, 1);
  add('new', 9, 0);
  turn();
  assert.equal(log.at(-1), 'new');
  turn(5);
  assert.equal(log.length, 5);
  assert.deepEqual(said.filter(m => m.type === 'painted'), [{ type: 'painted', tiles: 4, ms: 40 }]);
  const done = time();
  s.allDirty(false);
  turn();
  assert.equal(log.length, 6);
  assert.equal(time(), done + 120 + 10, '120 ms of rest after 40 of work');
});

test('tiles of another zoom wait until they are shown', t => {
  const { s, add, log, turn } = schedule(t);
  s.show({ z: 14, west: 0, north: 0, east: 512, south: 256 });
  add('a', 0, 0, 14); add('b', 0, 0, 13);
  turn(3);
  log.length = 0;
  s.allDirty(true);
  turn(5);
  assert.deepEqual(log, ['a']);
  s.show({ z: 13, west: 0, north: 0, east: 512, south: 256 });
  turn(5);
  assert.deepEqual(log, ['a', 'b']);
});

test('hidden: nothing is painted, what changed is on return', t => {
  const { s, add, log, turn } = schedule(t);
  add('a', 0, 0);
  turn();
  s.setHidden(true);
  s.allDirty(true);
  add('b', 1, 0);
  s.tiles.get('a').over.push(2, 0, 0);
  turn(5);
  assert.deepEqual(log, ['a']);
  s.setHidden(false);
  turn(5);
  assert.deepEqual(log, ['a', 'b', 'a']);
});

async function grid(t, z) {
  const m = start(t, { lines });
  m.e.handle(shownAt(lat, lon + 200, z));
  const c = m.tile(lat, lon, z);
  await m.frame(snapshot(1, full(0, [normal]), full(1, lines.map(() => normal))));
  return { ...m, c };
}

test('a change is on the screen in the next turn: over the old line first, exact soon after', async t => {
  const { c, e, tick } = await grid(t, 12);
  await e.frame(delta(1, 2, changes(1, [[3, over]])));
  const cleared = c.ctx.cleared;
  tick(0);
  assert.ok(colorsOf(c).includes('p2'));
  assert.equal(c.ctx.cleared, cleared, 'not painted anew yet');
  const ground = c.drawn.at(-2), line = c.drawn.at(-1);
  assert.deepEqual([ground.color, line.color], ['map', 'p2'], 'the old line is taken away first');
  tick(500);
  assert.equal(c.ctx.cleared, cleared + 1);
  assert.ok(!colorsOf(c).includes('map'));
});

test('on a clear tile the old line is cut out', async t => {
  const m = start(t, { lines });
  m.e.handle(shownAt(lat, lon + 200, 12));
  const c = m.tile(lat, lon, 12, { alpha: true });
  await m.frame(snapshot(1, full(0, [normal]), full(1, lines.map(() => over))));
  await m.e.frame(delta(1, 2, changes(1, [[3, normal]])));
  m.tick(0);
  assert.ok(c.drawn.some(d => d.mode === 'destination-out') && c.drawn.at(-1).mode === 'source-over');
});

test('a change that does not change the look paints nothing', async t => {
  const { all, frame } = await grid(t, 14);
  const before = all('painted').length;
  await frame(delta(1, 2, changes(1, [[0, loaded]])));
  assert.equal(all('painted').length, before);
});

test('many changes in a moment are few repaints', async t => {
  const { c, e, tick, frame } = await grid(t, 14);
  const cleared = c.ctx.cleared;
  for (let v = 1; v <= 50; v++) { await e.frame(delta(v, v + 1, changes(1, [[v % 20, v % 2 ? out : normal]]))); tick(4); }
  tick(500);
  assert.ok(c.ctx.cleared - cleared <= 7, `${c.ctx.cleared - cleared} in 200 ms`);
  await frame(delta(51, 52, changes(1, lines.map((_, f) => [f, normal]))));
  assert.deepEqual(colorsOf(c), ['normal']);
});

test('a change elsewhere leaves a tile alone', async t => {
  const far = [[[lat + 90000, lon, lat + 90000, lon + 300]]];
  const m = start(t, { lines: [...lines, ...far] });
  const c = m.tile(lat, lon, 14), other = m.tile(lat + 90000, lon, 14);
  await m.frame(snapshot(1, full(0, [normal]), full(1, Array(21).fill(normal))));
  const cleared = c.ctx.cleared;
  await m.frame(delta(1, 2, changes(1, [[20, out]])));
  assert.equal(c.ctx.cleared, cleared);
  assert.ok(strokesOf(other, 'p1').length);
});

test('hidden tab: state is kept, hits are answered, the picture is right on return', async t => {
  const { c, e, frame, tick, all } = await grid(t, 14);
  e.handle({ type: 'setHidden', hidden: true });
  const cleared = c.ctx.cleared, counted = all('counts').length;
  await frame(delta(1, 2, changes(1, [[3, out]])), 5000);
  assert.equal(c.ctx.cleared, cleared);
  assert.equal(all('counts').length, counted);
  e.handle({ type: 'setHidden', hidden: false });
  tick();
  assert.ok(colorsOf(c).includes('p1'));
  assert.ok(all('counts').length > counted);
});

test('a whole city: 66,000 segments, 91,000 transformers, 600,000 meters; a tile looks at its own cells only', async t => {
  const feeders = 2000, perFeeder = 33, side = 45; // a checkerboard of feeders, 1.2 km each
  const at = f => [lat + 1200 * (f % side - side / 2 | 0), lon + 1300 * ((f / side | 0) - side / 2 | 0)];
  const city = Array.from({ length: feeders }, (_, f) => { const [y, x] = at(f); return Array.from({ length: perFeeder }, (_, i) => [y, x + 30 * i, y, x + 30 * i + 30]); });
  const transformers = Array.from({ length: feeders }, (_, f) => { const [y, x] = at(f); return Array.from({ length: 45 }, (_, i) => [y + 20, x + 20 * i]); });
  const stations = Array.from({ length: 275 }, (_, s) => { const [y, x] = at(7 * s); return Array.from({ length: 2182 }, (_, i) => [y + i % 50 * 20, x + (i / 50 | 0) * 25]); });
  const began = performance.now();
  const m = start(t, { lines: city, assets: { transformers, devices: Array.from({ length: 9000 }, (_, i) => [7 * i % 66000, 2 + i % 5]), meters: stations } });
  let first = 0;
  stations.forEach((places, s) => { if (s < 60) m.e.handle({ type: 'setMeters', substation: s, bytes: metersOf(first, places) }); first += places.length; });
  assert.deepEqual(m.last('geometry'), { type: 'geometry', feeders, segments: 66000, devices: 9000, transformers: 90000, meters: 600050 });
  m.e.handle(shownAt(lat, lon, 14));
  const c = m.tile(lat, lon, 14);
  await m.frame(snapshot(1, full(0, Array(275).fill(normal)), full(1, Array(feeders).fill(normal)), full(2, Array(66000).fill(normal)), full(3, Array(9000).fill(normal)), full(4, Array(90000).fill(normal))));
  const segments = strokesOf(c, 'normal').flatMap(s => s.paths).reduce((n, p) => n + p.length - 1, 0);
  assert.ok(segments > 100 && segments < 600, `${segments} segments in a tile of 2 km`);
  assert.ok(performance.now() - began < 20_000);
  const burst = Array.from({ length: 10_000 }, (_, i) => [i * 6, i % 2 ? out : over]), time = performance.now();
  await m.e.frame(delta(1, 2, changes(2, burst)));
  m.tick(60);
  assert.ok(colorsOf(c).includes('p1') && colorsOf(c).includes('p2'));
  assert.ok(performance.now() - time < 500, `${performance.now() - time} ms for 10,000 changes`);
  assert.ok(tileAt(lat, lon, 14).x > 0);
});

function metersOf(first, places) {
  const out = [...Buffer.from('FXM1')], varint = v => { v >>>= 0; while (v > 127) { out.push(v & 127 | 128); v >>>= 7; } out.push(v); }, zigzag = v => varint((v << 1) ^ (v >> 31));
  varint(first); varint(places.length);
  let y = 0, x = 0;
  for (const [a, b] of places) { zigzag(a - y); zigzag(b - x); y = a; x = b; }
  return new Uint8Array(out);
}

test('a tile that was panned out of view with changes waiting asks for no turn before its time', t => {
  const { s, add, turn, time } = schedule(t, 10);
  s.show({ z: 14, west: 0, north: 0, east: 512, south: 256 });
  add('a', 0, 0); add('b', 9, 0);
  turn(4);
  s.allDirty(true);
  turn(1);
  const b = s.tiles.get('b'), before = time();
  b.dirty = true;
  b.over.push(2, 0, 0);
  s.changed();
  turn(1);
  assert.ok(time() >= before + 30, `${time() - before} ms`);
});
