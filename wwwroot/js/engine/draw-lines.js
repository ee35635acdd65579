// The lines of a tile: by the gravity of their state, ties below, backbone above; under them what is chosen.
import { Feeder, Segment, isDead } from '../palette.js';
import { Backbone, Lateral, Tie } from './lines.js';
import { dashScale, flowFrom, lineWidths } from './lod.js';
import { strokeDashed, strokeSolid } from './stroke.js';

const tieDash = [3, 3];
let order = new Uint32Array(1024), buckets = new Uint8Array(1024);

/** Width in canvas px of a line of this kind in this style. */
function widthOf(style, kind, z, px) { return Math.max(style.width * (kind === Backbone ? 1 : .75), lineWidths(z)[kind] * style.scale) * px; }

/** @param ids of the tile's segments, ascending */
export function paintLines(ctx, scene, tile, ids) {
  ctx.lineJoin = 'round';
  paintChosen(ctx, scene, tile, ids);
  const n = sort(scene, ids, (i, rank) => scene.isSegmentDrawn(i, rank));
  const px = tile.dpr * scene.scale, dashOf = (style, kind) => style.dash.length ? style.dash : kind === Tie ? tieDash : null;
  strokes(ctx, scene, tile, n, (rank, kind) => {
    const style = scene.look.styles[rank];
    if (!style.rim) return undefined;
    pen(ctx, style.rim, widthOf(style, kind, tile.z, px) + 1.6 * px, 1, tile.z, true);
    return dashOf(style, kind);
  });
  strokes(ctx, scene, tile, n, (rank, kind) => {
    const style = scene.look.styles[rank];
    pen(ctx, style.color, widthOf(style, kind, tile.z, px), kind === Lateral && tile.z <= 9 ? style.alpha * .6 : style.alpha, tile.z, style.dash.length || kind === Tie);
    return dashOf(style, kind);
  });
  if (scene.flow && tile.z >= flowFrom) paintFlow(ctx, scene, tile, ids);
  ctx.globalAlpha = 1;
}

/** Segments whose look has changed, over what the tile shows. @param ranks what each had before */
export function paintLinesOver(ctx, scene, tile, ids, ranks) {
  const px = tile.dpr * scene.scale, { styles } = scene.look;
  ctx.lineJoin = 'round';
  // The ground first, as wide as the line was: a thin quiet line over a thick red one would be a red line with a grey core.
  let at = 0;
  const n = sort(scene, ids, () => true, () => ranks[at++]);
  if (tile.alpha) ctx.globalCompositeOperation = 'destination-out';
  strokes(ctx, scene, tile, n, (rank, kind) => { pen(ctx, scene.colors['--map'] ?? '#000', widthOf(styles[rank], kind, tile.z, px) + 2 * px, 1, tile.z, true); return null; });
  ctx.globalCompositeOperation = 'source-over';
  paintLines(ctx, scene, tile, ids);
}

function pen(ctx, color, width, alpha, z, plain) {
  ctx.strokeStyle = color;
  ctx.lineWidth = width;
  ctx.globalAlpha = alpha;
  ctx.lineCap = plain || width < 1.5 || z < 14 ? 'butt' : 'round'; // round ends close the notches where branches meet; below, nobody sees them
}

/** Puts the drawn ids into `order` by rank and kind; the number of them. */
function sort(scene, ids, isDrawn, rankOf = i => scene.segmentRank(i)) {
  if (order.length < ids.length) { order = new Uint32Array(ids.length * 2); buckets = new Uint8Array(ids.length * 2); }
  const starts = counts;
  starts.fill(0);
  const { kind } = scene.lines;
  for (let n = 0; n < ids.length; n++) {
    const rank = rankOf(ids[n]);
    const b = buckets[n] = isDrawn(ids[n], rank) ? rank * 3 + 2 - (kind[ids[n]] < Tie ? kind[ids[n]] : scene.isTieClosed(ids[n]) ? Lateral : Tie) : 255; // a tie that is closed is a line like others
    if (b !== 255) starts[b + 1]++;
  }
  for (let b = 1; b < starts.length; b++) starts[b] += starts[b - 1];
  ends.set(starts);
  for (let n = 0; n < ids.length; n++) if (buckets[n] !== 255) order[ends[buckets[n]]++] = ids[n];
  return starts[starts.length - 1];
}
const counts = new Uint32Array(64), ends = new Uint32Array(64);

