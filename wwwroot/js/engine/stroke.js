// Strokes of many segments as one path.

/**
 * Adds segments to the path and strokes it; those that follow one another are one line. Corners nearer to one another than the eye tells are left out.
 * @param ids ascending, from..to of them
 */
export function strokeSolid(ctx, lines, tile, ids, from, to) {
  const { x1, y1, x2, y2, joined } = lines, { dx, dy, k } = tile, near = .6;
  let last = -2, px = 0, py = 0, held = false, hx = 0, hy = 0;
  ctx.beginPath();
  for (let n = from; n < to; n++) {
    const i = ids[n];
    if (last !== i - 1 || !joined[i]) {
      if (held) { ctx.lineTo(hx, hy); held = false; }
      px = (x1[i] - dx) * k; py = (y1[i] - dy) * k;
      ctx.moveTo(px, py);
    }
    last = i;
    hx = (x2[i] - dx) * k; hy = (y2[i] - dy) * k;
    held = Math.abs(hx - px) + Math.abs(hy - py) < near;
    if (!held) { ctx.lineTo(hx, hy); px = hx; py = hy; }
  }
  if (held) ctx.lineTo(hx, hy);
  ctx.stroke();
}

/** Dashes counted from where each line starts, so that they are the same in the next tile and when a single segment is painted over. @param dash px of the canvas: on, off, ... */
export function strokeDashed(ctx, lines, tile, ids, from, to, dash) {
  const { x1, y1, x2, y2, along, length, joined } = lines, { dx, dy, k } = tile, period = dash.reduce((a, b) => a + b, 0);
  let last = -2, down = false;
  ctx.beginPath();
  for (let n = from; n < to; n++) {
    const i = ids[n], l = length[i] * k;
    if (!(l > 0)) continue;
    const ax = (x1[i] - dx) * k, ay = (y1[i] - dy) * k, ux = (x2[i] - x1[i]) * k / l, uy = (y2[i] - y1[i]) * k / l;
    let phase = along[i] * k % period, j = 0, t = 0;
    while (j < dash.length - 1 && phase >= dash[j]) phase -= dash[j++];
    let rest = dash[j] - phase, on = j % 2 === 0;
    if (on && !(down && last === i - 1 && joined[i])) ctx.moveTo(ax, ay);
    while (t + rest < l) {
      t += rest;
      if (on) ctx.lineTo(ax + ux * t, ay + uy * t); else ctx.moveTo(ax + ux * t, ay + uy * t);
      on = !on;
      j = (j + 1) % dash.length;
      rest = dash[j];
    }
    if (on) ctx.lineTo(ax + ux * l, ay + uy * l);
    down = on;
    last = i;
  }
  ctx.stroke();
}
