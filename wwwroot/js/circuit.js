// Blazor's circuit: started over WebSockets alone, and brought back with our own patience instead of the framework's dialog.
import { backoff } from './time.js';

const reloadKey = 'fluxops.reloaded';

export class Circuit {
  /** Date.now() of the loss; 0 while connected. */
  downSince = 0;
  nextTry = 0;
  paused = false;
  started = false;
  note = '';
  #wake = null;
  #running = false;
  #onChange;

  constructor(onChange) { this.#onChange = onChange; }

  start() {
    const options = {
      circuit: {
        configureSignalR: builder => builder.withUrl('_blazor', { transport: 1 /* WebSockets */, skipNegotiation: true }),
        reconnectionHandler: {
          onConnectionDown: (_options, _error, pausing) => this.#down(pausing === true),
          onConnectionUp: () => this.#up(),
        },
      },
    };
    Promise.resolve(globalThis.Blazor.start(options)).then(() => { this.started = true; }, error => {
      console.warn('circuit did not start:', String(error?.message ?? error));
      this.#down(false);
    });
    setTimeout(() => { if (!this.downSince) forgetReload(); }, 30_000);
  }

  retryNow() { this.#wake?.(); }

  /** Called by the server as it stops: the page's state goes into the browser, and comes back with the next process. */
  pauseForRestart() {
    setTimeout(() => globalThis.Blazor.pauseCircuit?.()?.catch?.(() => { /* the server was quicker: the ordinary reconnect follows */ }), 0);
  }

  #down(pausing) {
    this.paused = pausing;
    if (!this.downSince) this.downSince = Date.now();
    this.#onChange();
    if (!this.#running) this.#reconnect();
  }

  #up() {
    this.downSince = 0; this.nextTry = 0; this.paused = false; this.note = '';
    forgetReload();
    this.#onChange();
  }

  async #reconnect() {
    this.#running = true;
    try {
      for (let attempt = 0; this.downSince; attempt++) {
        const wait = this.paused && attempt === 0 ? 2000 : backoff(attempt); // a pausing server still answers for a moment
        this.nextTry = Date.now() + wait;
        this.#onChange();
        await new Promise(resolve => { this.#wake = resolve; setTimeout(resolve, wait); });
        if (!this.downSince) return;
        this.nextTry = 0;
        this.#onChange();
        let found;
        try {
          found = (!this.paused && await globalThis.Blazor.reconnect()) || await globalThis.Blazor.resumeCircuit();
        } catch (error) {
          this.note = '';
          if (!/not initialized|before start/i.test(String(error?.message))) continue; // server not reached: again, later
          if (!await reachable()) continue; // the circuit never began: only a reload can begin one
          found = false;
        }
        if (found) return this.#up();
        if (!await reachable()) continue;
        // The server lives but no longer knows this page: a restart or a new version. Once at once; after that no faster than every 30 s.
        if (mayReload()) { location.reload(); return; }
        this.note = 'The server does not take this page back.';
      }
    } finally { this.#running = false; }
  }
}

async function reachable() {
  try { return (await fetch(new URL('health', document.baseURI), { cache: 'no-store', credentials: 'omit' })).status > 0; } catch { return false; }
}

function mayReload() {
  try {
    const last = Number(sessionStorage.getItem(reloadKey));
    if (last && Date.now() - last < 30_000) return false;
    sessionStorage.setItem(reloadKey, String(Date.now()));
  } catch { /* no storage: reload without the guard */ }
  return true;
}

function forgetReload() { try { sessionStorage.removeItem(reloadKey); } catch { /* no storage, nothing kept */ } }
