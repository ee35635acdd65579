// Whose meters the window shows, so that only theirs are fetched and told.
import { Meter } from '../palette.js';
import { metersFrom } from './lod.js';

const margin = .5;       // of the window, around it: what is just out of view is still looked at, so that a small move asks for nothing
const mostKept = 250_000; // meters whose places are kept: 2 MB

export class Need {
  #scene; #post; #shown = null; #stations = new Set(); #told = '';

  constructor(scene, post) {
    this.#scene = scene;
    this.#post = post;
  }

  show(shown) { this.#shown = shown; this.update(); }

  /** After the view, the assets, the selection or a station's meters changed. */
  update() {
    const scene = this.#scene, s = this.#shown, [ox, oy] = scene.origin, wanted = new Set();
    const chosen = scene.selected?.layer === Meter ? scene.stationOf(scene.selected.id) : -1;
    if (chosen >= 0) wanted.add(chosen);
    if (s && s.z >= metersFrom) {
      const w = (s.east - s.west) * margin, h = (s.south - s.north) * margin, b = scene.boxes;
      for (let i = 0; i < b.length / 4; i++) {
        const more = this.#stations.has(i) ? 1 : 0, o = 4 * i;
        if (b[o] <= s.east - ox + more * w && b[o + 2] >= s.west - ox - more * w && b[o + 1] <= s.south - oy + more * h && b[o + 3] >= s.north - oy - more * h) wanted.add(i);
      }
    }
    this.#stations = wanted;
    scene.state.keep(wanted);
    this.#forget(wanted);
    const stations = [...wanted].sort((a, b) => a - b), load = stations.filter(i => !scene.meters.has(i)), told = `${stations}|${load}`;
    if (told === this.#told) return;
    const first = this.#told === '' && !stations.length;
    this.#told = told;
    if (!first) this.#post({ type: 'need', stations, load });
  }

  /** The places longest unused go first. */
  #forget(wanted) {
    const { meters } = this.#scene;
    let kept = 0;
    for (const m of meters.values()) kept += m.count;
    for (const [station, m] of meters) {
      if (kept <= mostKept) return;
      if (wanted.has(station)) continue;
      meters.delete(station);
      kept -= m.count;
    }
  }
}
