// How many of each there are in each state, drawn or not.
import { Device, Feeder, Meter, Segment, Transformer, classOf, layers, modes } from '../palette.js';

/** layer name -> {class id: n} in a mode. Meters are counted from the stations' tallies. */
export function countLayers(scene, key) {
  const mode = modes[key], { state, kv } = scene, byKv = mode.classes.some(c => c.maxKv) && kv, result = {};
  for (const layer of [Feeder, Segment, Device, Transformer]) {
    const codes = state.layers[layer];
    if (!codes.length) continue;
    const n = new Map();
    const add = id => n.set(id, (n.get(id) ?? 0) + 1);
    if (byKv) for (let i = 0; i < codes.length; i++) add(classOf(mode, codes[i], kv[scene.feederOf(layer, i)] ?? 0).id);
    else {
      const histogram = new Uint32Array(256);
      for (let i = 0; i < codes.length; i++) histogram[codes[i]]++;
      fold(mode, histogram, n, 0);
    }
    result[layers[layer]] = Object.fromEntries(n);
  }
  if (state.tallies.size) {
    const n = new Map();
    for (const [station, tally] of state.tallies) fold(mode, tally, n, byKv ? kv[scene.feederOfStation(station)] ?? 0 : 0);
    result[layers[Meter]] = Object.fromEntries(n);
  }
  return result;
}

function fold(mode, histogram, n, kv) {
  for (let code = 0; code < histogram.length; code++) if (histogram[code]) { const { id } = classOf(mode, code, kv); n.set(id, (n.get(id) ?? 0) + histogram[code]); }
}

/**
 * Of each station its transformers and meters by status class, and the worst class of any of them: out, over or volt before what is normal. What is stale or was never heard is
 * counted, and the worst only where nothing else is known. Null until it is known which feeder is whose.
 */
export function countStations(scene) {
  const { state, feederStation } = scene, status = modes.status, stations = state.layers[0].length, classes = 8;
  if (!feederStation || !stations) return null;
  const transformers = new Uint32Array(classes * stations), meters = new Uint32Array(classes * stations);
  const codes = state.layers[Transformer], feederOf = scene.transformers?.feederOf;
  if (feederOf) {
    for (let i = 0; i < codes.length; i++) {
      const s = feederStation[feederOf[i]];
      if (s < stations) transformers[classes * s + status.classOf[codes[i]]]++;
    }
  }
  for (const [s, tally] of state.tallies) if (s < stations) tally.forEach((n, code) => { if (n) meters[classes * s + status.classOf[code]] += n; });
  const silent = c => c.when.age !== undefined, gravest = [...status.classes].sort((a, b) => silent(a) - silent(b) || b.order - a.order).map(c => c.id), never = status.classes.find(c => c.key === 'never').id;
  const worst = Uint8Array.from({ length: stations }, (_, s) => gravest.find(id => transformers[classes * s + id] || meters[classes * s + id]) ?? never);
  return { worst, transformers, meters };
}
