// The legend: one row a class of the mode, as the tiles draw it, with how many feeders, transformers and meters are in it now.
import L from 'leaflet';
import { modes } from './palette.js';
import { lineSample } from './map-marks.js';
import { count, recall, remember } from './map-memory.js';

const columns = [['feeder', 'Feeders'], ['transformer', 'Transformers'], ['meter', 'Meters']];

export class Legend {
  #box; #toggle; #table; #body; #mode = ''; #cells = []; #counts = null;

  constructor(map) {
    const control = L.control({ position: 'bottomright' });
    control.onAdd = () => {
      this.#box = L.DomUtil.create('section', 'legend');
      this.#box.setAttribute('aria-label', 'Legend');
      L.DomEvent.disableClickPropagation(this.#box);
      L.DomEvent.disableScrollPropagation(this.#box);
      this.#toggle = document.createElement('button');
      this.#toggle.type = 'button';
      this.#toggle.addEventListener('click', () => { this.#open(this.#table.hidden); remember('legend', !this.#table.hidden); });
      this.#table = document.createElement('table');
      const head = this.#table.createTHead().insertRow(), first = document.createElement('th');
      first.scope = 'col';
      first.className = 'l';
      first.textContent = 'Class';
      head.append(first, ...columns.map(([key, title]) => {
        const cell = document.createElement('th');
        cell.scope = 'col';
        cell.textContent = key === 'transformer' ? 'Transf.' : title;
        if (key === 'transformer') cell.abbr = cell.title = title;
        return cell;
      }));
      this.#body = this.#table.createTBody();
      this.#box.append(this.#toggle, this.#table);
      return this.#box;
    };
    control.addTo(map);
    // Where the map is small it takes a fifth of it: it is there for the asking.
    this.#open(recall('legend') ?? innerWidth >= 1440);
  }

  setMode(key) {
    if (key === this.#mode) return;
    const mode = modes[this.#mode = key];
    this.#toggle.firstChild?.remove();
    this.#toggle.append(mode.title);
    this.#box.setAttribute('aria-label', `Legend, ${mode.title.toLowerCase()}`);
    // Classes that look alike are one row: "Normal" is normal, loaded and heavily loaded.
    const rows = [];
    for (const id of [...mode.drawOrder].reverse()) {
      const look = mode.byId[id], same = rows.find(r => r.label === look.label);
      if (same) same.ids.push(id); else rows.push({ label: look.label, look, ids: [id] });
    }
    this.#cells = [];
    this.#body.replaceChildren(...rows.map(({ label, look, ids }) => {
      const row = document.createElement('tr'), head = document.createElement('th');
      row.dataset.class = look.key;
      head.scope = 'row';
      head.append(lineSample(look), label);
      row.append(head, ...columns.map(([layer]) => {
        const cell = document.createElement('td');
        this.#cells.push({ layer, ids, cell });
        return cell;
      }));
      return row;
    }));
    this.#counts = null;
    this.#fill(null);
  }

  /** @param counts {feeder: {classId: n}, transformer: …, meter: …} of the present mode; a layer that is not known yet is left out */
  count(counts) { this.#counts = counts; this.#fill(counts); }

  #fill(counts) {
    for (const { layer, ids, cell } of this.#cells) {
      const known = counts?.[layer], n = known ? ids.reduce((sum, id) => sum + (known[id] ?? 0), 0) : -1, text = n < 0 ? '—' : count(n);
      if (cell.textContent !== text) cell.textContent = text;
      cell.classList.toggle('zero', n <= 0);
    }
  }

  #open(open) {
    this.#table.hidden = !open;
    this.#box.classList.toggle('closed', !open);
    this.#toggle.setAttribute('aria-expanded', String(open));
  }
}
