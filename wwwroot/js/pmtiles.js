// Layers of the operator's own PMTiles files, a bundle of its own: only who has such a file loads it.
// Leaflet is the map's own copy, handed in; protomaps-leaflet takes it from window.L, where Leaflet puts itself.
import { PMTiles } from 'pmtiles';
import { leafletLayer } from 'protomaps-leaflet';
import { labelRules, paintRules } from './basemap-style.js';

const density = () => Math.min(1.5, devicePixelRatio || 1); // as the grid's own tiles

/**
 * @param L Leaflet
 * @param basemap {url, tiles, minZoom, maxZoom, bounds, layers, attribution (HTML)} as the server reads it from the file
 * @param colors the page's tokens by name
 */
export function layerOf(L, basemap, colors) {
  const [west, south, east, north] = basemap.bounds ?? [-180, -85, 180, 85];
  const common = { pane: 'basemap', noWrap: true, updateWhenZooming: false, keepBuffer: 1, attribution: basemap.attribution, bounds: [[south, west], [north, east]] };
  return basemap.tiles === 'mvt' ? vectorLayer(basemap, colors, common) : new (rasterTiles(L))(new PMTiles(basemap.url), { ...common, minZoom: basemap.minZoom, maxNativeZoom: basemap.maxZoom });
}

function vectorLayer(basemap, colors, common) {
  // One vector tile makes four of the map's, unless the file does not reach down to that zoom.
  const levelDiff = basemap.minZoom < 8 ? 1 : 0;
  const style = c => ({ paintRules: paintRules(c, basemap.layers), labelRules: labelRules(c), backgroundColor: c['--map'] });
  const layer = leafletLayer({ ...common, ...style(colors), url: new PMTiles(basemap.url), levelDiff, minZoom: basemap.minZoom + levelDiff, maxDataZoom: basemap.maxZoom, devicePixelRatio: density() });
  layer.recolor = c => { Object.assign(layer, style(c)); layer.clearLayout(); layer.rerenderTiles(); };
  return layer;
}

/** pmtiles brings a raster layer too, but it shows pictures through blob: addresses, which our policy forbids, and never lets go of them. */
const rasterTiles = L => L.GridLayer.extend({
  initialize(archive, options) {
    L.setOptions(this, options);
    this._archive = archive;
    this.on('tileunload', event => event.tile.leave?.abort());
  },
  createTile({ x, y, z }, done) {
    const canvas = L.DomUtil.create('canvas', 'leaflet-tile');
    canvas.width = canvas.height = 0;
    canvas.leave = new AbortController();
    this._paint(canvas, z, x, y).then(() => done(null, canvas), error => done(error.name === 'AbortError' ? null : error, canvas));
    return canvas;
  },
  async _paint(canvas, z, x, y) {
    const tile = await this._archive.getZxy(z, x, y, canvas.leave.signal);
    if (!tile) return;
    const picture = await createImageBitmap(new Blob([tile.data]));
    canvas.width = picture.width;
    canvas.height = picture.height;
    const context = canvas.getContext('2d', { willReadFrequently: true });
    context.globalAlpha = .7; // pictures are loud: the grid is what one looks at
    context.drawImage(picture, 0, 0);
    picture.close();
  },
});
