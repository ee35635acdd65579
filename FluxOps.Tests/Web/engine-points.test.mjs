import assert from 'node:assert/strict';
import test from 'node:test';
import { codeOf, modes } from '../../wwwroot/js/palette.js';
import { worldX, worldY } from '../../wwwroot/js/geometry.js';
import { addition, changes, colorsOf, delta, full, metersFile, shownAt, snapshot, start, tally } from './engine-support.mjs';

const lat = 2976000, lon = -9537000;
const lines = [[[lat, lon, lat, lon + 400], [lat, lon + 400, lat, lon + 800], [lat, lon + 400, lat - 300, lon + 400, 1], [lat, lon + 800, lat - 200, lon + 800, 2]]];
const transformers = [[[lat + 20, lon + 100], [lat + 20, lon + 300], [lat + 20, lon + 500]]];
const devices = [[2, 4], [1, 3], [0, 2], [1, 6], [3, 5, 1]]; // fuse, switch, recloser, capacitor, tie switch (normally open)
const meters = [[[lat + 40, lon + 90], [lat + 40, lon + 110], [lat + 40, lon + 300]]];
const normal = codeOf(false, 0, 3, 1), over = codeOf(false, 0, 3, 4), out = codeOf(true, 0, 3, 1), low = codeOf(false, 0, 1, 1), stale = codeOf(false, 2, 3, 1), never = codeOf(false, 3, 0, 0);

async function drawn(t, z, { transformer = [normal, normal, normal], device = [normal, normal, normal, normal, normal], meter = [normal, normal, normal], mode = 'status', abnormalOnly = false } = {}) {
  const m = start(t, { lines, assets: { transformers, devices, meters }, meters: [[0, 0, meters[0]]] });
  m.e.handle({ type: 'setMode', mode, abnormalOnly });
  m.e.handle({ type: 'setStations', feederStation: Uint16Array.of(0), kv: Float32Array.of(12.47) });
  m.e.handle(shownAt(lat, lon, z));
  const c = m.tile(lat, lon, z);
  await m.frame(snapshot(1, full(0, [normal]), full(1, [normal]), full(2, [normal, normal, normal, normal]), full(3, device), full(4, transformer), tally(0, [[normal, 2], [out, 1]])));
  await m.frame(addition(1, full(5, meter, 0)));
  return { ...m, c };
}
const shapes = c => c.drawn.filter(d => d.op !== 'stroke' || d.paths.some(p => p.length > 2));
const near = (c, z, y, x) => { const px = worldX(x / 1e5) * 2 ** (z - 14) % 256, py = worldY(y / 1e5) * 2 ** (z - 14) % 256; return d => d.box[0] <= px + .01 && d.box[2] >= px - .01 && d.box[1] <= py + .01 && d.box[3] >= py - .01; };

test('transformers: only what is wrong from afar, all from z13, symbols from z16', async t => {
  for (const [z, wanted] of [[9, 1], [12, 1], [13, 3], [15, 3], [16, 3]]) {
    const { c, e } = await drawn(t, z, { transformer: [normal, out, normal], device: [normal, normal, normal, normal, normal] });
    const hits = e.hitTest(worldX((lon + 300) / 1e5), worldY((lat + 20) / 1e5), 1e5, z).filter(h => h.layer === 4);
    assert.equal(hits.length, wanted, `z${z}`);
    assert.equal(hits[0].id, 1);
    assert.ok(c.drawn.some(d => d.color === 'p1'), `z${z}: drawn in red`);
    assert.equal(c.drawn.some(d => d.op === 'fillRect' && d.color === 'normal'), wanted === 3 && z < 16, `z${z}: small dots`);
    t.mock.timers.reset();
  }
});

test('stale and unheard transformers are not marks from afar', async t => {
  const { c } = await drawn(t, 11, { transformer: [stale, never, normal] });
  assert.deepEqual(colorsOf(c), ['normal']);
});

