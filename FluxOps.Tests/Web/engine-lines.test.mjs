import assert from 'node:assert/strict';
import test from 'node:test';
import { codeOf, modes } from '../../wwwroot/js/palette.js';
import { worldX, worldY } from '../../wwwroot/js/geometry.js';
import { addition, changes, colorsOf, deflated, delta, full, beat, shownAt, snapshot, start, strokesOf } from './engine-support.mjs';

const lat = 2976000, lon = -9537000;
// Three feeders side by side; the first has a backbone of three segments, a lateral and a tie.
const lines = [
  [[lat, lon, lat, lon + 100], [lat, lon + 100, lat, lon + 200], [lat, lon + 200, lat, lon + 300], [lat, lon + 100, lat - 80, lon + 100, 1], [lat, lon + 300, lat - 300, lon + 300, 2]],
  [[lat - 100, lon, lat - 100, lon + 300]],
  [[lat - 200, lon, lat - 200, lon + 300]],
];
const normal = codeOf(false, 0, 3, 1), loaded = codeOf(false, 0, 3, 2), heavy = codeOf(false, 0, 3, 3), over = codeOf(false, 0, 3, 4), out = codeOf(true, 0, 3, 1);
const stale = codeOf(false, 2, 3, 1), never = codeOf(false, 3, 0, 0), low = codeOf(false, 0, 1, 1);

const drawn = async (t, { mode = 'status', abnormalOnly = false, flow = false, kv, z = 14 } = {}, ...codes) => {
  const m = start(t, { lines });
  if (kv) m.e.handle({ type: 'setStations', feederStation: new Uint16Array(3), kv: Float32Array.from(kv) });
  m.e.handle({ type: 'setMode', mode, abnormalOnly, flow });
  const c = m.tile(lat, lon, z);
  await m.frame(snapshot(1, full(0, [normal]), full(1, codes)));
  return { ...m, c };
};

test('before any frame nothing looks normal: lines say that there is no data', t => {
  const { tile } = start(t, { lines });
  assert.deepEqual(colorsOf(tile(lat, lon, 14)), ['faint']);
});

test('status: every class has its colour, its dash and its width', async t => {
  for (const [code, color, width, pieces] of [[normal, 'normal', 2.6, 1], [out, 'p1', 4.16, 2], [over, 'p2', 4.68, 1], [low, 'p3', 3.9, 2], [stale, 'stale', 2.86, 5], [never, 'faint', 2.6, 5]]) {
    const { c } = await drawn(t, {}, normal, code, normal);
    const strokes = strokesOf(c, color).filter(s => Math.abs(s.width - width) < .01);
    assert.ok(strokes.length > 0, `${color} of ${width} px`);
    assert.ok(strokes.some(s => pieces === 1 ? s.paths.length <= 3 : s.paths.length >= pieces), `${color}: in ${pieces} pieces at least, has ${strokes.map(s => s.paths.length)}`);
    t.mock.timers.reset();
  }
});

test('every mode draws every one of its classes in its colour', async t => {
  for (const mode of Object.values(modes)) {
    for (const c of mode.classes) {
      if (c.maxKv) continue;
      const code = mode.classOf.findIndex(id => id === c.id);
      const { c: tile } = await drawn(t, { mode: mode.key }, code, code, code);
      const expected = c.color.slice(2);
      assert.ok(strokesOf(tile, expected).length > 0, `${mode.key} ${c.key}`);
      t.mock.timers.reset();
    }
  }
});

test('nominal voltage: the class follows from the feeder', async t => {
  const { c } = await drawn(t, { mode: 'nominal', kv: [12.47, 24.9, 34.5] }, normal, normal, normal);
  assert.deepEqual(colorsOf(c).sort(), ['kv-15', 'kv-27', 'kv-35']);
});

