// LeafletMap's browser half: one Leaflet map, its tiles from the grid engine, its states from the page's live lane.
import L from 'leaflet';
import { Area } from './map-area.js';
import { Card } from './map-card.js';
import { Basemaps } from './map-basemaps.js';
import { addCoordinates, addPlaces } from './map-controls.js';
import { MapData } from './map-data.js';
import { Engine } from './map-engine.js';
import { GridTiles } from './map-layer.js';
import { Legend } from './map-legend.js';
import { padded, recall, remember, still } from './map-memory.js';
import { Pointer } from './map-pointer.js';
import { Stations } from './map-stations.js';
import { Tools } from './map-tools.js';
import { colorNames } from './engine/look.js';
import { Device, Feeder, Segment, Substation, Transformer, Unknown } from './palette.js';

/**
 * @param element the empty box that Leaflet owns from now on; the tools beside it carry data-map-… attributes
 * @param data {stations: [name, code, lat, lon, kV][], feeders: {names, stations, kv}, fit: [south, west, north, east] | null}
 * @param owner .NET reference with Select(layer, id), SelectArea(text), Describe(layer, id)
 */
export function create(element, data, owner) {
  // A circuit that was resumed has drawn the page anew and knows nothing of the map of before.
  if (present?.over(element)) present.dispose();
  return present = new GridMap(element, data, owner);
}

let present = null; // the map of this page

class GridMap {
  #element; #data; #owner; #map; #engine; #basemaps; #tiles; #stations; #legend; #tools; #card; #pointer; #area; #source; #unsubscribe; #abort = new AbortController();
  #feeders = new Uint8Array(0); #geometry = false; #hovered = -1; #told = null; #choice = 0; #disposed = false; #notes = {}; #fontSize = '';
  #stats = { frames: 0, changes: 0, paints: 0, paintMs: 0, segments: 0 };

