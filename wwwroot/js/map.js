// LeafletMap's browser half: one Leaflet map, its tiles from the grid engine, its statuses from the page's live lane.
import L from 'leaflet';
import { worldX, worldY } from './geometry.js';
import { addCoordinates, addPlaces, Legend } from './map-controls.js';
import { GridTiles, startEngine } from './map-layer.js';
import { escape, Stations } from './map-stations.js';
import { colorNames, statusNames } from './status.js';
import { backoff } from './time.js';

const viewKey = 'fluxops.map.view';
const still = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

/**
 * @param element the empty box that Leaflet owns from now on; tools beside it carry data-map-abnormal and data-map-mode
 * @param data {stations: [name, code, lat, lon][], feeders: string[], fit: [south, west, north, east] | null}
 * @param owner .NET reference with SelectSubstation(id) and SelectFeeder(id)
 */
export function create(element, data, owner) { return new GridMap(element, data, owner); }

class GridMap {
  #element; #data; #owner; #map; #engine; #tiles; #stations; #legend; #unsubscribe; #abort = new AbortController();
  #mode = 'status'; #abnormalOnly = false; #feeders = new Uint8Array(0); #hits = new Map(); #hitId = 0; #geometry = false; #tooltip = null; #hovered = 0;
  #stats = { frames: 0, changes: 0, paints: 0, paintMs: 0, segments: 0 };

  constructor(element, data, owner) {
    this.#element = element;
    this.#data = data;
    this.#owner = owner;
    const map = this.#map = L.map(element, { zoomControl: false, minZoom: 8, maxZoom: 17, attributionControl: false, maxBoundsViscosity: 1, fadeAnimation: false, zoomAnimation: !still(), inertia: !still() });
    this.#engine = startEngine(new URL('./grid-worker.js', import.meta.url), message => this.#fromEngine(message));
    this.#sendColors();
    this.#setView();
    this.#tiles = new GridTiles(this.#engine, { noWrap: true, keepBuffer: 1, updateWhenZooming: false, minZoom: 8, maxZoom: 17 }).addTo(map);
    this.#tiles.on('load', () => this.#whenDrawn());
    this.#stations = new Stations(map, data.stations, id => { this.select(id, -1, false); this.#owner.invokeMethodAsync('SelectSubstation', id); });
    L.control.zoom({ position: 'topright' }).addTo(map);
    L.control.scale({ imperial: false, maxWidth: 96 }).addTo(map);
    L.control.attribution({ prefix: 'Leaflet' }).addAttribution('US Census, Natural Earth').addTo(map);
    this.#legend = new Legend(map);
    addCoordinates(map);
    this.#listen();
    this.#load();
    this.#unsubscribe = globalThis.fluxops?.lane.subscribe((kind, frame, state) => this.#fromLane(kind, frame, state));
    this.#expose();
  }

  /** Selection made elsewhere: shown, and brought into view where it is not. -1: none. */
  select(substation, feeder, move) {
    this.#stations.select(substation);
    this.#engine.post({ type: 'select', feeder });
    const at = substation >= 0 && this.#stations.at(substation);
    if (!move || !at) return;
    const map = this.#map;
    if (map.getZoom() >= 11 && map.getBounds().pad(-.1).contains(at)) return;
    const zoom = Math.max(12, map.getZoom());
    if (still() || document.hidden) map.setView(at, zoom, { animate: false }); else map.flyTo(at, zoom, { duration: .8 });
  }

  dispose() {
    this.#abort.abort();
    this.#unsubscribe?.();
    this.#map.stop();
    this.#map.remove();
    this.#engine.stop();
    if (globalThis.fluxops?.map?.owner === this) delete globalThis.fluxops.map;
  }

  #setView() {
    const fit = this.#data.fit;
    const bounds = fit ? L.latLngBounds([fit[0], fit[1]], [fit[2], fit[3]]) : L.latLngBounds(this.#data.stations.map(s => [s[2], s[3]]));
    let stored = null;
    try { stored = JSON.parse(sessionStorage.getItem(viewKey)); } catch { /* none, or not ours */ }
    if (stored?.length === 3 && stored.every(Number.isFinite)) this.#map.setView([stored[0], stored[1]], stored[2]);
    else if (bounds.isValid()) this.#map.fitBounds(bounds, { padding: [10, 10] });
    else this.#map.setView([29.76, -95.37], 10);
  }

