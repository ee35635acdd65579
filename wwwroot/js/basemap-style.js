// How streets look below the grid: quiet, in the page's own colours. Knows the layers of the two common schemas (Protomaps, OpenMapTiles);
// lines and areas of layers that it does not know are drawn plainly.
import { CenteredTextSymbolizer, GeomType, LineLabelSymbolizer, LineSymbolizer, PolygonSymbolizer, exp } from 'protomaps-leaflet';

const known = ['earth', 'landcover', 'landuse', 'park', 'water', 'waterway', 'physical_line', 'buildings', 'building', 'roads', 'transportation', 'transit', 'boundaries', 'boundary',
  'places', 'place', 'pois', 'poi', 'transportation_name', 'water_name', 'physical_point', 'mountain_peak', 'housenumber', 'aeroway', 'aerodrome_label'];

const area = (_zoom, feature) => feature.geomType === GeomType.Polygon;
const line = (_zoom, feature) => feature.geomType === GeomType.Line;
const kind = feature => feature.props.kind ?? feature.props.class ?? '';
const rank = feature => ({ highway: 3, motorway: 3, trunk: 3, major_road: 2, primary: 2, secondary: 2, tertiary: 2, medium_road: 2, rail: 0, path: 0, ferry: 0 })[kind(feature)] ?? 1;
const road = wanted => (zoom, feature) => line(zoom, feature) && rank(feature) === wanted;

/** Lowest first. */
export function paintRules(c, layers) {
  const fill = (dataLayer, color, opacity, more = {}) => ({ dataLayer, filter: area, symbolizer: new PolygonSymbolizer({ fill: c[color], opacity }), ...more });
  const stroke = (dataLayer, filter, color, width, opacity, more = {}) => ({ dataLayer, filter, symbolizer: new LineSymbolizer({ color: c[color], width, opacity, lineCap: 'round', lineJoin: 'round' }), ...more });
  const roads = name => [
    stroke(name, road(0), '--line', .8, .6, { minzoom: 13 }),
    stroke(name, road(1), '--line', exp(1.4, [[12, .4], [14, 1.2], [17, 5]]), .9, { minzoom: 12 }),
    stroke(name, road(2), '--line', exp(1.4, [[8, .5], [12, 1.3], [17, 8]]), 1, { minzoom: 9 }),
    stroke(name, road(3), '--faint', exp(1.4, [[7, .6], [12, 2], [17, 10]]), .55),
  ];
  const border = name => ({ dataLayer: name, filter: line, symbolizer: new LineSymbolizer({ color: c['--faint'], width: 1, opacity: .6, dash: [4, 3] }) });
  return [
    fill('earth', '--map', 1), fill('landuse', '--line', .18), fill('park', '--line', .18),
    fill('water', '--water', 1), stroke('water', line, '--water', 1.5, 1), stroke('waterway', line, '--water', 1.5, 1), stroke('physical_line', line, '--water', 1.5, 1),
    ...layers.filter(l => !known.includes(l)).flatMap(l => [fill(l, '--line', .35), stroke(l, line, '--faint', 1.2, .8)]),
    fill('buildings', '--line', .4, { minzoom: 15 }), fill('building', '--line', .4, { minzoom: 15 }),
    ...roads('roads'), ...roads('transportation'), border('boundaries'), border('boundary'),
  ];
}

export function labelRules(c) {
  const text = { labelProps: ['name:en', 'name'], fill: c['--muted'], stroke: c['--map'], width: 2, fontFamily: c['--font-body'] || 'sans-serif' };
  const settled = /locality|city|town|village|suburb|neighbou?rhood|hamlet/;
  const places = dataLayer => ({
    dataLayer, filter: (_zoom, feature) => settled.test(kind(feature)), sort: (a, b) => (b.population_rank ?? -(b.rank ?? 99)) - (a.population_rank ?? -(a.rank ?? 99)),
    symbolizer: new CenteredTextSymbolizer({ ...text, fontSize: (_zoom, feature) => /locality|city/.test(kind(feature)) ? 13 : 12 }),
  });
  const names = dataLayer => ({ dataLayer, minzoom: 14, filter: line, symbolizer: new LineLabelSymbolizer({ ...text, fontSize: 11 }) });
  return [places('places'), places('place'), names('roads'), names('transportation_name')];
}
