// Draws the grid's tiles from flat arrays, answers hit tests and counts. Runs in grid-worker.js; without OffscreenCanvas, in the page itself.
// Its methods are messages {type, ...}: see handle. What it says: drawn, geometry, painted, hit, counts, stations, need, gap, state, fault.
import { AssetState, Snapshot } from './frames.js';
import { decodeAssets, decodeGeometry, decodeMeters } from './geometry.js';
import { Meter, Segment, Unknown } from './palette.js';
import { prepareBasemap } from './engine/basemap.js';
import { Changes } from './engine/changes.js';
import { countLayers, countStations } from './engine/counts.js';
import { hitTest } from './engine/hit.js';
import { Need } from './engine/need.js';
import { paintOver, paintTile } from './engine/paint.js';
import { Scene } from './engine/scene.js';
import { Schedule } from './engine/schedule.js';
import { Tile } from './engine/tile.js';

const countEvery = 500; // ms
const steady = 30_000;  // ms of good frames after which frames that could not be read are forgotten
const mostBroken = 2;   // frames that cannot be read, one after the other: then it is said aloud

export class GridEngine {
  #post; #now; #state; #scene; #schedule; #changes; #need;
  #lost = false; #broken = 0; #goodSince = -1; #fault = '';
  #segments = 0; #countTimer = 0; #countedAt = -Infinity;
  #assets = null; // that came before the lines

  /** @param now clock in ms */
  constructor(post, { now = () => performance.now() } = {}) {
    this.#post = post;
    this.#now = now;
    const scene = this.#scene = new Scene(this.#state = new AssetState());
    this.#schedule = new Schedule({ paint: tile => paintTile(scene, tile), paintOver: tile => paintOver(scene, tile), post, now });
    this.#changes = new Changes(scene, this.#schedule);
    this.#need = new Need(scene, post);
  }

  /** A message that fails is told as `fault`; one that asks is answered all the same. */
  handle(m) {
    try { this.#handle(m); } catch (error) {
      this.#fail(`The map failed at ${m.type}: ${error?.message ?? error}`, error);
      if (m.type === 'hitTest') this.#post({ type: 'hit', id: m.id, hits: [] });
      if (m.type === 'ask') this.#post({ type: 'state', layer: m.layer, id: m.id, code: Unknown });
    }
  }

  #handle(m) {
    switch (m.type) {
      case 'setGeometry': this.setGeometry(m.bytes); break;
      case 'setAssets': this.setAssets(m.bytes); break;
      case 'setMeters': this.setMeters(m.substation, m.bytes); break;
      case 'setBasemap': this.setBasemap(m.basemap); break;
      case 'setColors': this.setColors(m.colors, m.scale); break;
      case 'setMode': this.setMode(m.mode, m.abnormalOnly, m.flow); break;
      case 'setStations': this.setStations(m); break;
      case 'setHidden': this.#schedule.setHidden(m.hidden); if (!m.hidden) this.#recount(); break;
      case 'frame': this.frame(m.bytes).catch(error => this.#fail(`The map failed at a frame: ${error?.message ?? error}`, error)); break;
      case 'select': this.select(m.asset); break;
      case 'highlight': this.highlight(m.marks); break;
      case 'hitTest': this.#post({ type: 'hit', id: m.id, hits: this.hitTest(m.x, m.y, m.radius, m.zoom) }); break;
      case 'ask': this.#post({ type: 'state', layer: m.layer, id: m.id, code: this.#scene.codeOf(m.layer, m.id) }); break;
      case 'addTile': this.#schedule.add(new Tile(m)); break;
      case 'dropTile': this.#schedule.drop(m.key); break;
      case 'shown': this.#schedule.show(m); this.#need.show(m); break;
    }
  }