test('what is de-energised looks so in every mode', async t => {
  for (const mode of Object.keys(modes)) {
    const { c } = await drawn(t, { mode, kv: [12, 12, 12] }, normal, out, normal);
    assert.ok(strokesOf(c, 'p1').some(s => s.paths.length > 2), mode);
    t.mock.timers.reset();
  }
});

test('loading tells apart what status calls normal', async t => {
  const { c } = await drawn(t, { mode: 'loading' }, loaded, heavy, over);
  assert.deepEqual(colorsOf(c), ['load-60', 'load-80', 'load-100'], 'the gravest last, on top');
});

test('the gravest is drawn last', async t => {
  const { c } = await drawn(t, {}, out, normal, stale);
  assert.deepEqual(colorsOf(c), ['normal', 'stale', 'p1']);
});

test('abnormal only: a normal line is neither drawn nor hit, unless it is selected', async t => {
  const { c, e, tick } = await drawn(t, { abnormalOnly: true }, normal, over, normal);
  assert.deepEqual(colorsOf(c), ['p2']);
  assert.deepEqual(e.hitTest(worldX((lon + 150) / 1e5), worldY(lat / 1e5), 3, 14), []);
  assert.equal(e.hitTest(worldX((lon + 150) / 1e5), worldY((lat - 100) / 1e5), 3, 14)[0].feeder, 1);
  e.handle({ type: 'select', asset: { layer: 1, id: 0 } });
  tick();
  assert.ok(colorsOf(c).includes('normal') && colorsOf(c).includes('accent'));
});

test('a segment below an open device is dark while its feeder is not', async t => {
  const { c, frame } = await drawn(t, {}, normal, normal, normal);
  await frame(addition(1, full(2, [normal, out, out, normal, normal, normal, normal])));
  const dark = strokesOf(c, 'p1');
  assert.equal(dark.length, 1);
  const [west, , east] = dark[0].box, whole = strokesOf(c, 'normal').map(s => s.box);
  assert.ok(west > Math.min(...whole.map(b => b[0])) + 3, 'the head stays as it was');
  assert.ok(Math.abs(east - Math.max(...whole.map(b => b[2]))) < 3);
});

test('dashes go on over the joints of segments and are the same in the tile beside', async t => {
  const m = start(t, { lines: [[[lat, lon, lat, lon + 3000], [lat, lon + 3000, lat, lon + 6000]]] });
  const a = m.tile(lat, lon, 14), b = m.tile(lat, lon + 2197, 14); // 2197: a tile's width
  await m.frame(snapshot(1, full(0, [normal]), full(1, [out])));
  const starts = c => strokesOf(c, 'p1').flatMap(s => s.paths.map(p => p[0][0]));
  const inB = starts(a).map(x => x - 256).filter(x => x > 0 && x < 250), own = starts(b).filter(x => x > 0 && x < 250);
  assert.ok(own.length > 20);
  for (const x of inB) assert.ok(own.some(o => Math.abs(o - x) < .1), `dash at ${x}`);
});

test('at small zooms corners nearer than a pixel are left out, but the line keeps its ends', async t => {
  const many = Array.from({ length: 500 }, (_, i) => [lat, lon + 2 * i, lat, lon + 2 * i + 2]);
  const m = start(t, { lines: [many] });
  const c = m.tile(lat, lon, 9);
  await m.frame(snapshot(1, full(0, [normal]), full(1, [normal])));
  const [line] = strokesOf(c, 'normal');
  assert.ok(line.paths[0].length < 10, `${line.paths[0].length} corners`);
  assert.ok(Math.abs(line.box[2] - line.box[0] - 1000 / 1e5 / 360 * 256 * 512) < .1);
});

