// The bulk lane's frames: one status byte per feeder and substation. Little endian; the layout is LiveHub's.
export const Snapshot = 1, Delta = 2, Beat = 3;

/** A frame as it came. Throws RangeError on a truncated one. */
export function decodeFrame(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const frame = { kind: view.getUint8(0), version: view.getUint32(1, true), newest: Number(view.getBigInt64(5, true)) };
  let at = 13;
  if (frame.kind === Snapshot) {
    const column = () => {
      const n = view.getUint32(at, true);
      if (at + 4 + n > bytes.length) throw new RangeError('truncated snapshot');
      const part = bytes.slice(at + 4, at + 4 + n);
      at += 4 + n;
      return part;
    };
    frame.feeders = column();
    frame.substations = column();
  } else if (frame.kind === Delta) {
    frame.base = view.getUint32(at, true);
    at += 4;
    const column = () => {
      const n = view.getUint32(at, true);
      if (at + 4 + 5 * n > bytes.length) throw new RangeError('truncated delta');
      const ids = new Uint32Array(n), statuses = new Uint8Array(n);
      for (let i = 0; i < n; i++) { ids[i] = view.getUint32(at + 4 + 5 * i, true); statuses[i] = view.getUint8(at + 8 + 5 * i); }
      at += 4 + 5 * n;
      return { ids, statuses };
    };
    frame.feeders = column();
    frame.substations = column();
  } else if (frame.kind !== Beat) throw new RangeError(`unknown frame kind ${frame.kind}`);
  return frame;
}

/** The statuses as of the newest frame. The one truth for map, markers and counts. */
export class StatusState {
  version = -1;
  newest = 0;
  feeders = new Uint8Array(0);
  substations = new Uint8Array(0);

  /** 'snapshot' | 'delta' | 'beat', or 'gap': this frame does not start where we are, a snapshot is needed. Changes nothing then. */
  apply(frame) {
    if (frame.kind === Snapshot) {
      this.feeders = frame.feeders;
      this.substations = frame.substations;
    } else if (frame.kind === Delta) {
      if (this.version < 0 || frame.base !== this.version) return 'gap';
      if (!write(this.feeders, frame.feeders) || !write(this.substations, frame.substations)) return 'gap';
    } else if (this.version < 0) return 'gap'; // a beat says that nothing moved since a frame we never had
    this.version = frame.version;
    this.newest = frame.newest;
    return ['snapshot', 'delta', 'beat'][frame.kind - 1];
  }
}

function write(column, { ids, statuses }) {
  for (const id of ids) if (id >= column.length) return false; // the grid has grown: only a snapshot can say it
  for (let i = 0; i < ids.length; i++) column[ids[i]] = statuses[i];
  return true;
}
