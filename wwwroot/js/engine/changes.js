// Changes of codes, put to the tiles that show them.
import { Device, Feeder, Meter, Segment, Substation, Transformer } from '../palette.js';
import { metersFrom } from './lod.js';
import { Tie } from './lines.js';

const most = 20_000;    // changes in one frame beyond which all is painted anew
const overUpTo = 12;    // zooms at which a repaint of all tiles takes long; above, the exact repaint is as quick as painting over, and leaves no rims

export class Changes {
  #scene; #schedule; #list = []; #all = false;

  constructor(scene, schedule) {
    this.#scene = scene;
    this.#schedule = schedule;
  }

  /** One change of a frame, as AssetState tells it: of a layer or a station's meters, some or all. */
  add({ layer, group, ids, codes, former }) {
    if (this.#all || former === null) return; // a tally is not drawn
    const scene = this.#scene, { look } = scene, first = layer === Meter ? scene.state.firstMeter?.[group] ?? 0 : 0;
    if (!ids && former.length !== codes.length) { if (layer === Meter) this.station(group); else if (layer > Substation) this.addAll(); return; }
    for (let n = 0; n < codes.length && !this.#all; n++) if (former[n] !== codes[n] && !look.same(former[n], codes[n])) this.#one(layer, first + (ids ? ids[n] : n), former[n]);
  }

  #one(layer, id, from) {
    const scene = this.#scene, { lines, look, state } = scene;
    if (layer === Feeder) {
      // Segments have codes of their own, once they are told.
      if (lines && !state.layers[Segment].length && id < lines.feeders) for (let i = lines.first[id]; i < lines.first[id + 1]; i++) this.#list.push(Segment, i, look.rank(from, id));
    } else if (layer >= Segment) this.#list.push(layer, id, look.rank(from, scene.feederOf(layer, id)));
    // A tie is drawn by its switch: dashed while it is open.
    if (layer === Device && lines && scene.devices && id < scene.devices.count) {
      const segment = scene.devices.segment[id];
      if (lines.kind[segment] === Tie) this.#list.push(Segment, segment, scene.segmentRank(segment));
    }
    if (this.#list.length > 3 * most) this.addAll();
  }

  /** The meters of a station are here now, or are told now. */
  station(id) {
    const b = this.#scene.boxes, o = 4 * id;
    if (o < b.length) this.#schedule.dirtyWithin(b[o], b[o + 1], b[o + 2], b[o + 3], metersFrom);
  }

  addAll() { this.#all = true; this.#list = []; }

  /** The end of a frame. */
  flush() {
    if (this.#all) this.#schedule.allDirty(false);
    else if (this.#list.length) this.#distribute();
    this.#all = false;
    this.#list = [];
  }

  #distribute() {
    const { lines } = this.#scene, list = this.#list, schedule = this.#schedule;
    if (!lines) return;
    const places = new Float64Array(2);
    for (const tile of schedule.tiles.values()) {
      if (tile.fresh || tile.west === undefined) continue; // will be painted from the newest codes anyway
      const over = tile.z <= overUpTo && !schedule.isHidden() && schedule.isVisible(tile);
      if (tile.dirty && !over) continue;
      for (let n = 0; n < list.length; n += 3) {
        if (!this.#touches(tile, list[n], list[n + 1], places)) continue;
        tile.dirty = true;
        if (!over) break;
        tile.over.push(list[n], list[n + 1], list[n + 2]);
      }
    }
    schedule.changed();
  }

  #touches(tile, layer, id) {
    const scene = this.#scene, { west, north, east, south, z } = tile;
    if (layer === Segment) return id < scene.lines.count && scene.lines.touches(id, west, north, east, south);
    if (layer === Meter) {
      if (z < 14) return false;
      const at = scene.place(layer, id);
      return at !== null && at[0] >= west && at[0] <= east && at[1] >= north && at[1] <= south;
    }
    const points = layer === Transformer ? scene.transformers : layer === Device ? scene.devices : null;
    if (!points || id >= points.count) return false;
    const x = points.x[id], y = points.y[id];
    return x >= west && x <= east && y >= north && y <= south;
  }
}