  async #load() {
    const basemap = await this.#fetch(new URL('./basemap.json', import.meta.url), r => r.json());
    if (!basemap) return;
    const [west, south, east, north] = basemap.clip, clip = L.latLngBounds([south, west], [north, east]);
    const limit = () => { // the cut edge of the basemap must never come into view, on no screen
      this.#map.setMinZoom(Math.max(8, this.#map.getBoundsZoom(clip, true)));
      this.#map.setMaxBounds(clip);
    };
    limit();
    this.#map.on('resize', limit);
    addPlaces(this.#map, basemap.places);
    this.#engine.post({ type: 'basemap', basemap: { land: basemap.land, counties: basemap.counties } });
    const about = await this.#fetch(new URL('grid/geometry', document.baseURI), r => r.json());
    const bytes = about && await this.#fetch(new URL(about.url, document.baseURI), r => r.arrayBuffer());
    if (bytes) this.#engine.post({ type: 'geometry', bytes }, [bytes]);
  }

  /** Tries until it comes: the server may still be making the grid. Null once disposed. */
  async #fetch(url, read) {
    for (let attempt = 0; !this.#abort.signal.aborted; attempt++) {
      try {
        const response = await fetch(url, { signal: this.#abort.signal });
        if (response.ok) return await read(response);
        console.info(`map: ${url} answered ${response.status}`);
      } catch (error) { if (this.#abort.signal.aborted) return null; console.info(`map: ${url}: ${error.message}`); }
      await new Promise(resolve => setTimeout(resolve, backoff(attempt + 1)));
    }
    return null;
  }

  #fromEngine(message) {
    switch (message.type) {
      case 'drawn': this.#tiles?.drawn(message.key); break;
      case 'hit': this.#hits.get(message.id)?.(message.feeder); this.#hits.delete(message.id); break;
      case 'geometry': this.#geometry = true; this.#stats.segments = message.segments; this.#element.dataset.segments = String(message.segments); this.#whenDrawn(); break;
      case 'painted': this.#stats.paints++; this.#stats.paintMs = message.ms; this.#whenDrawn(); break;
    }
  }

  #whenDrawn() { if (this.#geometry && this.#tiles && !this.#tiles.isLoading()) this.#element.dataset.ready = 'true'; }

  #fromLane(kind, frame, state) {
    this.#stats.frames++;
    this.#element.dataset.frames = String(this.#stats.frames);
    if (kind === 'beat') return;
    this.#feeders = state.feeders;
    if (kind === 'snapshot') {
      if (state.feeders.length !== this.#data.feeders.length || state.substations.length !== this.#data.stations.length) return this.#networkReplaced();
      this.#engine.post({ type: 'snapshot', feeders: state.feeders });
      this.#stations.setAll(state.substations);
    } else {
      const { ids, statuses } = frame.feeders;
      if (ids.length) this.#engine.post({ type: 'delta', ids, statuses });
      frame.substations.ids.forEach((id, i) => this.#stations.set(id, frame.substations.statuses[i]));
      this.#stats.changes += ids.length;
    }
    this.#legend.count(state.feeders);
    this.#element.dataset.version = String(state.version);
  }

  /** Names, places and lines here are another network's: nothing of this page can be kept. */
  #networkReplaced() {
    const key = 'fluxops.network', last = Number(sessionStorage.getItem(key));
    if (last && Date.now() - last < 60_000) { console.error('map: the live lane is of another network than the page'); return; }
    sessionStorage.setItem(key, String(Date.now()));
    location.reload();
  }

  #sendColors() {
    const style = getComputedStyle(document.documentElement);
    this.#engine.post({ type: 'colors', scale: Math.max(1, parseFloat(style.fontSize) / 17), colors: Object.fromEntries(colorNames.map(name => [name, style.getPropertyValue(name).trim()])) });
  }

  #sendMode() {
    this.#engine.post({ type: 'view', mode: this.#mode, abnormalOnly: this.#abnormalOnly });
    this.#element.classList.toggle('abnormal-only', this.#abnormalOnly);
  }