test('the state is in the shape as well as in the colour', async t => {
  const corners = async (code, z) => { const { c } = await drawn(t, z, { transformer: [code, normal, normal] }); t.mock.timers.reset(); return c.drawn.filter(d => d.color === { [out]: 'p1', [over]: 'p2', [low]: 'p3' }[code] && d.op !== 'stroke').map(d => `${d.op}${d.paths[0].length}`); };
  for (const z of [12, 14, 16]) {
    const [square, up, down] = [await corners(out, z), await corners(over, z), await corners(low, z)];
    assert.ok(square.length && up.includes('fill3') && down.includes('fill3'), `z${z}: ${square} ${up} ${down}`);
    assert.ok(!square.includes('fill3'));
  }
});

test('an outage does not melt: a transformer has a rim of the ground, a meter is hollow', async t => {
  const { c } = await drawn(t, 14, { transformer: [out, out, out], meter: [out, out, out] });
  const rims = c.drawn.filter(d => d.op === 'fillRect' && d.color === 'map'), cores = c.drawn.filter(d => d.op === 'fillRect' && d.color === 'p1');
  assert.equal(rims.length, 3);
  assert.equal(cores.length, 3);
  assert.ok(rims[0].box[0] < cores[0].box[0] - 1);
  assert.equal(c.drawn.filter(d => d.op === 'strokeRect' && d.color === 'p1').length, 3);
});

test('devices: from z14; filled is closed, hollow is open; out of position at every zoom', async t => {
  const far = await drawn(t, 13);
  assert.ok(!far.c.drawn.some(d => d.op === 'fill'));
  t.mock.timers.reset();
  const { c } = await drawn(t, 14);
  const fills = c.drawn.filter(d => d.op === 'fill'), solid = fills.filter(d => d.color === 'normal');
  assert.equal(solid.flatMap(d => d.paths).length, 5, 'four closed devices; a capacitor has two bars');
  assert.ok(fills.filter(d => d.color === 'map').some(d => d.paths.length === 1), 'the tie is hollow');
  t.mock.timers.reset();
  const moved = await drawn(t, 10, { device: [out, normal, normal, normal, normal] });
  assert.ok(moved.c.drawn.some(d => d.color === 'p1' && d.op === 'stroke'));
  assert.equal(moved.e.hitTest(worldX((lon + 400) / 1e5), worldY(lat / 1e5), 100, 10)[0].layer, 3);
  t.mock.timers.reset();
  const tie = await drawn(t, 14, { device: [out, normal, normal, normal, out] });
  assert.equal(tie.c.drawn.filter(d => d.op === 'fill' && d.color === 'p1').flatMap(d => d.paths).length, 1, 'the closed tie is filled, the open fuse hollow');
});

test('meters from z14, and only once their codes are told', async t => {
  const m = start(t, { lines, assets: { transformers, devices: [], meters }, meters: [[0, 0, meters[0]]] });
  m.e.handle(shownAt(lat, lon, 14));
  const c = m.tile(lat, lon, 14), small = () => c.drawn.filter(d => d.op === 'fillRect' && d.box[2] - d.box[0] < 2);
  await m.frame(snapshot(1, full(0, [normal]), full(1, [normal]), full(2, [normal, normal, normal, normal]), full(4, [normal, normal, normal])));
  assert.equal(small().length, 0);
  await m.frame(addition(1, full(5, [normal, out, normal], 0)));
  assert.equal(small().length, 2);
  assert.ok(c.drawn.some(d => d.op === 'strokeRect' && d.color === 'p1'));
  await m.frame(delta(1, 2, changes(5, [[2, out]], 0)));
  assert.equal(small().length, 1);
  const far = m.tile(lat, lon, 13);
  assert.equal(far.drawn.filter(d => d.op === 'strokeRect').length, 0);
});

test('abnormal only quiets points too', async t => {
  const { c } = await drawn(t, 16, { abnormalOnly: true, transformer: [normal, over, normal], meter: [normal, normal, out] });
  assert.ok(!colorsOf(c).includes('normal') && !colorsOf(c).includes('muted'));
  assert.ok(colorsOf(c).includes('p2') && colorsOf(c).includes('p1'));
});

