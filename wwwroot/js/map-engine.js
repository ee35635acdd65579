// The grid engine as the map speaks to it: its methods are messages, what it says comes back to listeners by type.
import { worldX, worldY } from './geometry.js';
import { startEngine } from './map-layer.js';
import { modes } from './palette.js';

/** Until the engine draws codes: the statuses that they are. */
const statusesOf = codes => codes.map(code => modes.status.classOf[code]);

export class Engine {
  #engine; #hits = new Map(); #hitId = 0;

  /** @param on {message type: (message) => void} */
  constructor(workerUrl, on) {
    this.#engine = startEngine(workerUrl, message => {
      if (message.type !== 'hit') { on[message.type]?.(message); return; }
      const hits = message.hits ?? (message.feeder >= 0 ? [{ layer: 1, id: message.feeder, distance: 0 }] : []);
      this.#hits.get(message.id)?.(hits);
      this.#hits.delete(message.id);
    });
  }

  /** What the tiles' layer posts to. */
  get layer() { return this.#engine; }
  get offscreen() { return this.#engine.offscreen; }

  setGeometry(bytes) { this.#post({ type: 'geometry', bytes }, [bytes]); }
  setBasemap(basemap) { this.#post({ type: 'basemap', basemap }); }
  setColors(colors, scale) { this.#post({ type: 'colors', colors, scale }); }
  setMode(mode, abnormalOnly, flow) { this.#post({ type: 'view', mode: mode === 'loading' ? mode : 'status', abnormalOnly, flow }); }
  select(asset) { this.#post({ type: 'select', feeder: asset?.layer === 1 ? asset.id : -1 }); }
  frame(kind, frame, state) {
    const { ids, codes } = frame.feeders;
    if (!ids) this.#post({ type: 'snapshot', feeders: statusesOf(state.feeders) });
    else if (ids.length) this.#post({ type: 'delta', ids, statuses: statusesOf(codes) });
  }

  /** What is drawn within a radius (CSS px) of a place, nearest first: [{layer, id, distance, code}]. */
  hitTest(latlng, radius, zoom) {
    return new Promise(resolve => {
      const id = ++this.#hitId;
      this.#hits.set(id, resolve);
      this.#post({ type: 'hit', id, x: worldX(latlng.lng), y: worldY(latlng.lat), radius: radius * 2 ** (14 - zoom), zoom });
    });
  }

  stop() { this.#hits.clear(); this.#engine.stop(); }

  #post(message, transfer) { this.#engine.post(message, transfer); }
}
