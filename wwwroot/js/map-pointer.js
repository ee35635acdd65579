// The pointer on the map: what is under it is told in the card, a click selects it, and where several lie together the chooser reaches them all.
import { Segment } from './palette.js';
import { Chooser } from './map-chooser.js';

const reach = 6; // CSS px around the pointer
const again = 500; // ms: so often at most is asked anew what lies under a pointer at rest

export class Pointer {
  #map; #engine; #card; #page; #chooser; #turn = 0; #asking = false; #next = null; #signal; #rest = null; #told = ''; #timer = 0;

  /**
   * @param page {about(hit) -> {layer, id, code, kv, name, kind}, describe(layer, id) -> Promise, select(layer, id), idle() -> true while the pointer does something else}
   */
  constructor(map, engine, card, page, signal) {
    this.#map = map;
    this.#engine = engine;
    this.#card = card;
    this.#page = page;
    this.#signal = signal;
    this.#chooser = new Chooser(map.getContainer(), page);
    map.on('click', event => this.#click(event));
    map.on('mousemove', event => this.#hover(event));
    map.on('mouseout dragstart zoomstart', () => this.#leave());
    map.on('dragstart zoomstart', () => this.#chooser.close());
    signal.addEventListener('abort', () => clearTimeout(this.#timer));
    document.addEventListener('keydown', event => { if (event.key === 'Escape') this.#leave(); }, { signal, capture: true }); // and what else Esc closes is closed too
    document.addEventListener('pointerdown', event => { if (!event.target.closest?.('.map-chooser')) this.#chooser.close(); }, { signal, capture: true });
  }

  /** What is under a place, nearest first. Where a line bends or branches several of its segments meet: the nearest of each feeder is enough. */
  async hits(latlng) {
    const seen = new Set();
    return (await this.#engine.hitTest(latlng, reach, this.#map.getZoom())).filter(hit => {
      const key = hit.layer === Segment ? `line ${hit.feeder}` : `${hit.layer}:${hit.id}`;
      return !seen.has(key) && seen.add(key);
    });
  }

  /** The picture has changed: so may have what is told of the place where the pointer rests. */
  painted() {
    if (!this.#rest || this.#timer || this.#signal.aborted) return;
    this.#timer = setTimeout(() => { this.#timer = 0; if (this.#rest && !this.#asking && this.#told && this.#card.asset === this.#told) this.#hover(this.#rest); }, again);
  }

  async #click(event) {
    if (this.#page.idle()) return;
    const hits = await this.hits(event.latlng);
    if (this.#signal.aborted || !hits.length) return;
    this.#leave();
    this.#page.select(hits[0].layer, hits[0].id);
    if (hits.length > 1) this.#chooser.show(hits.map(hit => this.#page.about(hit)), event.containerPoint, this.#covered());
  }

  /** Where the window is small the panel lies over the map's right. */
  #covered() {
    const panel = document.querySelector('.detail'), box = this.#map.getContainer().getBoundingClientRect();
    if (!panel || getComputedStyle(panel).position === 'static') return 0;
    return Math.max(0, box.right - Math.max(box.left, innerWidth - panel.offsetWidth));
  }

  #leave() {
    this.#turn++;
    this.#next = this.#rest = null;
    this.#card.hide();
    this.#map.getContainer().classList.remove('over');
  }

  /** One question at a time: while it is out, only the newest place counts. */
  async #hover(event) {
    const on = event.originalEvent.target;
    if (on.closest?.('.leaflet-control')) { this.#leave(); return; } // the map below it is covered
    if (this.#page.idle() || this.#chooser.open || event.originalEvent.buttons || on.closest?.('.sub')) { this.#turn++; this.#next = this.#rest = null; return; }
    this.#rest = event;
    if (this.#asking) { this.#next = event; return; }
    this.#asking = true;
    const turn = ++this.#turn;
    let hits;
    try { hits = await this.hits(event.latlng); } finally { this.#asking = false; }
    if (this.#signal.aborted) return;
    if (this.#next) { const next = this.#next; this.#next = null; this.#hover(next); return; }
    if (turn !== this.#turn) return;
    this.#map.getContainer().classList.toggle('over', hits.length > 0);
    if (!hits.length) { this.#card.hide(); return; }
    const asset = this.#page.about(hits[0]);
    if (hits.length > 1) asset.own = [...(asset.own ?? []), `${hits.length - 1} more here: click`];
    this.#told = `${asset.layer}:${asset.id}`;
    this.#card.show(asset, event.containerPoint);
  }
}
