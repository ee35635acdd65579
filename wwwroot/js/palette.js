// One byte tells all that the map draws of an asset: ((dead * 4 + age) * 6 + volt) * 5 + load, below 240 (AssetCode.cs).
// What each mode makes of it is in palette.json, which the server reads too.
import palette from './palette.json' with { type: 'json' };

export const codes = 240;
export const layers = palette.layers;
export const Substation = 0, Feeder = 1, Segment = 2, Device = 3, Transformer = 4, Meter = 5;
export const isDead = code => code >= 120;
export const ageOf = code => (code / 30 | 0) % 4;
export const voltOf = code => (code / 5 | 0) % 6;
export const loadOf = code => code % 5;
export const codeOf = (dead, age, volt, load) => (((dead ? 4 : 0) + age) * 6 + volt) * 5 + load;
/** Nothing is known of it: energised, never heard. */
export const Unknown = codeOf(false, 3, 0, 0);

/** mode -> {key, title, classes (in order of precedence), byId, classOf: Uint8Array(240) of class ids, drawOrder: ids, the gravest last} */
export const modes = Object.fromEntries(Object.entries(palette.modes).map(([key, { title, classes }]) => {
  const byId = [], classOf = new Uint8Array(codes);
  for (const c of classes) byId[c.id] = c;
  for (let code = 0; code < codes; code++) classOf[code] = classes.find(c => holds(c.when, code)).id;
  return [key, { key, title, classes, byId, classOf, drawOrder: [...classes].sort((a, b) => a.order - b.order).map(c => c.id) }];
}));

function holds({ dead, age, volt, load }, code) {
  return (!dead || dead.includes(Number(isDead(code)))) && (!age || age.includes(ageOf(code))) && (!volt || volt.includes(voltOf(code))) && (!load || load.includes(loadOf(code)));
}

/** Class of a code; in nominal mode an energised asset's follows from its feeder's kV. */
export function classOf(mode, code, kv = 0) {
  const found = mode.byId[mode.classOf[code]];
  return found.maxKv ? mode.classes.find(c => c.maxKv >= kv) : found;
}

/** Tokens that any class is drawn with. */
export const classColors = [...new Set(Object.values(modes).flatMap(m => m.classes.map(c => c.color)))];
