// What is drawn near a place, nearest first.
import { Device, Feeder, Meter, Segment, Transformer } from '../palette.js';
import { deviceSize, meterSize, metersFrom, segmentsFrom, transformerSize } from './lod.js';

const most = 32; // more under one pointer nobody can choose from

/**
 * @param x, y local px of zoom 14
 * @param radius px of zoom 14
 * @returns {{layer, id, distance, code, feeder}[]} distance in CSS px at `zoom` to what is drawn; 0: on it. A line is its feeder below zoom 14, its segment from there on.
 */
export function hitTest(scene, x, y, radius, zoom) {
  const found = [], css = 2 ** (zoom - 14), feeders = new Map();
  if (!scene.lines) return found;
  const add = (layer, id, distance, code, feeder) => found.push({ layer, id, distance, code, feeder });
  for (const i of scene.lines.within(x - radius, y - radius, x + radius, y + radius)) {
    const d2 = scene.lines.distance2(i, x, y);
    if (d2 > radius * radius || !scene.isSegmentDrawn(i, scene.segmentRank(i))) continue;
    const feeder = scene.lines.feederOf[i], d = Math.sqrt(d2) * css;
    if (zoom >= segmentsFrom) add(Segment, i, d, scene.segmentCode(i), feeder);
    else if (!(feeders.get(feeder) <= d)) feeders.set(feeder, d);
  }
  for (const [feeder, d] of feeders) add(Feeder, feeder, d, scene.code(Feeder, feeder), feeder);

  const point = (layer, id, px, py, code, feeder, size) => {
    const rank = scene.look.rank(code, feeder);
    if (!scene.isPointDrawn(layer, id, code, rank, zoom)) return;
    const d = Math.hypot(px - x, py - y) * css - size(zoom, scene.look.styles[rank].abnormal) * scene.scale;
    if (d <= radius * css) add(layer, id, Math.max(0, d), code, feeder);
  };
  const reach = radius + 10 * scene.scale / css; // symbols are hit where they are drawn, not only in their middle
  for (const [layer, points, size] of [[Transformer, scene.transformers, transformerSize], [Device, scene.devices, deviceSize]]) {
    points?.within(x - reach, y - reach, x + reach, y + reach, i => point(layer, i, points.x[i], points.y[i], scene.code(layer, i), scene.feederOf(layer, i), size));
  }
  if (zoom >= metersFrom) {
    for (const m of scene.meters.values()) {
      const b = scene.boxes, o = 4 * m.station, codes = scene.state.meters.get(m.station);
      if (!codes || b[o] > x + reach || b[o + 2] < x - reach || b[o + 1] > y + reach || b[o + 3] < y - reach) continue;
      for (let i = 0; i < m.count; i++) if (Math.abs(m.x[i] - x) <= reach && Math.abs(m.y[i] - y) <= reach) point(Meter, m.first + i, m.x[i], m.y[i], codes[i], -1, meterSize);
    }
  }
  // What lies on top comes first where several are equally near: a meter before its transformer, a line last.
  return found.sort((a, b) => a.distance - b.distance || b.layer - a.layer || a.id - b.id).slice(0, most);
}
