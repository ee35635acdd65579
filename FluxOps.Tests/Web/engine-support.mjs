// For the engine's tests: files and frames by hand, a canvas that writes down what is drawn, a clock that stands still.
import { deflateRawSync } from 'node:zlib';
import { GridEngine } from '../../wwwroot/js/grid-engine.js';
import { worldX, worldY } from '../../wwwroot/js/geometry.js';
import { colorNames } from '../../wwwroot/js/engine/look.js';

export function writer(magic) {
  const out = [...Buffer.from(magic)];
  const varint = v => { v >>>= 0; while (v > 127) { out.push(v & 127 | 128); v >>>= 7; } out.push(v); return w; };
  const w = { varint, zigzag: v => varint((v << 1) ^ (v >> 31)), byte: b => { out.push(b); return w; }, bytes: () => new Uint8Array(out) };
  return w;
}

/** Lines: feeders of segments [lat1, lon1, lat2, lon2, kind], 1e-5 degrees. */
export function linesFile(feeders) {
  const w = writer('FXG1').varint(feeders.length);
  let lat = 0, lon = 0;
  for (const segments of feeders) {
    w.varint(segments.length);
    for (const [a, b, c, d, kind = 0] of segments) {
      const fresh = a !== lat || b !== lon;
      w.byte((fresh ? 1 : 0) | kind << 1 | 7 << 3);
      if (fresh) w.zigzag(a - lat).zigzag(b - lon);
      w.zigzag(c - a).zigzag(d - b);
      lat = c; lon = d;
    }
  }
  return w.bytes();
}

/** transformers: per feeder [lat, lon][]; devices: [segment, kind, normallyOpen][]; meters: per station [lat, lon][]. */
export function assetsFile({ transformers = [], devices = [], meters = [] }) {
  const w = writer('FXA1').varint(transformers.flat().length).varint(transformers.length);
  let y = 0, x = 0, segment = 0;
  for (const of of transformers) { w.varint(of.length); for (const [a, b] of of) { w.zigzag(a - y).zigzag(b - x); y = a; x = b; } }
  w.varint(devices.length);
  for (const [s, kind, open = 0] of devices) { w.zigzag(s - segment).byte(kind | open << 3); segment = s; }
  w.varint(meters.length);
  for (const of of meters) {
    w.varint(of.length);
    if (!of.length) continue;
    const lats = of.map(m => m[0]), lons = of.map(m => m[1]), south = Math.min(...lats), west = Math.min(...lons);
    w.zigzag(south).zigzag(west).varint(Math.max(...lats) - south).varint(Math.max(...lons) - west);
  }
  return w.bytes();
}

export function metersFile(firstId, places) {
  const w = writer('FXM1').varint(firstId).varint(places.length);
  let y = 0, x = 0;
  for (const [a, b] of places) { w.zigzag(a - y).zigzag(b - x); y = a; x = b; }
  return w.bytes();
}

const u16 = v => [v & 255, v >> 8], u32 = v => [v & 255, v >> 8 & 255, v >> 16 & 255, v >>> 24];
const section = (layer, form, group, n, body) => [layer, form, ...u16(group), ...u32(n), ...body];
export const full = (layer, codes, group = 0xffff) => section(layer, 0, group, codes.length, codes);
export const changes = (layer, pairs, group = 0xffff) => section(layer, 1, group, pairs.length, pairs.flatMap(([id, code]) => [...u32(id), code]));
export const deflated = (layer, codes, group = 0xffff) => { const d = deflateRawSync(Uint8Array.from(codes)); return section(layer, 2, group, codes.length, [...u32(d.length), ...d]); };
export const tally = (group, pairs) => section(5, 3, group, pairs.length, pairs.flatMap(([code, n]) => [code, ...u32(n)]));
const frame = (kind, version, rest) => Uint8Array.from([kind, ...u32(version), ...new Array(8).fill(0), ...rest]);
export const snapshot = (version, ...sections) => frame(1, version, sections.flat());
export const delta = (base, version, ...sections) => frame(2, version, [...u32(base), ...sections.flat()]);
export const beat = version => frame(3, version, []);
export const addition = (version, ...sections) => frame(4, version, sections.flat());

