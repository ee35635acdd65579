// What is wrong below a substation, where it is too small to be drawn: in counts and in words.
import { modes } from './palette.js';
import { count } from './map-memory.js';

const classes = 8;
/** Of what hangs on a station these are told, the gravest first. One that is silent says nothing of its station. */
const told = ['out', 'over', 'volt'].map(key => modes.status.classes.find(c => c.key === key));

/** Counts of a station's transformers or meters, by class. */
export function countsOf(below, id, layer) { return below?.[layer].subarray(classes * id, classes * (id + 1)) ?? []; }

/** The gravest that is wrong: {look, count, meters: true where it is meters alone}; null where all is well. */
export function gravest(below, id) {
  const transformers = countsOf(below, id, 'transformers'), meters = countsOf(below, id, 'meters');
  const look = told.find(c => transformers[c.id] || meters[c.id]);
  return look ? { look, count: transformers[look.id] || meters[look.id], meters: !transformers[look.id] } : null;
}

/** Whether anything at the station or below it, its feeders, lines and devices too, is abnormal. */
export function troubled(below, id) { return !!below && (!!modes.status.byId[below.worst[id]]?.abnormal || gravest(below, id) !== null); }

/** "12 transformers and 40 meters de-energised", a text for each state there is. */
export function wrongs(below, id) {
  const transformers = countsOf(below, id, 'transformers'), meters = countsOf(below, id, 'meters');
  return told.map(c => {
    const parts = [[transformers[c.id], 'transformer'], [meters[c.id], 'meter']].filter(([n]) => n).map(([n, word]) => `${count(n)} ${word}${n === 1 ? '' : 's'}`);
    return parts.length ? `${parts.join(' and ')} ${c.word}` : '';
  }).filter(Boolean);
}

/** "1.2k": for a badge. */
export const short = n => n > 999 ? `${Math.round(n / 100) / 10}k` : String(n);