  constructor(element, data, owner) {
    this.#element = element;
    this.#data = data;
    this.#owner = owner;
    element.dataset.selected = element.dataset.marked = '';
    const signal = this.#abort.signal, tools = element.parentElement;
    const map = this.#map = L.map(element, {
      zoomControl: false, minZoom: 8, maxZoom: 17, attributionControl: false, maxBoundsViscosity: 1, boxZoom: false, fadeAnimation: false, zoomAnimation: !still(), inertia: !still(),
    });
    // Where less motion is asked for none is left: arrow keys, the way back from the edge and the focus on a mark all pan by this.
    const panBy = map.panBy;
    map.panBy = (offset, options) => panBy.call(map, offset, still() ? { ...options, animate: false } : options);
    this.#engine = new Engine(new URL('./grid-worker.js', import.meta.url), {
      drawn: m => this.#tiles?.drawn(m.key),
      geometry: m => { this.#geometry = true; this.#stats.segments = m.segments; element.dataset.segments = String(m.segments); this.#whenDrawn(); },
      painted: m => { this.#stats.paints++; this.#stats.paintMs = m.ms; this.#whenDrawn(); this.#pointer?.painted(); },
      fault: m => this.#note('fault', m.message ? `Map states are not live: ${m.message}` : ''),
      counts: m => { if (m.mode === this.#tools.mode) this.#legend.count(m.layers); },
      stations: m => { this.#stations.setBelow(m); if (this.#hovered >= 0) this.#card.refresh(this.#stations.about(this.#hovered)); },
      need: m => this.#source.need(m),
      gap: () => globalThis.fluxops?.lane.restart(),
    });
    this.#sendColors();
    this.#setView();
    this.#tiles = new GridTiles(this.#engine.layer, { noWrap: true, keepBuffer: 1, updateWhenZooming: false, minZoom: 8, maxZoom: 17 }).addTo(map);
    this.#tiles.on('load', () => this.#whenDrawn());
    this.#card = new Card(element, (layer, id) => owner.invokeMethodAsync('Describe', layer, id));
    this.#stations = new Stations(map, data.stations, {
      select: id => this.#choose(Substation, id),
      enter: (id, focused) => { this.#hovered = id; this.#card.show(this.#stations.about(id), map.latLngToContainerPoint(this.#stations.at(id)), focused); },
      leave: id => { if (this.#hovered === id) { this.#hovered = -1; this.#card.hide(); } },
    });
    L.control.zoom({ position: 'topright' }).addTo(map);
    L.control.scale({ imperial: false, maxWidth: 96 }).addTo(map);
    L.control.attribution({ prefix: 'Leaflet' }).addTo(map);
    this.#basemaps = new Basemaps(map, { setBasemap: basemap => { this.#engine.setBasemap(basemap); this.#tiles.setTransparent(!basemap); } });
    this.#legend = new Legend(map);
    addCoordinates(map);
    this.#tools = new Tools(tools, () => this.#sendMode(), signal);
    this.#area = new Area(map, tools, points => {
      owner.invokeMethodAsync('SelectArea', points.map(p => p.join(',')).join(';')).catch(error => console.info(`map: area not selected: ${error?.message ?? error}`));
    }, signal);
    this.#pointer = new Pointer(map, this.#engine, this.#card, {
      about: hit => this.#about(hit), describe: (layer, id) => owner.invokeMethodAsync('Describe', layer, id), select: (layer, id) => this.#choose(layer, id), idle: () => this.#area.busy,
    }, signal);
    this.#listen();
    this.#engine.setStations(data.feeders.stations, data.feeders.kv);
    this.#sendMode();
    this.#source = new MapData(this.#engine, { stage: text => this.#note('loading', text), missing: text => this.#note('missing', text), replaced: () => this.#networkReplaced(), basemap: basemap => this.#useBasemap(basemap), look: stations => globalThis.fluxops?.lane.look(true, stations) }, signal);
    this.#source.load();
    this.#unsubscribe = globalThis.fluxops?.lane.subscribe((kind, frame, state, bytes) => this.#fromLane(kind, frame, state, bytes));
    this.#expose();
  }

  /** Whether the page no longer has it, or wants another in its place. */
  over(element) { return !this.#element.isConnected || this.#element === element; }

  /**
   * Selection made elsewhere: shown, and brought into view where it is not.
   * @param selection {layer, id, station, at: [lat, lon], fit: [south, west, north, east] | null, zoom} or null
   */
  show(selection, move) {
    if (this.#disposed) return;
    this.#told = selection;
    this.#stations.select(selection ? selection.station : -1);
    this.#engine.select(selection && selection.layer !== Substation ? { layer: selection.layer, id: selection.id } : null);
    this.#element.dataset.selected = selection ? `${selection.layer}:${selection.id}` : '';
    if (!move || !selection) return;
    const map = this.#map, calm = still() || document.hidden;
    if (selection.fit) {
      const bounds = L.latLngBounds([selection.fit[0], selection.fit[1]], [selection.fit[2], selection.fit[3]]);
      if (map.getBounds().contains(bounds) && map.getBoundsZoom(bounds) - map.getZoom() < 2) return;
      if (calm) map.fitBounds(bounds, { padding: [40, 40], maxZoom: 14, animate: false }); else map.flyToBounds(bounds, { padding: [40, 40], maxZoom: 14, duration: .8 });
      return;
    }
    const at = L.latLng(selection.at);
    if (map.getZoom() >= selection.zoom - 1 && map.getBounds().pad(-.1).contains(at)) return;
    const zoom = Math.max(selection.zoom, map.getZoom());
    if (calm) map.setView(at, zoom, { animate: false }); else map.flyTo(at, zoom, { duration: .8 });
  }

  /** What a trace reaches, brighter than the rest: ids as little endian u32, by layer. Nothing: no trace. */
  mark(segments, devices, transformers, meters) {
    const ids = bytes => new Uint32Array(bytes.slice().buffer);
    this.#engine.highlight(segments ? { segments: ids(segments), devices: ids(devices), transformers: ids(transformers), meters: ids(meters) } : null);
    this.#element.dataset.marked = segments ? String(segments.length / 4) : '';
  }

  /** The selected area, "lon,lat;lon,lat;…", or null: drawn, and brought into view where none of it is. */
  showArea(text) {
    const points = text?.split(';').map(corner => corner.split(',').map(Number)).filter(([lon, lat]) => Number.isFinite(lon) && Number.isFinite(lat)) ?? [];
    this.#area.show(points);
    if (points.length < 3) return;
    const bounds = this.#area.boundsOf(points);
    if (!this.#map.getBounds().intersects(bounds)) this.#map.fitBounds(bounds, { padding: [40, 40], animate: false });
  }

  /** The operator's own basemaps, whenever their folder changes. */
  setBasemaps(list) { this.#basemaps.set(list); }

  dispose() {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#abort.abort();
    this.#basemaps.dispose();
    this.#unsubscribe?.();
    if (present === this) { // else the lane is another map's by now
      present = null;
      globalThis.fluxops?.lane.look(false, []);
    }
    this.#card.remove();
    this.#stations.dispose();
    this.#map.stop();
    this.#map.remove();
    this.#engine.stop();
    if (globalThis.fluxops?.map?.owner === this) delete globalThis.fluxops.map;
  }

  /** Chosen on the map itself: shown at once, then told to the page, whose address the selection is. */
  async #choose(layer, id) {
    const choice = ++this.#choice;
    this.#engine.select(layer === Substation ? null : { layer, id });
    if (layer === Substation) this.#stations.select(id);
    this.#element.dataset.selected = `${layer}:${id}`;
    let followed = false;
    try { followed = await this.#owner.invokeMethodAsync('Select', layer, id); } catch (error) { console.info(`map: not selected: ${error?.message ?? error}`); }
    if (this.#disposed || choice !== this.#choice) return;
    this.#note('choice', followed ? '' : 'It could not be selected');
    if (!followed) this.show(this.#told, false); // the page has not changed: the map must not differ from it
  }

  /** What is known here of something that was hit: its code, and a name where ids are names. */
  #about(hit) {
    const { layer, id } = hit, { names, kv } = this.#data.feeders;
    if (layer === Substation) return this.#stations.about(id);
    if (layer === Feeder) return { layer, id, name: names[id] ?? `Feeder ${id}`, kind: 'Feeder', code: hit.code ?? this.#feeders[id] ?? Unknown, kv: kv[id] };
    const [name, kind] = layer === Segment ? [`LN-${padded(id)}`, 'Line'] : layer === Device ? ['Device', 'Line device'] : layer === Transformer ? [`TX-${padded(id)}`, 'Transformer'] : ['Meter', 'Meter'];
    return { layer, id, name, kind, code: hit.code ?? Unknown, kv: kv[hit.feeder] ?? 0 };
  }

  #setView() {
    const fit = this.#data.fit;
    const bounds = fit ? L.latLngBounds([fit[0], fit[1]], [fit[2], fit[3]]) : L.latLngBounds(this.#data.stations.map(s => [s[2], s[3]]));
    const stored = recall('view');
    if (stored?.length === 3 && stored.every(Number.isFinite)) this.#map.setView([stored[0], stored[1]], stored[2]);
    else if (bounds.isValid()) this.#map.fitBounds(bounds, { padding: [10, 10] });
    else this.#map.setView([29.76, -95.37], 10);
  }

  #useBasemap(basemap) {
    const [west, south, east, north] = basemap.clip, clip = L.latLngBounds([south, west], [north, east]);
    const limit = () => { // the cut edge of the basemap must never come into view, on no screen
      this.#map.setMinZoom(Math.max(8, this.#map.getBoundsZoom(clip, true)));
      this.#map.setMaxBounds(clip);
    };
    limit();
    this.#map.on('resize', limit);
    addPlaces(this.#map, basemap.places);
    this.#basemaps.setBuiltIn({ land: basemap.land, counties: basemap.counties });
  }

  /** What is wrong or still to come, the gravest of it: 'network', 'fault', 'missing', 'choice', 'loading'. */
  #note(kind, text) {
    this.#notes[kind] = text;
    if (kind === 'loading') this.#element.dataset.stage = text;
    const { network, fault, missing, choice, loading } = this.#notes, shown = network || fault || missing || choice || (loading ? `${loading} …` : '');
    const box = this.#element.parentElement?.querySelector('[data-map-stage]');
    if (!box || box.textContent === shown) return;
    box.hidden = !shown;
    box.textContent = shown;
  }

  #whenDrawn() { if (this.#geometry && this.#tiles && !this.#tiles.isLoading()) this.#element.dataset.ready = 'true'; }

  #fromLane(kind, frame, state, bytes) {
    if (!this.#element.isConnected) { this.dispose(); return; }
    this.#stats.frames++;
    this.#element.dataset.frames = String(this.#stats.frames);
    if (kind === 'snapshot' && (state.feeders.length !== this.#data.feeders.names.length || state.substations.length !== this.#data.stations.length)) return this.#networkReplaced();
    this.#engine.frame(bytes); // beats too: the next step counts from their version
    if (kind === 'beat') return;
    this.#feeders = state.feeders;
    this.#stations.setAll(state.substations);
    if (kind === 'delta') this.#stats.changes += frame.feeders.codes.length;
    if (this.#hovered >= 0) this.#card.refresh(this.#stations.about(this.#hovered));
    this.#element.dataset.version = String(state.version);
  }

  /** Names, places and lines here are another network's: nothing of this page can be kept. */
  #networkReplaced() {
    const key = 'fluxops.network', last = Number(sessionStorage.getItem(key));
    if (last && Date.now() - last < 60_000) { this.#note('network', 'The values are of another network than this page: load it anew'); return; }
    sessionStorage.setItem(key, String(Date.now()));
    location.reload();
  }

  #sendColors() {
    const style = getComputedStyle(document.documentElement);
    this.#fontSize = style.fontSize;
    this.#engine.setColors(Object.fromEntries(colorNames.map(name => [name, style.getPropertyValue(name).trim()])), Math.max(1, parseFloat(style.fontSize) / 17));
  }

  #sendMode() {
    const { mode, abnormalOnly, flow } = this.#tools;
    this.#legend.setMode(mode);
    this.#stations.setMode(mode);
    this.#engine.setMode(mode, abnormalOnly, flow);
    this.#element.dataset.mode = mode;
    this.#element.classList.toggle('abnormal-only', abnormalOnly);
  }

  #listen() {
    const map = this.#map, signal = this.#abort.signal;
    document.addEventListener('fluxops:theme', () => { this.#sendColors(); this.#basemaps.recolor(); }, { signal });
    // Out of sight nothing is painted; the states go on, so that the picture is right when it is seen again.
    const sight = () => this.#engine.setHidden(document.hidden);
    document.addEventListener('visibilitychange', sight, { signal });
    sight();
    this.#followDensity(signal);
    const size = new ResizeObserver(() => {
      map.invalidateSize({ animate: false, debounceMoveend: true });
      if (getComputedStyle(document.documentElement).fontSize !== this.#fontSize) this.#sendColors(); // lines and marks grow with the type
    });
    size.observe(this.#element);
    signal.addEventListener('abort', () => size.disconnect());
    const far = () => this.#element.classList.toggle('far', map.getZoom() <= 9);
    far();
    map.on('zoomend', far);
    map.on('moveend', () => { const c = map.getCenter(); remember('view', [c.lat, c.lng, map.getZoom()]); });
  }

  /** The window moved to a screen of another density: tiles are made for one. */
  #followDensity(signal) {
    const query = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
    query.addEventListener('change', () => { this.#tiles.redraw(); this.#followDensity(signal); }, { once: true, signal });
  }

  /** For tests: what the map holds, read without pixels. */
  #expose() {
    if (!globalThis.fluxops) return;
    globalThis.fluxops.map = {
      owner: this, leaflet: this.#map, stats: this.#stats, offscreen: this.#engine.offscreen,
      /** 'f12': code of feeder 12; 's3': of substation 3. A number is a feeder. */
      status: id => typeof id === 'string' && id[0] === 's' ? this.#stations.code(Number(id.slice(1))) : this.#feeders[Number(String(id).replace(/^f/, ''))],
      hit: (lat, lon) => this.#pointer.hits(L.latLng(lat, lon)),
    };
  }
}
