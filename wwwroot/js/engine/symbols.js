// Shapes as paths: a state's mark (palette.json) and a device's kind. Shape repeats what colour says.
import { Capacitor, Fuse, Recloser, Switch, TieSwitch } from './points.js';

const round = 2 * Math.PI;

/** Adds a state's mark of half the size r around a place. */
export function addMark(ctx, mark, x, y, r) {
  switch (mark) {
    case 'square': ctx.rect(x - r * .9, y - r * .9, r * 1.8, r * 1.8); break;
    case 'up': polygon(ctx, x, y - r * 1.1, x + r * 1.15, y + r * .85, x - r * 1.15, y + r * .85); break;
    case 'down': polygon(ctx, x, y + r * 1.1, x - r * 1.15, y - r * .85, x + r * 1.15, y - r * .85); break;
    default: ctx.moveTo(x + r, y); ctx.arc(x, y, r, 0, round);
  }
}

/** Two strokes across: what a hatched mark is filled with. */
export function addHatch(ctx, x, y, r) {
  for (const d of [-.45 * r, .45 * r]) { ctx.moveTo(x - .6 * r + d, y + .6 * r + d); ctx.lineTo(x + .6 * r + d, y - .6 * r + d); }
}

/** Adds a device's outline, turned along its line (ux, uy). A capacitor is two bars and has no inside. */
export function addDevice(ctx, kind, x, y, r, ux, uy) {
  const at = (a, b) => [x + a * ux - b * uy, y + a * uy + b * ux]; // a along the line, b across
  switch (kind) {
    case Recloser: ctx.moveTo(x + r, y); ctx.arc(x, y, r, 0, round); break;
    case Fuse: polygon(ctx, ...at(-1.25 * r, -.5 * r), ...at(1.25 * r, -.5 * r), ...at(1.25 * r, .5 * r), ...at(-1.25 * r, .5 * r)); break;
    case TieSwitch: polygon(ctx, ...at(-1.3 * r, 0), ...at(0, -1.3 * r), ...at(1.3 * r, 0), ...at(0, 1.3 * r)); break;
    case Capacitor: polygon(ctx, ...at(-.65 * r, -r), ...at(-.2 * r, -r), ...at(-.2 * r, r), ...at(-.65 * r, r)); polygon(ctx, ...at(.2 * r, -r), ...at(.65 * r, -r), ...at(.65 * r, r), ...at(.2 * r, r)); break;
    case Switch: default: polygon(ctx, ...at(-.9 * r, -.9 * r), ...at(.9 * r, -.9 * r), ...at(.9 * r, .9 * r), ...at(-.9 * r, .9 * r));
  }
}

function polygon(ctx, x, y, ...more) {
  ctx.moveTo(x, y);
  for (let i = 0; i < more.length; i += 2) ctx.lineTo(more[i], more[i + 1]);
  ctx.closePath();
}
