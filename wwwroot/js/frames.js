// The bulk lane's frames, protocol 2: one code (palette.js) per asset. Little endian; the layout is FrameSections'.
export const Snapshot = 1, Delta = 2, Beat = 3, Addition = 4;
export const Full = 0, Changes = 1, Deflated = 2, Tally = 3; // forms of a section
export const NoGroup = 0xFFFF;
const kinds = ['', 'snapshot', 'delta', 'beat', 'addition'];
const head = 13, substations = 0, feeders = 1, meters = 5;

/**
 * Header and table of sections of a frame; reads no codes yet. Throws RangeError on a truncated frame or one of another protocol.
 * {kind, version, newest, base, sections: [{layer, form, group, n, bytes}]}; group: the substation of meters, else 0xFFFF; bytes: what follows the section's header.
 */
export function decodeFrame(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const frame = { kind: view.getUint8(0), version: view.getUint32(1, true), newest: Number(view.getBigInt64(5, true)), base: -1, sections: [] };
  let at = head;
  if (!kinds[frame.kind]) throw new RangeError(`unknown frame kind ${frame.kind}`);
  if (frame.kind === Delta) { frame.base = view.getUint32(at, true); at += 4; }
  while (at < bytes.length) {
    const section = { layer: view.getUint8(at), form: view.getUint8(at + 1), group: view.getUint16(at + 2, true), n: view.getUint32(at + 4, true), bytes: null };
    at += 8;
    if (section.layer > meters || section.form > Tally) throw new RangeError(`unknown section ${section.layer}/${section.form}`);
    const length = section.form === Full ? section.n : section.form === Deflated ? 4 + view.getUint32(at, true) : 5 * section.n;
    if (at + length > bytes.length) throw new RangeError('truncated section');
    section.bytes = bytes.subarray(at, at + length);
    at += length;
    frame.sections.push(section);
  }
  return frame;
}

/** (u32, u8) or, for a tally, (u8, u32) pairs: {ids, codes} or {codes, counts}. */
function pairs({ bytes, n, form }) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), numbers = new Uint32Array(n), codes = new Uint8Array(n), code = form === Tally ? 0 : 4, number = form === Tally ? 1 : 0;
  for (let i = 0; i < n; i++) { numbers[i] = view.getUint32(5 * i + number, true); codes[i] = bytes[5 * i + code]; }
  return form === Tally ? { codes, counts: numbers } : { ids: numbers, codes };
}

/** A frame that says all of `state`: for whoever comes to the lane later. */
export function encodeSnapshot(state) {
  const bytes = new Uint8Array(head + 16 + state.substations.length + state.feeders.length), view = new DataView(bytes.buffer);
  view.setUint8(0, Snapshot); view.setUint32(1, state.version, true); view.setBigInt64(5, BigInt(state.newest), true);
  let at = head;
  for (const [layer, codes] of [[substations, state.substations], [feeders, state.feeders]]) {
    view.setUint8(at, layer); view.setUint8(at + 1, Full); view.setUint16(at + 2, NoGroup, true); view.setUint32(at + 4, codes.length, true);
    bytes.set(codes, at + 8);
    at += 8 + codes.length;
  }
  return bytes;
}

/** Whether a frame follows from the version held; what is no step from there is a gap. */
function follows(frame, version) {
  if (frame.kind === Snapshot) return true;
  if (version < 0) return false; // a beat or a delta says something of a frame we never had
  return frame.kind === Delta ? frame.base === version : frame.kind === Addition ? frame.version === version : true;
}

/** Codes of substations and feeders as of the newest frame, for the page's own thread: the one truth for markers and counts. */
export class StatusState {
  version = -1;
  newest = 0;
  substations = new Uint8Array(0);
  feeders = new Uint8Array(0);

  /**
   * 'snapshot' | 'delta' | 'beat' | 'addition', or 'gap': this frame does not start where we are, a snapshot is needed; changes nothing then.
   * Puts on the frame what changed: frame.substations and frame.feeders, {ids, codes}; ids null: all of them.
   */
  apply(frame) {
    frame.substations = nothing;
    frame.feeders = nothing;
    if (!follows(frame, this.version)) return 'gap';
    for (const section of frame.sections) {
      if (section.layer > feeders) continue;
      const change = section.form === Full ? { ids: null, codes: section.bytes.slice() } : section.form === Changes ? pairs(section) : null;
      if (!change) return 'gap'; // deflated: not for this thread
      const name = section.layer === feeders ? 'feeders' : 'substations', column = this[name];
      if (frame.kind !== Snapshot && (change.ids ? change.ids.some(id => id >= column.length) : change.codes.length !== column.length)) return 'gap'; // the grid has grown: only a snapshot can say it
      frame[name] = change;
    }
    for (const name of ['substations', 'feeders']) {
      const { ids, codes } = frame[name];
      if (!ids) this[name] = codes;
      else for (let i = 0; i < ids.length; i++) this[name][ids[i]] = codes[i];
    }
    this.version = frame.version;
    this.newest = frame.newest;
    return kinds[frame.kind];
  }
}
const nothing = { ids: new Uint32Array(0), codes: new Uint8Array(0) };

