// The grid engine as the map speaks to it: its methods are messages, what it says comes back to listeners by type.
import { worldX, worldY } from './geometry.js';
import { startEngine } from './map-layer.js';

export class Engine {
  #engine; #hits = new Map(); #hitId = 0; #stopped = false;

  /** @param on {message type: (message) => void} */
  constructor(workerUrl, on) {
    this.#engine = startEngine(workerUrl, message => {
      if (message.type === 'fault' && message.message) this.#answerAll();
      if (message.type !== 'hit') { on[message.type]?.(message); return; }
      this.#hits.get(message.id)?.(message.hits);
      this.#hits.delete(message.id);
    });
  }

  /** What the tiles' layer posts to. */
  get layer() { return this.#engine; }
  get offscreen() { return this.#engine.offscreen; }

  setGeometry(bytes) { this.#post({ type: 'setGeometry', bytes }, [bytes]); }
  setAssets(bytes) { this.#post({ type: 'setAssets', bytes }, [bytes]); }
  setMeters(substation, bytes) { this.#post({ type: 'setMeters', substation, bytes }, [bytes]); }
  /** null: tiles stay clear, for another map below. */
  setBasemap(basemap) { this.#post({ type: 'setBasemap', basemap }); }
  setColors(colors, scale) { this.#post({ type: 'setColors', colors, scale }); }
  setMode(mode, abnormalOnly, flow) { this.#post({ type: 'setMode', mode, abnormalOnly, flow }); }
  /** @param feederStation, kv by feeder */
  setStations(feederStation, kv) { this.#post({ type: 'setStations', feederStation: Uint16Array.from(feederStation), kv: Float32Array.from(kv) }); }
  /** @param asset {layer, id} or null */
  select(asset) { this.#post({ type: 'select', asset }); }
  /** @param marks {segments, devices, transformers, meters}, arrays of ids, or null */
  highlight(marks) { this.#post({ type: 'highlight', marks }); }
  setHidden(hidden) { this.#post({ type: 'setHidden', hidden }); }
  /** A frame of the lane as it came; others read the same bytes. */
  frame(bytes) { this.#post({ type: 'frame', bytes }); }

  /** What is drawn within a radius (CSS px) of a place, nearest first: [{layer, id, distance, code, feeder}]. */
  hitTest(latlng, radius, zoom) {
    if (this.#stopped) return Promise.resolve([]);
    return new Promise(resolve => {
      const id = ++this.#hitId;
      this.#hits.set(id, resolve);
      this.#post({ type: 'hitTest', id, x: worldX(latlng.lng), y: worldY(latlng.lat), radius: radius * 2 ** (14 - zoom), zoom });
    });
  }

  stop() { this.#stopped = true; this.#answerAll(); this.#engine.stop(); }

  /** Nobody waits for an answer that may never come. */
  #answerAll() {
    for (const resolve of this.#hits.values()) resolve([]);
    this.#hits.clear();
  }

  #post(message, transfer) { this.#engine.post(message, transfer); }
}
