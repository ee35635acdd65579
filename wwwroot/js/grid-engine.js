// Draws the grid's tiles from flat arrays and answers hit tests. Runs in grid-worker.js; without OffscreenCanvas, in the page itself.
import { decodeGeometry, hitFeeder, project, worldX, worldY } from './geometry.js';
import { Never, drawOrder, isAbnormal, looks } from './status.js';

const pause = 400; // ms between two repaints while statuses keep changing: 2.5 a second is as quick as an eye follows

export class GridEngine {
  #post;
  #grid = null;
  #base = null;
  #clear = false; // nothing below the lines: another layer shows through
  #status = new Uint8Array(0);
  #colors = {};
  #scale = 1; // of lines, with the page's type: a wall is read from afar
  #mode = 'status';
  #abnormalOnly = false;
  #selected = -1;
  #tiles = new Map();
  #dirty = new Set();
  #timer = 0;
  #painted = 0;

  constructor(post) { this.#post = post; }

  handle(m) {
    switch (m.type) {
      case 'geometry': this.#setGeometry(new Uint8Array(m.bytes)); break;
      case 'basemap': this.#base = m.basemap && prepareBasemap(m.basemap); this.#clear = !m.basemap; this.#allDirty(); break;
      case 'colors': this.#colors = m.colors; this.#scale = m.scale; this.#allDirty(); break;
      case 'view': this.#mode = m.mode; this.#abnormalOnly = m.abnormalOnly; this.#allDirty(); break;
      case 'select': this.#select(m.feeder); break;
      case 'snapshot': this.#setAll(m.feeders); break;
      case 'delta': this.#setSome(m.ids, m.statuses); break;
      case 'tile': this.#addTile(m); break;
      case 'drop': this.#tiles.delete(m.key); this.#dirty.delete(m.key); break;
      case 'hit': this.#post({ type: 'hit', id: m.id, feeder: this.#hit(m) }); break;
    }
  }

  #setGeometry(bytes) {
    this.#grid = project(decodeGeometry(bytes));
    const known = this.#status;
    this.#status = new Uint8Array(this.#grid.feeders).fill(Never); // nothing is known of a feeder until a frame says it
    this.#status.set(known.subarray(0, this.#grid.feeders));
    for (const tile of this.#tiles.values()) this.#paint(tile);
    this.#post({ type: 'geometry', feeders: this.#grid.feeders, segments: this.#grid.x1.length });
  }

  #setAll(feeders) {
    this.#status = feeders.slice();
    this.#allDirty();
  }

  #setSome(ids, statuses) {
    for (let i = 0; i < ids.length; i++) {
      const f = ids[i];
      if (f >= this.#status.length || this.#status[f] === statuses[i]) continue;
      const look = looks[this.#mode];
      const same = look[this.#status[f]] === look[statuses[i]]; // normal and loaded look alike: nothing to paint
      this.#status[f] = statuses[i];
      if (!same) this.#feederDirty(f);
    }
  }

  #select(feeder) {
    const old = this.#selected;
    this.#selected = feeder;
    if (old >= 0) this.#feederDirty(old);
    if (feeder >= 0) this.#feederDirty(feeder);
  }

  #addTile(m) {
    // willReadFrequently keeps the raster on the CPU: the same speed with and without a GPU, and no upload of every repaint.
    const ctx = m.canvas.getContext('2d', { willReadFrequently: true });
    const tile = { key: m.key, x: m.x, y: m.y, z: m.z, ctx, size: m.canvas.width };
    this.#tiles.set(m.key, tile);
    this.#paint(tile);
    this.#post({ type: 'drawn', key: m.key });
  }

  #allDirty() { for (const key of this.#tiles.keys()) this.#dirty.add(key); this.#schedule(); }

  #feederDirty(f) {
    if (!this.#grid || f >= this.#grid.feeders) return;
    const b = this.#grid.boxes, o = 4 * f;
    for (const tile of this.#tiles.values()) {
      const [west, north, east, south] = this.#area(tile);
      if (b[o] <= east && b[o + 2] >= west && b[o + 1] <= south && b[o + 3] >= north) this.#dirty.add(tile.key);
    }
    this.#schedule();
  }

  #schedule() {
    if (this.#timer || !this.#dirty.size) return;
    const wait = Math.max(0, this.#painted + pause - performance.now());
    this.#timer = setTimeout(() => {
      this.#timer = 0;
      this.#painted = performance.now();
      const keys = [...this.#dirty];
      this.#dirty.clear();
      for (const key of keys) this.#paint(this.#tiles.get(key));
      this.#post({ type: 'painted', tiles: keys.length, ms: performance.now() - this.#painted });
    }, wait);
  }

