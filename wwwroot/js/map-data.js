// What the map is made of, in the order in which it helps: the basemap, the lines, then transformers and devices, then the meters of the stations in view.
import { backoff } from './time.js';

const most = 24; // stations whose meters stay in memory: at zoom 14 no screen shows more

export class MapData {
  #engine; #on; #signal; #about = null; #meters = new Map();

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
    if (about.assetsUrl && this.#engine.setAssets) { // an engine that draws lines alone has no use for them
      this.#on.stage('Transformers and devices');
      const assets = await this.#bytes(about.assetsUrl);
      if (!assets) return;
      this.#engine.setAssets(assets);
    }
    this.#on.stage('');
    if (this.#meters.size) this.need([...this.#meters.keys()]);
  }

  /** Stations whose meters the map wants to draw now; the ones it wanted last stay for a while. */
  need(stations) {
    for (const id of stations) {
      const had = this.#meters.get(id) === true;
      this.#meters.delete(id); // to the end: the first in the map is the one longest unused
      this.#meters.set(id, had);
    }
    while (this.#meters.size > Math.max(most, stations.length)) this.#meters.delete(this.#meters.keys().next().value);
    this.#on.look([...this.#meters.keys()]);
    if (this.#about?.metersUrl) for (const id of stations) if (!this.#meters.get(id)) this.#loadMeters(id);
  }

  async #loadMeters(id) {
    this.#meters.set(id, true); // asked
    const bytes = await this.#bytes(this.#about.metersUrl.replace('{substation}', id));
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
