// Meters, transformers and devices of a tile, the gravest on top. Below zoom 16 small filled shapes with a dark rim, so that an outage does not melt into one mass.
import { Device, Meter, Transformer, isDead } from '../palette.js';
import { deviceSize, meterSize, metersFrom, symbolsFrom, thinnedUpTo, transformerSize } from './lod.js';
import { addDevice, addHatch, addMark } from './symbols.js';

/** What is to be drawn of one layer: places in canvas px, ranks, ids, codes. */
class Batch {
  n = 0; xs = new Float32Array(512); ys = new Float32Array(512); ids = new Uint32Array(512); ranks = new Uint8Array(512); codes = new Uint8Array(512);
  add(x, y, id, rank, code) {
    if (this.n === this.xs.length) for (const key of ['xs', 'ys', 'ids', 'ranks', 'codes']) { const old = this[key], grown = new old.constructor(2 * old.length); grown.set(old); this[key] = grown; }
    const n = this.n++;
    this.xs[n] = x; this.ys[n] = y; this.ids[n] = id; this.ranks[n] = rank; this.codes[n] = code;
  }
}
const batch = new Batch();

export function paintPoints(ctx, scene, tile) {
  const { z, west, north, east, south } = tile;
  if (z >= metersFrom) {
    for (const points of scene.meters.values()) {
      const b = scene.boxes, o = 4 * points.station;
      if (b[o] > east || b[o + 2] < west || b[o + 1] > south || b[o + 3] < north) continue;
      collectMeters(scene, tile, points);
      paintMeters(ctx, scene, tile);
    }
  }
  if (scene.transformers) {
    begin();
    scene.transformers.within(west, north, east, south, i => take(scene, tile, Transformer, i));
    if (z <= thinnedUpTo) thin(scene, tile);
    paintTransformers(ctx, scene, tile);
  }
  if (scene.devices) {
    begin();
    scene.devices.within(west, north, east, south, i => take(scene, tile, Device, i));
    paintDevices(ctx, scene, tile);
  }
  paintSelected(ctx, scene, tile);
}

/** Points whose look has changed, over what the tile shows. What is no longer drawn stays until the tile is painted anew. */
export function paintPointsOver(ctx, scene, tile, layer, ids) {
  begin();
  for (const id of ids) take(scene, tile, layer, id);
  if (layer === Transformer) paintTransformers(ctx, scene, tile); else if (layer === Device) paintDevices(ctx, scene, tile);
}

function begin() { batch.n = 0; }

function take(scene, tile, layer, i) {
  const points = layer === Transformer ? scene.transformers : scene.devices, code = scene.code(layer, i), rank = scene.look.rank(code, scene.feederOf(layer, i));
  if (scene.isPointDrawn(layer, i, code, rank, tile.z)) batch.add((points.x[i] - tile.dx) * tile.k, (points.y[i] - tile.dy) * tile.k, i, rank, code);
}

function collectMeters(scene, tile, points) {
  begin();
  const codes = scene.state.meters.get(points.station);
  if (!codes) return; // not told yet: nothing is drawn rather than something false
  const { x, y, first, count } = points, { west, north, east, south, dx, dy, k, z } = tile, feeder = scene.feederOfStation(points.station);
  for (let i = 0; i < count; i++) {
    if (x[i] < west || x[i] > east || y[i] < north || y[i] > south) continue;
    const rank = scene.look.rank(codes[i], feeder);
    if (scene.isPointDrawn(Meter, first + i, codes[i], rank, z)) batch.add((x[i] - dx) * k, (y[i] - dy) * k, first + i, rank, codes[i]);
  }
}

/** Leaves one mark, the gravest, in a square as wide as a mark and a gap: a street that is out is a row of marks, a quarter that is out no red mass. Squares are the map's, not the tile's. */
function thin(scene, tile) {
  const side = (2 * transformerSize(tile.z, true) + 3.5) * tile.dpr * scene.scale, left = tile.x * tile.size, top = tile.y * tile.size, best = new Map();
  const key = n => Math.floor((left + batch.xs[n]) / side) * 1e7 + Math.floor((top + batch.ys[n]) / side);
  for (let n = 0; n < batch.n; n++) { const k = key(n), b = best.get(k); if (b === undefined || batch.ranks[n] > batch.ranks[b]) best.set(k, n); }
  for (let n = 0; n < batch.n; n++) if (best.get(key(n)) !== n && !scene.isMarked(Transformer, batch.ids[n])) batch.ranks[n] = hidden;
}
const hidden = 255;

