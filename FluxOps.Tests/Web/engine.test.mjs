import assert from 'node:assert/strict';
import test from 'node:test';
import { GridEngine } from '../../wwwroot/js/grid-engine.js';
import { worldX, worldY } from '../../wwwroot/js/geometry.js';
import { numberText, unpack } from '../../wwwroot/js/pack.js';

/** A canvas that writes down with which pen each stroke was made. */
function canvas() {
  const strokes = [];
  const ctx = { strokes, setTransform() { }, setLineDash(d) { this.dash = d.join(); }, beginPath() { }, moveTo() { }, lineTo() { }, closePath() { }, fill() { }, fillRect() { strokes.length = 0; }, stroke() { strokes.push(`${this.strokeStyle}/${this.dash}`); } };
  return { width: 256, getContext: () => ctx, ctx };
}

const geometry = new Uint8Array([...Buffer.from('FXG1'), 2, // two feeders side by side, a segment each
  1, 0b111001, ...zigzag(2976000), ...zigzag(-9537000), ...zigzag(0), ...zigzag(100),
  1, 0b111001, ...zigzag(10), ...zigzag(0), ...zigzag(0), ...zigzag(100)]);
function zigzag(v) { let u = ((v << 1) ^ (v >> 31)) >>> 0; const out = []; while (u > 127) { out.push(u & 127 | 128); u >>>= 7; } out.push(u); return out; }

function engine(t) {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const said = [], e = new GridEngine(m => said.push(m));
  e.handle({ type: 'colors', scale: 1, colors: { '--map': 'map', '--normal': 'grey', '--faint': 'faint', '--p1': 'red', '--p2': 'amber', '--stale': 'cyan', '--accent': 'blue' } });
  e.handle({ type: 'geometry', bytes: geometry.buffer.slice(0) });
  const c = canvas();
  e.handle({ type: 'tile', key: 'k', x: Math.floor(worldX(-95.3695) / 256), y: Math.floor(worldY(29.76) / 256), z: 14, canvas: c });
  return { e, c, said, wait: () => t.mock.timers.tick(1000) };
}

test('before any frame nothing looks normal: lines say that there is no data', t => {
  const { c } = engine(t);
  assert.deepEqual([...new Set(c.ctx.strokes.filter(s => !s.startsWith('undefined')))], ['faint/1,4']);
});

test('a snapshot and a delta repaint the tile with the look of each status', t => {
  const { e, c, wait } = engine(t);
  e.handle({ type: 'snapshot', feeders: new Uint8Array([0, 0]) });
  wait();
  assert.ok(c.ctx.strokes.includes('grey/'));
  e.handle({ type: 'delta', ids: new Uint32Array([1]), statuses: new Uint8Array([4]) });
  wait();
  assert.ok(c.ctx.strokes.includes('grey/') && c.ctx.strokes.includes('red/5,3'));
});

test('a change that does not change the look paints nothing', t => {
  const { e, said, wait } = engine(t);
  e.handle({ type: 'snapshot', feeders: new Uint8Array([0, 0]) });
  wait();
  const before = said.filter(m => m.type === 'painted').length;
  e.handle({ type: 'delta', ids: new Uint32Array([0]), statuses: new Uint8Array([2]) });
  wait();
  assert.equal(said.filter(m => m.type === 'painted').length, before);
});

test('many changes in a moment are one repaint', t => {
  const { e, said, wait } = engine(t);
  e.handle({ type: 'snapshot', feeders: new Uint8Array([0, 0]) });
  wait();
  const before = said.filter(m => m.type === 'painted').length;
  for (let i = 0; i < 20; i++) e.handle({ type: 'delta', ids: new Uint32Array([0]), statuses: new Uint8Array([i % 2 ? 0 : 3]) });
  wait();
  assert.equal(said.filter(m => m.type === 'painted').length, before + 1);
});

test('abnormal only: a normal line is neither drawn nor hit', t => {
  const { e, c, said, wait } = engine(t);
  e.handle({ type: 'snapshot', feeders: new Uint8Array([0, 3]) });
  e.handle({ type: 'view', mode: 'status', abnormalOnly: true });
  wait();
  assert.ok(!c.ctx.strokes.includes('grey/') && c.ctx.strokes.includes('amber/'));
  e.handle({ type: 'hit', id: 1, x: worldX(-95.3695), y: worldY(29.76), radius: 1000 });
  assert.equal(said.at(-1).feeder, 1);
});

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
