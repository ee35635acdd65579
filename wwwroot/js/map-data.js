// What the map is made of, in the order in which it helps: the basemap, the lines, then transformers and devices, then the meters of the stations in view.
import { backoff } from './time.js';

export class MapData {
  #engine; #on; #signal; #about = null;
  #meters = new Set(); // stations whose meters are under way

  /** @param on {stage(text): '' when all is there, basemap(basemap), look(stations)} */
  constructor(engine, on, signal) {
    this.#engine = engine;
    this.#on = on;
    this.#signal = signal;
  }

  async load() {
    this.#on.stage('Lines');
    const basemap = await this.#fetch(new URL('./basemap.json', import.meta.url), r => r.json());
    if (!basemap) return;
    this.#on.basemap(basemap);
    const about = this.#about = await this.#fetch(new URL('grid/geometry', document.baseURI), r => r.json());
    const lines = about && await this.#bytes(about.url);
    if (!lines) return;
    this.#engine.setGeometry(lines);
    this.#on.look([]); // codes of all that is below feeders
    if (about.assetsUrl) {
      this.#on.stage('Transformers and devices');
      const assets = await this.#bytes(about.assetsUrl);
      if (!assets) return;
      this.#engine.setAssets(assets);
    }
    this.#on.stage('');
  }

  /** @param need {stations: those whose meters are drawn now, load: those of them whose places the engine has not got} */
  need({ stations, load }) {
    this.#on.look(stations);
    for (const id of load) if (!this.#meters.has(id)) this.#loadMeters(id);
  }

  async #loadMeters(id) {
    this.#meters.add(id);
    const bytes = await this.#bytes(this.#about.metersUrl.replace('{substation}', id));
    this.#meters.delete(id);
    if (bytes) this.#engine.setMeters(id, bytes);
  }

  #bytes(url) { return this.#fetch(new URL(url, document.baseURI), r => r.arrayBuffer()); }

  /** Tries until it comes: the server may still be making the grid. Null once disposed. */
  async #fetch(url, read) {
    for (let attempt = 0; !this.#signal.aborted; attempt++) {
      try {
        const response = await fetch(url, { signal: this.#signal });
        if (response.ok) return await read(response);
        console.info(`map: ${url} answered ${response.status}`);
      } catch (error) { if (this.#signal.aborted) return null; console.info(`map: ${url}: ${error.message}`); }
      await new Promise(resolve => setTimeout(resolve, backoff(attempt + 1)));
    }
    return null;
  }
}
