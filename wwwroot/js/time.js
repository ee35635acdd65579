// Ages, freshness and clock texts. Pure: the caller brings the time.

/** "2 s", "1 m 40 s", "3 h 12 m", "2 d 4 h". A clock that is a little ahead gives 0, never a negative age. */
export function ageText(ms) {
  const s = Math.max(0, Math.floor(ms / 1000));
  if (s < 60) return `${s} s`;
  if (s < 3600) return `${Math.floor(s / 60)} m ${s % 60} s`;
  if (s < 86400) return `${Math.floor(s / 3600)} h ${Math.floor(s % 3600 / 60)} m`;
  return `${Math.floor(s / 86400)} d ${Math.floor(s % 86400 / 3600)} h`;
}

/** Against the source's own period T: live up to 1.5 T, late up to 3 T (10 s at least), stale beyond. Source time 0 or less: never. */
export function freshness(ageMs, periodSeconds, sourceTime = 1) {
  if (!(sourceTime > 0)) return 'never';
  const age = ageMs / 1000;
  if (age <= 1.5 * periodSeconds) return 'live';
  return age <= Math.max(3 * periodSeconds, 10) ? 'late' : 'stale';
}

/** Server clock minus browser clock, ms, at the moment the page's first byte came. */
export function clockSkew(serverTime, timeOrigin, responseStart) {
  return serverTime > 0 && responseStart > 0 ? serverTime - (timeOrigin + responseStart) : 0;
}

const formats = new Map();
function parts(ms, zone) {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23', timeZoneName: 'short' });
    formats.set(zone, format);
  }
  return Object.fromEntries(format.formatToParts(ms).map(p => [p.type, p.value]));
}

/** "2026-08-14 16:42:07 CDT": ISO order, 24 h, zone always said. */
export function clockText(ms, zone) {
  const p = parts(ms, zone);
  return `${p.year}-${p.month}-${p.day} ${p.hour}:${p.minute}:${p.second} ${p.timeZoneName}`;
}

export function timeText(ms, zone) {
  const p = parts(ms, zone);
  return `${p.hour}:${p.minute}:${p.second}`;
}

/** Offset of a zone from UTC at an instant, ms: west is negative. */
export function zoneOffset(ms, zone) {
  const p = parts(ms, zone);
  return Date.UTC(+p.year, +p.month - 1, +p.day, +p.hour, +p.minute, +p.second) - Math.floor(ms / 1000) * 1000;
}

/** Waits before each try to reconnect, s: at once, then longer, then every 30 s for ever; ±20 % so that a room of screens does not come back in one instant. */
export const backoffSeconds = [0, 1, 2, 4, 8, 15, 30];
export function backoff(attempt, random = Math.random()) {
  const s = backoffSeconds[Math.min(attempt, backoffSeconds.length - 1)];
  return Math.round(s * 1000 * (0.8 + 0.4 * random));
}

const steps = [60, 300, 900, 1800, 3600, 7200, 10800, 14400, 21600, 43200, 86400, 172800, 604800]; // s

/**
 * Round instants of the control room's zone between two Unix seconds, at most about `most` of them. Safe over a clock change: an hour that
 * happens twice gets its ticks twice, one that is skipped gets none.
 */
export function timeTicks(from, to, most, zone) {
  const step = steps.find(s => (to - from) / s <= most) ?? steps.at(-1);
  const walk = Math.min(step, 3600), ticks = [];
  for (let t = Math.ceil(from / walk) * walk; t <= to; t += walk) {
    const local = t + zoneOffset(t * 1000, zone) / 1000;
    if (step <= 3600 || local % Math.min(step, 86400) === 0 && (step <= 86400 || Math.floor(local / 86400) % (step / 86400) === 0)) ticks.push(t);
  }
  return ticks;
}

/** "16:00"; at the zone's midnight the date, "11-24". */
export function tickText(seconds, zone) {
  const p = parts(seconds * 1000, zone);
  return p.hour === '00' && p.minute === '00' ? `${p.month}-${p.day}` : `${p.hour}:${p.minute}`;
}
