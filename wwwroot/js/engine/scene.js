// All that tiles are painted from: geometry, codes, how they look, what is chosen. No canvas here.
import { Device, Feeder, Meter, Segment, Transformer, Unknown, isDead } from '../palette.js';
import { devicesFrom, metersFrom, transformersFrom } from './lod.js';
import { Lines } from './lines.js';
import { Look } from './look.js';
import { stationOf } from '../frames.js';
import { TieSwitch, devicePoints, meterPoints, stationBoxes, transformerPoints } from './points.js';

export class Scene {
  base = null;
  lines = null;
  transformers = null;
  devices = null;
  /** station -> points of its meters. */
  meters = new Map();
  /** Of the stations' meters, local px. */
  boxes = new Float32Array(0);
  /** segment -> its tie switch, or -1. */
  tieSwitch = null;
  colors = {};
  scale = 1; // of lines and marks, with the page's type: a wall is read from afar
  mode = 'status';
  abnormalOnly = false;
  flow = false;
  selected = null;
  /** Highlighted: layer -> Uint8Array of 0 and 1 by id, or null. */
  marks = null;
  feederStation = null;
  kv = null;

  constructor(state) {
    this.state = state;
    this.restyle();
  }

  get origin() { return this.lines?.origin ?? [0, 0]; }

  restyle() { this.look = new Look(this.mode, this.colors, this.kv); }

  setGeometry(geometry) {
    this.lines = new Lines(geometry);
    this.transformers = this.devices = this.tieSwitch = null; // their places count from the lines' origin
    this.meters.clear();
  }

  setAssets(assets) {
    this.transformers = transformerPoints(assets, this.origin);
    this.devices = devicePoints(assets, this.lines);
    this.boxes = stationBoxes(assets, this.origin);
    this.tieSwitch = new Int32Array(this.lines.count).fill(-1);
    this.devices.kind.forEach((kind, i) => { if (kind === TieSwitch) this.tieSwitch[this.devices.segment[i]] = i; });
    this.state.firstMeter = assets.firstMeter;
  }

  setMeters(station, meters) {
    const points = meterPoints(meters, this.origin);
    points.station = station;
    this.meters.set(station, points);
  }

  setMarks(marks) {
    const flags = ids => { if (!ids?.length) return null; const most = ids.reduce((a, b) => Math.max(a, b), 0), f = new Uint8Array(most + 1); for (const id of ids) f[id] = 1; return f; };
    this.marks = marks && { [Segment]: flags(marks.segments), [Transformer]: flags(marks.transformers), [Device]: flags(marks.devices), [Meter]: flags(marks.meters) };
  }

  isMarked(layer, id) { return this.marks?.[layer]?.[id] === 1; }
  isSelected(layer, id) { return this.selected !== null && this.selected.layer === layer && this.selected.id === id; }

  /** Until the segments' own codes are there a segment is as its feeder. */
  segmentCode(i) { const { layers } = this.state; return layers[Segment][i] ?? layers[Feeder][this.lines.feederOf[i]] ?? Unknown; }
  /** Of a substation, feeder, device or transformer. */
  code(layer, id) { return this.state.layers[layer][id] ?? Unknown; }
  /** Of any asset. */
  codeOf(layer, id) {
    if (layer === Segment) return this.lines && id < this.lines.count ? this.segmentCode(id) : Unknown;
    const code = this.state.codeOf(layer, id);
    return code < 0 ? Unknown : code;
  }
  /** The station of a meter; -1: not known. */
  stationOf(meter) { return this.state.firstMeter && meter < this.state.firstMeter.at(-1) ? stationOf(this.state.firstMeter, meter) : -1; }

  feederOf(layer, id) {
    switch (layer) {
      case Feeder: return id;
      case Segment: return this.lines?.feederOf[id] ?? -1;
      case Transformer: return this.transformers?.feederOf[id] ?? -1;
      case Device: return this.devices ? this.lines.feederOf[this.devices.segment[id]] ?? -1 : -1;
      default: return -1;
    }
  }

  /** A station's meters take the voltage of its first feeder: which feeder is theirs is not told. */
  feederOfStation(station) { return this.feederStation ? this.feederStation.indexOf(station) : -1; }

  /** A tie whose switch is not where it normally is: it carries. */
  isTieClosed(i) {
    const device = this.tieSwitch?.[i] ?? -1;
    return device >= 0 && this.devices.normallyOpen[device] === 1 && isDead(this.code(Device, device));
  }

  /** Rank of the style of a line or a point. */
  segmentRank(i) { return this.look.rank(this.segmentCode(i), this.lines.feederOf[i]); }

  isSegmentDrawn(i, rank) {
    if (!this.abnormalOnly || this.look.styles[rank].abnormal) return true;
    return this.isSelected(Segment, i) || this.isSelected(Feeder, this.lines.feederOf[i]) || this.isMarked(Segment, i);
  }

  /** Whether a point is drawn at a zoom, by its code and the rank of its style. */
  isPointDrawn(layer, id, code, rank, zoom) {
    if (layer === Device ? isDead(code) : this.look.marked[code]) { if (layer !== Meter || zoom >= metersFrom) return true; }
    if (this.isSelected(layer, id)) return true;
    if (zoom < (layer === Transformer ? transformersFrom : layer === Device ? devicesFrom : metersFrom)) return false;
    return !this.abnormalOnly || this.look.styles[rank].abnormal || this.isMarked(layer, id);
  }

  /** Where something is, local px; null where it is not known here. */
  place(layer, id) {
    if (layer === Meter) {
      const points = this.meters.get(this.stationOf(id)), i = id - (points?.first ?? 0);
      return points && i < points.count ? [points.x[i], points.y[i]] : null;
    }
    const points = layer === Transformer ? this.transformers : layer === Device ? this.devices : null;
    return points && id < points.count ? [points.x[id], points.y[id]] : null;
  }
}
