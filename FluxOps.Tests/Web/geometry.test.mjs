import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { decodeAssets, decodeGeometry, decodeMeters, reader } from '../../wwwroot/js/geometry.js';

function encode(feeders) {
  const out = [...Buffer.from('FXG1')];
  const varint = v => { v >>>= 0; while (v > 127) { out.push(v & 127 | 128); v >>>= 7; } out.push(v); };
  const zigzag = v => varint((v << 1) ^ (v >> 31));
  let lat = 0, lon = 0;
  varint(feeders.length);
  for (const segments of feeders) {
    varint(segments.length);
    for (const [a, b, c, d, kind = 0] of segments) {
      const fresh = a !== lat || b !== lon;
      out.push((fresh ? 1 : 0) | kind << 1 | 7 << 3);
      if (fresh) { zigzag(a - lat); zigzag(b - lon); }
      zigzag(c - a); zigzag(d - b);
      lat = c; lon = d;
    }
  }
  return new Uint8Array(out);
}

test('varints up to 32 bits and zigzag of both signs', () => {
  const bytes = new Uint8Array([0x00, 0x7f, 0x80, 0x01, 0xff, 0xff, 0xff, 0xff, 0x0f]);
  const read = reader(bytes);
  assert.deepEqual([read.varint(), read.varint(), read.varint(), read.varint()], [0, 127, 128, 4294967295]);
  const signs = reader(new Uint8Array([0, 1, 2, 3, 0xfe, 0xff, 0xff, 0xff, 0x0f]));
  assert.deepEqual([signs.zigzag(), signs.zigzag(), signs.zigzag(), signs.zigzag(), signs.zigzag()], [0, -1, 1, -2, 2147483647]);
  assert.throws(() => reader(new Uint8Array([0x80])).varint(), RangeError);
  assert.throws(() => reader(new Uint8Array([0x80, 0x80, 0x80, 0x80, 0x80, 0x01])).varint(), RangeError);
});

test('segments come back as they were written, branches and feeders apart', () => {
  const feeders = [
    [[2976000, -9537000, 2976100, -9537000], [2976100, -9537000, 2976100, -9536500, 1], [2976100, -9537000, 2976200, -9537100, 0]],
    [],
    [[2980000, -9540000, 2980010, -9540020, 2]],
  ];
  const g = decodeGeometry(encode(feeders));
  assert.deepEqual([...g.first], [0, 3, 3, 4]);
  const back = [...g.lat1.keys()].map(i => [g.lat1[i], g.lon1[i], g.lat2[i], g.lon2[i], g.flags[i] >> 1 & 3]);
  assert.deepEqual(back, feeders.flat().map(([a, b, c, d, k = 0]) => [a, b, c, d, k]));
});

test('what is not the format, or is cut short, is refused', () => {
  const whole = encode([[[1, 2, 3, 4]]]);
  assert.throws(() => decodeGeometry(new Uint8Array([1, 2, 3, 4, 5])), RangeError);
  assert.throws(() => decodeGeometry(whole.slice(0, -1)), RangeError);
});

test('files as the server writes them are read as it means them', () => {
  const known = JSON.parse(readFileSync(new URL('./mapfiles.json', import.meta.url)));
  const bytes = hex => new Uint8Array(Buffer.from(hex, 'hex'));
  const pairs = (lat, lon) => [...lat].map((y, i) => [y, lon[i]]);
  const lines = decodeGeometry(bytes(known.lines));
  assert.deepEqual(pairs(lines.lat2, lines.lon2), known.segmentsEnd);

  const assets = decodeAssets(bytes(known.assets));
  assert.deepEqual([...assets.firstTransformer], known.firstTransformer);
  assert.deepEqual(pairs(assets.lat, assets.lon), known.transformers);
  for (const column of ['deviceSegment', 'deviceKind', 'deviceNormallyOpen', 'firstMeter']) assert.deepEqual([...assets[column]], known[column], column);

  const meters = decodeMeters(bytes(known.meters));
  assert.equal(meters.firstId, known.firstMeter[1]);
  assert.deepEqual(pairs(meters.lat, meters.lon), known.metersOfStation1);
  const [south, west, height, width] = assets.meterBox.subarray(4, 8);
  assert.deepEqual([Math.min(...meters.lat), Math.min(...meters.lon), Math.max(...meters.lat), Math.max(...meters.lon)], [south, west, south + height, west + width]);

  assert.throws(() => decodeAssets(bytes(known.meters)), /not an FXA1 file/);
  assert.throws(() => decodeAssets(bytes(known.assets).slice(0, -1)), RangeError);
  assert.throws(() => decodeMeters(bytes(known.meters).slice(0, -1)), RangeError);
  assert.throws(() => decodeMeters(new Uint8Array([...Buffer.from('FXM1'), 0, 0xff, 0xff, 0xff, 0x7f])), RangeError, 'a count beyond the bytes allocates nothing');
});
