// The bulk lane: one connection a tab to /hubs/live, for the map and for the age of the link. Reconnects for ever, starts again with a snapshot.
import { HubConnectionBuilder, HttpTransportType, LogLevel } from '@microsoft/signalr';
import { MessagePackHubProtocol } from '@microsoft/signalr-protocol-msgpack';
import { decodeFrame, StatusState } from './frames.js';
import { backoff } from './time.js';

export class Lane {
  state = new StatusState();
  /** performance.now() of the newest frame; -1 before the first. */
  lastFrame = -1;
  frames = 0;
  bytes = 0;
  gaps = 0;
  #listeners = new Set();
  #started = false;
  #wake = null;

  /** Tells what changed: listener(kind, frame, state). A new listener gets the present state at once. */
  subscribe(listener) {
    this.#listeners.add(listener);
    if (this.state.version >= 0) listener('snapshot', null, this.state);
    this.start();
    return () => this.#listeners.delete(listener);
  }

  start() {
    if (this.#started) return;
    this.#started = true;
    this.#run();
  }

  /** The next try now, rather than when its turn comes. */
  retryNow() { this.#wake?.(); }

  async #run() {
    for (let attempt = 0; ;) {
      const seen = this.frames;
      try { await this.#stream(); } catch (error) { console.info('live lane:', String(error?.message ?? error)); }
      if (this.frames > seen) attempt = 0;
      await new Promise(resolve => { this.#wake = resolve; setTimeout(resolve, backoff(attempt++)); });
    }
  }

  async #stream() {
    const connection = new HubConnectionBuilder()
      .withUrl(new URL('hubs/live', document.baseURI).href, { transport: HttpTransportType.WebSockets, skipNegotiation: true })
      .withHubProtocol(new MessagePackHubProtocol()).configureLogging(LogLevel.None).build();
    connection.serverTimeoutInMilliseconds = 15_000;
    connection.keepAliveIntervalInMilliseconds = 5_000;
    await connection.start();
    try {
      await new Promise((resolve, reject) => {
        connection.onclose(error => reject(error ?? new Error('closed')));
        connection.stream('Watch').subscribe({
          next: bytes => { try { this.#take(bytes); } catch (error) { reject(error); } },
          error: reject,
          complete: resolve,
        });
      });
    } finally {
      await connection.stop();
    }
  }

  #take(bytes) {
    const frame = decodeFrame(bytes);
    const kind = this.state.apply(frame);
    if (kind === 'gap') { this.gaps++; this.state.version = -1; throw new Error('gap in the live lane: asking for a snapshot'); }
    this.lastFrame = performance.now();
    this.frames++;
    this.bytes += bytes.length;
    for (const listener of this.#listeners) listener(kind, frame, this.state);
  }
}
