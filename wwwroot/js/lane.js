// The bulk lane: one connection a tab to /hubs/live, for the map and for the age of the link. Reconnects for ever, starts again with a snapshot.
import { HubConnectionBuilder, HttpTransportType, LogLevel } from '@microsoft/signalr';
import { MessagePackHubProtocol } from '@microsoft/signalr-protocol-msgpack';
import { decodeFrame, encodeSnapshot, StatusState } from './frames.js';
import { Retries } from './retries.js';

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
  #connection = null;
  #look = null;
  #retries = new Retries();

  /**
   * Tells what changed: listener(kind, frame, state, bytes). A new listener gets the present state of substations and feeders at once, and all that is looked at anew.
   * state: codes of substations and feeders; frame.substations and frame.feeders: which of them changed; bytes: the frame as it came, for a map's worker. Listeners share the
   * bytes: post a copy, or transfer none.
   */
  subscribe(listener) {
    this.#listeners.add(listener);
    if (this.state.version >= 0) {
      const bytes = encodeSnapshot(this.state), frame = decodeFrame(bytes);
      frame.substations = { ids: null, codes: this.state.substations };
      frame.feeders = { ids: null, codes: this.state.feeders };
      listener('snapshot', frame, this.state, bytes);
      // The newcomer has none of what came before: let go and asked for again, it comes whole.
      if (this.#look && this.#connection) { this.#send(this.#connection, { assets: false, stations: [] }); this.#send(this.#connection, this.#look); }
    }
    this.start();
    return () => this.#listeners.delete(listener);
  }

  /** What this page draws beside substations and feeders: segments, devices, transformers and tallies, and the meters of some substations. Holds until told otherwise, over reconnects too. */
  look(assets, stations = []) {
    this.#look = { assets: Boolean(assets), stations: [...stations] };
    if (this.#connection) this.#send(this.#connection, this.#look);
  }

  /** Starts over with a snapshot: a reader of the frames has lost the thread. */
  restart() {
    const connection = this.#connection;
    if (!connection) return; // one is on its way already
    this.#connection = null;
    this.#retries.restart();
    connection.stop();
  }

  start() {
    if (this.#started) return;
    this.#started = true;
    this.#run();
  }

  /** The next try now, rather than when its turn comes. */
  retryNow() { this.#wake?.(); }

  async #run() {
    for (; ;) {
      try { await this.#stream(); } catch (error) { console.info('live lane:', String(error?.message ?? error)); }
      await new Promise(resolve => { this.#wake = resolve; setTimeout(resolve, this.#retries.wait()); });
    }
  }

  async #stream() {
    const connection = new HubConnectionBuilder()
      .withUrl(new URL('hubs/live', document.baseURI).href, { transport: HttpTransportType.WebSockets, skipNegotiation: true })
      .withHubProtocol(new MessagePackHubProtocol()).configureLogging(LogLevel.None).build();
    connection.serverTimeoutInMilliseconds = 15_000;
    connection.keepAliveIntervalInMilliseconds = 5_000;
    await connection.start();
    this.#retries.connected();
    try {
      // Said before the first frame is asked for: so it is in it.
      if (this.#look) this.#send(connection, this.#look);
      this.#connection = connection;
      await new Promise((resolve, reject) => {
        connection.onclose(error => reject(error ?? new Error('closed')));
        connection.stream('Watch').subscribe({
          next: bytes => { try { this.#take(bytes); } catch (error) { reject(error); } },
          error: reject,
          complete: resolve,
        });
      });
    } finally {
      this.#connection = null;
      await connection.stop();
    }
  }

  /** Invocations of one connection are taken in order. One that fails is refused by the server, or its connection is lost: then it is said again. */
  #send(connection, { assets, stations }) {
    connection.invoke('Look', assets, stations).catch(error => { if (connection === this.#connection) console.error('live lane:', String(error?.message ?? error)); });
  }

  #take(bytes) {
    const frame = decodeFrame(bytes);
    const kind = this.state.apply(frame);
    if (kind === 'gap') { this.gaps++; this.state.version = -1; this.#retries.restart(); throw new Error('gap in the live lane: asking for a snapshot'); }
    this.lastFrame = performance.now();
    this.#retries.frame(this.lastFrame);
    this.frames++;
    this.bytes += bytes.length;
    for (const listener of this.#listeners) listener(kind, frame, this.state, bytes);
  }
}
