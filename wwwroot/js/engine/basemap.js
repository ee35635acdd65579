// Land, water and county lines under the grid.
import { worldX, worldY } from '../geometry.js';

/** Differences of 1e-4 degrees to world px at zoom 14, each line with its box. */
export function prepareBasemap({ land, counties }) {
  const line = deltas => {
    const points = new Float64Array(deltas.length);
    let lon = 0, lat = 0, box = [Infinity, Infinity, -Infinity, -Infinity];
    for (let i = 0; i < deltas.length; i += 2) {
      lon += deltas[i]; lat += deltas[i + 1];
      const x = points[i] = worldX(lon / 1e4), y = points[i + 1] = worldY(lat / 1e4);
      box = [Math.min(box[0], x), Math.min(box[1], y), Math.max(box[2], x), Math.max(box[3], y)];
    }
    return { points, box };
  };
  return { land: land.map(line), counties: counties.map(line) };
}

/** Without a basemap the tile stays clear: another map lies below it. */
export function paintBasemap(ctx, base, tile, colors) {
  const { x, y, z, size, k } = tile, span = 256 * 2 ** (14 - z), left = x * span, top = y * span;
  if (tile.alpha) { ctx.clearRect(0, 0, size, size); return; }
  if (!base) { ctx.fillStyle = colors['--map'] ?? '#000'; ctx.fillRect(0, 0, size, size); return; }
  const touches = ({ box }) => box[0] <= left + span && box[2] >= left && box[1] <= top + span && box[3] >= top;
  const add = ({ points }) => { for (let i = 0; i < points.length; i += 2) { const px = (points[i] - left) * k, py = (points[i + 1] - top) * k; if (i) ctx.lineTo(px, py); else ctx.moveTo(px, py); } };
  ctx.fillStyle = colors['--water'] ?? '#111';
  ctx.fillRect(0, 0, size, size);
  ctx.fillStyle = colors['--map'] ?? '#222';
  ctx.beginPath();
  for (const ring of base.land) if (touches(ring)) { add(ring); ctx.closePath(); }
  ctx.fill('evenodd');
  ctx.strokeStyle = colors['--line'] ?? '#444';
  ctx.lineWidth = size / 256;
  ctx.globalAlpha = .7;
  ctx.beginPath();
  for (const border of base.counties) if (touches(border)) add(border);
  ctx.stroke();
  ctx.globalAlpha = 1;
}
