// One canvas of 256 CSS px, and where it lies.
import { edge } from './lod.js';

export class Tile {
  /** Segments in it, once they have been looked up. */
  segments = null;
  fresh = true;
  dirty = false;
  /** Changes to be painted over what is there: layer, id, rank before; three numbers each. */
  over = [];
  /** ms that it took to paint. */
  cost = 0;

  constructor({ key, x, y, z, canvas, alpha = false }) {
    Object.assign(this, { key, x, y, z, alpha, size: canvas.width });
    // willReadFrequently keeps the raster on the CPU: the same speed with and without a GPU, and no upload of every repaint.
    this.ctx = canvas.getContext('2d', { willReadFrequently: true, alpha });
    this.dpr = this.size / 256;
    /** Canvas px per px of zoom 14. */
    this.k = 2 ** (z - 14) * this.dpr;
  }

  /** Its corner and its box, as wide as what sticks into it, in local px. */
  place([ox, oy], scale) {
    const span = 256 * 2 ** (14 - this.z), out = edge * scale * 2 ** (14 - this.z);
    this.dx = this.x * span - ox;
    this.dy = this.y * span - oy;
    this.west = this.dx - out; this.north = this.dy - out; this.east = this.dx + span + out; this.south = this.dy + span + out;
  }
}
