// Selecting an area: a line drawn by hand, a box (Shift and drag), or what is in view. What comes of it is a polygon in the address.
import L from 'leaflet';

const most = 100; // points of a polygon: the address' limit

export class Area {
  #map; #button; #onArea; #drawing = false; #points = null; #start = null; #line = null; #shape = null; #box = false; #signal;

  /** @param tools holds the buttons data-map-lasso and data-map-view  @param onArea ([lon, lat][]) */
  constructor(map, tools, onArea, signal) {
    this.#map = map;
    this.#button = tools.querySelector('[data-map-lasso]');
    this.#onArea = onArea;
    this.#signal = signal;
    this.#button?.addEventListener('click', () => this.#arm(!this.#drawing), { signal });
    tools.querySelector('[data-map-view]')?.addEventListener('click', () => { this.#arm(false); this.#done(corners(map.getBounds())); }, { signal });
    const box = map.getContainer();
    box.addEventListener('pointerdown', event => this.#down(event), { signal, capture: true });
    box.addEventListener('pointermove', event => this.#move(event), { signal, capture: true });
    box.addEventListener('pointerup', event => this.#up(event), { signal, capture: true });
    box.addEventListener('pointercancel', () => this.#drop(), { signal, capture: true });
    document.addEventListener('keydown', event => { if (event.key === 'Escape' && (this.#drawing || this.#points)) { event.preventDefault(); event.stopPropagation(); this.#drop(); this.#arm(false); } }, { signal, capture: true });
  }

  get busy() { return this.#drawing || this.#points !== null; }

  /** The area of the address, drawn: [lon, lat][] or null. */
  show(points) {
    this.#shape?.remove();
    this.#shape = points?.length > 2 ? L.polygon(points.map(([lon, lat]) => [lat, lon]), { interactive: false, className: 'area-shape', fill: true }).addTo(this.#map) : null;
  }

  boundsOf(points) { return L.latLngBounds(points.map(([lon, lat]) => [lat, lon])); }

  #arm(on) {
    this.#drawing = on;
    this.#button?.setAttribute('aria-pressed', String(on));
    this.#map.getContainer().classList.toggle('drawing', on);
  }

  #down(event) {
    if (event.button !== 0 || event.target.closest?.('.leaflet-control, .map-chooser') || !(this.#drawing || event.shiftKey)) return;
    event.preventDefault();
    event.stopPropagation();
    this.#map.dragging.disable();
    this.#map.getContainer().setPointerCapture(event.pointerId);
    this.#box = !this.#drawing;
    this.#start = this.#map.mouseEventToLatLng(event);
    this.#points = [this.#start];
    this.#line = L.polyline(this.#points, { interactive: false, className: 'area-line' }).addTo(this.#map);
  }

  #move(event) {
    if (!this.#points) return;
    event.stopPropagation();
    const at = this.#map.mouseEventToLatLng(event);
    if (this.#box) this.#points = ring(this.#start, at);
    else if (this.#map.latLngToContainerPoint(this.#points.at(-1)).distanceTo(this.#map.mouseEventToContainerPoint(event)) >= 3) this.#points.push(at);
    this.#line.setLatLngs(this.#points);
  }

  #up(event) {
    if (!this.#points) return;
    event.stopPropagation();
    const map = this.#map, drawn = this.#points.map(p => map.latLngToLayerPoint(p));
    this.#drop();
    this.#arm(false);
    swallowClick(map.getContainer(), this.#signal);
    const size = L.bounds(drawn).getSize();
    if (drawn.length < 3 || size.x < 6 || size.y < 6) return; // a slip of the hand, not an area
    this.#done(simplify(drawn).map(p => map.layerPointToLatLng(p)));
  }

  #drop() {
    this.#line?.remove();
    this.#line = this.#points = this.#start = null;
    this.#map.dragging.enable();
  }

  #done(latlngs) { this.#onArea(latlngs.map(p => [Number(p.lng.toFixed(5)), Number(p.lat.toFixed(5))])); }
}

const corners = bounds => ring(bounds.getSouthWest(), bounds.getNorthEast());
const ring = (a, b) => [L.latLng(a.lat, a.lng), L.latLng(a.lat, b.lng), L.latLng(b.lat, b.lng), L.latLng(b.lat, a.lng)];

/** Fewer points, none of them far off the line that was drawn. */
function simplify(points) {
  let kept = points;
  for (let tolerance = 1; kept.length > most; tolerance *= 1.6) kept = L.LineUtil.simplify(points, tolerance);
  return kept;
}

/** The click that follows the drag is not one on the map. */
function swallowClick(element, signal) {
  const stop = new AbortController(), options = { capture: true, signal: AbortSignal.any([signal, stop.signal]) };
  element.addEventListener('click', event => { event.stopPropagation(); event.preventDefault(); stop.abort(); }, options);
  setTimeout(() => stop.abort(), 0);
}
