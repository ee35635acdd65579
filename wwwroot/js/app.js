// Starts the page: the circuit, the bulk lane, clock and ages, theme, keys, and the bar that says when what is shown is old.
import { Circuit } from './circuit.js';
import { Lane } from './lane.js';
import { linkMessage } from './link.js';
import { revealRow, startKeys } from './keys.js';
import { setText, startTicker } from './ticker.js';
import { clockSkew, timeText } from './time.js';

const root = document.documentElement;
const zone = root.dataset.zone || 'America/Chicago';
const skew = clockSkew(Number(root.dataset.serverTime), performance.timeOrigin, performance.getEntriesByType('navigation')[0]?.responseStart ?? 0);
const now = () => Date.now() + skew;
const lane = new Lane();
const circuit = new Circuit(() => showLink());

const fluxops = globalThis.fluxops = {
  lane, now, zone, revealRow,
  revealOption: id => document.getElementById(id)?.scrollIntoView({ block: 'nearest' }),
  theme: () => root.dataset.theme === 'light' ? 'light' : 'dark',
  setTheme(theme) {
    root.dataset.theme = theme;
    try { localStorage.setItem('fluxops.theme', theme); } catch { /* storage blocked: for this page only */ }
    document.dispatchEvent(new CustomEvent('fluxops:theme', { detail: theme }));
  },
  toggleTheme() { fluxops.setTheme(fluxops.theme() === 'dark' ? 'light' : 'dark'); return fluxops.theme(); },
  pauseForRestart: () => circuit.pauseForRestart(),
};

let bar, barText, silentSince = 0;
function showLink() {
  const strip = document.querySelector('[data-link]');
  if (strip) lane.start();
  if (strip && !silentSince) silentSince = performance.now();
  const silentForMs = strip ? performance.now() - (lane.lastFrame >= 0 ? lane.lastFrame : silentSince) : 0;
  if (strip) {
    setText(strip, lane.lastFrame < 0 ? 'connecting' : silentForMs < 10_000 ? `${(silentForMs / 1000).toFixed(1)} s` : `${Math.floor(silentForMs / 1000)} s`);
    strip.classList.toggle('stale', silentForMs > 15_000);
  }
  const { level, text } = linkMessage({
    downForMs: circuit.downSince ? Date.now() - circuit.downSince : 0, silentForMs, nextTryMs: circuit.nextTry ? circuit.nextTry - Date.now() : 0,
    paused: circuit.paused, since: circuit.downSince ? timeText(circuit.downSince + skew, zone) : '', note: circuit.note,
  });
  if (level && !bar) {
    bar = document.createElement('div');
    bar.setAttribute('role', 'alert');
    barText = document.createElement('span');
    const retry = document.createElement('button');
    retry.textContent = 'Try now';
    retry.addEventListener('click', () => { circuit.retryNow(); lane.retryNow(); });
    bar.append(barText, retry);
    document.body.append(bar);
  }
  if (bar) {
    bar.hidden = !level;
    bar.className = `linkbar ${level}`;
    barText.textContent = text;
  }
  root.classList.toggle('link-red', level === 'red');
  root.classList.toggle('link-amber', level === 'amber');
  if (circuit.downSince) root.classList.add('link-down');
  else if (root.classList.contains('link-down')) {
    root.classList.remove('link-down');
    const fault = document.getElementById('blazor-error-ui'); // shown by the framework for tries that failed
    if (fault) fault.style.display = '';
  }
}

startKeys();
startTicker(now, () => showLink());
document.addEventListener('visibilitychange', () => { if (!document.hidden) { circuit.retryNow(); lane.retryNow(); } });
addEventListener('online', () => { circuit.retryNow(); lane.retryNow(); });
document.addEventListener('click', event => { if (event.target.closest?.('[data-theme-toggle]')) fluxops.toggleTheme(); });
if (globalThis.Blazor) circuit.start();