/** A canvas whose `drawn` lists strokes and fills since it was last cleared, each {op, color, width, alpha, paths: [x, y][][], box}. */
export function canvas(size = 256) {
  const drawn = [];
  let paths = [], color;
  const note = (op, width, these) => {
    const all = these.flat(), xs = all.map(p => p[0]), ys = all.map(p => p[1]);
    drawn.push({ op, color, width, alpha: ctx.globalAlpha, mode: ctx.globalCompositeOperation, paths: these.map(p => [...p]), box: [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)] });
  };
  const ctx = {
    globalAlpha: 1, globalCompositeOperation: 'source-over', lineWidth: 1, lineDash: [], cleared: 0,
    setTransform() { }, setLineDash(d) { this.lineDash = d; },
    beginPath() { paths = []; }, closePath() { },
    moveTo(x, y) { paths.push([[x, y]]); }, lineTo(x, y) { paths.at(-1).push([x, y]); },
    arc(x, y, r) { paths.at(-1).push([x - r, y - r], [x + r, y + r]); }, rect(x, y, w, h) { paths.push([[x, y], [x + w, y], [x + w, y + h], [x, y + h]]); },
    stroke() { color = this.strokeStyle; note('stroke', this.lineWidth, paths); }, fill() { color = this.fillStyle; note('fill', 0, paths); },
    fillRect(x, y, w, h) { if (x === 0 && y === 0 && w === size) { drawn.length = 0; this.cleared++; return; } color = this.fillStyle; note('fillRect', 0, [[[x, y], [x + w, y + h]]]); },
    strokeRect(x, y, w, h) { color = this.strokeStyle; note('strokeRect', this.lineWidth, [[[x, y], [x + w, y + h]]]); },
    clearRect() { drawn.length = 0; this.cleared++; },
  };
  return { width: size, drawn, ctx, options: null, getContext(_kind, options) { this.options = options; return ctx; } };
}

/** Token -> its own name without dashes: a stroke's colour says which token it is. */
export const colors = Object.fromEntries(colorNames.map(name => [name, name.slice(2)]));

/** The tile of a zoom that holds a place (1e-5 degrees). */
export const tileAt = (lat, lon, z) => ({ z, x: Math.floor(worldX(lon / 1e5) / (256 * 2 ** (14 - z))), y: Math.floor(worldY(lat / 1e5) / (256 * 2 ** (14 - z))) });
/** What the window shows around a place: half a tile either way. */
export const shownAt = (lat, lon, z) => { const r = 128 * 2 ** (14 - z), x = worldX(lon / 1e5), y = worldY(lat / 1e5); return { type: 'shown', z, west: x - r, east: x + r, north: y - r, south: y + r }; };

/**
 * An engine on a clock that only wait() moves.
 * @param t the test's context
 */
export function start(t, { lines, assets, meters } = {}) {
  t.mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  const said = [], e = new GridEngine(m => said.push(m), { now: () => Date.now() });
  e.handle({ type: 'setColors', colors, scale: 1 });
  if (lines) e.handle({ type: 'setGeometry', bytes: linesFile(lines) });
  if (assets) e.handle({ type: 'setAssets', bytes: assetsFile(assets) });
  for (const [station, firstId, places] of meters ?? []) e.handle({ type: 'setMeters', substation: station, bytes: metersFile(firstId, places) });
  const tick = (ms = 1000) => t.mock.timers.tick(ms);
  let tiles = 0;
  return {
    e, said, tick,
    /** Messages of a type. */
    all: type => said.filter(m => m.type === type),
    last: type => said.filter(m => m.type === type).at(-1),
    tile(lat, lon, z, { size = 256, alpha = false } = {}) {
      const c = canvas(size);
      c.key = `t${tiles++}`;
      e.handle({ type: 'addTile', key: c.key, ...tileAt(lat, lon, z), canvas: c, alpha });
      tick();
      return c;
    },
    async frame(bytes, ms = 1000) { await e.frame(bytes); tick(ms); },
  };
}

/** Lines of colour among what was drawn, by width: the strokes that are neither rims nor ground. */
export const strokesOf = (c, color) => c.drawn.filter(d => d.op === 'stroke' && d.color === color);
export const colorsOf = c => [...new Set(c.drawn.map(d => d.color))];
