// What a map remembers for this tab: its view, its mode, its tools. Storage may be blocked; then nothing is kept.
export function recall(key) {
  try { return JSON.parse(sessionStorage.getItem(`fluxops.map.${key}`)); } catch { return null; }
}

export function remember(key, value) {
  try { sessionStorage.setItem(`fluxops.map.${key}`, JSON.stringify(value)); } catch { /* not kept */ }
}

/** Whether the operator's system asks for less motion: asked each time, since it may change while the page is open. */
export const still = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

export const count = n => n.toLocaleString('en-US');
export const padded = id => String(id).padStart(6, '0');
