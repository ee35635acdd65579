// Ages what is shown, once a second, on the client's clock corrected by the server's: a dead server still ages the screen.
import { ageText, clockText, freshness } from './time.js';

const classes = ['late', 'stale', 'never'];

export function startTicker(now, extra) {
  const zone = document.documentElement.dataset.zone || 'America/Chicago';
  let queued = false;
  const tick = () => {
    const time = now();
    for (const element of document.querySelectorAll('[data-age]')) age(element, time);
    for (const element of document.querySelectorAll('[data-clock]')) setText(element, clockText(time, element.dataset.clock === 'utc' ? 'UTC' : element.dataset.clock || zone));
    extra(time);
  };
  // A value that has just come shows its own age at once, not that of the one before.
  new MutationObserver(() => {
    if (queued) return;
    queued = true;
    requestAnimationFrame(() => { queued = false; for (const element of document.querySelectorAll('[data-age]')) age(element, now()); });
  }).observe(document.documentElement, { subtree: true, childList: true, attributeFilter: ['data-age'] });
  tick();
  setInterval(tick, 1000);
}

function age(element, time) {
  const source = Number(element.dataset.age), known = source > 0;
  setText(element, known ? ageText(time - source) : 'never');
  const period = Number(element.dataset.period);
  if (!(period > 0) && known) return;
  const state = freshness(time - source, period, source);
  mark(element, state);
  const row = element.closest('[data-age-row]');
  if (row) mark(row, state);
}

function mark(element, state) {
  for (const name of classes) if (element.classList.contains(name) !== (name === state)) element.classList.toggle(name, name === state);
}

/** Keeps the text node the framework rendered: it may hold a reference to it. */
export function setText(element, text) {
  const node = element.firstChild;
  if (node?.nodeType === Node.TEXT_NODE) { if (node.nodeValue !== text) node.nodeValue = text; }
  else if (element.textContent !== text) element.textContent = text;
}
