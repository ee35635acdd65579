// The substations: real elements, so that they can be focused, read out and clicked. Shape and label follow the status byte.
import L from 'leaflet';
import { Never, markPath, statusNames } from './status.js';

const svg = 'http://www.w3.org/2000/svg';

export class Stations {
  #map; #list; #markers = []; #onSelect; #status; #selected = -1; #focusable = -1;

  /** @param list [name, code, lat, lon] in id order */
  constructor(map, list, onSelect) {
    this.#map = map;
    this.#list = list;
    this.#onSelect = onSelect;
    this.#status = new Uint8Array(list.length).fill(Never);
    this.#markers = list.map((station, id) => this.#add(station, id));
    if (list.length) this.#focusOn(0);
  }

  status(id) { return this.#status[id]; }
  counts() { const n = new Array(statusNames.length).fill(0); for (const s of this.#status) n[s]++; return n; }

  set(id, status) {
    if (id >= this.#status.length || this.#status[id] === status) return;
    this.#status[id] = status;
    this.#show(id);
  }

  setAll(statuses) { for (let id = 0; id < Math.min(statuses.length, this.#list.length); id++) this.set(id, statuses[id]); }

  select(id) {
    if (this.#selected === id) return;
    const old = this.#selected;
    this.#selected = id;
    if (old >= 0) this.#show(old);
    if (id >= 0 && id < this.#list.length) { this.#show(id); this.#focusOn(id); }
  }

  at(id) { const s = this.#list[id]; return s && L.latLng(s[2], s[3]); }
  bounds() { return L.latLngBounds(this.#list.map(s => [s[2], s[3]])); }

  #add([name, code, lat, lon], id) {
    const root = document.createElement('div');
    const picture = document.createElementNS(svg, 'svg'), ring = document.createElementNS(svg, 'circle'), mark = document.createElementNS(svg, 'path'), label = document.createElement('span');
    picture.setAttribute('viewBox', '-12 -12 24 24');
    picture.setAttribute('aria-hidden', 'true');
    ring.setAttribute('class', 'ring');
    ring.setAttribute('r', '14');
    mark.setAttribute('class', 'mark');
    picture.append(ring, mark);
    label.className = 'name';
    label.textContent = name;
    root.append(picture, label);
    root.style.display = 'contents';
    const marker = L.marker([lat, lon], { icon: L.divIcon({ className: 'sub', html: root, iconSize: [24, 24] }), keyboard: false, riseOnHover: true });
    marker.addTo(this.#map);
    const element = marker.getElement();
    element.setAttribute('role', 'button');
    element.dataset.substation = String(id);
    element.tabIndex = -1;
    element.addEventListener('keydown', event => this.#key(event, id));
    marker.on('click', event => { L.DomEvent.stopPropagation(event); this.#onSelect(id); });
    marker.bindTooltip(() => `${escape(name)} <span class="mono">${escape(code)}</span> · ${statusNames[this.#status[id]]}`, { direction: 'top', offset: [0, -8] });
    const entry = { marker, element, mark, name };
    this.#markers[id] = entry;
    this.#show(id);
    return entry;
  }

  #show(id) {
    const { marker, element, mark, name } = this.#markers[id], status = this.#status[id], selected = id === this.#selected;
    for (let s = 0; s < statusNames.length; s++) element.classList.toggle(`s${s}`, s === status);
    element.classList.toggle('sel', selected);
    element.setAttribute('aria-label', `Substation ${name}, ${statusNames[status]}`);
    element.setAttribute('aria-pressed', String(selected));
    element.dataset.status = String(status);
    mark.setAttribute('d', markPath(status));
    marker.setZIndexOffset(selected ? 4000 : status === 4 ? 3000 : status === 3 ? 2000 : status >= 5 ? 1000 : 0);
  }

  /** One stop for the Tab key among hundreds of marks; arrows go to the next in their direction. */
  #focusOn(id) {
    if (this.#focusable >= 0) this.#markers[this.#focusable].element.tabIndex = -1;
    this.#focusable = id;
    this.#markers[id].element.tabIndex = 0;
  }

  #key(event, id) {
    if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); event.stopPropagation(); this.#onSelect(id); return; }
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!way) return;
    event.preventDefault();
    event.stopPropagation();
    const here = this.#map.latLngToContainerPoint(this.at(id)), view = this.#map.getBounds();
    let best = Infinity, next = -1;
    this.#list.forEach((_s, other) => {
      const there = this.at(other);
      if (other === id || !view.contains(there)) return;
      const p = this.#map.latLngToContainerPoint(there), dx = p.x - here.x, dy = p.y - here.y, along = dx * way[0] + dy * way[1], across = Math.abs(dx * way[1]) + Math.abs(dy * way[0]);
      if (along > 0 && across <= 2 * along && along + 2 * across < best) { best = along + 2 * across; next = other; }
    });
    if (next >= 0) { this.#focusOn(next); this.#markers[next].element.focus({ preventScroll: true }); }
  }
}

export function escape(text) { return text.replace(/[&<>"]/g, c => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]); }
