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

/** The worst state at and below each station, and its transformers and meters by status class; null until it is known which feeder is whose. */
export function countStations(scene) {
  const { state, feederStation } = scene, status = modes.status, stations = state.layers[0].length, classes = 8;
  if (!feederStation || !stations) return null;
  const worst = new Uint8Array(stations), order = new Int16Array(stations).fill(-1), transformers = new Uint32Array(classes * stations), meters = new Uint32Array(classes * stations);
  const see = (station, id) => { const o = status.byId[id].order; if (o > order[station]) { order[station] = o; worst[station] = id; } };
  const silent = id => status.byId[id].when.age !== undefined; // one meter unheard of does not make its station stale
  state.layers[0].forEach((code, s) => see(s, status.classOf[code]));
  for (const layer of [Feeder, Segment, Device, Transformer]) {
    const codes = state.layers[layer];
    if (layer !== Feeder && !(layer === Transformer ? scene.transformers : layer === Device ? scene.devices : scene.lines)) continue;
    for (let i = 0; i < codes.length; i++) {
      const s = feederStation[scene.feederOf(layer, i)], id = status.classOf[codes[i]];
      if (s === undefined || s >= stations) continue;
      if (layer === Feeder || !silent(id)) see(s, id);
      if (layer === Transformer) transformers[classes * s + id]++;
    }
  }
  for (const [s, tally] of state.tallies) {
    if (s >= stations) continue;
    tally.forEach((n, code) => { if (n) { const id = status.classOf[code]; if (!silent(id)) see(s, id); meters[classes * s + id] += n; } });
  }
  return { worst, transformers, meters };
}