test('flow: arrows point from the source outward on live lines, none on dead ones and on ties, and only from z13', async t => {
  const { c, e, tick, tile } = await drawn(t, { flow: true, z: 15 }, normal, out, normal);
  const arrows = () => c.drawn.filter(d => d.op === 'stroke' && d.color === 'text').flatMap(d => d.paths);
  assert.ok(arrows().length >= 2);
  for (const [tail, tip, other] of arrows().filter(p => Math.abs(p[0][0] + p[2][0] - 2 * p[1][0]) > 1)) assert.ok(tip[0] > tail[0] && tip[0] > other[0], 'eastward, as the line runs');
  const ys = arrows().map(p => p[1][1]), dead = strokesOf(c, 'p1')[0].box[1];
  assert.ok(ys.every(y => Math.abs(y - dead) > 3));
  const far = tile(lat, lon, 12);
  assert.ok(!colorsOf(far).includes('text'));
  e.handle({ type: 'setMode', mode: 'status', abnormalOnly: false, flow: false });
  tick();
  assert.equal(arrows().length, 0);
});

test('selection and highlight: a halo under the line', async t => {
  const { c, e, tick } = await drawn(t, {}, normal, normal, normal);
  e.handle({ type: 'select', asset: { layer: 2, id: 1 } });
  tick();
  assert.equal(c.drawn[0].color, 'accent');
  assert.ok(c.drawn[0].width > 8);
  e.handle({ type: 'select', asset: null });
  e.handle({ type: 'highlight', marks: { segments: Uint32Array.of(0, 1, 5) } });
  tick();
  assert.equal(c.drawn[0].color, 'accent');
  assert.equal(c.drawn[0].paths.length, 2, 'two runs: 0 and 1 are one');
  e.handle({ type: 'highlight', marks: null });
  tick();
  assert.ok(!colorsOf(c).includes('accent'));
});

test('a hit is a feeder from afar and a segment from z14 on, the nearest first', async t => {
  const { e } = await drawn(t, {}, normal, out, normal);
  const at = (y, zoom, radius) => e.hitTest(worldX((lon + 150) / 1e5), worldY(y / 1e5), radius, zoom);
  assert.deepEqual(at(lat - 90, 12, 16).map(h => [h.layer, h.id]), [[1, 1], [1, 0], [1, 2]]);
  const [first] = at(lat - 95, 14, 2);
  assert.deepEqual([first.layer, first.id, first.feeder, first.code], [2, 5, 1, out]);
  assert.ok(first.distance > 0 && first.distance < 1);
  assert.deepEqual(at(lat + 5000, 12, 5), []);
});

test('deltas in a chain; a frame that does not fit is a gap, said once, and only a snapshot mends it', async t => {
  const { c, frame, all } = await drawn(t, {}, normal, normal, normal);
  await frame(delta(1, 2, changes(1, [[1, over]])));
  assert.ok(colorsOf(c).includes('p2'));
  await frame(beat(2));
  await frame(delta(7, 8, changes(1, [[1, out]])));
  assert.ok(!colorsOf(c).includes('p1'), 'nothing of it is taken');
  await frame(delta(8, 9, changes(1, [[1, out]])));
  assert.equal(all('gap').length, 1);
  await frame(snapshot(9, full(0, [normal]), full(1, [normal, out, normal])));
  assert.deepEqual(colorsOf(c), ['normal', 'p1']);
  await frame(delta(9, 10, changes(1, [[70000, out]])));
  assert.equal(all('gap').length, 2, 'an id that is not there');
});

test('a deflated section is inflated, and what comes after it waits for it', async t => {
  const { c, e, tick } = await drawn(t, {}, normal, normal, normal);
  const first = e.frame(addition(1, deflated(2, [normal, normal, normal, normal, normal, out, normal]))), second = e.frame(delta(1, 2, changes(2, [[6, over]])));
  await Promise.all([first, second]);
  tick();
  assert.deepEqual(colorsOf(c), ['normal', 'p2', 'p1']);
});

test('a broken frame is a gap, and the picture stays', async t => {
  const { c, frame, all } = await drawn(t, {}, over, normal, normal);
  t.mock.method(console, 'error', () => { });
  await frame(delta(1, 2, changes(1, [[1, out]])).slice(0, -2));
  assert.equal(all('gap').length, 1);
  assert.ok(colorsOf(c).includes('p2'));
});