  #listen() {
    const map = this.#map, signal = this.#abort.signal, tools = this.#element.parentElement;
    document.addEventListener('fluxops:theme', () => this.#sendColors(), { signal });
    tools.addEventListener('click', event => {
      const abnormal = event.target.closest?.('[data-map-abnormal]'), mode = event.target.closest?.('[data-map-mode]');
      if (abnormal) { this.#abnormalOnly = !this.#abnormalOnly; abnormal.setAttribute('aria-pressed', String(this.#abnormalOnly)); this.#sendMode(); }
      if (mode && mode.dataset.mapMode !== this.#mode) {
        this.#mode = mode.dataset.mapMode;
        for (const button of tools.querySelectorAll('[data-map-mode]')) button.setAttribute('aria-pressed', String(button === mode));
        this.#legend.setMode(this.#mode);
        this.#legend.count(this.#feeders);
        this.#sendMode();
      }
    }, { signal });
    const size = new ResizeObserver(() => map.invalidateSize({ animate: false, debounceMoveend: true }));
    size.observe(this.#element);
    signal.addEventListener('abort', () => size.disconnect());
    const names = () => { this.#element.classList.toggle('names', map.getZoom() >= 13); this.#element.classList.toggle('far', map.getZoom() <= 9); };
    names();
    map.on('zoomend', names);
    map.on('moveend', () => {
      const c = map.getCenter();
      try { sessionStorage.setItem(viewKey, JSON.stringify([c.lat, c.lng, map.getZoom()])); } catch { /* not kept */ }
    });
    map.on('click', async event => {
      const feeder = await this.#hit(event.latlng);
      if (feeder >= 0 && !signal.aborted) { this.#engine.post({ type: 'select', feeder }); this.#owner.invokeMethodAsync('SelectFeeder', feeder); }
    });
    map.on('mousemove', event => this.#hover(event));
    map.on('mouseout dragstart zoomstart', () => this.#hover(null));
  }

  #hit(latlng) {
    return new Promise(resolve => {
      const id = ++this.#hitId;
      this.#hits.set(id, resolve);
      this.#engine.post({ type: 'hit', id, x: worldX(latlng.lng), y: worldY(latlng.lat), radius: 6 * 2 ** (14 - this.#map.getZoom()) });
    });
  }

  async #hover(event) {
    const turn = ++this.#hovered;
    const over = event && !event.originalEvent.target.closest?.('.sub, .leaflet-control') && !event.originalEvent.buttons;
    const feeder = over ? await this.#hit(event.latlng) : -1;
    if (turn !== this.#hovered || this.#abort.signal.aborted) return; // the mouse has moved on
    this.#map.getContainer().style.cursor = feeder >= 0 ? 'pointer' : '';
    if (feeder < 0) { this.#tooltip?.remove(); return; }
    this.#tooltip ??= L.tooltip({ direction: 'top', offset: [0, -6] });
    this.#tooltip.setLatLng(event.latlng).setContent(`<span class="mono">${escape(this.#data.feeders[feeder] ?? `Feeder ${feeder}`)}</span> · ${statusNames[this.#feeders[feeder] ?? 6]}`);
    if (!this.#map.hasLayer(this.#tooltip)) this.#tooltip.addTo(this.#map);
  }

  /** For tests: what the map holds, read without pixels. */
  #expose() {
    if (!globalThis.fluxops) return;
    globalThis.fluxops.map = {
      owner: this, leaflet: this.#map, stats: this.#stats, offscreen: this.#engine.offscreen,
      /** 'f12': status byte of feeder 12; 's3': of substation 3. A number is a feeder. */
      status: id => typeof id === 'string' && id[0] === 's' ? this.#stations.status(Number(id.slice(1))) : this.#feeders[Number(String(id).replace(/^f/, ''))],
      hit: (lat, lon) => this.#hit(L.latLng(lat, lon)),
    };
  }
}
