// Legend with counts, coordinates, place names.
import L from 'leaflet';
import { looks } from './status.js';

const entries = {
  status: [[[0, 1, 2], 'Normal'], [[3], 'Over limit'], [[4], 'De-energised'], [[5], 'Stale'], [[6], 'No data yet']],
  loading: [[[0], 'Under 60 %'], [[1], '60 to 80 %'], [[2], '80 to 100 %'], [[3], 'Over 100 %'], [[4], 'De-energised'], [[5, 6], 'No fresh data']],
};

export class Legend {
  #box; #mode = 'status'; #numbers = [];

  constructor(map) {
    const control = L.control({ position: 'bottomright' });
    control.onAdd = () => {
      this.#box = L.DomUtil.create('div', 'legend');
      this.#box.setAttribute('role', 'group');
      this.#box.setAttribute('aria-label', 'Legend, feeders by status');
      L.DomEvent.disableClickPropagation(this.#box);
      return this.#box;
    };
    control.addTo(map);
    this.setMode('status');
  }

  setMode(mode) {
    this.#mode = mode;
    this.#numbers = [];
    this.#box.replaceChildren(...entries[mode].map(([statuses, text]) => {
      const style = looks[mode][statuses[0]], row = document.createElement('div'), number = document.createElement('span');
      row.innerHTML = `<svg viewBox="0 0 26 14" aria-hidden="true"><path d="M1 7h24" stroke="var(${style.color})" stroke-width="${Math.max(1.5, style.width)}" stroke-dasharray="${style.dash.join(' ')}" fill="none"/>${shape(statuses[0], mode)}</svg>`;
      number.className = 'num';
      this.#numbers.push([statuses, number]);
      row.append(text, number);
      return row;
    }));
  }

  count(feeders) {
    const n = new Array(7).fill(0);
    for (const s of feeders) n[s]++;
    for (const [statuses, element] of this.#numbers) {
      const text = statuses.reduce((sum, s) => sum + n[s], 0).toLocaleString('en-US');
      if (element.textContent !== text) element.textContent = text;
    }
  }
}

function shape(status, mode) {
  if (status === 3 && mode === 'status') return '<path d="M13 1l5 9H8z" fill="var(--p2)"/>';
  return status === 4 ? '<path d="M9 3h8v8H9z" fill="var(--p1)"/>' : '';
}

export function addCoordinates(map) {
  const control = L.control({ position: 'bottomleft' });
  control.onAdd = () => L.DomUtil.create('div', 'coords');
  control.addTo(map);
  const box = control.getContainer();
  const show = at => { box.textContent = `${number(at.lat)}, ${number(at.lng)}`; };
  map.on('mousemove', event => show(event.latlng));
  map.on('moveend mouseout', () => show(map.getCenter()));
  map.whenReady(() => show(map.getCenter()));
}

const number = v => v.toFixed(4).replace('-', '\u2212');

/** Names of places, the more the closer. They give way to the substations' names. */
export function addPlaces(map, places) {
  map.createPane('places').style.zIndex = '450';
  map.getPane('places').style.pointerEvents = 'none';
  const markers = places.map(([name, lat, lon, rank]) => [rank, L.marker([lat, lon], { pane: 'places', interactive: false, keyboard: false, icon: L.divIcon({ className: `place r${rank}`, html: name, iconSize: null }) })]);
  const show = () => {
    const zoom = map.getZoom();
    for (const [rank, marker] of markers) {
      const wanted = zoom >= 7 + rank && zoom < 13;
      if (wanted !== map.hasLayer(marker)) { if (wanted) marker.addTo(map); else marker.remove(); }
    }
  };
  map.on('zoomend', show);
  show();
}
