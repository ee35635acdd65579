// The substations: real elements, so that they can be focused, read out and clicked. Shape and label follow the palette's class of their code.
import L from 'leaflet';
import { Unknown, classOf, modes } from './palette.js';
import { countsOf, gravest, short, troubled, wrongs } from './map-below.js';
import { markPaths, markPicture, paintMark } from './map-marks.js';
import { count } from './map-memory.js';

const svg = 'http://www.w3.org/2000/svg';
const badgeZoom = 12; // up to here what hangs on a station is not drawn: a mark and a number beside its own say how much of it is in the gravest state there

export class Stations {
  #map; #list; #markers = []; #on; #codes; #mode = modes.status; #selected = -1; #focusable = -1; #tidy = 0; #below = null; #measure; #disposed = false;

  /**
   * @param list [name, code, lat, lon, kV] in id order
   * @param on {select(id), enter(id, element, focused), leave(id)}
   */
  constructor(map, list, on) {
    this.#map = map;
    this.#list = list;
    this.#on = on;
    this.#codes = new Uint8Array(list.length).fill(Unknown);
    this.#measure = document.createElement('canvas').getContext('2d');
    this.#markers = list.map((station, id) => this.#add(station, id));
    if (list.length) this.#focusOn(0);
    map.on('zoomend moveend resize', () => this.#tidySoon());
    this.#tidySoon();
  }

  code(id) { return this.#codes[id]; }
  name(id) { return this.#list[id]?.[0] ?? ''; }
  about(id) { const [name, code, , , kv] = this.#list[id]; return { layer: 0, id, name, kind: `Substation ${code}`, code: this.#codes[id], kv, own: this.#tells(id) }; }
  at(id) { const s = this.#list[id]; return s && L.latLng(s[2], s[3]); }

  set(id, code) {
    if (id >= this.#codes.length || this.#codes[id] === code) return false;
    this.#codes[id] = code;
    this.#show(id);
    return true;
  }

  setAll(codes) { for (let id = 0; id < Math.min(codes.length, this.#list.length); id++) this.set(id, codes[id]); }

  setMode(key) {
    this.#mode = modes[key];
    for (let id = 0; id < this.#markers.length; id++) this.#show(id);
  }

  /** What hangs on the stations, by status class: {transformers, meters}, each with 8 counts a station. */
  setBelow(below) {
    this.#below = below;
    for (let id = 0; id < this.#markers.length; id++) this.#badge(id);
  }

  select(id) {
    if (this.#selected === id) return;
    const old = this.#selected;
    this.#selected = id;
    if (old >= 0) this.#show(old);
    if (id >= 0 && id < this.#list.length) { this.#show(id); this.#focusOn(id); }
  }

  dispose() { this.#disposed = true; cancelAnimationFrame(this.#tidy); }

  #add([name, , lat, lon], id) {
    const root = document.createElement('div');
    const picture = document.createElementNS(svg, 'svg'), ring = document.createElementNS(svg, 'circle'), mark = document.createElementNS(svg, 'path'), label = document.createElement('span'), badge = document.createElement('span');
    picture.setAttribute('viewBox', '-12 -12 24 24');
    picture.setAttribute('aria-hidden', 'true');
    ring.setAttribute('class', 'ring');
    ring.setAttribute('r', '14');
    mark.setAttribute('class', 'mark');
    picture.append(ring, mark);
    label.className = 'name';
    label.textContent = name;
    badge.className = 'below';
    badge.hidden = true;
    badge.append(markPicture(''), document.createElement('span'));
    root.append(picture, badge, label);
    root.style.display = 'contents';
    const marker = L.marker([lat, lon], { icon: L.divIcon({ className: 'sub', html: root, iconSize: [24, 24] }), keyboard: false, riseOnHover: true });
    marker.addTo(this.#map);
    const element = marker.getElement();
    element.setAttribute('role', 'button');
    element.setAttribute('aria-describedby', 'map-card');
    element.dataset.substation = String(id);
    element.tabIndex = -1;
    element.addEventListener('keydown', event => this.#key(event, id));
    element.addEventListener('mouseenter', () => this.#on.enter(id, false));
    element.addEventListener('mouseleave', () => this.#on.leave(id));
    element.addEventListener('focus', () => { this.#tidySoon(); if (element.matches(':focus-visible')) this.#on.enter(id, true); });
    element.addEventListener('blur', () => { this.#tidySoon(); this.#on.leave(id); });
    marker.on('click', event => { L.DomEvent.stopPropagation(event); this.#on.select(id); });
    const entry = { marker, element, mark, badge, name };
    this.#markers[id] = entry;
    this.#show(id);
    return entry;
  }

  #look(id) { return classOf(this.#mode, this.#codes[id], this.#list[id][4]); }

  #show(id) {
    const { marker, element, mark, name } = this.#markers[id], look = this.#look(id), selected = id === this.#selected;
    const state = classOf(modes.status, this.#codes[id]);
    element.dataset.mark = look.mark;
    element.dataset.class = look.key;
    element.dataset.code = String(this.#codes[id]);
    element.style.setProperty('--c', `var(${look.color})`);
    element.classList.toggle('quiet', !look.abnormal);
    element.classList.toggle('sel', selected);
    mark.setAttribute('d', markPaths[look.mark]);
    element.setAttribute('aria-pressed', String(selected));
    this.#say(id, name, state);
    marker.setZIndexOffset(selected ? 9000 : look.abnormal ? 1000 * look.order : 0);
    this.#tidySoon();
  }

  #say(id, name, state) {
    const text = [`Substation ${name}`, state.word, ...wrongs(this.#below, id)].join(', ');
    if (this.#markers[id]?.element.getAttribute('aria-label') !== text) this.#markers[id].element.setAttribute('aria-label', text);
  }

  #badge(id) {
    const { element, badge, name } = this.#markers[id], worst = gravest(this.#below, id), [picture, number] = badge.children;
    element.classList.toggle('troubled', troubled(this.#below, id));
    badge.hidden = !worst;
    if (worst) {
      if (badge.dataset.class !== worst.look.key) {
        badge.dataset.class = worst.look.key;
        paintMark(picture, worst.look);
        badge.style.setProperty('--c', `var(${worst.look.color})`);
        badge.style.setProperty('--ink', `var(${worst.look.color}-ink)`);
      }
      const text = short(worst.count);
      if (number.textContent !== text) number.textContent = text;
      badge.classList.toggle('of-meters', worst.meters);
    }
    this.#say(id, name, classOf(modes.status, this.#codes[id]));
  }

  /** "Meters 2,180: 12 de-energised, 3 voltage outside range B". */
  #tells(id) {
    return [['Transformers', 'transformers'], ['Meters', 'meters']].map(([title, layer]) => {
      const n = countsOf(this.#below, id, layer), all = n.reduce((sum, k) => sum + k, 0);
      if (!all) return '';
      const words = [...modes.status.drawOrder].reverse().map(c => modes.status.byId[c]).filter(c => n[c.id] && (c.abnormal || c.key === 'never')).map(c => `${count(n[c.id])} ${c.word}`);
      return `${title} ${count(all)}: ${words.length ? words.join(', ') : 'all normal'}`;
    }).filter(Boolean);
  }

  #tidySoon() { if (!this.#tidy && !this.#disposed) this.#tidy = requestAnimationFrame(() => { this.#tidy = 0; this.#names(); }); }

  /** Names that do not run into one another: the selected, the focused, then the gravest. Ordinary ones from zoom 12 on, where there is room. */
  #names() {
    const zoom = this.#map.getZoom(), view = this.#map.getBounds().pad(.1), style = getComputedStyle(this.#map.getContainer()), size = parseFloat(style.fontSize) || 14;
    this.#map.getContainer().classList.toggle('badges', zoom <= badgeZoom);
    this.#measure.font = `600 ${size}px ${style.fontFamily}`;
    const rank = id => id === this.#selected ? 100 : this.#markers[id].element === document.activeElement ? 99 : this.#look(id).abnormal ? 10 + this.#look(id).order : 0;
    const seen = [];
    for (let id = 0; id < this.#list.length; id++) if (view.contains(this.at(id))) seen.push({ id, rank: rank(id), p: this.#map.latLngToLayerPoint(this.at(id)) });
    seen.sort((a, b) => b.rank - a.rank || a.id - b.id);
    const taken = seen.map(({ p, rank: r }) => { const half = r ? 8 : 4; return [p.x - half, p.y - half, p.x + half, p.y + half]; }), named = new Set();
    for (const { id, rank: r, p } of seen) {
      if (!r && zoom < badgeZoom) continue;
      const width = this.#measure.measureText(this.#list[id][0]).width, box = [p.x + 9, p.y - size * .6, p.x + 14 + size + width, p.y + size * .6];
      if (r < 99 && taken.some(t => box[0] < t[2] && box[2] > t[0] && box[1] < t[3] && box[3] > t[1])) continue;
      taken.push(box);
      named.add(id);
    }
    this.#markers.forEach(({ element }, id) => element.classList.toggle('named', named.has(id)));
  }

  /** One stop for the Tab key among hundreds of marks; arrows go to the next in their direction. */
  #focusOn(id) {
    if (this.#focusable >= 0) this.#markers[this.#focusable].element.tabIndex = -1;
    this.#focusable = id;
    this.#markers[id].element.tabIndex = 0;
  }

  #key(event, id) {
    if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); event.stopPropagation(); this.#on.select(id); return; }
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
