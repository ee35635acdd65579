// The basemap below the grid: the built-in one, which the grid's own tiles paint, or one of the operator's files, below tiles that let it through.
import L from 'leaflet';

const key = 'fluxops.map.basemap', builtInName = 'Built-in';
const tokens = ['--map', '--water', '--line', '--faint', '--muted', '--text', '--font-body'];

export class Basemaps {
  #map; #engine; #builtIn = null; #list = []; #shown = null; #layer = null; #turn = 0; #box; #select; #disposed = false;
  #wanted = remembered();

  /** @param engine has setBasemap(basemap | null: the grid's tiles are transparent) */
  constructor(map, engine) {
    this.#map = map;
    this.#engine = engine;
    map.createPane('basemap').style.zIndex = '150'; // below the grid's tiles, at 200
    map.getPane('basemap').style.pointerEvents = 'none';
    this.#addChooser();
    this.#apply();
  }

  /** Land and county lines of the built-in basemap, once they are here. */
  setBuiltIn(basemap) {
    this.#builtIn = basemap;
    if (!this.#layer) this.#engine.setBasemap(basemap);
  }

  /** The operator's files as the server knows them now (Basemap.cs). One that is shown may be among the missing, or be another file by that name. */
  set(list) {
    this.#list = list;
    this.#box.hidden = !list.length;
    const options = [option('', builtInName), ...list.map(b => option(b.name, b.url ? b.title : `${b.title}: ${b.fault}`, !b.url))];
    this.#select.replaceChildren(...options);
    this.#apply();
  }

  /** Another theme: the pictures of a raster file stay what they are. */
  recolor() { this.#layer?.recolor?.(colors()); }

  dispose() { this.#disposed = true; }

  async #apply() {
    const wanted = this.#list.find(b => b.name === this.#wanted && b.url), id = wanted?.url ?? '';
    const turn = ++this.#turn;
    this.#select.value = wanted ? wanted.name : '';
    if (id === this.#shown) return;
    let layer = null;
    if (wanted) {
      try { // loaded only by who has such a file
        const { layerOf } = await import(new URL('./pmtiles.js', import.meta.url).href);
        layer = layerOf(L, { ...wanted, url: new URL(wanted.url, document.baseURI).href, attribution: harmless(wanted.attribution) }, colors());
      } catch (error) {
        console.warn(`map: basemap ${wanted.name}: ${error.message}`);
        if (turn === this.#turn) this.#select.value = this.#list.find(b => b.url === this.#shown)?.name ?? ''; // what was shown stays, and is asked for again with the next list
        return;
      }
    }
    if (turn !== this.#turn || this.#disposed) return; // chosen otherwise meanwhile
    this.#shown = id;
    this.#layer?.remove();
    this.#layer = layer;
    const element = this.#map.getContainer(), credit = this.#map.attributionControl;
    element.classList.toggle('own-basemap', !!layer);
    element.dataset.basemap = '';
    if (layer) {
      credit?.removeAttribution('US Census, Natural Earth');
      layer.once('load', () => { if (layer === this.#layer) element.dataset.basemap = wanted.name; }).addTo(this.#map);
      this.#engine.setBasemap(null);
    } else {
      credit?.addAttribution('US Census, Natural Earth');
      if (this.#builtIn) this.#engine.setBasemap(this.#builtIn);
      element.dataset.basemap = builtInName;
    }
  }

  #addChooser() {
    const control = L.control({ position: 'topright' });
    control.onAdd = () => {
      const box = this.#box = L.DomUtil.create('div', 'leaflet-bar basemaps');
      box.hidden = true;
      box.innerHTML = '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M12 4 3 9l9 5 9-5zM3.5 13.5 12 18l8.5-4.5"/></svg>';
      const select = this.#select = document.createElement('select');
      select.setAttribute('aria-label', 'Basemap');
      select.title = 'Basemap';
      select.append(option('', builtInName));
      select.addEventListener('change', () => { this.#wanted = select.value; remember(select.value); this.#apply(); });
      select.addEventListener('keydown', event => event.stopPropagation()); // arrows choose here, and do not move the map
      box.append(select);
      L.DomEvent.disableClickPropagation(box);
      L.DomEvent.disableScrollPropagation(box);
      return box;
    };
    control.addTo(this.#map);
  }
}

function option(value, text, disabled = false) {
  const element = document.createElement('option');
  element.value = value;
  element.textContent = text;
  element.disabled = disabled;
  return element;
}

function colors() {
  const style = getComputedStyle(document.documentElement);
  return Object.fromEntries(tokens.map(name => [name, style.getPropertyValue(name).trim()]));
}

/** A text of somebody's file, for where Leaflet wants HTML. */
function harmless(text) {
  const span = document.createElement('span');
  span.textContent = text;
  return span.innerHTML;
}

function remembered() { try { return localStorage.getItem(key) ?? ''; } catch { return ''; } }
function remember(name) { try { localStorage.setItem(key, name); } catch { /* not kept */ } }
