// Coordinates and place names.
import L from 'leaflet';

export function addCoordinates(map) {
  const control = L.control({ position: 'bottomleft' });
  control.onAdd = () => {
    const made = L.DomUtil.create('div', 'coords');
    made.textContent = ' '; // one text that is rewritten with every move of the pointer
    return made;
  };
  control.addTo(map);
  const box = control.getContainer();
  const show = at => { box.firstChild.nodeValue = `${number(at.lat)}, ${number(at.lng)}`; };
  map.on('mousemove', event => show(event.latlng));
  map.on('moveend mouseout', () => show(map.getCenter()));
  map.whenReady(() => show(map.getCenter()));
}

const number = v => v.toFixed(4).replace('-', '\u2212');

function text(name) { const made = document.createElement('span'); made.textContent = name; return made; }

/** Names of places, the more the closer. They give way to the substations' names. */
export function addPlaces(map, places) {
  map.createPane('places').style.zIndex = '450';
  map.getPane('places').style.pointerEvents = 'none';
  const markers = places.map(([name, lat, lon, rank]) => [rank, L.marker([lat, lon], { pane: 'places', interactive: false, keyboard: false, icon: L.divIcon({ className: `place r${rank}`, html: text(name), iconSize: null }) })]);
  const show = () => {
    const zoom = map.getZoom() - Math.round(Math.log2(Math.max(1, parseFloat(getComputedStyle(document.documentElement).fontSize) / 17))); // twice the type, half the names
    for (const [rank, marker] of markers) {
      const wanted = zoom >= 7 + rank && map.getZoom() < 13;
      if (wanted !== map.hasLayer(marker)) { if (wanted) marker.addTo(map); else marker.remove(); }
    }
  };
  map.on('zoomend', show);
  show();
}