  /** Box of a tile in projected px, a line's width wider than the tile. */
  #area({ x, y, z }) {
    const size = 256 * 2 ** (14 - z), edge = 8 * 2 ** (14 - z), [ox, oy] = this.#grid.origin;
    return [x * size - ox - edge, y * size - oy - edge, (x + 1) * size - ox + edge, (y + 1) * size - oy + edge];
  }

  #hit({ x, y, radius }) {
    if (!this.#grid) return -1;
    const hidden = this.#abnormalOnly ? f => !isAbnormal(this.#status[f]) : undefined;
    return hitFeeder(this.#grid, x - this.#grid.origin[0], y - this.#grid.origin[1], radius, hidden);
  }

  #paint(tile) {
    const { ctx, z, size } = tile, dpr = size / 256, k = 2 ** (z - 14) * dpr;
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.globalAlpha = 1;
    ctx.setLineDash([]);
    if (this.#clear) ctx.clearRect(0, 0, size, size);
    else if (this.#base) paintBasemap(ctx, this.#base, tile, k, dpr, this.#colors);
    else { ctx.fillStyle = this.#colors['--map'] ?? '#000'; ctx.fillRect(0, 0, size, size); }
    if (this.#grid) this.#paintGrid(tile, k, dpr * this.#scale);
  }

  #paintGrid(tile, k, dpr) {
    const { ctx, z } = tile, grid = this.#grid, look = looks[this.#mode], area = this.#area(tile), [west, north, east, south] = area;
    const dx = tile.x * 256 * 2 ** (14 - z) - grid.origin[0], dy = tile.y * 256 * 2 ** (14 - z) - grid.origin[1];
    const visible = drawOrder.map(() => []);
    for (let f = 0, b = grid.boxes; f < grid.feeders; f++) {
      const o = 4 * f;
      if (b[o] > east || b[o + 2] < west || b[o + 1] > south || b[o + 3] < north) continue;
      const status = this.#status[f] ?? Never;
      if (this.#abnormalOnly && !isAbnormal(status) && f !== this.#selected) continue;
      visible[drawOrder.indexOf(status)]?.push(f);
    }
    ctx.lineCap = 'butt';
    ctx.lineJoin = 'round';
    const ordinary = z <= 9 ? [1, .5, .4] : z <= 11 ? [1.3, .75, .5] : z <= 13 ? [1.9, 1.1, .8] : [2.6, 1.5, 1]; // backbone, lateral, tie; CSS px
    if (this.#selected >= 0 && this.#selected < grid.feeders) {
      ctx.strokeStyle = this.#colors['--accent'];
      ctx.globalAlpha = .45;
      ctx.lineWidth = (ordinary[0] + 6) * dpr;
      ctx.setLineDash([]);
      trace(ctx, grid, [this.#selected], -1, area, dx, dy, k);
    }
    drawOrder.forEach((status, i) => {
      const feeders = visible[i], style = look[status];
      if (!feeders.length) return;
      ctx.strokeStyle = this.#colors[style.color] ?? '#888';
      for (const kind of [2, 1, 0]) { // ties below, backbone above
        ctx.globalAlpha = kind === 1 && z <= 9 ? style.alpha * .6 : style.alpha;
        ctx.lineWidth = Math.max(style.width * (kind === 0 ? 1 : .75), ordinary[kind] * style.scale) * dpr;
        ctx.setLineDash((kind === 2 && !style.dash.length ? [3, 3] : style.dash).map(d => d * dpr));
        trace(ctx, grid, feeders, kind, area, dx, dy, k);
      }
    });
    ctx.globalAlpha = 1;
    ctx.setLineDash([]);
  }
}

/** One path for all segments of a kind (-1: any); segments that follow one another are one line, so that dashes run on. */
function trace(ctx, grid, feeders, kind, [west, north, east, south], dx, dy, k) {
  const { first, flags, x1, y1, x2, y2 } = grid;
  let any = false;
  ctx.beginPath();
  for (const f of feeders) {
    let endX = NaN, endY = NaN;
    for (let i = first[f]; i < first[f + 1]; i++) {
      if (kind >= 0 && (flags[i] >> 1 & 3) !== kind) continue;
      const ax = x1[i], ay = y1[i], bx = x2[i], by = y2[i];
      if (ax < west && bx < west || ax > east && bx > east || ay < north && by < north || ay > south && by > south) continue;
      if (ax !== endX || ay !== endY) ctx.moveTo((ax - dx) * k, (ay - dy) * k);
      ctx.lineTo((bx - dx) * k, (by - dy) * k);
      endX = bx; endY = by;
      any = true;
    }
  }
  if (any) ctx.stroke();
}

/** Differences of 1e-4 degrees to world px at zoom 14, each line with its box. */
function prepareBasemap({ land, counties }) {
  const line = deltas => {
    const points = new Float64Array(deltas.length);
    let lon = 0, lat = 0, box = [Infinity, Infinity, -Infinity, -Infinity];
    for (let i = 0; i < deltas.length; i += 2) {
      lon += deltas[i]; lat += deltas[i + 1];
      const x = points[i] = worldX(lon / 1e4), y = points[i + 1] = worldY(lat / 1e4);
      box = [Math.min(box[0], x), Math.min(box[1], y), Math.max(box[2], x), Math.max(box[3], y)];
    }
    return { points, box };
  };
  return { land: land.map(line), counties: counties.map(line) };
}

function paintBasemap(ctx, base, { x, y, z, size }, k, dpr, colors) {
  const span = 256 * 2 ** (14 - z), left = x * span, top = y * span;
  const touches = ({ box }) => box[0] <= left + span && box[2] >= left && box[1] <= top + span && box[3] >= top;
  const add = ({ points }) => { for (let i = 0; i < points.length; i += 2) { const px = (points[i] - left) * k, py = (points[i + 1] - top) * k; if (i) ctx.lineTo(px, py); else ctx.moveTo(px, py); } };
  ctx.fillStyle = colors['--water'] ?? '#111';
  ctx.fillRect(0, 0, size, size);
  ctx.fillStyle = colors['--map'] ?? '#222';
  ctx.beginPath();
  for (const ring of base.land) if (touches(ring)) { add(ring); ctx.closePath(); }
  ctx.fill('evenodd');
  ctx.strokeStyle = colors['--line'] ?? '#444';
  ctx.lineWidth = dpr;
  ctx.globalAlpha = .7;
  ctx.beginPath();
  for (const border of base.counties) if (touches(border)) add(border);
  ctx.stroke();
  ctx.globalAlpha = 1;
}
