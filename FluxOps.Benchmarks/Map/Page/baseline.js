// The same scene as anybody would first draw it: Leaflet's own vectors on one canvas, a state is setStyle. Same files, same live lane, same palette.
import L from 'leaflet';
import { decodeAssets, decodeGeometry, decodeMeters } from '../../../wwwroot/js/geometry.js';
import { Lane } from '../../../wwwroot/js/lane.js';
import { Unknown, classColors, modes } from '../../../wwwroot/js/palette.js';

const style = getComputedStyle(document.documentElement), color = name => style.getPropertyValue(name).trim();
const colors = Object.fromEntries([...classColors, '--map', '--line', '--muted'].map(c => [c, color(c)])), status = modes.status;
const looks = [...Array(240).keys()].map(code => {
  const c = status.byId[status.classOf[code]];
  return { color: colors[c.color], weight: Math.max(1.3, c.width), opacity: c.alpha, dashArray: c.dash.length ? c.dash.join(' ') : null };
});

const baseline = globalThis.baseline = { map: null, stationsDrawn: false, feedersDrawn: false, changes: 0, lane: new Lane() };
const get = async (url, read) => { const answer = await fetch(url); if (!answer.ok) throw new Error(`${url}: ${answer.status}`); return read(answer); };
const bytes = url => get(url, async r => new Uint8Array(await r.arrayBuffer()));
const painted = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));

const { stations, fit } = await get('baseline/data.json', r => r.json());
const map = baseline.map = L.map('map', { preferCanvas: true, minZoom: 8, maxZoom: 17, fadeAnimation: false, attributionControl: false });
map.fitBounds(fit, { padding: [10, 10] });

const basemap = await get('lib/basemap.json', r => r.json());
const plain = deltas => { const at = []; for (let i = 0, x = 0, y = 0; i < deltas.length; i += 2) at.push([(y += deltas[i + 1]) / 1e4, (x += deltas[i]) / 1e4]); return at; };
L.polygon(basemap.land.map(r => [plain(r)]), { stroke: false, fillColor: colors['--map'], fillOpacity: 1, interactive: false }).addTo(map);
L.polyline(basemap.counties.map(plain), { color: colors['--line'], weight: 1, interactive: false }).addTo(map);
const marks = stations.map(at => L.circleMarker(at, { radius: 6, weight: 2, color: colors['--map'], fillColor: colors['--normal'], fillOpacity: 1 }).addTo(map));
await painted();
baseline.stationsDrawn = true;

const about = await get('grid/geometry', r => r.json());
const grid = decodeGeometry(await bytes(about.url));
const lines = Array.from({ length: grid.feeders }, (_, f) => {
  const parts = [];
  let endLat = NaN, endLon = NaN;
  for (let i = grid.first[f]; i < grid.first[f + 1]; i++) {
    if (grid.lat1[i] !== endLat || grid.lon1[i] !== endLon) parts.push([[grid.lat1[i] / 1e5, grid.lon1[i] / 1e5]]);
    parts.at(-1).push([grid.lat2[i] / 1e5, grid.lon2[i] / 1e5]);
    endLat = grid.lat2[i]; endLon = grid.lon2[i];
  }
  return L.polyline(parts, { ...looks[Unknown], interactive: false }).addTo(map);
});
await painted();
baseline.feedersDrawn = true;

let assets = null, transformers = null;
const meters = new Map();
async function detail() {
  const zoom = map.getZoom();
  if (zoom < 13) { transformers?.remove(); for (const group of meters.values()) group.remove?.(); return; }
  assets ??= decodeAssets(await bytes(about.assetsUrl));
  const dots = (lat, lon, radius) => L.layerGroup(Array.from(lat, (y, i) => L.circleMarker([y / 1e5, lon[i] / 1e5], { radius, weight: 1, color: colors['--faint'], interactive: false })));
  transformers ??= dots(assets.lat, assets.lon, 3);
  transformers.addTo(map);
  const view = map.getBounds();
  for (let s = 0; s < stations.length; s++) {
    const [south, west, height, width] = assets.meterBox.subarray(4 * s, 4 * s + 4).map(v => v);
    const box = L.latLngBounds([south / 1e5, west / 1e5], [(south + height) / 1e5, (west + width) / 1e5]);
    if (zoom < 14 || !view.intersects(box) || assets.firstMeter[s] === assets.firstMeter[s + 1]) { meters.get(s)?.remove?.(); continue; }
    if (!meters.has(s)) {
      meters.set(s, {});
      const { lat, lon } = decodeMeters(await bytes(about.metersUrl.replace('{substation}', s)));
      meters.set(s, dots(lat, lon, 1.5));
    }
    meters.get(s).addTo?.(map);
  }
}
let busy = Promise.resolve();
map.on('moveend', () => { busy = busy.then(detail); baseline.idle = busy; });

baseline.lane.subscribe((kind, frame, state) => {
  if (kind === 'beat') return;
  const { ids, codes } = frame.feeders;
  if (ids) for (let i = 0; i < ids.length; i++) { lines[ids[i]].setStyle(looks[codes[i]]); baseline.changes++; }
  else if (kind !== 'addition') state.feeders.forEach((code, f) => lines[f].setStyle(looks[code]));
  const s = frame.substations;
  (s.ids ?? [...s.codes.keys()]).forEach((id, i) => marks[id]?.setStyle({ fillColor: looks[s.codes[i]].color }));
});
