// The lines as flat arrays: px of zoom 14 from an origin near the grid, so that 32-bit floats hold a hundredth of one.
import { Cells } from './cells.js';
import { worldX, worldY } from '../geometry.js';

export const Backbone = 0, Lateral = 1, Tie = 2;

export class Lines {
  #seen; #turn = 0; #found;

  /** @param geometry from decodeGeometry */
  constructor({ feeders, first, flags, lat1, lon1, lat2, lon2 }) {
    const n = this.count = lat1.length;
    this.feeders = feeders;
    this.first = first;
    this.origin = n ? [Math.floor(worldX(lon1[0] / 1e5)), Math.floor(worldY(lat1[0] / 1e5))] : [0, 0];
    const [ox, oy] = this.origin;
    const x1 = this.x1 = new Float32Array(n), y1 = this.y1 = new Float32Array(n), x2 = this.x2 = new Float32Array(n), y2 = this.y2 = new Float32Array(n);
    this.kind = new Uint8Array(n);
    this.feederOf = new Uint16Array(n);
    /** px of zoom 14 from where its polyline starts: dashes and arrows are at the same places in every tile. */
    this.along = new Float32Array(n);
    this.length = new Float32Array(n);
    /** 1: starts where the one before ends. */
    this.joined = new Uint8Array(n);
    for (let f = 0; f < feeders; f++) {
      for (let i = first[f]; i < first[f + 1]; i++) {
        x1[i] = worldX(lon1[i] / 1e5) - ox; y1[i] = worldY(lat1[i] / 1e5) - oy;
        x2[i] = worldX(lon2[i] / 1e5) - ox; y2[i] = worldY(lat2[i] / 1e5) - oy;
        this.kind[i] = flags[i] >> 1 & 3;
        this.feederOf[i] = f;
        this.length[i] = Math.hypot(x2[i] - x1[i], y2[i] - y1[i]);
        if (i > first[f] && x1[i] === x2[i - 1] && y1[i] === y2[i - 1]) { this.joined[i] = 1; this.along[i] = this.along[i - 1] + this.length[i - 1]; }
      }
    }
    this.cells = new Cells(n, (i, b) => { b[0] = Math.min(x1[i], x2[i]); b[1] = Math.min(y1[i], y2[i]); b[2] = Math.max(x1[i], x2[i]); b[3] = Math.max(y1[i], y2[i]); });
    this.#seen = new Uint32Array(n);
    this.#found = new Uint32Array(n);
  }

  /** True where a segment's box touches another. */
  touches(i, west, north, east, south) {
    const { x1, y1, x2, y2 } = this;
    return !(x1[i] < west && x2[i] < west || x1[i] > east && x2[i] > east || y1[i] < north && y2[i] < north || y1[i] > south && y2[i] > south);
  }

  /** Ids of the segments that touch a box, ascending, so that what follows one another can be one stroke. */
  within(west, north, east, south) {
    const turn = ++this.#turn, seen = this.#seen, found = this.#found, items = this.cells.items;
    let n = 0;
    this.cells.stretches(west, north, east, south, (from, to) => {
      for (let at = from; at < to; at++) {
        const i = items[at];
        if (seen[i] === turn) continue; // listed in more than one cell
        seen[i] = turn;
        if (this.touches(i, west, north, east, south)) found[n++] = i;
      }
    });
    return found.slice(0, n).sort();
  }

  /** Square of the distance from a point to a segment. */
  distance2(i, x, y) {
    const ax = this.x1[i], ay = this.y1[i], dx = this.x2[i] - ax, dy = this.y2[i] - ay, l = dx * dx + dy * dy;
    const t = l > 0 ? Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / l)) : 0;
    const ex = x - ax - t * dx, ey = y - ay - t * dy;
    return ex * ex + ey * ey;
  }
}