test('overlapping assets are all hit, what lies on top first', async t => {
  const { e } = await drawn(t, 16);
  const hits = e.hitTest(worldX((lon + 100) / 1e5), worldY((lat + 30) / 1e5), 5, 16);
  assert.deepEqual(new Set(hits.map(h => h.layer)), new Set([5, 4, 2]));
  for (let i = 1; i < hits.length; i++) assert.ok(hits[i].distance >= hits[i - 1].distance);
  assert.deepEqual(hits.find(h => h.layer === 4), { layer: 4, id: 0, distance: hits.find(h => h.layer === 4).distance, code: normal, feeder: 0 });
  const on = e.hitTest(worldX((lon + 100) / 1e5), worldY((lat + 20) / 1e5), 2, 16);
  assert.deepEqual([on[0].layer, on[0].id, on[0].distance], [4, 0, 0]);
  assert.ok(!e.hitTest(worldX((lon + 100) / 1e5), worldY((lat + 30) / 1e5), 4, 13).some(h => h.layer === 5 || h.layer === 3), 'what is not drawn is not hit');
});

test('a selected point has a ring at every zoom; highlighted ones a halo', async t => {
  const { c, e, tick } = await drawn(t, 10);
  e.handle({ type: 'select', asset: { layer: 4, id: 2 } });
  tick();
  assert.equal(c.drawn.at(-1).color, 'accent');
  assert.ok(near(c, 10, lat + 20, lon + 500)(c.drawn.at(-1)));
  assert.deepEqual(e.hitTest(worldX((lon + 500) / 1e5), worldY((lat + 20) / 1e5), 5, 10)[0].layer, 4, 'and can be hit');
  e.handle({ type: 'select', asset: { layer: 5, id: 1 } });
  tick();
  assert.ok(near(c, 10, lat + 40, lon + 110)(c.drawn.at(-1)));
  e.handle({ type: 'select', asset: null });
  e.handle({ type: 'highlight', marks: { transformers: Uint32Array.of(0), meters: [2], devices: [1] } });
  tick();
  t.mock.timers.reset();
  const close = await drawn(t, 16);
  close.e.handle({ type: 'highlight', marks: { transformers: Uint32Array.of(0), meters: [2], devices: [1] } });
  close.tick();
  assert.equal(close.c.drawn.filter(d => d.color === 'accent' && d.op === 'fill').length, 3);
});

test('counts: by layer and class, meters from the tallies, drawn or not; at most twice a second', async t => {
  const { e, last, all, frame, tick } = await drawn(t, 9, { transformer: [out, stale, normal], device: [out, normal, normal, normal, normal] });
  const status = Object.fromEntries(modes.status.classes.map(c => [c.key, c.id]));
  assert.deepEqual(last('counts').layers.transformer, { [status.out]: 1, [status.stale]: 1, [status.normal]: 1 });
  assert.deepEqual(last('counts').layers.device, { [status.out]: 1, [status.normal]: 4 });
  assert.deepEqual(last('counts').layers.meter, { [status.out]: 1, [status.normal]: 2 });
  assert.deepEqual(last('counts').layers.feeder, { [status.normal]: 1 });
  e.handle({ type: 'setMode', mode: 'nominal' });
  tick(1);
  assert.equal(last('counts').mode, 'nominal');
  assert.deepEqual(last('counts').layers.transformer, { 0: 1, 1: 2 });
  tick(1000);
  const before = all('counts').length;
  for (let v = 1; v <= 20; v++) await frame(delta(v, v + 1, changes(4, [[2, v % 2 ? over : normal]])), 50);
  const n = all('counts').length - before;
  assert.ok(n >= 2 && n <= 4, `${n} in a second`);
});

test('stations: the worst at and below each, transformers and meters by status class', async t => {
  const { last } = await drawn(t, 9, { transformer: [over, stale, normal] });
  const s = last('stations');
  assert.deepEqual([...s.worst], [modes.status.classes.find(c => c.key === 'out').id], 'a dead meter is the worst');
  assert.deepEqual([...s.transformers], [1, 0, 0, 1, 0, 1, 0, 0]);
  assert.deepEqual([...s.meters], [2, 0, 0, 0, 1, 0, 0, 0]);
});