/** Calls draw(style, members) rank by rank, with the indices of those that have it. */
function byRank(scene, draw) {
  scene.look.styles.forEach((style, rank) => {
    members.length = 0;
    for (let n = 0; n < batch.n; n++) if (batch.ranks[n] === rank) members.push(n);
    if (members.length) draw(style, members);
  });
}
const members = [];

function paintTransformers(ctx, scene, tile) {
  const px = tile.dpr * scene.scale, ground = scene.colors['--map'] ?? '#000';
  halos(ctx, scene, tile, Transformer, transformerSize(tile.z, true) + 3);
  byRank(scene, (style, these) => {
    const r = transformerSize(tile.z, style.abnormal) * px;
    if (tile.z < symbolsFrom) { dots(ctx, these, style, r, (tile.z >= 14 ? 1.3 : style.abnormal ? 1 : 0) * px, style.rim ?? ground); return; }
    // A circle of the ground's colour, rimmed in the state's, and the state's mark in it.
    path(ctx, these, (x, y) => addMark(ctx, 'dot', x, y, r));
    ctx.globalAlpha = 1;
    ctx.fillStyle = ground;
    ctx.fill();
    for (const [color, more] of style.rim ? [[style.rim, 1.6], [style.color, 0]] : [[style.color, 0]]) {
      ctx.strokeStyle = color;
      ctx.lineWidth = ((style.abnormal ? 2.2 : 1.4) + more) * px;
      ctx.stroke();
    }
    if (style.mark === 'hatched') { path(ctx, these, (x, y) => addHatch(ctx, x, y, r * .75)); ctx.lineWidth = 1.2 * px; ctx.stroke(); return; }
    ctx.fillStyle = style.color;
    path(ctx, these, (x, y) => addMark(ctx, style.mark, x, y, style.abnormal ? r * .48 : r * (.26 + .09 * style.width)));
    ctx.fill();
  });
}

/** Small shapes of one style with a rim of the ground's colour. */
function dots(ctx, these, style, r, rim, ground) {
  ctx.globalAlpha = style.quiet && rim === 0 ? .8 : 1;
  if (style.mark === 'hatched') { // nothing is heard of it: a ring, no bigger than what is normal
    path(ctx, these, (x, y) => addMark(ctx, 'dot', x, y, r * .6));
    ctx.fillStyle = ground;
    if (rim > 0) ctx.fill();
    ctx.strokeStyle = style.color;
    ctx.lineWidth = r * .32;
    ctx.stroke();
    return;
  }
  // fillRect is several times as quick as a path, and under 3 px nobody tells a square from a dot.
  const plain = style.mark === 'square' || r < 1.5 || !style.abnormal, square = (n, color, s) => { ctx.fillStyle = color; ctx.fillRect(batch.xs[n] - s, batch.ys[n] - s, 2 * s, 2 * s); };
  if (plain && style.abnormal && rim > 0) { for (const n of these) { square(n, ground, r + rim); square(n, style.color, r); } return; } // each on top of the ones before, with its rim
  for (const [color, more] of rim > 0 ? [[ground, rim], [style.color, 0]] : [[style.color, 0]]) {
    if (plain) { for (const n of these) square(n, color, r + more); continue; }
    path(ctx, these, (x, y) => addMark(ctx, style.mark, x, y, r + more * 1.3));
    ctx.fillStyle = color;
    ctx.fill();
  }
}

function paintMeters(ctx, scene, tile) {
  const px = tile.dpr * scene.scale, far = tile.z < symbolsFrom;
  halos(ctx, scene, tile, Meter, meterSize(tile.z, true) + 2);
  byRank(scene, (style, these) => {
    const r = meterSize(tile.z, style.abnormal) * px;
    ctx.globalAlpha = style.abnormal ? 1 : .85;
    if (far && !style.abnormal) { ctx.fillStyle = style.color; for (const n of these) ctx.fillRect(batch.xs[n] - r, batch.ys[n] - r, 2 * r, 2 * r); return; }
    const width = (style.abnormal ? (far ? 1.1 : 1.9) : 1.1) * px;
    ctx.strokeStyle = style.color;
    ctx.lineWidth = width;
    if (far) { for (const n of these) ctx.strokeRect(batch.xs[n] - r, batch.ys[n] - r, 2 * r, 2 * r); return; }
    path(ctx, these, (x, y) => addMark(ctx, style.mark, x, y, r));
    if (style.mark === 'hatched') ctx.setLineDash([1.6 * px, 1.6 * px]);
    if (style.rim) { ctx.strokeStyle = style.rim; ctx.lineWidth = width + 1.4 * px; ctx.stroke(); ctx.strokeStyle = style.color; ctx.lineWidth = width; }
    ctx.stroke();
    ctx.setLineDash([]);
  });
}