test('a tile that was dropped and comes again has the newest colours', async t => {
  const { c, e, frame, tile } = await drawn(t, {}, normal, normal, normal);
  e.handle({ type: 'dropTile', key: c.key });
  await frame(delta(1, 2, changes(1, [[1, out]])));
  assert.ok(!colorsOf(c).includes('p1'), 'nothing paints on a canvas that is gone');
  assert.ok(colorsOf(tile(lat, lon, 14)).includes('p1'));
});

test('a clear tile is cleared, not filled, and keeps its alpha', async t => {
  const m = start(t, { lines });
  const c = m.tile(lat, lon, 14, { alpha: true });
  assert.deepEqual(c.options, { willReadFrequently: true, alpha: true });
  assert.ok(c.ctx.cleared > 0 && !colorsOf(c).includes('map'));
});

test('ask: the code of one asset', async t => {
  const { e, last } = await drawn(t, {}, normal, out, normal);
  e.handle({ type: 'ask', layer: 2, id: 5 });
  assert.deepEqual(last('state'), { type: 'state', layer: 2, id: 5, code: out });
  e.handle({ type: 'ask', layer: 4, id: 5 });
  assert.equal(last('state').code, never);
});

test('lines that come after the frames take their codes', async t => {
  const m = start(t);
  const c = m.tile(lat, lon, 14);
  await m.frame(snapshot(1, full(0, [normal]), full(1, [normal, out, normal])));
  assert.deepEqual(c.drawn, []);
  const { linesFile } = await import('./engine-support.mjs');
  m.e.handle({ type: 'setGeometry', bytes: linesFile(lines) });
  m.tick();
  assert.ok(colorsOf(c).includes('p1'));
  assert.deepEqual(m.last('geometry'), { type: 'geometry', feeders: 3, segments: 7, devices: 0, transformers: 0, meters: 0 });
  assert.ok(shownAt(lat, lon, 14).west < worldX(lon / 1e5));
});

test('a colour too like the ground has an outline, in either theme', async t => {
  const { contrast } = await import('../../wwwroot/js/engine/look.js');
  assert.ok(Math.abs(contrast('#000000', '#ffffff') - 21) < .01 && contrast('#EBC419', '#E4E7EA') < 1.5 && contrast('', '#fff') === 21);
  const { c, e, tick } = await drawn(t, {}, normal, low, out);
  e.handle({ type: 'setColors', scale: 1, colors: { '--map': '#E4E7EA', '--text': '#1A1C1E', '--p3': '#EBC419', '--p1': '#B3030C', '--normal': '#74787D' } });
  tick();
  const [first] = strokesOf(c, '#1A1C1E'), yellow = strokesOf(c, '#EBC419');
  assert.equal(strokesOf(c, '#1A1C1E').length, 1, 'red needs none');
  assert.ok(first.width > yellow[0].width + 1);
  assert.deepEqual(first.paths, yellow[0].paths);
});

test('data age: de-energised is a class of its own, below what is stale or was never heard', () => {
  const { age } = modes, key = code => age.byId[age.classOf[code]].key;
  assert.deepEqual([out, codeOf(true, 1, 3, 1), codeOf(true, 2, 3, 1), codeOf(true, 3, 0, 0), normal].map(key), ['out', 'out', 'stale', 'never', 'live']);
});

test('a line that goes dead within its class loses its arrows', async t => {
  const { c, frame } = await drawn(t, { flow: true, z: 15 }, stale, stale, stale);
  const arrows = () => c.drawn.filter(d => d.op === 'stroke' && d.color === 'text').flatMap(d => d.paths).length;
  assert.ok(arrows() > 0);
  await frame(delta(1, 2, changes(1, [0, 1, 2].map(f => [f, codeOf(true, 2, 3, 1)]))));
  assert.equal(arrows(), 0);
});
