// A tile from the scene: whole, or only what changed over what it shows.
import { Device, Segment, Transformer } from '../palette.js';
import { paintBasemap } from './basemap.js';
import { paintLines, paintLinesOver } from './draw-lines.js';
import { paintPoints, paintPointsOver } from './draw-points.js';

export function paintTile(scene, tile) {
  const { ctx } = tile;
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.globalAlpha = 1;
  ctx.setLineDash([]);
  paintBasemap(ctx, scene.base, tile, scene.colors);
  if (!scene.lines) return;
  tile.place(scene.origin, scene.scale);
  tile.segments ??= scene.lines.within(tile.west, tile.north, tile.east, tile.south);
  paintLines(ctx, scene, tile, tile.segments);
  paintPoints(ctx, scene, tile);
}

/** The changes that wait in tile.over. The new colour is there at once; rims of the old stay until the tile is painted anew. */
export function paintOver(scene, tile) {
  const { ctx, over } = tile, before = new Map(), points = { [Transformer]: [], [Device]: [] };
  for (let n = 0; n < over.length; n += 3) {
    const layer = over[n], id = over[n + 1];
    if (layer === Segment) { if (!before.has(id)) before.set(id, over[n + 2]); } else points[layer]?.push(id);
  }
  if (before.size) {
    const ids = Uint32Array.from(before.keys()).sort();
    paintLinesOver(ctx, scene, tile, ids, ids.map(id => before.get(id)));
  }
  for (const layer of [Transformer, Device]) if (points[layer].length) paintPointsOver(ctx, scene, tile, layer, points[layer]);
}
