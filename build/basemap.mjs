// The basemap, cut at build time from us-atlas (county lines; US Census, public domain) and world-atlas (land; Natural Earth, public domain).
// Coordinates are integers of 1e-4 degrees (11 m), each point a difference to the one before.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { feature, mesh } from 'topojson-client';

const require = createRequire(import.meta.url);
const load = name => JSON.parse(readFileSync(require.resolve(name), 'utf8'));

// West, south, east, north, degrees. No view leaves it; wider than any at the smallest zoom.
const view = [-102, 25.5, -89, 34];
// Some pixels wider: views are rounded to whole ones, and a cut on their edge would be seen.
const clip = [view[0] - .05, view[1] - .05, view[2] + .05, view[3] + .05];

// Rank 1 shows from the smallest zoom; the higher, the later. Degrees, WGS 84.
const places = [
  ['Houston', 29.7604, -95.3698, 1], ['Galveston', 29.3013, -94.7977, 1], ['Conroe', 30.3119, -95.4561, 1], ['Beaumont', 30.0802, -94.1266, 1],
  ['Huntsville', 30.7235, -95.5508, 1], ['Bay City', 28.9828, -95.9694, 1], ['Baytown', 29.7355, -94.9774, 2], ['Sugar Land', 29.6197, -95.6349, 2],
  ['Katy', 29.7858, -95.8245, 2], ['The Woodlands', 30.1658, -95.4613, 2], ['Pearland', 29.5636, -95.2860, 2], ['Freeport', 28.9541, -95.3597, 2],
  ['Wharton', 29.3116, -96.1027, 2], ['Pasadena', 29.6911, -95.2091, 3], ['League City', 29.5075, -95.0949, 3], ['Texas City', 29.3838, -94.9027, 3],
  ['Humble', 29.9988, -95.2622, 3], ['Cypress', 29.9691, -95.6972, 3], ['Rosenberg', 29.5572, -95.8086, 3], ['Alvin', 29.4238, -95.2441, 3],
  ['Angleton', 29.1694, -95.4319, 3], ['Tomball', 30.0972, -95.6161, 3], ['Dayton', 30.0466, -94.8852, 3], ['Missouri City', 29.6186, -95.5377, 4],
  ['Spring', 30.0799, -95.4172, 4], ['Kingwood', 30.0500, -95.1847, 4], ['Friendswood', 29.5294, -95.2010, 4], ['La Porte', 29.6658, -95.0194, 4],
];

export function basemap() {
  const us = load('us-atlas/counties-10m.json'), world = load('world-atlas/land-10m.json');
  const counties = mesh(us, us.objects.counties, (a, b) => a !== b).coordinates; // borders between two counties: the coast is the land's
  const land = feature(world, world.objects.land).features.flatMap(f => f.geometry.type === 'Polygon' ? [f.geometry.coordinates] : f.geometry.coordinates);
  return {
    clip: view,
    land: land.flat().map(clipRing).filter(r => r.length > 2).map(encode), // rings of one path, filled even-odd: holes are lakes
    counties: counties.flatMap(clipLine).map(encode),
    places,
  };
}

/** Sutherland-Hodgman: the part of a ring inside the clip box. */
function clipRing(ring) {
  const [west, south, east, north] = clip;
  const edges = [[0, west, 1], [0, east, -1], [1, south, 1], [1, north, -1]];
  let points = ring.slice(0, -1);
  for (const [axis, at, sign] of edges) {
    const kept = [];
    for (let i = 0; i < points.length; i++) {
      const a = points[(i + points.length - 1) % points.length], b = points[i];
      const inA = (a[axis] - at) * sign >= 0, inB = (b[axis] - at) * sign >= 0;
      if (inA !== inB) {
        const t = (at - a[axis]) / (b[axis] - a[axis]);
        kept.push([a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])]);
      }
      if (inB) kept.push(b);
    }
    points = kept;
  }
  return points;
}

/** The runs of a line that touch the clip box; ends may stick out by one point. */
function clipLine(line) {
  const inside = ([x, y]) => x >= clip[0] && x <= clip[2] && y >= clip[1] && y <= clip[3];
  const runs = [];
  let run = null;
  for (let i = 1; i < line.length; i++) {
    if (inside(line[i - 1]) || inside(line[i])) {
      if (!run) runs.push(run = [line[i - 1]]);
      run.push(line[i]);
    } else run = null;
  }
  return runs;
}

function encode(points) {
  const out = [];
  let x = 0, y = 0;
  for (const p of points) {
    const nx = Math.round(p[0] * 1e4), ny = Math.round(p[1] * 1e4);
    if (out.length && nx === x && ny === y) continue;
    out.push(nx - x, ny - y);
    x = nx; y = ny;
  }
  return out;
}