/**
 * Everything that frames say, for the map's worker. Frames are taken in the order they came in; deflated parts are inflated aside, so each take ends later.
 * `layers[0..4]`: Uint8Array of codes; `meters`: substation -> Uint8Array; `tallies`: substation -> Uint32Array(240), meters by code.
 */
export class AssetState {
  version = -1;
  newest = 0;
  layers = [new Uint8Array(0), new Uint8Array(0), new Uint8Array(0), new Uint8Array(0), new Uint8Array(0)];
  meters = new Map();
  tallies = new Map();
  /** Id of a substation's first meter, where the geometry has told it: changes name meters by their ids. */
  firstMeter = null;
  #turn = Promise.resolve();

  /**
   * {kind, changes: [{layer, group, ids, codes, former}]} once the frame has taken effect. kind as of StatusState. ids null: all of the layer (group), `former` what they were
   * (empty: nothing was known); otherwise ids in the layer (in the group for meters, counted from its first), `codes` and `former` theirs. A tally has ids undefined.
   */
  take(bytes) {
    const taken = this.#turn.then(() => this.#take(bytes));
    this.#turn = taken.catch(() => { this.version = -1; }); // whatever was half applied: only a snapshot is taken next
    return taken;
  }

  /** Lets go of the meters of all other substations. */
  keep(stations) {
    const wanted = new Set(stations);
    for (const station of this.meters.keys()) if (!wanted.has(station)) this.meters.delete(station);
  }

  /** Code of an asset, -1 where it is not known. */
  codeOf(layer, id) {
    if (layer < meters) return this.layers[layer][id] ?? -1;
    const station = stationOf(this.firstMeter, id);
    return this.meters.get(station)?.[id - this.firstMeter?.[station]] ?? -1;
  }

  async #take(bytes) {
    const frame = decodeFrame(bytes), changes = [];
    if (!follows(frame, this.version)) return this.#gap();
    const parts = await Promise.all(frame.sections.map(s => s.form === Deflated ? inflate(s) : null));
    if (frame.kind === Snapshot) {
      // What a snapshot does not tell is not looked at, or not known to the server yet.
      for (let layer = 2; layer < meters; layer++) if (!frame.sections.some(s => s.layer === layer)) this.layers[layer] = new Uint8Array(0);
      this.meters.clear();
      this.tallies.clear();
    }
    for (let i = 0; i < frame.sections.length; i++) {
      const section = frame.sections[i];
      const change = section.form === Tally ? this.#tally(section) : section.form === Changes ? this.#some(section) : this.#all(section, parts[i] ?? section.bytes.slice());
      if (change === false) return this.#gap();
      if (change) changes.push(change);
    }
    this.version = frame.version;
    this.newest = frame.newest;
    return { kind: kinds[frame.kind], changes };
  }

  #gap() { this.version = -1; return { kind: 'gap', changes: [] }; }

  #tally(section) {
    const { codes, counts } = pairs(section), tally = new Uint32Array(240);
    for (let i = 0; i < codes.length; i++) tally[codes[i]] = counts[i];
    this.tallies.set(section.group, tally);
    return { layer: section.layer, group: section.group, ids: undefined, codes: tally, former: null };
  }

  #all({ layer, group }, codes) {
    const former = layer < meters ? this.layers[layer] : this.meters.get(group) ?? new Uint8Array(0);
    if (layer < meters) this.layers[layer] = codes; else this.meters.set(group, codes);
    return { layer, group, ids: null, codes, former };
  }

  #some(section) {
    const { layer, group } = section, { ids, codes } = pairs(section), column = layer < meters ? this.layers[layer] : this.meters.get(group);
    if (!column) return null; // meters that were let go of while this was under way
    const first = layer < meters ? 0 : this.firstMeter?.[group], former = new Uint8Array(ids.length);
    for (let i = 0; i < ids.length; i++) {
      ids[i] -= first; // wraps round, and NaN is 0: both are found out
      if (first === undefined || ids[i] >= column.length) return false;
      former[i] = column[ids[i]];
      column[ids[i]] = codes[i];
    }
    return { layer, group, ids, codes, former };
  }
}

/** The substation of a meter: the last whose first meter is not after it. */
export function stationOf(first, id) {
  if (!first?.length || id < first[0]) return -1;
  let low = 0, high = first.length;
  while (high - low > 1) { const middle = (low + high) >> 1; if (first[middle] <= id) low = middle; else high = middle; }
  return low;
}

async function inflate({ n, bytes }) {
  const stream = new Blob([bytes.subarray(4)]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  const codes = new Uint8Array(await new Response(stream).arrayBuffer());
  if (codes.length !== n) throw new RangeError('a deflated section is of another length than it says');
  return codes;
}
