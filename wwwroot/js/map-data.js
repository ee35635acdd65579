// What the map is made of, in the order in which it helps: the lines, then transformers and devices, then the meters of the stations in view; the basemap beside them.
import { backoff } from './time.js';

export class MapData {
  #engine; #on; #signal; #about = null;
  #meters = new Set(); // stations whose meters are under way
  #stopped = false;

  /** @param on {stage(text): '' when all is there, missing(text): what the server has not got, replaced(): it serves another network by now, basemap(basemap), look(stations)} */
  constructor(engine, on, signal) {
    this.#engine = engine;
    this.#on = on;
    this.#signal = signal;
  }

  async load() {
    this.#loadBasemap(); // not waited for: the grid is what the map is for
    this.#on.stage('Lines');
    const about = this.#about = await this.#ask();
    const lines = about && await this.#bytes(about.url, 'The lines');
    if (!lines) return;
    this.#engine.setGeometry(lines);
    this.#on.look([]); // codes of all that is below feeders
    if (about.assetsUrl) {
      this.#on.stage('Transformers and devices');
      const assets = await this.#bytes(about.assetsUrl, 'Transformers and devices');
      if (!assets) return;
      this.#engine.setAssets(assets);
    }
    this.#on.stage('');
  }

  async #loadBasemap() {
    const basemap = await this.#fetch(new URL('./basemap.json', import.meta.url), r => r.json(), () => this.#on.missing('The basemap is missing'));
    if (basemap) this.#on.basemap(basemap);
  }

  /** @param need {stations: those whose meters are drawn now, load: those of them whose places the engine has not got} */
  need({ stations, load }) {
    this.#on.look(stations);
    for (const id of load) if (!this.#meters.has(id) && !this.#stopped && this.#about?.metersUrl) this.#loadMeters(id);
  }

  async #loadMeters(id) {
    this.#meters.add(id);
    const bytes = await this.#bytes(this.#about.metersUrl.replace('{substation}', id), 'The meters');
    this.#meters.delete(id);
    if (bytes) this.#engine.setMeters(id, bytes);
  }

  /** What there is to fetch: it may still be being made, so that the server has no word of it yet. */
  #ask() { return this.#fetch(new URL('grid/geometry', document.baseURI), r => r.json()); }

  #bytes(url, what) { return this.#fetch(new URL(url, document.baseURI), r => r.arrayBuffer(), () => this.#gone(what)); }

  /** The server has no such file: its network is another by now, and nothing of this page's can be had; or the file is lost, and asking on does not bring it. */
  async #gone(what) {
    if (this.#stopped) return;
    this.#stopped = true;
    const { hash, assetsUrl, metersUrl } = this.#about, now = await this.#ask();
    if (!now) return;
    if (now.hash !== hash || now.assetsUrl !== assetsUrl || now.metersUrl !== metersUrl) { this.#on.replaced(); return; }
    this.#on.stage('');
    this.#on.missing(`${what} of this network cannot be had from the server`);
  }

  /**
   * Tries until it comes: the server may still be making the grid. Null once disposed, and where it is not there.
   * @param gone called instead of another try where the server knows no such file
   */
  async #fetch(url, read, gone) {
    for (let attempt = 0; !this.#signal.aborted; attempt++) {
      try {
        const response = await fetch(url, { signal: this.#signal });
        if (response.ok) return await read(response);
        console.info(`map: ${url} answered ${response.status}`);
        if (response.status === 404 && gone) { await gone(); return null; }
      } catch (error) { if (this.#signal.aborted) return null; console.info(`map: ${url}: ${error.message}`); }
      await new Promise(resolve => setTimeout(resolve, backoff(attempt + 1)));
    }
    return null;
  }
}
