// Leaflet layer whose tiles are painted by the grid engine, in a worker where the browser can give it a canvas.
import L from 'leaflet';
import { worldX, worldY } from './geometry.js';
import { GridEngine } from './grid-engine.js';

/** The engine behind one interface: post(message, transfer), and what it says through onMessage. A test sets globalThis.fluxopsNoOffscreen to see the map without a worker. */
export function startEngine(workerUrl, onMessage) {
  const offscreen = !globalThis.fluxopsNoOffscreen && typeof OffscreenCanvas !== 'undefined' && typeof Worker !== 'undefined' && 'transferControlToOffscreen' in HTMLCanvasElement.prototype;
  if (!offscreen) {
    let stopped = false;
    const engine = new GridEngine(message => queueMicrotask(() => { if (!stopped) onMessage(message); }));
    return { offscreen, post: message => { if (!stopped) engine.handle(message); }, stop() { stopped = true; engine.handle({ type: 'setHidden', hidden: true }); } };
  }
  const worker = new Worker(workerUrl), asked = new Set(); // hit tests without an answer yet
  worker.addEventListener('message', event => { if (event.data.type === 'hit') asked.delete(event.data.id); onMessage(event.data); });
  worker.addEventListener('error', event => {
    console.error(`map worker: ${event.message}`);
    onMessage({ type: 'fault', message: `The map failed: ${event.message ?? 'its worker did not start'}` });
    for (const id of asked) onMessage({ type: 'hit', id, hits: [] }); // nobody waits for ever
    asked.clear();
  });
  const post = (message, transfer) => { if (message.type === 'hitTest') asked.add(message.id); worker.postMessage(message, transfer); };
  return { offscreen, post, stop: () => worker.terminate() };
}

export const GridTiles = L.GridLayer.extend({
  initialize(engine, options) {
    L.setOptions(this, options);
    this._engine = engine;
    this._waiting = new Map();
    this._canvases = 0;
    this._transparent = false;
    this._sayMoving = L.Util.throttle(this._sayShown, 150, this); // the engine paints first what is in view, also while the map is dragged
    this.on('tileunload', event => { this._engine.post({ type: 'dropTile', key: event.tile.dataset.key }); this._waiting.delete(event.tile.dataset.key); });
  },
  onAdd(map) {
    map.on('move', this._sayMoving, this).on('moveend zoomend resize', this._sayShown, this);
    if (map._loaded) this._sayShown();
    L.GridLayer.prototype.onAdd.call(this, map);
  },
  onRemove(map) {
    map.off('move', this._sayMoving, this).off('moveend zoomend resize', this._sayShown, this);
    L.GridLayer.prototype.onRemove.call(this, map);
  },
  /** Clear tiles, for another map below. A canvas is handed over once and stays as it was made: all are made anew. */
  setTransparent(transparent) {
    if (this._transparent === transparent) return;
    this._transparent = transparent;
    if (this._map) this.redraw();
  },
  createTile(coords, done) {
    const canvas = L.DomUtil.create('canvas', 'leaflet-tile');
    // Beyond 1.5 a denser canvas costs more time than the eye gains; the size is final: a canvas is handed over once.
    canvas.width = canvas.height = Math.round(256 * Math.min(1.5, devicePixelRatio || 1));
    canvas.setAttribute('aria-hidden', 'true');
    const key = canvas.dataset.key = `${coords.z}/${coords.x}/${coords.y}#${this._canvases++}`; // a tile that comes again is another canvas
    const surface = this._engine.offscreen ? canvas.transferControlToOffscreen() : canvas;
    this._waiting.set(key, () => done(null, canvas));
    this._engine.post({ type: 'addTile', key, x: coords.x, y: coords.y, z: coords.z, canvas: surface, alpha: this._transparent }, this._engine.offscreen ? [surface] : undefined);
    return canvas;
  },
  drawn(key) {
    this._waiting.get(key)?.();
    this._waiting.delete(key);
  },
  /** The zoom whose tiles are drawn and the window's box, world px of zoom 14. */
  _sayShown() {
    const map = this._map;
    if (!map || !map._loaded) return;
    const b = map.getBounds();
    this._engine.post({ type: 'shown', z: Math.round(map.getZoom()), west: worldX(b.getWest()), north: worldY(b.getNorth()), east: worldX(b.getEast()), south: worldY(b.getSouth()) });
  },
});