  setGeometry(bytes) {
    this.#scene.setGeometry(decodeGeometry(new Uint8Array(bytes)));
    for (const tile of this.#schedule.tiles.values()) tile.segments = null;
    if (this.#assets) this.#scene.setAssets(this.#assets);
    this.#sayGeometry();
  }

  setAssets(bytes) {
    this.#assets = decodeAssets(new Uint8Array(bytes));
    if (!this.#scene.lines) return;
    this.#scene.setAssets(this.#assets);
    this.#sayGeometry();
  }

  setMeters(substation, bytes) {
    if (!this.#scene.lines) return;
    this.#scene.setMeters(substation, decodeMeters(new Uint8Array(bytes)));
    this.#need.update();
    this.#changes.station(substation);
  }

  /** null: tiles stay clear where nothing is drawn. */
  setBasemap(basemap) { this.#scene.base = basemap && prepareBasemap(basemap); this.#schedule.allDirty(true); }

  setColors(colors, scale) {
    this.#scene.colors = colors;
    if (scale !== this.#scene.scale) for (const tile of this.#schedule.tiles.values()) tile.segments = null; // what sticks into a tile is another
    this.#scene.scale = scale;
    this.#restyle();
  }

  setMode(mode, abnormalOnly, flow = false) {
    Object.assign(this.#scene, { mode, abnormalOnly, flow });
    this.#restyle();
    this.#countedAt = -Infinity;
    this.#recount();
  }

  /** @param stations {feederStation: Uint16Array, kv: Float32Array}, both by feeder */
  setStations({ feederStation, kv }) {
    this.#scene.feederStation = feederStation;
    this.#scene.kv = kv;
    this.#restyle();
    this.#recount();
  }

  /** A frame of the lane as it came; frames take effect in order, also where one must be inflated first. A gap or a broken frame is told. */
  async frame(bytes) {
    const whole = new Uint8Array(bytes), isSnapshot = whole[0] === Snapshot;
    let taken, reason = '';
    try { taken = await this.#state.take(whole); } catch (error) { console.error(`map: ${error.message}`); reason = error.message; taken = { kind: 'gap', changes: [] }; }
    const { kind, changes } = taken;
    if (kind === 'gap') { this.#gap(isSnapshot, reason); return; }
    this.#good(kind);
    const segments = this.#state.layers[Segment].length;
    if (segments !== this.#segments) { this.#segments = segments; this.#changes.addAll(); } // lines go by their feeders again, or no longer
    for (const change of changes) this.#changes.add(change);
    this.#changes.flush();
    if (changes.some(c => c.layer !== Meter || c.former === null)) this.#recount();
  }

  /** The lane must start over: said once until a snapshot comes, and again where the snapshot itself is of no use. */
  #gap(isSnapshot, reason) {
    this.#goodSince = -1;
    if (isSnapshot || reason) this.#broken++;
    if (!this.#lost || isSnapshot) this.#post({ type: 'gap' });
    this.#lost = true;
    if (this.#broken >= mostBroken) this.#say(`The map's colours stand still: live data cannot be read here${reason ? ` (${reason})` : ''}`);
  }

  /** One good frame is not enough: the next, with a part that is inflated, may fail again. */
  #good(kind) {
    const now = this.#now();
    if (kind === 'snapshot') this.#lost = false;
    if (this.#goodSince < 0) this.#goodSince = now;
    if (!this.#broken || now - this.#goodSince < steady) return;
    this.#broken = 0;
    this.#say('');
  }

  #fail(message, error) {
    console.error('map:', error);
    this.#say(message);
  }

  /** A fault for the operator to see, once each; '' takes it back. */
  #say(message) {
    if (message === this.#fault) return;
    this.#fault = message;
    this.#post({ type: 'fault', message });
  }

  select(asset) {
    this.#scene.selected = asset;
    this.#need.update();
    this.#schedule.allDirty(true);
  }

  highlight(marks) {
    this.#scene.setMarks(marks);
    this.#schedule.allDirty(true);
  }

  hitTest(x, y, radius, zoom) {
    const [ox, oy] = this.#scene.origin;
    return hitTest(this.#scene, x - ox, y - oy, radius, zoom);
  }

  #restyle() {
    this.#scene.restyle();
    this.#schedule.allDirty(true);
  }

  #sayGeometry() {
    const { lines, transformers, devices } = this.#scene, first = this.#state.firstMeter;
    this.#post({ type: 'geometry', feeders: lines.feeders, segments: lines.count, devices: devices?.count ?? 0, transformers: transformers?.count ?? 0, meters: first?.at(-1) ?? 0 });
    this.#need.update();
    this.#schedule.allDirty(true);
    this.#recount();
  }

  /** At most twice a second, and not while nobody sees it. */
  #recount() {
    if (this.#countTimer || this.#schedule.isHidden()) return;
    this.#countTimer = setTimeout(() => {
      this.#countTimer = 0;
      if (this.#schedule.isHidden()) return;
      this.#countedAt = this.#now();
      this.#post({ type: 'counts', mode: this.#scene.mode, layers: countLayers(this.#scene, this.#scene.mode) });
      const stations = countStations(this.#scene);
      if (stations) this.#post({ type: 'stations', ...stations });
    }, Math.max(0, this.#countedAt + countEvery - this.#now()));
  }
}
