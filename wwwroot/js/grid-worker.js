// The map's drawing thread.
import { GridEngine } from './grid-engine.js';

const engine = new GridEngine(message => postMessage(message));
addEventListener('message', event => engine.handle(event.data));
