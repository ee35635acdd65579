// Keyboard: / or Ctrl+K search, g then l, s, t, a: go to Live, Substations, the table of assets, AMI; Esc: back out. Never while typing; with a modifier, Ctrl+K alone.
const targets = { l: '', s: 'substations', t: 'assets', a: 'ami' };

// A list that scrolls under arrow keys of its own ([data-rows]) must not be scrolled by the browser as well.
const rowKeys = new Set(['ArrowUp', 'ArrowDown', 'Home', 'End', 'PageUp', 'PageDown']);

/** Scrolls a virtualised list just so far that a row is in view, its sticky head included. */
export function revealRow(element, index, rowHeight) {
  const head = element.querySelector('thead')?.offsetHeight ?? 0, top = index * rowHeight;
  if (top < element.scrollTop) element.scrollTop = top;
  else if (top + rowHeight + head > element.scrollTop + element.clientHeight) element.scrollTop = top + rowHeight + head - element.clientHeight;
}

function focusSearch(event) {
  const input = document.querySelector('[data-search]');
  if (!input) return;
  event.preventDefault();
  input.focus();
  input.select();
}

export function startKeys() {
  let goUntil = 0;
  document.addEventListener('keydown', event => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k') { focusSearch(event); return; }
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const typing = event.target.closest?.('input, textarea, select, [contenteditable="true"]');
    if (event.key === 'Escape') {
      if (typing?.matches('[data-search]')) typing.blur();
      else document.querySelector('[data-escape]')?.click();
      return;
    }
    if (typing) {
      if (!typing.matches('[data-search]')) return;
      // Up and down choose a hit instead of moving the caret; a choice leaves the field, so that the page's own keys work again.
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') event.preventDefault();
      else if (event.key === 'Enter' && typing.getAttribute('aria-expanded') === 'true') setTimeout(() => typing.blur(), 0);
      return;
    }
    if (rowKeys.has(event.key) && event.target.matches?.('[data-rows]')) { event.preventDefault(); return; }
    if (event.key === '/') { focusSearch(event); return; }
    const time = performance.now();
    if (event.key === 'g') { goUntil = time + 1500; return; }
    if (time < goUntil && event.key in targets) {
      goUntil = 0;
      event.preventDefault();
      const url = new URL(targets[event.key], document.baseURI).href;
      if (globalThis.Blazor?.navigateTo) globalThis.Blazor.navigateTo(url); else location.assign(url);
    }
  });
}
