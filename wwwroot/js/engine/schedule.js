// When which tile is painted. Work is done in slices, so that hit tests, frames and new tiles come in between; what is in view comes first.
const slice = 8;      // ms of painting before anything else gets its turn
const quick = 40;     // ms that may go by before an exact repaint where all of it is cheap
const slow = 400;     // ms between two exact repaints while states keep changing: the changes themselves are painted over at once
const share = 3;      // an exact repaint rests this many times as long as it took: at most a quarter of the thread

export class Schedule {
  tiles = new Map();
  #paint; #paintOver; #post; #now;
  #timer = 0; #dueAt = Infinity; #hidden = false; #shown = null;
  #round = []; #roundMs = 0; #roundTiles = 0; #exactAt = 0;

  /** @param now clock in ms */
  constructor({ paint, paintOver, post, now }) {
    this.#paint = paint;
    this.#paintOver = paintOver;
    this.#post = post;
    this.#now = now;
  }

  add(tile) { this.tiles.set(tile.key, tile); this.#arrange(); }
  drop(key) { this.tiles.delete(key); }

  /** What the window shows: zoom and box in world px of zoom 14. Tiles of another zoom are not repainted until they are shown. */
  show(shown) { this.#shown = shown; this.#arrange(); }

  /** Nothing is painted while nobody sees it. On return all that has changed is. */
  setHidden(hidden) {
    this.#hidden = hidden;
    if (!hidden) { for (const tile of this.tiles.values()) if (tile.over.length) { tile.over = []; tile.dirty = true; } this.#exactAt = 0; }
    this.#arrange();
  }

  isHidden() { return this.#hidden; }

  /** True for tiles of the zoom that is shown. */
  isCurrent(tile) { return !this.#shown || tile.z === this.#shown.z; }

  isVisible(tile) {
    const s = this.#shown;
    if (!s) return true;
    const span = 256 * 2 ** (14 - tile.z), x = tile.x * span, y = tile.y * span;
    return tile.z === s.z && x < s.east && x + span > s.west && y < s.south && y + span > s.north;
  }

  /** All must be painted anew, at once where `now`. */
  allDirty(now) {
    for (const tile of this.tiles.values()) { tile.dirty = true; tile.over = []; }
    if (now) this.#exactAt = 0;
    this.#arrange();
  }

  /** Tiles that a box touches (local px of zoom 14: west, north, east, south) must be painted anew, from a zoom on. */
  dirtyWithin(west, north, east, south, zoom) {
    for (const tile of this.tiles.values()) if (!tile.fresh && tile.z >= zoom && tile.west <= east && tile.east >= west && tile.north <= south && tile.south >= north) tile.dirty = true;
    this.#arrange();
  }

  /** After tiles were marked dirty or got changes to paint over. */
  changed() { this.#arrange(); }

  #arrange() {
    if (this.#hidden) { clearTimeout(this.#timer); this.#timer = 0; this.#dueAt = Infinity; return; }
    let at = this.#round.length ? 0 : Infinity;
    for (const tile of this.tiles.values()) {
      if (tile.fresh || tile.over.length && this.isVisible(tile)) { at = 0; break; } // painted over is only what is seen
      if (tile.dirty && this.isCurrent(tile)) at = Math.min(at, this.#exactAt);
    }
    if (at === Infinity) return;
    const now = this.#now(), due = Math.max(now, at);
    if (this.#timer && this.#dueAt <= due) return;
    clearTimeout(this.#timer);
    this.#dueAt = due;
    this.#timer = setTimeout(() => { this.#timer = 0; this.#dueAt = Infinity; this.#work(); }, due - now);
  }

  #work() {
    if (this.#hidden) return;
    const start = this.#now();
    do if (!this.#step()) break; while (this.#now() - start < slice);
    this.#arrange();
  }

  /** The most urgent piece of work; false: there is none now. */
  #step() {
    const fresh = this.#nearest(tile => tile.fresh && this.isVisible(tile));
    if (fresh) return this.#first(fresh);
    for (const tile of this.tiles.values()) if (tile.over.length && !tile.fresh && this.isVisible(tile)) return this.#over(tile);
    if (this.#round.length) return this.#exact(this.#round.pop());
    const now = this.#now();
    if (now >= this.#exactAt) {
      this.#round = this.#dirty(tile => this.isVisible(tile));
      if (this.#round.length) { this.#roundMs = this.#roundTiles = 0; return this.#exact(this.#round.pop()); }
    }
    const other = this.#nearest(tile => tile.fresh);
    if (other) return this.#first(other);
    if (now < this.#exactAt) return false;
    this.#round = this.#dirty(tile => this.isCurrent(tile)).slice(0, 1); // beyond the window's edge: one by one
    if (!this.#round.length) return false;
    this.#roundMs = this.#roundTiles = 0;
    return this.#exact(this.#round.pop());
  }

  #dirty(which) { return [...this.tiles.values()].filter(tile => tile.dirty && !tile.fresh && which(tile)); }

  /** Of the tiles for which `which` holds, the one nearest to the middle of the window. */
  #nearest(which) {
    const s = this.#shown;
    let best = null, least = Infinity;
    for (const tile of this.tiles.values()) {
      if (!which(tile)) continue;
      const span = 256 * 2 ** (14 - tile.z), d = s ? Math.hypot((tile.x + .5) * span - (s.west + s.east) / 2, (tile.y + .5) * span - (s.north + s.south) / 2) + (tile.z === s.z ? 0 : 1e9) : 0;
      if (d < least) { least = d; best = tile; }
    }
    return best;
  }

  #first(tile) {
    this.#measure(tile);
    tile.fresh = false;
    this.#post({ type: 'drawn', key: tile.key });
    return true;
  }

  #over(tile) {
    this.#paintOver(tile);
    tile.over = [];
    tile.dirty = true;
    return true;
  }

  #exact(tile) {
    if (this.tiles.get(tile.key) === tile && tile.dirty) { this.#roundMs += this.#measure(tile); this.#roundTiles++; }
    if (this.#round.length) return true;
    this.#exactAt = this.#now() + Math.min(slow, Math.max(quick, share * this.#roundMs));
    if (this.#roundTiles) this.#post({ type: 'painted', tiles: this.#roundTiles, ms: this.#roundMs });
    return true;
  }

  #measure(tile) {
    const start = this.#now();
    tile.dirty = false;
    tile.over = [];
    this.#paint(tile);
    return tile.cost = this.#now() - start;
  }
}
