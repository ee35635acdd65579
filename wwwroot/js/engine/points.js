// Transformers, devices and meters as flat arrays in the lines' local px of zoom 14.
import { Cells } from './cells.js';
import { Tie } from './lines.js';
import { worldX, worldY } from '../geometry.js';

export const Recloser = 2, Switch = 3, Fuse = 4, TieSwitch = 5, Capacitor = 6; // numbers of AssetKind

class Points {
  constructor(x, y) {
    this.count = x.length;
    this.x = x;
    this.y = y;
    this.cells = new Cells(x.length, (i, b) => { b[0] = b[2] = x[i]; b[1] = b[3] = y[i]; });
  }

  /** Calls visit(i) for each point in a box. */
  within(west, north, east, south, visit) {
    const { x, y } = this, items = this.cells.items;
    this.cells.stretches(west, north, east, south, (from, to) => {
      for (let at = from; at < to; at++) { const i = items[at]; if (x[i] >= west && x[i] <= east && y[i] >= north && y[i] <= south) visit(i); }
    });
  }
}

/** @param assets from decodeAssets */
export function transformerPoints({ firstTransformer: first, lat, lon }, [ox, oy]) {
  const points = new Points(Float32Array.from(lon, v => worldX(v / 1e5) - ox), Float32Array.from(lat, v => worldY(v / 1e5) - oy));
  points.feederOf = new Uint16Array(points.count);
  for (let f = 0; f + 1 < first.length; f++) points.feederOf.fill(f, first[f], first[f + 1]);
  return points;
}

/** Devices, each on its segment. */
export function devicePoints({ deviceSegment: segment, deviceKind, deviceNormallyOpen }, lines) {
  const n = segment.length, x = new Float32Array(n), y = new Float32Array(n);
  for (let i = 0; i < n; i++) {
    if (segment[i] >= lines.count) throw new RangeError('the devices are of other lines');
    [x[i], y[i]] = devicePoint(lines, segment[i]);
  }
  const points = new Points(x, y);
  points.segment = segment;
  points.kind = deviceKind;
  points.normallyOpen = deviceNormallyOpen;
  return points;
}

/** Near the head, yet not on the node, where the fuses of several branches would lie on one another; a tie switch is in the middle of its tie. */
export function devicePoint(lines, s) {
  const l = lines.length[s], t = lines.kind[s] === Tie ? .5 : l > 0 ? Math.min(.25, 1.45 / l) : 0; // 1.45 px: 12 m
  return [lines.x1[s] + t * (lines.x2[s] - lines.x1[s]), lines.y1[s] + t * (lines.y2[s] - lines.y1[s])];
}

/** Meters of one station: few enough to be gone through. @param meters from decodeMeters */
export function meterPoints({ firstId, lat, lon }, [ox, oy]) {
  return { first: firstId, count: lat.length, x: Float32Array.from(lon, v => worldX(v / 1e5) - ox), y: Float32Array.from(lat, v => worldY(v / 1e5) - oy) };
}

/** Boxes of the stations' meters in local px: west, north, east, south; of a station without meters an empty one. */
export function stationBoxes({ firstMeter, meterBox }, [ox, oy]) {
  const n = firstMeter.length - 1, out = new Float32Array(4 * n);
  for (let s = 0; s < n; s++) {
    if (firstMeter[s] === firstMeter[s + 1]) { out.set([Infinity, Infinity, -Infinity, -Infinity], 4 * s); continue; }
    const [south, west, height, width] = meterBox.subarray(4 * s, 4 * s + 4);
    out.set([worldX(west / 1e5) - ox, worldY((south + height) / 1e5) - oy, worldX((west + width) / 1e5) - ox, worldY(south / 1e5) - oy], 4 * s);
  }
  return out;
}
