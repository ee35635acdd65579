// Index over the cells of zoom 14 (256 px, about 2 km), compressed rows: what lies in cell c is items[start[c]] to items[start[c + 1]].
const cell = 256;

export class Cells {
  /**
   * @param n things, each with the box that box(i, out) writes: west, north, east, south, px of zoom 14 from the local origin. A thing is listed in every cell that its box touches.
   */
  constructor(n, box) {
    const b = new Float64Array(4), all = [Infinity, Infinity, -Infinity, -Infinity];
    for (let i = 0; i < n; i++) {
      box(i, b);
      all[0] = Math.min(all[0], b[0]); all[1] = Math.min(all[1], b[1]); all[2] = Math.max(all[2], b[2]); all[3] = Math.max(all[3], b[3]);
    }
    this.west = n ? Math.floor(all[0] / cell) : 0;
    this.north = n ? Math.floor(all[1] / cell) : 0;
    this.columns = n ? Math.floor(all[2] / cell) - this.west + 1 : 0;
    this.rows = n ? Math.floor(all[3] / cell) - this.north + 1 : 0;
    this.start = new Uint32Array(this.columns * this.rows + 1);
    const each = visit => { for (let i = 0; i < n; i++) { box(i, b); this.#within(b[0], b[1], b[2], b[3], c => visit(c, i)); } };
    each(c => { this.start[c + 1]++; });
    for (let c = 1; c < this.start.length; c++) this.start[c] += this.start[c - 1];
    this.items = new Uint32Array(this.start[this.start.length - 1]);
    const at = this.start.slice();
    each((c, i) => { this.items[at[c]++] = i; });
  }

  /** Calls visit(from, to) with the stretches of `items` whose cells touch a box; a row of cells is one stretch. */
  stretches(west, north, east, south, visit) {
    const x0 = Math.max(0, Math.floor(west / cell) - this.west), x1 = Math.min(this.columns - 1, Math.floor(east / cell) - this.west);
    const y0 = Math.max(0, Math.floor(north / cell) - this.north), y1 = Math.min(this.rows - 1, Math.floor(south / cell) - this.north);
    if (x0 > x1) return;
    for (let y = y0; y <= y1; y++) {
      const from = this.start[y * this.columns + x0], to = this.start[y * this.columns + x1 + 1];
      if (from < to) visit(from, to);
    }
  }

  #within(west, north, east, south, visit) {
    const x0 = Math.floor(west / cell) - this.west, x1 = Math.floor(east / cell) - this.west, y1 = Math.floor(south / cell) - this.north;
    for (let y = Math.floor(north / cell) - this.north; y <= y1; y++) for (let x = x0; x <= x1; x++) visit(y * this.columns + x);
  }
}