/** Filled: closed. Hollow: open. Out of its normal position: in the state's colour with a ring. */
function paintDevices(ctx, scene, tile) {
  const { devices, lines } = scene, px = tile.dpr * scene.scale, ground = scene.colors['--map'] ?? '#000', ink = scene.colors[tile.z >= symbolsFrom ? '--muted' : '--normal'] ?? '#999';
  halos(ctx, scene, tile, Device, deviceSize(tile.z, true) + 3);
  const shape = n => {
    const i = batch.ids[n], s = devices.segment[i], l = lines.length[s] || 1;
    addDevice(ctx, devices.kind[i], batch.xs[n], batch.ys[n], deviceSize(tile.z, isDead(batch.codes[n])) * px, (lines.x2[s] - lines.x1[s]) / l, (lines.y2[s] - lines.y1[s]) / l);
  };
  const all = (these, color, fill, width) => {
    if (!these.length) return;
    ctx.beginPath();
    for (const n of these) shape(n);
    if (fill) { ctx.fillStyle = fill; ctx.fill(); }
    ctx.strokeStyle = color;
    ctx.lineWidth = width * px;
    ctx.stroke();
  };
  ctx.globalAlpha = 1;
  ctx.lineJoin = 'miter';
  byRank(scene, (style, these) => {
    const color = style.abnormal || style.width > 1 ? style.color : ink, line = tile.z >= symbolsFrom ? 1.4 : 1;
    const moved = these.filter(n => isDead(batch.codes[n])), isOpen = n => devices.normallyOpen[batch.ids[n]] !== Number(isDead(batch.codes[n]));
    if (moved.length) {
      path(ctx, moved, (x, y) => addMark(ctx, 'dot', x, y, (deviceSize(tile.z, true) * 1.35 + 2) * px));
      ctx.fillStyle = ground;
      ctx.fill();
      ctx.strokeStyle = color;
      ctx.lineWidth = (tile.z >= 14 ? 1.8 : 1.1) * px;
      ctx.stroke();
    }
    all(these, ground, ground, line + (tile.z >= symbolsFrom ? 2 : 1.2));
    all(these.filter(n => !isOpen(n)), color, color, line);
    all(these.filter(isOpen), color, ground, line + .3);
  });
}

/** Under what is highlighted. */
function halos(ctx, scene, tile, layer, r) {
  if (!scene.marks?.[layer]) return;
  const px = tile.dpr * scene.scale;
  ctx.beginPath();
  for (let n = 0; n < batch.n; n++) if (scene.isMarked(layer, batch.ids[n])) addMark(ctx, 'dot', batch.xs[n], batch.ys[n], r * px);
  ctx.globalAlpha = .5;
  ctx.fillStyle = scene.colors['--accent'] ?? '#48f';
  ctx.fill();
  ctx.globalAlpha = 1;
}

function paintSelected(ctx, scene, tile) {
  const { selected } = scene, at = selected && scene.place(selected.layer, selected.id);
  if (!at || at[0] < tile.west || at[0] > tile.east || at[1] < tile.north || at[1] > tile.south) return;
  const px = tile.dpr * scene.scale, size = selected.layer === Transformer ? transformerSize : selected.layer === Meter ? meterSize : deviceSize;
  ctx.globalAlpha = 1;
  ctx.beginPath();
  addMark(ctx, 'dot', (at[0] - tile.dx) * tile.k, (at[1] - tile.dy) * tile.k, (Math.max(3, size(tile.z, true)) + 4) * px);
  for (const [color, width] of [['--map', 4.5], ['--accent', 2.2]]) {
    ctx.strokeStyle = scene.colors[color] ?? '#48f';
    ctx.lineWidth = width * px;
    ctx.stroke();
  }
}

function path(ctx, these, add) {
  ctx.beginPath();
  for (const n of these) add(batch.xs[n], batch.ys[n]);
}
