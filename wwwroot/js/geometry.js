// Files of the map, delta-zigzag-varint in 1e-5 degrees: the lines (FXG1, layout: GeometryCodec.cs), transformers and devices (FXA1, AssetsCodec.cs),
// a station's meters (FXM1, MetersCodec.cs). A place in the file is an id.

/** @returns {{feeders:number, first:Uint32Array, flags:Uint8Array, lat1:Int32Array, lon1:Int32Array, lat2:Int32Array, lon2:Int32Array}} segments of feeder f are first[f] to first[f + 1] */
export function decodeGeometry(bytes) {
  if (bytes.length < 5 || String.fromCharCode(...bytes.subarray(0, 4)) !== 'FXG1') throw new RangeError('not an FXG1 file');
  const read = reader(bytes, 4);
  const feeders = read.varint();
  // A segment takes three bytes at least: the arrays are cut to size at the end.
  const most = Math.floor(bytes.length / 3) + 1;
  const flags = new Uint8Array(most), lat1 = new Int32Array(most), lon1 = new Int32Array(most), lat2 = new Int32Array(most), lon2 = new Int32Array(most);
  const first = new Uint32Array(feeders + 1);
  let n = 0, lat = 0, lon = 0;
  for (let f = 0; f < feeders; f++) {
    first[f] = n;
    for (let left = read.varint(); left > 0; left--) {
      const flag = flags[n] = read.byte();
      if (flag & 1) { lat += read.zigzag(); lon += read.zigzag(); }
      lat1[n] = lat; lon1[n] = lon;
      lat += read.zigzag(); lon += read.zigzag();
      lat2[n] = lat; lon2[n] = lon;
      n++;
    }
  }
  first[feeders] = n;
  return { feeders, first, flags: flags.slice(0, n), lat1: lat1.slice(0, n), lon1: lon1.slice(0, n), lat2: lat2.slice(0, n), lon2: lon2.slice(0, n) };
}

/**
 * Transformers of feeder f are firstTransformer[f] to firstTransformer[f + 1], meters of station s firstMeter[s] to firstMeter[s + 1].
 * deviceKind: 2 recloser, 3 switch, 4 fuse, 5 tie switch, 6 capacitor. meterBox: south, west, height, width of each station's meters, all 0 where it has none.
 * @returns {{firstTransformer:Uint32Array, lat:Int32Array, lon:Int32Array, deviceSegment:Uint32Array, deviceKind:Uint8Array, deviceNormallyOpen:Uint8Array, firstMeter:Uint32Array, meterBox:Int32Array}}
 */
export function decodeAssets(bytes) {
  const read = fileReader(bytes, 'FXA1');
  const n = read.count(2), lat = new Int32Array(n), lon = new Int32Array(n);
  const feeders = read.count(1), firstTransformer = new Uint32Array(feeders + 1);
  let id = 0;
  for (let f = 0, y = 0, x = 0; f < feeders; f++) {
    firstTransformer[f] = id;
    for (let left = read.varint(); left > 0; left--, id++) {
      if (id >= n) throw new RangeError('more transformers than the file says');
      lat[id] = y += read.zigzag(); lon[id] = x += read.zigzag();
    }
  }
  firstTransformer[feeders] = id;
  if (id !== n) throw new RangeError('fewer transformers than the file says');
  const devices = read.count(2), deviceSegment = new Uint32Array(devices), deviceKind = new Uint8Array(devices), deviceNormallyOpen = new Uint8Array(devices);
  for (let d = 0, segment = 0; d < devices; d++) {
    deviceSegment[d] = segment += read.zigzag();
    const flags = read.byte();
    deviceKind[d] = flags & 7; deviceNormallyOpen[d] = flags >> 3 & 1;
  }
  const stations = read.count(1), firstMeter = new Uint32Array(stations + 1), meterBox = new Int32Array(4 * stations);
  for (let s = 0; s < stations; s++) {
    const meters = read.varint();
    firstMeter[s + 1] = firstMeter[s] + meters;
    if (meters) meterBox.set([read.zigzag(), read.zigzag(), read.varint(), read.varint()], 4 * s);
  }
  return { firstTransformer, lat, lon, deviceSegment, deviceKind, deviceNormallyOpen, firstMeter, meterBox };
}

/** @returns {{firstId:number, lat:Int32Array, lon:Int32Array}} the meters of one station; the first has the id firstId */
export function decodeMeters(bytes) {
  const read = fileReader(bytes, 'FXM1');
  const firstId = read.varint(), n = read.count(2), lat = new Int32Array(n), lon = new Int32Array(n);
  for (let i = 0, y = 0, x = 0; i < n; i++) { lat[i] = y += read.zigzag(); lon[i] = x += read.zigzag(); }
  return { firstId, lat, lon };
}

function fileReader(bytes, magic) {
  if (bytes.length < 4 || String.fromCharCode(...bytes.subarray(0, 4)) !== magic) throw new RangeError(`not an ${magic} file`);
  const read = reader(bytes, 4);
  // A count sizes arrays: what cannot fit into the bytes there are is refused before.
  const count = least => {
    const n = read.varint();
    if (n * least > bytes.length) throw new RangeError('truncated geometry');
    return n;
  };
  return { ...read, count };
}

export function reader(bytes, at = 0) {
  const byte = () => {
    if (at >= bytes.length) throw new RangeError('truncated geometry');
    return bytes[at++];
  };
  const varint = () => {
    let value = 0, shift = 0, b;
    do {
      b = byte();
      if (shift > 28) throw new RangeError('varint over 32 bits');
      value |= (b & 0x7f) << shift;
      shift += 7;
    } while (b & 0x80);
    return value >>> 0;
  };
  const zigzag = () => { const v = varint(); return (v >>> 1) ^ -(v & 1); };
  return { byte, varint, zigzag };
}

/** Web Mercator, pixels of the world at zoom 14 (256 px tiles): 2^22 across. */
export const worldSize = 2 ** 22;
export const worldX = lon => (lon + 180) / 360 * worldSize;
export function worldY(lat) {
  const s = Math.sin(lat * Math.PI / 180);
  return (0.5 - Math.log((1 + s) / (1 - s)) / (4 * Math.PI)) * worldSize;
}
