// How long the live lane waits before each try to connect.
import { backoff } from './time.js';

const steady = 30_000; // ms of frames on one connection after which it counts as good

/**
 * A connection that brought a frame is tried again at once when it is lost. One that a reader gave up, because it could not use what came, is not: what fails on the first
 * frame would fail again without a pause. Such restarts are counted until a connection has been good for a while.
 */
export class Retries {
  #lost = 0; #restarts = 0; #since = -1;

  /** A connection is made. */
  connected() { this.#since = -1; }

  /** A frame came. @param now clock in ms */
  frame(now) {
    this.#lost = 0;
    if (this.#since < 0) this.#since = now;
    if (now - this.#since >= steady) this.#restarts = 0;
  }

  /** The connection is given up by a reader of its frames. */
  restart() { this.#restarts++; }

  /** ms to wait now. */
  wait(random = Math.random()) { return backoff(Math.max(this.#lost++, this.#restarts - 1), random); }
}
