// Leaflet layer whose tiles are painted by the grid engine, in a worker where the browser can give it a canvas.
import L from 'leaflet';
import { GridEngine } from './grid-engine.js';

/** The engine behind one interface: post(message, transfer), and what it says through onMessage. */
export function startEngine(workerUrl, onMessage) {
  if (typeof OffscreenCanvas === 'undefined' || typeof Worker === 'undefined' || !('transferControlToOffscreen' in HTMLCanvasElement.prototype)) {
    const engine = new GridEngine(message => queueMicrotask(() => onMessage(message)));
    return { offscreen: false, post: message => engine.handle(message), stop() { } };
  }
  const worker = new Worker(workerUrl);
  worker.addEventListener('message', event => onMessage(event.data));
  worker.addEventListener('error', event => { console.error(`map worker: ${event.message}`); });
  return { offscreen: true, post: (message, transfer) => worker.postMessage(message, transfer), stop: () => worker.terminate() };
}

export const GridTiles = L.GridLayer.extend({
  initialize(engine, options) {
    L.setOptions(this, options);
    this._engine = engine;
    this._waiting = new Map();
    this._canvases = 0;
    this.on('tileunload', event => { this._engine.post({ type: 'drop', key: event.tile.dataset.key }); this._waiting.delete(event.tile.dataset.key); });
  },
  createTile(coords, done) {
    const canvas = L.DomUtil.create('canvas', 'leaflet-tile');
    // Beyond 1.5 a denser canvas costs more time than the eye gains; the size is final: a canvas is handed over once.
    canvas.width = canvas.height = Math.round(256 * Math.min(1.5, devicePixelRatio || 1));
    canvas.setAttribute('aria-hidden', 'true');
    const key = canvas.dataset.key = `${coords.z}/${coords.x}/${coords.y}#${this._canvases++}`; // a tile that comes again is another canvas
    const surface = this._engine.offscreen ? canvas.transferControlToOffscreen() : canvas;
    this._waiting.set(key, () => done(null, canvas));
    this._engine.post({ type: 'tile', key, x: coords.x, y: coords.y, z: coords.z, canvas: surface }, this._engine.offscreen ? [surface] : undefined);
    return canvas;
  },
  drawn(key) {
    this._waiting.get(key)?.();
    this._waiting.delete(key);
  },
});