test('need: the stations in the window from z14, what is missing of them; a small move asks for nothing', t => {
  const two = [meters[0], [[lat + 40, lon + 9000], [lat + 40, lon + 9100]]];
  const m = start(t, { lines, assets: { transformers, devices, meters: two } });
  m.e.handle(shownAt(lat, lon, 12));
  assert.equal(m.all('need').length, 0);
  m.e.handle(shownAt(lat, lon, 14));
  assert.deepEqual(m.last('need'), { type: 'need', stations: [0], load: [0] });
  m.e.handle({ type: 'setMeters', substation: 0, bytes: new Uint8Array([...Buffer.from('FXM1'), 0, 0]) });
  assert.deepEqual(m.last('need'), { type: 'need', stations: [0], load: [] });
  const n = m.all('need').length;
  m.e.handle(shownAt(lat, lon + 1500, 14));
  assert.equal(m.all('need').length, n);
  m.e.handle(shownAt(lat, lon + 9000, 14));
  assert.deepEqual(m.last('need'), { type: 'need', stations: [1], load: [1] });
  m.e.handle({ type: 'select', asset: { layer: 5, id: 0 } });
  assert.deepEqual(m.last('need'), { type: 'need', stations: [0, 1], load: [1] });
  m.e.handle({ type: 'select', asset: null });
  m.e.handle(shownAt(lat, lon, 10));
  assert.deepEqual(m.last('need'), { type: 'need', stations: [], load: [] });
});

test('meters that come repaint the tiles of their station alone', async t => {
  const two = [meters[0], [[lat + 40, lon + 9000], [lat + 40, lon + 9100]]];
  const m = start(t, { lines, assets: { transformers, devices, meters: two } });
  const here = m.tile(lat, lon, 14), there = m.tile(lat, lon + 9000, 14), cleared = [here.ctx.cleared, there.ctx.cleared];
  m.e.handle({ type: 'setMeters', substation: 1, bytes: metersFile(3, two[1]) });
  m.tick();
  assert.deepEqual([here.ctx.cleared, there.ctx.cleared], [cleared[0], cleared[1] + 1]);
  await m.frame(snapshot(1, full(0, [normal, normal]), full(1, [normal])));
  const before = here.ctx.cleared;
  await m.frame(addition(1, full(5, [out, out], 1)));
  assert.equal(here.ctx.cleared, before);
  assert.equal(there.drawn.filter(d => d.op === 'strokeRect' && d.color === 'p1').length, 2);
});

test('an open tie is dashed, a closed one drawn through', async t => {
  const pieces = async device => {
    const { c } = await drawn(t, 13, { device, transformer: [normal, normal, normal] });
    t.mock.timers.reset();
    return c.drawn.filter(d => d.op === 'stroke' && d.color === 'normal').flatMap(d => d.paths).length;
  };
  const open = await pieces([normal, normal, normal, normal, normal]), closed = await pieces([normal, normal, normal, normal, out]);
  assert.ok(open > 4 && closed <= 4, `${open} ${closed}`);
});

test('a tie that closes is redrawn over its whole length, also in tiles without its switch', async t => {
  const far = [[[lat, lon, lat, lon + 100], [lat, lon + 100, lat, lon + 8100, 2]]], m = start(t, { lines: far, assets: { devices: [[1, 5, 1]] } });
  const end = m.tile(lat, lon + 7900, 14);
  m.e.handle(shownAt(lat, lon + 7900, 14));
  await m.frame(snapshot(1, full(0, [normal]), full(1, [normal]), full(2, [normal, normal]), full(3, [normal])));
  const pieces = () => end.drawn.filter(d => d.op === 'stroke' && d.color === 'normal').flatMap(d => d.paths).length, open = pieces();
  await m.frame(delta(1, 2, changes(3, [[0, out]])));
  assert.ok(open > 4 && pieces() === 1, `${open} ${pieces()}`);
});

test('stations: the worst is of what hangs below; what is silent counts only where nothing else is known', async t => {
  const { last, frame } = await drawn(t, 9, { transformer: [never, stale, low], device: [out, normal, normal, normal, normal] });
  const key = () => modes.status.byId[last('stations').worst[0]].key;
  await frame(delta(1, 2, tally(0, [[normal, 3]])));
  assert.equal(key(), 'volt', 'a switch out of its position is no outage');
  await frame(delta(2, 3, changes(4, [[2, normal]])));
  assert.equal(key(), 'normal');
  await frame(delta(3, 4, changes(4, [[2, stale]]), tally(0, [[never, 3]])));
  assert.equal(key(), 'stale');
});