/** A stroke for each bucket of `order`; prepare(rank, kind) sets the pen and gives the dash in CSS px, null for a solid line, undefined for none. */
function strokes(ctx, scene, tile, n, prepare) {
  for (let b = 0; b < 63 && counts[b] < n; b++) {
    const from = counts[b], to = counts[b + 1];
    if (from === to) continue;
    const dash = prepare(b / 3 | 0, 2 - b % 3);
    if (dash) strokeDashed(ctx, scene.lines, tile, order, from, to, dash.map(d => d * tile.dpr * scene.scale * dashScale(tile.z)));
    else if (dash === null) strokeSolid(ctx, scene.lines, tile, order, from, to);
  }
}

/** A halo under the selected line and under what is highlighted. */
function paintChosen(ctx, scene, tile, ids) {
  const { selected, lines } = scene, px = tile.dpr * scene.scale, width = lineWidths(tile.z)[Backbone];
  const halo = (isIn, more, alpha) => {
    const some = ids.filter(isIn);
    if (!some.length) return;
    pen(ctx, scene.colors['--accent'] ?? '#48f', (width + more) * px, alpha, 14, false);
    strokeSolid(ctx, lines, tile, some, 0, some.length);
  };
  if (scene.marks?.[Segment]) halo(i => scene.isMarked(Segment, i), 5, .5);
  if (selected?.layer === Feeder) halo(i => lines.feederOf[i] === selected.id, 6, .45);
  if (selected?.layer === Segment) halo(i => i === selected.id, 8, .8);
}

/** Chevrons that point away from the source: a radial segment runs from its source to its end. None where nothing flows, and none on ties, where either way is possible. */
function paintFlow(ctx, scene, tile, ids) {
  const { lines } = scene, { dx, dy, k, z } = tile, px = tile.dpr * scene.scale;
  const every = (z >= 16 ? 72 : z >= 14 ? 60 : 84) * px, r = (z >= 16 ? 4.5 : z >= 14 ? 3.4 : 2.8) * px;
  ctx.beginPath();
  for (const i of ids) {
    if (lines.kind[i] === Tie || isDead(scene.segmentCode(i)) || !scene.isSegmentDrawn(i, scene.segmentRank(i))) continue;
    const l = lines.length[i] * k, start = lines.along[i] * k;
    if (!(l > 0)) continue;
    const ux = (lines.x2[i] - lines.x1[i]) * k / l, uy = (lines.y2[i] - lines.y1[i]) * k / l;
    for (let t = (Math.ceil((start - every / 2) / every) + .5) * every - start; t < l; t += every) {
      if (t < 0) continue;
      const x = (lines.x1[i] - dx) * k + ux * t, y = (lines.y1[i] - dy) * k + uy * t;
      ctx.moveTo(x - r * (ux - uy), y - r * (uy + ux));
      ctx.lineTo(x, y);
      ctx.lineTo(x - r * (ux + uy), y - r * (uy - ux));
    }
  }
  ctx.globalAlpha = 1;
  ctx.lineCap = 'round';
  for (const [color, width] of [['--map', 3.6], [z >= 14 ? '--text' : '--muted', 1.5]]) { // outlined, to stand on a line of any colour
    ctx.strokeStyle = scene.colors[color] ?? '#888';
    ctx.lineWidth = width * px;
    ctx.stroke();
  }
}
